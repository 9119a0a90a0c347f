//! A day that is known as exactly as the source gives it: a day, a month, a year, or only the last day it can be.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// `2022-11-24`, `2022-04`, `2022`, `../2023-11` for a day not after that month, or `2022-11-24/..` for one not before that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stretch {
    /// The first day it can be.
    pub first: Date,
    /// The last day it can be.
    pub last: Date,
    written: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no date: write 2022-11-24, 2022-04, 2022, ../2023-11 for a day not after it, or 2023-11/.. for one not before it"
)]
pub struct ParseStretchError(String);

impl Stretch {
    /// Some day not after this one.
    pub fn until(last: Date) -> Self {
        Self {
            first: Date::MIN,
            last,
            written: format!("../{last}"),
        }
    }
}

impl FromStr for Stretch {
    type Err = ParseStretchError;

    fn from_str(text: &str) -> Result<Self, ParseStretchError> {
        let (before, after) = (text.strip_prefix("../"), text.strip_suffix("/.."));
        let written = before.or(after).unwrap_or(text);
        let (first, last) = days(written).ok_or_else(|| ParseStretchError(text.to_owned()))?;
        Ok(Self {
            first: if before.is_some() { Date::MIN } else { first },
            last: if after.is_some() { Date::MAX } else { last },
            written: text.to_owned(),
        })
    }
}

fn days(text: &str) -> Option<(Date, Date)> {
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = text.split('-');
    let year = parts.next().filter(|y| digits(y, 4))?.parse().ok()?;
    let Some(month) = parts.next() else {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let month = Some(month).filter(|m| digits(m, 2))?.parse().ok()?;
    let first = Date::new(year, month, 1).ok()?;
    let Some(day) = parts.next() else {
        return Some((first, first.last_of_month()));
    };
    let day = Some(day).filter(|d| digits(d, 2))?.parse().ok()?;
    let day = Date::new(year, month, day).ok()?;
    parts.next().is_none().then_some((day, day))
}

impl TryFrom<String> for Stretch {
    type Error = ParseStretchError;
    fn try_from(text: String) -> Result<Self, ParseStretchError> {
        text.parse()
    }
}

impl From<Stretch> for String {
    fn from(stretch: Stretch) -> Self {
        stretch.written
    }
}

impl From<Date> for Stretch {
    fn from(day: Date) -> Self {
        Self {
            first: day,
            last: day,
            written: day.to_string(),
        }
    }
}

/// As people read it: `24 November 2022`, `April 2022`, `2022`, `at the latest November 2023`.
impl fmt::Display for Stretch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.written.trim_start_matches("../").trim_end_matches("/..");
        let form = match written.len() {
            4 => "%Y",
            7 => "%B %Y",
            _ => "%-d %B %Y",
        };
        if self.written.starts_with("../") {
            f.write_str("at the latest ")?;
        }
        if self.written.ends_with("/..") {
            return write!(f, "at the earliest {}", self.first.strftime(form));
        }
        write!(f, "{}", self.last.strftime(form))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn as_exact_as_the_source() {
        for (text, first, last, shown) in [
            (
                "2022-11-24",
                date(2022, 11, 24),
                date(2022, 11, 24),
                "24 November 2022",
            ),
            ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
            ("2022", date(2022, 1, 1), date(2022, 12, 31), "2022"),
            (
                "../2023-11",
                Date::MIN,
                date(2023, 11, 30),
                "at the latest November 2023",
            ),
            (
                "2022-11-24/..",
                date(2022, 11, 24),
                Date::MAX,
                "at the earliest 24 November 2022",
            ),
        ] {
            let stretch: Stretch = text.parse().unwrap();
            assert_eq!((stretch.first, stretch.last), (first, last), "{text}");
            assert_eq!(stretch.to_string(), shown);
            assert_eq!(String::from(stretch), text);
        }
        for bad in [
            "",
            "22",
            "2022-13",
            "2022-02-30",
            "2022-1-1",
            "2022-01-01-01",
            "soon",
            "..2022",
        ] {
            assert_eq!(bad.parse::<Stretch>(), Err(ParseStretchError(bad.into())));
        }
    }
}
