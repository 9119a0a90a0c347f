//! Contact data is not needed to say who bought what: it is taken out of what the register keeps.

mod blocks;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use stripout_model::Facts;

use blocks::Blocks;

const REMOVED: &str = "[contact removed]";

/// The shortest telephone number.
const FEWEST_DIGITS: u32 = 9;

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
    let phone = r"(?:\+[0-9]{1,3}[\s()-]{0,3}|\(?(?-u:\b)0)(?:[0-9][\s()-]{0,2}){8,11}[0-9](?-u:\b)";
    Regex::new(&format!("{email}|{phone}")).expect("a constant pattern")
});

/// Byte ranges of e-mail addresses and telephone numbers.
pub(crate) fn contacts(text: &str) -> impl Iterator<Item = Range<usize>> {
    may_hold_contacts(text)
        .then(|| CONTACT.find_iter(text))
        .into_iter()
        .flatten()
        .filter(|found| is_contact(found.as_str()))
        .map(|found| found.range())
}

/// A cheap look before the costly one: an at sign, or as many digits in a row, with what may
/// stand between them, as the shortest number has.
fn may_hold_contacts(text: &str) -> bool {
    let mut digits = 0;
    text.bytes().any(|byte| {
        digits = match byte {
            b'0'..=b'9' => digits + 1,
            // White space of Unicode may part the digits as well.
            b' ' | b'(' | b')' | b'-' | b'+' | b'\t' | b'\n' | b'\r' | 0x80.. => digits,
            _ => 0,
        };
        byte == b'@' || digits >= FEWEST_DIGITS
    })
}

/// The row without contact data; what is no JSON is given back without its contacts.
pub(crate) fn without_contacts(whole: Cow<'_, str>) -> String {
    match copied_without_contacts(&whole) {
        Some(made) if made.is_empty() => whole.into_owned(),
        Some(made) => made,
        None => strip_text(&whole),
    }
}

/// Copies JSON as it is written but for contact data, or nothing where there is none; `None` where it is no JSON.
fn copied_without_contacts(whole: &str) -> Option<String> {
    let bytes = whole.as_bytes();
    let blocks = Blocks::of(bytes);
    let mut made = String::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(start) = blocks.stop(at) {
        if bytes.get(start) != Some(&b'"') {
            at = start + 1;
            continue;
        }
        let (end, escapes) = string_end(bytes, &blocks, start)?;
        let next = past_space(bytes, end);
        at = next;
        if bytes.get(next) == Some(&b':') {
            at = next + 1;
            if is_contact_key(whole.get(start + 1..end - 1)?) {
                let value = past_space(bytes, at);
                at = value_end(bytes, &blocks, value)?;
                made.reserve(whole.len() - copied);
                made.push_str(whole.get(copied..value)?);
                made.push_str(&serde_json::Value::from(REMOVED).to_string());
                copied = at;
            }
            continue;
        }
        if !escapes && !blocks.tells(start..end, FEWEST_DIGITS) {
            continue;
        }
        let literal = whole.get(start..end)?;
        // An escape may be any character: decoded, it shows.
        if (escapes && literal.contains("\\u")) || may_hold_contacts(literal) {
            let text: String = serde_json::from_str(literal).ok()?;
            if contacts(&text).next().is_some() {
                made.reserve(whole.len() - copied);
                made.push_str(whole.get(copied..start)?);
                made.push_str(&serde_json::Value::from(strip_text(&text)).to_string());
                copied = end;
            }
        }
    }
    if copied > 0 {
        made.push_str(whole.get(copied..)?);
    }
    Some(made)
}

/// Behind the string that begins with the quote at `start`, and whether it holds escapes.
fn string_end(bytes: &[u8], blocks: &Blocks, start: usize) -> Option<(usize, bool)> {
    let (mut at, mut escapes) = (start + 1, false);
    loop {
        at = blocks.stop(at)?;
        if bytes.get(at) == Some(&b'"') {
            return Some((at + 1, escapes));
        }
        escapes = true;
        at += 2;
    }
}

/// Behind the value that begins at `start`.
fn value_end(bytes: &[u8], blocks: &Blocks, start: usize) -> Option<usize> {
    let (mut at, mut depth) = (start, 0_usize);
    loop {
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, blocks, at)?.0,
            b'{' | b'[' => {
                depth += 1;
                at += 1;
            }
            // A plain value ends where something else begins.
            b'}' | b']' | b',' if depth == 0 => return Some(at),
            b'}' | b']' => {
                depth -= 1;
                at += 1;
            }
            _ => at += 1,
        }
        if depth == 0
            && !matches!(
                bytes.get(at),
                Some(b'0'..=b'9' | b'a'..=b'z' | b'.' | b'-' | b'+' | b'E')
            )
        {
            return Some(at);
        }
    }
}

fn past_space(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

fn is_contact_key(key: &str) -> bool {
    // The first letters of them all, and what may stand before.
    if !key.starts_with([
        'c', 'e', 't', 'p', 'f', 'm', 'C', 'E', 'T', 'P', 'F', 'M', ' ', '_',
    ]) {
        return false;
    }
    let letters = || key.bytes().filter(|b| !matches!(b, b' ' | b'_'));
    let length = letters().count();
    CONTACT_KEYS
        .iter()
        .filter(|contact| contact.len() == length)
        .any(|contact| {
            letters()
                .zip(contact.bytes())
                .all(|(a, b)| a.eq_ignore_ascii_case(&b))
        })
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
        let kept = without_contacts(row.into());
        assert!(
            kept.contains("Sampleford") && !kept.contains("example.org") && !kept.contains("\"A\""),
            "{kept}"
        );
    }

    #[test]
    fn a_row_is_copied_as_it_is_written() {
        for (row, want) in [
            (
                r#"{ "b": 1.50, "a": [1, {"Tele_Phone" : 441632960123 , "x":"y\"z"}] }"#,
                r#"{ "b": 1.50, "a": [1, {"Tele_Phone" : "[contact removed]" , "x":"y\"z"}] }"#,
            ),
            (
                r#"{"e-mail":{"to":["a","b"]},"n":null}"#,
                r#"{"e-mail":"[contact removed]","n":null}"#,
            ),
            (
                r#"{"note":"ask desk\u0040example.org \u00e9"}"#,
                r#"{"note":"ask [contact removed] é"}"#,
            ),
            (
                r#"{"fax":true,"phone":[]}"#,
                r#"{"fax":"[contact removed]","phone":"[contact removed]"}"#,
            ),
            (
                r#"{"id":"07700 9001","say":"\"phone\": no"}"#,
                r#"{"id":"07700 9001","say":"\"phone\": no"}"#,
            ),
        ] {
            assert_eq!(without_contacts(row.into()), want);
            let made: serde_json::Value = serde_json::from_str(&without_contacts(row.into())).unwrap();
            assert!(made.is_object());
        }
        assert_eq!(
            without_contacts(r#"{"open": "desk@example.org"#.into()),
            r#"{"open": "[contact removed]"#
        );
    }
}
