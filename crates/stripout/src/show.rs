//! Numbers, sizes and days as a person reads them, and text of a source made safe to print.

pub(crate) use stripout_model::printable as safe;

/// `1 record`, `2 records`, `1,234 records`.
pub(crate) fn count(n: u64, one: &str) -> String {
    let plural = match one {
        "entry" => "entries".to_string(),
        _ => format!("{one}s"),
    };
    format!("{} {}", number(n), if n == 1 { one } else { &plural })
}

/// `1234567` as `1,234,567`.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    grouped
}

/// `1.2 MB`
pub(crate) fn bytes(n: u64) -> String {
    let mut size = n;
    let mut tenths = 0;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if size < 1000 {
            break;
        }
        tenths = size % 1000 / 100;
        size /= 1000;
        unit = next;
    }
    if unit == "B" {
        format!("{size} B")
    } else {
        format!("{size}.{tenths} {unit}")
    }
}

/// `30 March 2016`
pub(crate) fn date(date: jiff::civil::Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|m| MONTHS.get(m))
        .copied()
        .unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
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
