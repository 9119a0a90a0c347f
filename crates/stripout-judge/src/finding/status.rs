//! Where a body stands: what its latest statement says.

use jiff::civil::Date;
use stripout_catalogue::AlertWords;
use stripout_model::{Sighting, Stance, Status};

/// What a sighting says of having. Who holds no record tells nothing, and refuses nothing.
pub(super) fn heard(said: &Sighting, words: &AlertWords) -> Stance {
    let cue = said.cue.to_lowercase();
    let has = |list: &[String]| list.iter().any(|words| cue.contains(words.as_str()));
    match said.stance {
        Stance::Refuses if has(&words.not_held) && !has(&words.withheld) => Stance::Mentions,
        stance => stance,
    }
}

/// What a stance says by itself.
pub(super) fn of(stance: Stance) -> Status {
    match stance {
        Stance::Has => Status::InUse,
        Stance::Had => Status::Formerly,
        Stance::Removed => Status::Removed,
        Stance::PlannedRemoval => Status::RemovalPlanned,
        Stance::Denies => Status::Denied,
        Stance::Refuses => Status::Refused,
        Stance::Prohibits | Stance::Mentions => Status::NoEvidence,
    }
}

/// Of statements of one day the heavier is what they say together: some removed and some in use is in use, and a plan to
/// remove says that they are there. 0 says nothing of having.
pub(super) fn weight(stance: Stance) -> u8 {
    match stance {
        Stance::PlannedRemoval => 6,
        Stance::Has => 5,
        Stance::Removed => 4,
        Stance::Had => 3,
        Stance::Denies => 2,
        Stance::Refuses => 1,
        Stance::Prohibits | Stance::Mentions => 0,
    }
}

/// The latest statement on having decides; a refusal only where there is none.
pub(super) fn latest(statements: impl Iterator<Item = (Option<Date>, Stance)>) -> Status {
    statements
        .max_by_key(|(day, stance)| (weight(*stance).min(2), *day, weight(*stance)))
        .map_or(Status::NoEvidence, |(_, stance)| of(stance))
}

/// Something of it is there.
pub(super) fn is_there(status: Status) -> bool {
    matches!(status, Status::InUse | Status::RemovalPlanned)
}

/// It says something of having, or of not having.
pub(super) fn is_said(status: Status) -> bool {
    status != Status::NoEvidence
}

/// Whether a statement does not agree with the status that one of day `latest` gave.
pub(super) fn contradicts(status: Status, latest: Option<Date>, stance: Stance, day: Option<Date>) -> bool {
    // Undated statements may be of any day.
    let not_before = day.is_none() || latest.is_none() || day >= latest;
    match (status, stance) {
        // Whoever has it and says that there is none is wrong about one of them, whatever the day.
        (Status::InUse | Status::RemovalPlanned, Stance::Denies)
        | (Status::Denied, Stance::Has | Stance::PlannedRemoval) => true,
        (Status::InUse | Status::RemovalPlanned, Stance::Removed | Stance::Had)
        | (Status::Removed | Status::Formerly, Stance::Has | Stance::PlannedRemoval) => not_before,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use stripout_catalogue::Catalogue;

    use super::*;

    #[test]
    fn who_holds_nothing_refuses_nothing() {
        let words = Catalogue::embedded().unwrap().words.alert;
        let has = |list: &[String], cue: &str| list.iter().any(|words| cue.contains(words.as_str()));
        for (cue, held_back) in [
            ("not hold this information", false),
            ("holds no records", false),
            ("information is not held", false),
            ("do not record", false),
            ("neither confirm nor deny whether we hold", true),
            ("is exempt under section 31", true),
            ("withheld", true),
            ("information held is exempt", true),
            ("exceed the appropriate limit", true),
        ] {
            let is_not_held = has(&words.not_held, cue) && !has(&words.withheld, cue);
            assert_eq!(!is_not_held, held_back, "{cue}");
        }
    }

    #[test]
    fn the_latest_statement_decides() {
        let at = |year| Some(date(year, 1, 1));
        for (statements, want) in [
            (
                vec![(at(2016), Stance::Has), (at(2024), Stance::Removed)],
                Status::Removed,
            ),
            (
                vec![(at(2024), Stance::Has), (at(2016), Stance::Denies)],
                Status::InUse,
            ),
            (
                vec![(at(2016), Stance::Has), (at(2024), Stance::Refuses)],
                Status::InUse,
            ),
            (
                vec![(at(2024), Stance::Refuses), (at(2025), Stance::Mentions)],
                Status::Refused,
            ),
            (
                vec![(None, Stance::Has), (at(2016), Stance::Denies)],
                Status::Denied,
            ),
            (
                vec![(at(2024), Stance::Has), (at(2024), Stance::PlannedRemoval)],
                Status::RemovalPlanned,
            ),
            (
                vec![(at(2024), Stance::Has), (at(2024), Stance::Removed)],
                Status::InUse,
            ),
            (vec![(at(2024), Stance::Prohibits)], Status::NoEvidence),
        ] {
            assert_eq!(latest(statements.iter().copied()), want, "{statements:?}");
        }
    }

    #[test]
    fn what_does_not_agree_is_told() {
        let at = |year| Some(date(year, 1, 1));
        for (status, latest, stance, day, want) in [
            (Status::InUse, at(2024), Stance::Denies, at(2020), true),
            (Status::InUse, at(2024), Stance::Removed, at(2020), false),
            (Status::InUse, at(2024), Stance::Removed, None, true),
            (Status::Removed, at(2024), Stance::Has, at(2016), false),
            (Status::Removed, at(2024), Stance::Has, at(2024), true),
            (Status::Denied, at(2024), Stance::Has, at(2016), true),
            (Status::Denied, at(2024), Stance::Removed, at(2023), false),
        ] {
            assert_eq!(
                contradicts(status, latest, stance, day),
                want,
                "{status} {stance} {day:?}"
            );
        }
    }
}
