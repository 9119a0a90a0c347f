//! A number or an address in place of a name: `E06000009`, `GB-LAE-LDS`, `GB-PPON:ABCD-1234-EFGH`, `RR8`, `foi@exeter.gov.uk`.

use stripout_model::Confidence;

use super::Found;
use crate::body::bodies::{Bodies, identifier_key};
use crate::body::public_body::PublicBody;

impl Bodies {
    /// The body of a number of a register, with or without the register before it, or of an internet address.
    pub(super) fn by_number(&self, text: &str) -> Found {
        let text = text.trim();
        if text.contains(char::is_whitespace) {
            return Found::Nothing;
        }
        if let Some((_, host)) = text
            .rsplit_once('@')
            .or_else(|| text.contains('.').then_some(("", text)))
        {
            return self.numbered(self.by_domain(host), || format!("{host} is its address"));
        }
        // Both sides may have such signs: `GB-PPON-ABCD-1234-EFGH`.
        for (at, sign) in text.match_indices(['-', ':']) {
            let (scheme, number) = (text.get(..at), text.get(at + sign.len()..));
            if let Some((scheme, number)) = scheme.zip(number)
                && let Some(body) = self.by_identifier(scheme, number)
            {
                return self.numbered(Some(body), || format!("its number at {scheme} is {number}"));
            }
        }
        // Figures alone are the number of anything.
        if !text.contains(|c: char| c.is_ascii_digit()) || !text.contains(char::is_alphabetic) {
            return Found::Nothing;
        }
        let (_, value) = identifier_key("", text);
        let mut bodies: Vec<usize> = self
            .identifiers
            .iter()
            .filter(|((_, own), _)| *own == value)
            .map(|(_, body)| *body)
            .collect();
        bodies.sort_unstable();
        bodies.dedup();
        match bodies.as_slice() {
            [body] => self.numbered(self.list.get(*body), || format!("{value} is its number")),
            [] => Found::Nothing,
            several => Found::Several {
                bodies: several.iter().map(|body| (*body, 1.0)).collect(),
                why: format!("{value} is the number of several bodies"),
            },
        }
    }

    fn numbered(&self, body: Option<&PublicBody>, why: impl FnOnce() -> String) -> Found {
        let Some(body) = body.and_then(|body| self.places.get(&body.id)) else {
            return Found::Nothing;
        };
        Found::One {
            body: *body,
            sure: Confidence::Certain,
            why: why(),
        }
    }
}
