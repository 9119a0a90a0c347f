//! Days, months and years as people write them.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use regex::{Captures, Regex};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// As a part of other patterns; `{P}` is put before the names of its groups.
pub(super) const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

/// A day, with or without its year.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the day of the month has no other name")]
pub(super) struct Day {
    pub(super) day: i8,
    pub(super) month: i8,
    pub(super) year: Option<i16>,
    pub(super) span: Range<usize>,
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+day)?\s+(?:of\s+)?(?P<m>{MONTH})\b\.?(?:,?\s+(?P<y>\d{{4}})\b)?|(?P<m2>{MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<y2>\d{{4}})\b)?|(?P<d3>\d{{1,2}})[/.](?P<n3>\d{{1,2}})[/.](?P<y3>\d{{4}})\b|(?P<y4>\d{{4}})-(?P<n4>\d{{2}})-(?P<d4>\d{{2}})\b)"
    ))
    .expect("a constant pattern")
});

impl Day {
    pub(super) fn date(&self) -> Option<Date> {
        self.in_year(self.year?)
    }

    pub(super) fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// Which of two numbers is the day: what a document does not decide stays open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

impl Order {
    /// By the dates of the whole text: `23/4/2022` has the day first, and so has `3/4/2022` beside `3 April 2022`. Where they
    /// contradict one another, or none decides, it is not known.
    pub(super) fn of(text: &str) -> Self {
        let mut numbers: Vec<(i8, i8, i16)> = Vec::new();
        let mut written: Vec<(i8, i8, i16)> = Vec::new();
        for found in DAY.captures_iter(text) {
            let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i8>().ok());
            let year = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
            if let Some(((first, second), year)) = number("d3").zip(number("n3")).zip(year("y3")) {
                numbers.push((first, second, year));
            } else if let Some(day) = day(&found, Self::Unknown)
                && let Some(year) = day.year
            {
                written.push((day.day, day.month, year));
            }
        }
        let day_first = |(first, second, year): &(i8, i8, i16)| {
            *first > 12 && *second <= 12 || first != second && written.contains(&(*first, *second, *year))
        };
        let month_first = |(first, second, year): &(i8, i8, i16)| {
            *second > 12 && *first <= 12 || first != second && written.contains(&(*second, *first, *year))
        };
        match (numbers.iter().any(day_first), numbers.iter().any(month_first)) {
            (true, false) => Self::DayFirst,
            (false, true) => Self::MonthFirst,
            (true, true) | (false, false) => Self::Unknown,
        }
    }

    /// Day and month of two numbers; `None` where both orders are possible and the document decides neither.
    fn read(self, first: i8, second: i8) -> Option<(i8, i8)> {
        match self {
            _ if first == second || second <= 12 && first > 12 => Some((first, second)),
            _ if first <= 12 && second > 12 => Some((second, first)),
            Self::DayFirst => Some((first, second)),
            Self::MonthFirst => Some((second, first)),
            Self::Unknown => None,
        }
    }
}

/// Every day in the text, in order.
pub(super) fn days(text: &str) -> Vec<Day> {
    days_in(text, Order::of(text))
}

/// Every day in a part of a document whose order of day and month is told.
pub(super) fn days_in(part: &str, order: Order) -> Vec<Day> {
    DAY.captures_iter(part)
        .filter_map(|found| day(&found, order))
        .collect()
}

/// Whether any day is named, known or not.
pub(super) fn names_day(text: &str) -> bool {
    DAY.is_match(text)
}

fn day(found: &Captures<'_>, order: Order) -> Option<Day> {
    let group = |names: &[&str]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
    let (day, month) = match group(&["m", "m2"]) {
        Some(name) => (group(&["d", "d2"])?.parse().ok()?, month_number(name)?),
        None => match group(&["d3"]).zip(group(&["n3"])) {
            Some((first, second)) => order.read(first.parse().ok()?, second.parse().ok()?)?,
            None => (group(&["d4"])?.parse().ok()?, group(&["n4"])?.parse().ok()?),
        },
    };
    let day = Day {
        day,
        month,
        year: group(&["y", "y2", "y3", "y4"]).and_then(|year| year.parse().ok()),
        span: found.get(0)?.range(),
    };
    // 29 February is a day of some years.
    day.in_year(day.year.unwrap_or(2024)).map(|_| day)
}

/// 1 to 12.
pub(super) fn month_number(name: &str) -> Option<i8> {
    let lower = name.to_lowercase();
    let at = MONTHS.iter().position(|month| lower.starts_with(month))?;
    i8::try_from(at + 1).ok()
}

/// The last day of a month.
pub(super) fn month_end(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok().map(Date::last_of_month)
}

pub(super) fn year_end(year: i16) -> Date {
    date(year, 12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        for (text, want) in [
            ("on 23rd June, the", Some((23, 6, None))),
            ("8 September 2022", Some((8, 9, Some(2022)))),
            ("March 4, 2023", Some((4, 3, Some(2023)))),
            // Nothing decides which of the two is the day.
            ("3/4/2022", None),
            ("23/4/2022", Some((23, 4, Some(2022)))),
            ("4/23/2022", Some((23, 4, Some(2022)))),
            ("5.5.2022", Some((5, 5, Some(2022)))),
            ("2023-05-12", Some((12, 5, Some(2023)))),
            ("31 February 2022", None),
            ("may be 4 cameras", None),
        ] {
            let found = days(text).first().map(|d| (d.day, d.month, d.year));
            assert_eq!(found, want, "{text}");
        }
    }

    #[test]
    fn the_document_tells_day_and_month() {
        for (text, want) in [
            ("03/04/2022, and then 23/04/2022", Some((3, 4))),
            ("03/04/2022, and then 04/23/2022", Some((4, 3))),
            ("03/04/2022, as I wrote on 3 April 2022", Some((3, 4))),
            ("03/04/2022, as I wrote on March 4, 2022", Some((4, 3))),
            // They contradict one another; another day tells nothing.
            ("03/04/2022 or 23/04/2022 or 04/23/2022", Some((23, 4))),
            ("03/04/2022 and 5 May 2022", Some((5, 5))),
        ] {
            let found = days(text).first().map(|d| (d.day, d.month));
            assert_eq!(found, want, "{text}");
        }
    }
}
