//! Text of a source on its way to a terminal: nothing in it may move the cursor, hide or reorder words.

use std::fmt::Write as _;

/// Control, invisible and bidirectional characters as `U+XXXX`; line breaks and tabs as spaces.
pub(crate) fn safe(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            c if is_deceptive(c) => {
                let _ = write!(shown, "<U+{:04X}>", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE0FFF)
}

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
    fn a_source_cannot_paint_the_terminal() {
        for (text, want) in [
            ("plain £ 海康威视", "plain £ 海康威视"),
            ("a\u{1b}[31mb", "a<U+001B>[31mb"),
            ("x\u{202e}y\u{200b}z\u{9b}", "x<U+202E>y<U+200B>z<U+009B>"),
            ("two\nlines\tand", "two lines and"),
        ] {
            assert_eq!(safe(text), want);
        }
    }

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
