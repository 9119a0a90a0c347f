//! Payees that belong, or belonged, to a maker's group.

use std::ops::Range;

use jiff::civil::Date;
use stripout_catalogue::{Relation, Verification};
use stripout_model::BrandId;

use crate::AffiliationSignal;
use crate::attribution::Owner;
use crate::why::verified;

/// What a payee's name says, given the date of the record. `None` where the label ties nobody to a group.
pub(crate) fn signal(
    owner: &Owner,
    surface: &str,
    passage: usize,
    span: Range<usize>,
    date: Option<Date>,
) -> Option<AffiliationSignal> {
    let belongs = |relation| matches!(relation, Relation::OwnBrand | Relation::Subsidiary);
    if !owner.reported || owner.tie.as_ref().is_some_and(|tie| !belongs(tie.relation)) {
        return None;
    }
    // A maker's own name is a label of itself.
    let brand = owner
        .brand
        .clone()
        .or_else(|| owner.maker.as_str().parse::<BrandId>().ok())?;
    let (from, until) = owner
        .tie
        .as_ref()
        .map_or((None, None), |t| (t.from.as_deref(), t.until.as_deref()));
    let tied = match (&owner.tie, date) {
        (None, _) => Some(true),
        (Some(_), None) => None,
        (Some(_), Some(date)) => tied_at(date, from, until),
    };
    let what = match &owner.tie {
        None => format!(
            "\"{surface}\" is the maker {} itself or a company under its name",
            owner.maker_label
        ),
        Some(tie) => {
            let since = from.map_or(String::new(), |from| format!(" since {from}"));
            let until = until.map_or(String::new(), |until| format!(" until {until}"));
            let group = match tie.relation {
                Relation::Subsidiary => "belongs to",
                _ => "is a label of",
            };
            format!(
                "\"{surface}\": {} {group} {}{since}{until} ({})",
                owner.label,
                owner.maker_label,
                short(tie.verification)
            )
        }
    };
    let then = match (date, tied, from) {
        (Some(date), Some(false), Some(_)) => format!("; payment of {} is outside that time", date.year()),
        (Some(date), Some(true), Some(_)) => format!("; payment of {} is within that time", date.year()),
        (_, None, _) => "; whether at the time of the payment is not known".into(),
        _ => String::new(),
    };
    let why = format!("{what}{then}; a payee, which says nothing about equipment");
    Some(AffiliationSignal {
        maker: owner.maker.clone(),
        brand,
        passage,
        span,
        tied_at_the_time: tied,
        why,
    })
}

fn short(verification: Verification) -> &'static str {
    match verification {
        Verification::Recalled => "recalled",
        other => verified(other),
    }
}

/// Whether the date lies within the tie; `None` where the tie's dates are too coarse to say, or unknown.
fn tied_at(date: Date, from: Option<&str>, until: Option<&str>) -> Option<bool> {
    let after = from.map(|from| compare(date, from));
    let before = until.map(|until| compare(date, until));
    match (after, before) {
        (Some(Some(std::cmp::Ordering::Less)), _) | (_, Some(Some(std::cmp::Ordering::Greater))) => {
            Some(false)
        }
        (Some(Some(std::cmp::Ordering::Greater)), None | Some(Some(std::cmp::Ordering::Less)))
        | (None, Some(Some(std::cmp::Ordering::Less))) => Some(true),
        _ => None,
    }
}

/// A date against a year, month or day; equal where the date lies in a period that the other only names.
fn compare(date: Date, other: &str) -> Option<std::cmp::Ordering> {
    let mut parts = other.split('-');
    let year: i16 = parts.next()?.trim().get(..4)?.parse().ok()?;
    let by_year = date.year().cmp(&year);
    let Some(month) = parts
        .next()
        .and_then(|m| m.parse::<i8>().ok())
        .filter(|m| (1..=12).contains(m))
    else {
        return Some(by_year);
    };
    let by_month = by_year.then(date.month().cmp(&month));
    let Some(day) = parts.next().and_then(|d| d.parse::<i8>().ok()) else {
        return Some(by_month);
    };
    let exact = by_month.then(date.day().cmp(&day));
    // From a given day on the tie holds, so that day itself counts as after.
    Some(if exact.is_eq() {
        std::cmp::Ordering::Greater
    } else {
        exact
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_has_its_time() {
        let on = |y, m, d| Date::new(y, m, d).expect("a date");
        assert_eq!(tied_at(on(2013, 10, 1), Some("2016"), None), Some(false));
        assert_eq!(tied_at(on(2017, 1, 1), Some("2016"), None), Some(true));
        assert_eq!(tied_at(on(2016, 6, 1), Some("2016"), None), None);
        assert_eq!(
            tied_at(on(2019, 6, 1), Some("2018-02"), Some("2022-11")),
            Some(true)
        );
        assert_eq!(
            tied_at(on(2023, 6, 1), Some("2018-02"), Some("2022-11")),
            Some(false)
        );
        assert_eq!(tied_at(on(2023, 6, 1), None, None), None);
    }
}
