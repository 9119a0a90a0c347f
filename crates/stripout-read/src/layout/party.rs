//! Names of suppliers as cells hold them: with ids beside them, redacted, or sums instead.

/// The name in a supplier cell; `None` when it is withheld or empty.
///
/// Ledgers put ids into the cell: `NAME:COMPANYNUMBER`, `VATNUMBER : NAME`, `ODSCODE : NAME`.
pub(crate) fn named(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    if cell.is_empty() || is_redacted(cell) {
        return None;
    }
    let Some(colon) = memchr::memchr(b':', cell.as_bytes()) else {
        return Some(cell);
    };
    let (left, right) = (
        cell.get(..colon).unwrap_or_default(),
        cell.get(colon + 1..).unwrap_or_default(),
    );
    let (left, right) = (left.trim(), right.trim());
    if is_identifier(right) && !left.is_empty() {
        Some(left)
    } else if is_identifier(left) && !right.is_empty() {
        Some(right)
    } else {
        Some(cell)
    }
}

/// Six or more digits with at most a few capitals: a company, VAT or organisation number.
fn is_identifier(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    digits + capitals == text.len() && digits >= 5 && capitals <= 6 && text.len() <= 16
}

/// Whether the cell says that the name of a person is withheld.
pub(crate) fn is_redacted(cell: &str) -> bool {
    if cell.len() > 80 {
        return false;
    }
    let bytes = cell.as_bytes();
    // Four letters at a time, in either case: this runs for every row.
    let lower = |w: &[u8; 4]| u32::from_ne_bytes(*w) | 0x2020_2020;
    let (dact, data) = (u32::from_ne_bytes(*b"dact"), u32::from_ne_bytes(*b"data"));
    let hints = bytes
        .array_windows()
        .map(lower)
        .any(|word| word == dact || word == data);
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|w| w.eq_ignore_ascii_case(text));
    hints && (holds(b"personal data") || says_redacted(bytes))
}

/// The word itself, not one that begins like it: companies are called so too.
fn says_redacted(bytes: &[u8]) -> bool {
    let stem = b"redact";
    let endings: [&[u8]; 4] = [b"", b"ed", b"ion", b"ions"];
    bytes.windows(stem.len()).enumerate().any(|(at, word)| {
        let rest = bytes.get(at + stem.len()..).unwrap_or_default();
        let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic());
        let ending = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        word.eq_ignore_ascii_case(stem) && endings.iter().any(|it| ending.eq_ignore_ascii_case(it))
    })
}

/// Whether the cell names a sum of other rows.
pub(crate) fn is_total(cell: &[u8]) -> bool {
    let cell = cell.trim_ascii();
    let cell = cell.strip_suffix(b":").unwrap_or(cell);
    let sums: [&[u8]; 8] = [
        b"total",
        b"totals",
        b"subtotal",
        b"sub total",
        b"sub-total",
        b"grand total",
        b"report total",
        b"overall total",
    ];
    // Most names are longer, and few of the others end so: this runs for every row.
    cell.len() <= 13
        && cell
            .last()
            .is_some_and(|b| matches!(b, b'l' | b'L' | b's' | b'S'))
        && sums.iter().any(|sum| cell.eq_ignore_ascii_case(sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_their_ids() {
        for (cell, want) in [
            ("KINGS COLLEGE LONDON:03529700", Some("KINGS COLLEGE LONDON")),
            (
                "UK0479435601 : Prime Care Solutions (Kingston) Ltd",
                Some("Prime Care Solutions (Kingston) Ltd"),
            ),
            (
                "NHS0000RJ701 : St Georges Healthcare NHST",
                Some("St Georges Healthcare NHST"),
            ),
            ("HRB851100001 : HTS tentiQ GmbH", Some("HTS tentiQ GmbH")),
            (" Boots UK Ltd ", Some("Boots UK Ltd")),
            ("2011:09D  Dementia", Some("2011:09D  Dementia")),
            ("Re: Security Ltd", Some("Re: Security Ltd")),
            ("REDACTED PERSONAL DATA", None),
            ("Redacted, personal data", None),
            ("[redaction]", None),
            (
                "REDACTIVE MEDIA SALES LIMITED",
                Some("REDACTIVE MEDIA SALES LIMITED"),
            ),
            ("", None),
        ] {
            assert_eq!(named(cell), want, "{cell}");
        }
        assert!(
            is_total(b"Grand Total")
                && is_total(b" TOTAL: ")
                && !is_total(b"Total Gas & Power")
                && !is_total(b"Orbital")
        );
    }
}
