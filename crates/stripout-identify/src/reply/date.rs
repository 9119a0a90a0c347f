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

/// Every day in the text, in order. `3/4/2022` is 3 April: these are British documents.
pub(super) fn days(text: &str) -> Vec<Day> {
    DAY.captures_iter(text).filter_map(|found| day(&found)).collect()
}

fn day(found: &Captures<'_>) -> Option<Day> {
    let group = |names: &[&str]| names.iter().find_map(|name| found.name(name)).map(|m| m.as_str());
    let month = match group(&["m", "m2"]) {
        Some(name) => month_number(name)?,
        None => group(&["n3", "n4"])?.parse().ok()?,
    };
    let day = Day {
        day: group(&["d", "d2", "d3", "d4"])?.parse().ok()?,
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
            ("3/4/2022", Some((3, 4, Some(2022)))),
            ("2023-05-12", Some((12, 5, Some(2023)))),
            ("31 February 2022", None),
            ("may be 4 cameras", None),
        ] {
            let found = days(text).first().map(|d| (d.day, d.month, d.year));
            assert_eq!(found, want, "{text}");
        }
    }
}
