//! Numbers, sizes and days as a person reads them, and text of a source made safe to print.

pub(crate) use stripout_judge::long_date as date;
pub(crate) use stripout_model::printable as safe;
pub(crate) use stripout_serve::{bytes, number};

/// `1 record`, `2 records`, `1,234 records`.
pub(crate) fn count(n: u64, one: &str) -> String {
    let plural = match one {
        "entry" => "entries".to_string(),
        _ => format!("{one}s"),
    };
    format!("{} {}", number(n), if n == 1 { one } else { &plural })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(
            (count(1, "row"), count(2, "entry")),
            ("1 row".into(), "2 entries".into())
        );
        assert_eq!((bytes(999), bytes(1_250_000)), ("999 B".into(), "1.2 MB".into()));
        assert_eq!(date(jiff::civil::date(2016, 3, 30)), "30 March 2016");
    }
}
