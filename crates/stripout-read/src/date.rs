//! Dates as spreadsheets and ledgers write them. The order of day and month is decided per file, never per cell.

use jiff::civil::Date;

/// Order of the numbers in `03/04/2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// What one cell of a date column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateCell {
    /// Only one reading.
    Exact(Date),
    /// Two numbers and a year; which is the month depends on the file. `None` where that reading is no date.
    Numbers {
        day_first: Option<Date>,
        month_first: Option<Date>,
    },
    /// A number of days since 30 December 1899, if the whole column is such.
    Serial(Date),
    /// A month, a year, or a range: no day is stated.
    Period,
    /// Says nothing: empty, or a placeholder.
    Blank,
    /// No date.
    No,
}

impl DateCell {
    pub(crate) fn read(text: &str) -> Self {
        // Nearly all cells of real files are one of these two.
        if let Some(date) = iso(text.as_bytes()) {
            return Self::Exact(date);
        }
        if let [d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4] = text.as_bytes()
            && let (Some(first), Some(second)) = (two(*d1, *d2), two(*m1, *m2))
            && let (Some(century), Some(year)) = (two(*y1, *y2), two(*y3, *y4))
        {
            return numbers(first, second, century * 100 + year);
        }
        let text = text.trim();
        let bytes = text.as_bytes();
        if bytes.is_empty() || matches!(text, "-" | "n/a" | "N/A" | "NULL" | "null" | "00:00:00") {
            return Self::Blank;
        }
        if let Some(date) = iso(bytes) {
            return Self::Exact(date);
        }
        if bytes.iter().all(u8::is_ascii_digit) {
            return digits(text);
        }
        // A time of day after the date says nothing about the day.
        let day = text
            .split_once([' ', 'T'])
            .filter(|(_, time)| is_time(time))
            .map_or(text, |(day, _)| day);
        let mut parts = [""; 3];
        let mut count = 0;
        for part in day
            .split(['/', '-', '.', ' ', ',', '\u{a0}'])
            .filter(|p| !p.is_empty())
        {
            if let Some(slot) = parts.get_mut(count) {
                *slot = part;
            }
            count += 1;
        }
        match (count, parts) {
            (3, [a, b, c]) => three(a, b, c),
            (2, [a, b, _]) if month(a).is_some() && is_year(b) || is_year(a) && month(b).is_some() => {
                Self::Period
            }
            (2, [a, b, _]) if number(a).is_some() && is_year(b) && b.len() == 4 => Self::Period,
            _ if range(day) => Self::Period,
            (1, [a, ..]) if month(a).is_some() => Self::Period,
            _ => Self::No,
        }
    }

    /// The date, under what the file decided.
    pub(crate) fn date(self, order: Option<DayOrder>, serials: bool) -> Option<Date> {
        match (self, order) {
            (Self::Exact(date), _) => Some(date),
            (Self::Numbers { day_first, .. }, Some(DayOrder::DayFirst)) => day_first,
            (Self::Numbers { month_first, .. }, Some(DayOrder::MonthFirst)) => month_first,
            // 05/05/2022 is the same day either way.
            (
                Self::Numbers {
                    day_first,
                    month_first,
                },
                None,
            ) if day_first == month_first => day_first,
            (Self::Serial(date), _) if serials => Some(date),
            _ => None,
        }
    }
}

/// `2020-04-30`, with or without a time.
fn iso(bytes: &[u8]) -> Option<Date> {
    let [
        y1,
        y2,
        y3,
        y4,
        s1 @ (b'-' | b'/' | b'.'),
        m1,
        m2,
        s2,
        d1,
        d2,
        rest @ ..,
    ] = bytes
    else {
        return None;
    };
    if s1 != s2 || !(rest.is_empty() || matches!(rest, [b'T' | b' ', t, ..] if t.is_ascii_digit())) {
        return None;
    }
    let year = two(*y1, *y2)? * 100 + two(*y3, *y4)?;
    civil(year, two(*m1, *m2)?, two(*d1, *d2)?)
}

fn two(tens: u8, ones: u8) -> Option<i16> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i16::from(tens - b'0') * 10 + i16::from(ones - b'0'))
}

