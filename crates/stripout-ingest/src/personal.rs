//! Contact data is not needed to say who bought what: it is taken out of what the register keeps.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;
use stripout_model::Facts;

const REMOVED: &str = "[contact removed]";

/// OCDS and common keys whose whole value is contact data.
const CONTACT_KEYS: [&str; 8] = [
    "contactpoint",
    "email",
    "e-mail",
    "telephone",
    "phone",
    "faxnumber",
    "fax",
    "mobile",
];

static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    let email = r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+";
    // UK numbers as people write them, and international ones with a plus.
    let phone = r"(?:\+\d{1,3}[\s()-]{0,3}|\(?\b0)(?:\d[\s()-]{0,2}){8,11}\d\b";
    Regex::new(&format!("{email}|{phone}")).expect("a constant pattern")
});

/// Byte ranges of e-mail addresses and telephone numbers.
pub(crate) fn contacts(text: &str) -> impl Iterator<Item = Range<usize>> {
    CONTACT
        .find_iter(text)
        .filter(|found| is_contact(found.as_str()))
        .map(|found| found.range())
}

/// The row without contact data; what is no JSON object is given back without its contacts.
pub(crate) fn without_contacts(whole: &str) -> String {
    match serde_json::from_str::<Value>(whole) {
        Ok(mut value) => {
            strip(&mut value);
            value.to_string()
        }
        Err(_) => strip_text(whole),
    }
}

/// Free text of a payment and of contracts without contact data. Ids and references stay: a run of digits is one.
pub(crate) fn strip_facts(facts: &mut Facts) {
    if let Some(payment) = &mut facts.payment {
        strip_field(&mut payment.purpose);
        strip_field(&mut payment.category);
        strip_field(&mut payment.supplier);
        strip_field(&mut payment.body);
    }
    for contract in &mut facts.contracts {
        strip_field(&mut contract.title);
        for document in &mut contract.documents {
            strip_field(&mut document.title);
        }
    }
}

fn strip_field(field: &mut Option<String>) {
    if let Some(text) = field
        && contacts(text).next().is_some()
    {
        *text = strip_text(text);
    }
}

fn strip(value: &mut Value) {
    match value {
        Value::String(text) => {
            if contacts(text).next().is_some() {
                *text = strip_text(text);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                let key = key.to_ascii_lowercase().replace([' ', '_'], "");
                if CONTACT_KEYS.contains(&key.as_str()) {
                    *value = Value::String(REMOVED.into());
                } else {
                    strip(value);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn strip_text(text: &str) -> String {
    CONTACT
        .replace_all(text, |found: &regex::Captures<'_>| {
            let found = found.get(0).map_or("", |all| all.as_str());
            if is_contact(found) {
                REMOVED.to_string()
            } else {
                found.to_string()
            }
        })
        .into_owned()
}

/// A run of digits is a telephone number only with ten or eleven of them (UK) or a plus: not a reference or a date.
fn is_contact(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.contains('@') || text.starts_with('+') || (10..=11).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_go_and_the_rest_stays() {
        for (text, want) in [
            (
                "ring 01632 960123 or write to desk@example.org now",
                "ring [contact removed] or write to [contact removed] now",
            ),
            ("mobile 07700900123", "mobile [contact removed]"),
            ("+44 (0)1632 960 123", "[contact removed]"),
            (
                "PO 0040123, GBP 3,627.50 on 30/03/2016",
                "PO 0040123, GBP 3,627.50 on 30/03/2016",
            ),
            (
                "DS-2CD2143G2-I x 12, 10.20.4.31",
                "DS-2CD2143G2-I x 12, 10.20.4.31",
            ),
        ] {
            assert_eq!(strip_text(text), want);
        }
        let row =
            r#"{"buyer":{"name":"Sampleford","contactPoint":{"name":"A","email":"a@example.org"}},"n":1.50}"#;
        let kept = without_contacts(row);
        assert!(
            kept.contains("Sampleford") && !kept.contains("example.org") && !kept.contains("\"A\""),
            "{kept}"
        );
    }
}
