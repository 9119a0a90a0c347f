//! What the value of a cell says as text.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

/// The first serial number of a day after the last that Excel knows.
const PAST_LAST_DAY: f64 = 2_958_466.0;

/// A value, however it was read.
pub(super) enum Value<'v> {
    Nothing,
    Text(&'v str),
    Number(f64),
    Whole(i64),
    Yes(bool),
    Moment(ExcelDateTime),
    /// A date as ISO 8601 has it.
    Date(&'v str),
    Error(&'v CellErrorType),
}

impl<'v> From<&'v DataRef<'_>> for Value<'v> {
    fn from(value: &'v DataRef<'_>) -> Self {
        match value {
            DataRef::Int(value) => Self::Whole(*value),
            DataRef::Float(value) => Self::Number(*value),
            DataRef::String(text) | DataRef::DurationIso(text) => Self::Text(text),
            DataRef::SharedString(text) => Self::Text(text),
            DataRef::Bool(yes) => Self::Yes(*yes),
            DataRef::DateTime(moment) => Self::Moment(*moment),
            DataRef::DateTimeIso(text) => Self::Date(text),
            DataRef::Error(error) => Self::Error(error),
            DataRef::Empty => Self::Nothing,
        }
    }
}

impl<'v> From<&'v Data> for Value<'v> {
    fn from(value: &'v Data) -> Self {
        match value {
            Data::Int(value) => Self::Whole(*value),
            Data::Float(value) => Self::Number(*value),
            Data::String(text) | Data::DurationIso(text) => Self::Text(text),
            Data::Bool(yes) => Self::Yes(*yes),
            Data::DateTime(moment) => Self::Moment(*moment),
            Data::DateTimeIso(text) => Self::Date(text),
            Data::Error(error) => Self::Error(error),
            Data::Empty => Self::Nothing,
        }
    }
}

impl<'v> Value<'v> {
    /// Its text; `scratch` holds it where it has to be made.
    pub(super) fn text<'t>(&self, scratch: &'t mut String) -> &'t str
    where
        'v: 't,
    {
        let made = match self {
            Self::Nothing => return "",
            Self::Text(text) => return text,
            Self::Date(text) => return text.strip_suffix("T00:00:00").unwrap_or(text),
            Self::Yes(yes) => return if *yes { "TRUE" } else { "FALSE" },
            Self::Number(value) => number(*value),
            Self::Whole(value) => value.to_string(),
            Self::Moment(moment) => read(*moment),
            Self::Error(error) => error.to_string(),
        };
        *scratch = made;
        scratch
    }
}

/// A number as a sheet shows it: fifteen digits, and no `.0` after whole ones.
pub(crate) fn number(value: f64) -> String {
    let plain = value.to_string();
    // Only long ones can have digits that the sheet does not show.
    if plain.len() <= 16 || !value.is_finite() {
        return plain;
    }
    let shown: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    shown.to_string()
}

/// A date, a time or both; a length of time in hours, minutes and seconds.
fn read(moment: ExcelDateTime) -> String {
    let value = moment.as_f64();
    if !(0.0..PAST_LAST_DAY).contains(&value) {
        // Formatted as a date, but no day that there is.
        return number(value);
    }
    if moment.is_duration() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of seconds below 3e11"
        )]
        let seconds = (value * 86_400.0).round() as u64;
        let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
        return format!("{hours:02}:{minutes:02}:{:02}", seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let time = match milli {
        0 => format!("{hour:02}:{minute:02}:{second:02}"),
        milli => format!("{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    };
    if value < 1.0 {
        time
    } else if time == "00:00:00" {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{time}")
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn numbers_have_no_artefacts() {
        for (value, want) in [
            (12.0, "12"),
            (3627.5, "3627.5"),
            (0.1 + 0.2, "0.3"),
            (-1234.56, "-1234.56"),
            (1e15, "1000000000000000"),
            (45_678_901_234_567.0, "45678901234567"),
            (1.1 * 3.0, "3.3"),
        ] {
            assert_eq!(number(value), want);
        }
    }

    #[test]
    fn dates_of_both_epochs_and_times() {
        let kinds = (ExcelDateTimeType::DateTime, ExcelDateTimeType::TimeDelta);
        for (value, kind, is_1904, want) in [
            (42_459.0, kinds.0, false, "2016-03-30"),
            (40_997.0, kinds.0, true, "2016-03-30"),
            (42_459.5, kinds.0, false, "2016-03-30T12:00:00"),
            (0.25, kinds.0, false, "06:00:00"),
            (1.5, kinds.1, false, "36:00:00"),
            (-3.0, kinds.0, false, "-3"),
            (1e300, kinds.0, false, &number(1e300)),
        ] {
            let value = Value::Moment(ExcelDateTime::new(value, kind, is_1904));
            assert_eq!(value.text(&mut String::new()), want);
        }
    }
}