/// Only days that a register of cameras can speak of: a year like 0020 or 2920 is a slip of the keyboard.
fn civil(year: i16, month: i16, day: i16) -> Option<Date> {
    if !(1970..2100).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// `20200430`, `202004`, `43951`.
fn digits(text: &str) -> DateCell {
    let Ok(value) = text.parse::<u32>() else {
        return DateCell::No;
    };
    let part = |n: u32| i16::try_from(n).unwrap_or(0);
    match text.len() {
        8 => match civil(part(value / 10_000), part(value / 100 % 100), part(value % 100)) {
            Some(date) => DateCell::Exact(date),
            None => DateCell::No,
        },
        // Accounting years have a thirteenth period.
        6 if (1970..2100).contains(&(value / 100)) && (1..=13).contains(&(value % 100)) => DateCell::Period,
        5 if (30_000..50_000).contains(&value) => {
            let start = Date::constant(1899, 12, 30);
            start
                .checked_add(jiff::Span::new().days(i64::from(value)))
                .map_or(DateCell::No, DateCell::Serial)
        }
        4 if (1970..2100).contains(&value) => DateCell::Period,
        1 | 2 if (1..=13).contains(&value) => DateCell::Period,
        _ => DateCell::No,
    }
}

fn three(a: &str, b: &str, c: &str) -> DateCell {
    let exact = |date: Option<Date>| date.map_or(DateCell::No, DateCell::Exact);
    // `Thu 30 April` has no year; `30th April 2020` and `April 30, 2020` have.
    if let Some(month) = month(b) {
        return exact(
            ordinal(a)
                .zip(year(c))
                .and_then(|(day, year)| civil(year, month, day)),
        );
    }
    if let Some(month) = month(a) {
        return exact(
            ordinal(b)
                .zip(year(c))
                .and_then(|(day, year)| civil(year, month, day)),
        );
    }
    let (Some(first), Some(second)) = (number(a), number(b)) else {
        return DateCell::No;
    };
    if a.len() == 4 {
        return exact(number(c).and_then(|day| civil(first, second, day)));
    }
    let Some(year) = year(c) else { return DateCell::No };
    numbers(first, second, year)
}

fn numbers(first: i16, second: i16, year: i16) -> DateCell {
    let (day_first, month_first) = (civil(year, second, first), civil(year, first, second));
    if day_first.is_none() && month_first.is_none() {
        return DateCell::No;
    }
    DateCell::Numbers {
        day_first,
        month_first,
    }
}

fn number(text: &str) -> Option<i16> {
    (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn ordinal(text: &str) -> Option<i16> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = text.get(digits.len()..)?.to_ascii_lowercase();
    (digits.len() <= 2 && matches!(suffix.as_str(), "" | "st" | "nd" | "rd" | "th"))
        .then(|| number(digits))?
}

fn is_year(text: &str) -> bool {
    year(text).is_some()
}

/// Two digits are of this century up to 69, as spreadsheets have it.
fn year(text: &str) -> Option<i16> {
    match (text.len(), number(text)?) {
        (4, year) => Some(year),
        (2, year) if year < 70 => Some(2000 + year),
        (2, year) => Some(1900 + year),
        _ => None,
    }
}

fn month(text: &str) -> Option<i16> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    if text.len() < 3 {
        return None;
    }
    let at = NAMES
        .iter()
        .position(|name| name.starts_with(&text))
        .or_else(|| (text == "sept").then_some(8))?;
    i16::try_from(at + 1).ok()
}

fn is_time(text: &str) -> bool {
    let clock = text
        .trim()
        .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ' || c == '.');
    clock.contains(':')
        && clock
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'+' | b'-'))
}

/// `July 2010-September 2010`, `01/04/2012 - 30/04/2012`, `2019/20`.
fn range(text: &str) -> bool {
    let split = [" - ", " to ", "-", "\u{2013}", "/"];
    split
        .iter()
        .filter_map(|s| text.split_once(s))
        .any(|(from, until)| {
            !matches!(DateCell::read(from), DateCell::No | DateCell::Blank)
                && (is_year(until.trim()) || !matches!(DateCell::read(until), DateCell::No | DateCell::Blank))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read() {
        let exact = |y, m, d| DateCell::Exact(Date::constant(y, m, d));
        for (text, want) in [
            ("2020-04-30", exact(2020, 4, 30)),
            ("2020-11-16 12:22:32Z", exact(2020, 11, 16)),
            ("2020-04-30T00:00:00", exact(2020, 4, 30)),
            ("20200430", exact(2020, 4, 30)),
            ("2020/04/30", exact(2020, 4, 30)),
            ("30-Apr-20", exact(2020, 4, 30)),
            ("08-Jul-20", exact(2020, 7, 8)),
            ("07-SEP-2020 ", exact(2020, 9, 7)),
            ("3rd September 2021", exact(2021, 9, 3)),
            ("April 30, 2020", exact(2020, 4, 30)),
            ("July 2010", DateCell::Period),
            ("Aug-20", DateCell::Period),
            ("201509", DateCell::Period),
            ("July 2010-September 2010", DateCell::Period),
            ("01/04/2012 - 30/04/2012", DateCell::Period),
            ("2019/20", DateCell::Period),
            ("43951", DateCell::Serial(Date::constant(2020, 4, 30))),
            ("00:00:00", DateCell::Blank),
            ("", DateCell::Blank),
            ("31/02/2020", DateCell::No),
            ("2020-13-01", DateCell::No),
            ("0020-04-30", DateCell::No),
            ("Revenue", DateCell::No),
            ("99999999999999", DateCell::No),
        ] {
            assert_eq!(DateCell::read(text), want, "{text:?}");
        }
    }

    #[test]
    fn order_of_day_and_month_is_not_guessed() {
        let cell = DateCell::read("03/04/2022");
        assert_eq!(cell.date(None, false), None);
        assert_eq!(
            cell.date(Some(DayOrder::DayFirst), false),
            Some(Date::constant(2022, 4, 3))
        );
        assert_eq!(
            cell.date(Some(DayOrder::MonthFirst), false),
            Some(Date::constant(2022, 3, 4))
        );
        let cell = DateCell::read("4/30/2020 09:15");
        assert_eq!(cell.date(Some(DayOrder::DayFirst), false), None);
        assert_eq!(
            cell.date(Some(DayOrder::MonthFirst), false),
            Some(Date::constant(2020, 4, 30))
        );
        assert_eq!(
            DateCell::read("05/05/2022").date(None, false),
            Some(Date::constant(2022, 5, 5))
        );
        assert_eq!(DateCell::read("43951").date(None, false), None);
    }
}
