//! Days that are known more or less exactly: before, after, or not known.

use stripout_catalogue::Stretch;

use crate::answer::Answer;

/// Whether a day is the first day of a period, or after it.
pub(crate) fn since(from: Option<&Stretch>, day: Option<&Stretch>) -> Answer {
    match (from, day) {
        (None, _) => Answer::Yes,
        (Some(from), Some(day)) if day.first >= from.last => Answer::Yes,
        (Some(from), Some(day)) if day.last < from.first => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether a day is the last day of a period, or before it.
pub(crate) fn to(until: Option<&Stretch>, day: Option<&Stretch>) -> Answer {
    match (until, day) {
        (None, _) => Answer::Yes,
        (Some(until), Some(day)) if day.last <= until.first => Answer::Yes,
        (Some(until), Some(day)) if day.first > until.last => Answer::No,
        _ => Answer::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, Unknown, Yes};

    #[test]
    fn a_day_within_a_month_that_is_not_known_exactly_is_not_known() {
        for (period, day, is_since, is_to) in [
            ("2022-04-10", "2022-04-10", Yes, Yes),
            ("2022-04-10", "2022-04-09", No, Yes),
            ("2022-04-10", "2022-04-11", Yes, No),
            ("2022-04", "2022-04-15", Unknown, Unknown),
            ("2022-04", "2022-04-30", Yes, Unknown),
            ("2022-04", "2022-05", Yes, No),
            ("2022-04", "2022", Unknown, Unknown),
            ("../2023-11", "1990", Unknown, Unknown),
            ("../2023-11", "2024", Yes, No),
        ] {
            let (period, day) = (Some(period.parse().unwrap()), Some(day.parse().unwrap()));
            let answers = (
                since(period.as_ref(), day.as_ref()),
                to(period.as_ref(), day.as_ref()),
            );
            assert_eq!(answers, (is_since, is_to), "{day:?} in {period:?}");
        }
        let day = Some("2022-04".parse().unwrap());
        assert_eq!((since(None, None), to(None, None)), (Yes, Yes));
        assert_eq!(
            (since(day.as_ref(), None), to(day.as_ref(), None)),
            (Unknown, Unknown)
        );
    }
}
