//! Names of suppliers as cells hold them: with ids beside them, redacted, or sums instead.

/// The name in a supplier cell; `None` when it is withheld or empty.
///
/// Ledgers put ids into the cell: `NAME:COMPANYNUMBER`, `VATNUMBER : NAME`, `ODSCODE : NAME`.
pub(crate) fn named(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    if cell.is_empty() || is_redacted(cell) {
        return None;
    }
    let Some((left, right)) = cell.split_once(':') else { return Some(cell) };
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
    let holds = |word: &[u8]| cell.as_bytes().windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    // A cheap look first: this runs for every row.
    cell.bytes().any(|b| matches!(b, b'd' | b'D')) && (holds(b"redact") || holds(b"personal data"))
}

/// Whether the cell names a sum of other rows.
pub(crate) fn is_total(cell: &str) -> bool {
    let cell = cell.trim().trim_end_matches(':');
    ["grand total", "total", "sub total", "subtotal", "sub-total", "totals", "report total", "overall total"]
        .iter()
        .any(|total| cell.eq_ignore_ascii_case(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_without_their_ids() {
        for (cell, want) in [
            ("KINGS COLLEGE LONDON:03529700", Some("KINGS COLLEGE LONDON")),
            ("UK0479435601 : Prime Care Solutions (Kingston) Ltd", Some("Prime Care Solutions (Kingston) Ltd")),
            ("NHS0000RJ701 : St Georges Healthcare NHST", Some("St Georges Healthcare NHST")),
            ("HRB851100001 : HTS tentiQ GmbH", Some("HTS tentiQ GmbH")),
            (" Boots UK Ltd ", Some("Boots UK Ltd")),
            ("2011:09D  Dementia", Some("2011:09D  Dementia")),
            ("Re: Security Ltd", Some("Re: Security Ltd")),
            ("REDACTED PERSONAL DATA", None),
            ("Redacted, personal data", None),
            ("", None),
        ] {
            assert_eq!(named(cell), want, "{cell}");
        }
        assert!(is_total("Grand Total") && !is_total("Total Gas & Power"));
    }
}
