//! How far a recognition can be trusted: one function, from what is known about it.

use stripout_catalogue::{Certainty, NameRule, Relation, Specificity, Verification};
use stripout_model::Confidence;

use crate::attribution::Tie;
use crate::candidate::{Form, How, Support};
use crate::fuzzy::Damage;
use crate::grammar::Reading;

/// What the judgement rests on.
#[derive(Debug)]
pub(crate) struct Grounds<'a> {
    pub(crate) how: &'a How,
    pub(crate) support: &'a Support,
    pub(crate) tie: Option<&'a Tie>,
    /// Rule of the spelling; `None` for a number.
    pub(crate) rule: Option<NameRule>,
    /// Registered as a misspelling.
    pub(crate) misspelt: bool,
    /// Specificity of the number's family and whether its source was read; `None` for a name.
    pub(crate) family: Option<(Specificity, bool)>,
    /// Invisible, direction or look-alike characters in it.
    pub(crate) tampered: bool,
    /// In a cell where names are not expected.
    pub(crate) odd_place: bool,
}

/// The weakest of what speaks for it. What is fuzzy is never certain.
pub(crate) fn confidence(grounds: &Grounds<'_>) -> Confidence {
    if grounds.tampered || grounds.odd_place {
        return Confidence::Review;
    }
    let recognised = match (grounds.how, grounds.family) {
        (
            How::Model {
                rival: None, reading, ..
            },
            Some((specificity, true)),
        ) => number(specificity, *reading, grounds.support),
        (How::Model { .. }, _) => Confidence::Review,
        (How::Exact { form, .. }, _) => spelling(grounds.rule, *form, grounds),
        (How::Fuzzy { distance, damage, .. }, _) => misspelling(*distance, *damage, grounds.support),
    };
    recognised.min(grounds.tie.map_or(Confidence::Certain, established))
}

fn spelling(rule: Option<NameRule>, form: Form, grounds: &Grounds<'_>) -> Confidence {
    match (rule, form) {
        _ if grounds.misspelt => Confidence::Likely,
        (Some(NameRule::Context) | None, _) | (_, Form::Glued) => Confidence::Likely,
        (Some(NameRule::Anywhere | NameRule::Word), Form::Whole) => Confidence::Certain,
    }
}

fn number(specificity: Specificity, reading: Reading, support: &Support) -> Confidence {
    match (specificity, reading) {
        (Specificity::High, Reading::Strict) => Confidence::Certain,
        (Specificity::High, Reading::Loose) => Confidence::Likely,
        (Specificity::Medium, _) if support.is_camera() => Confidence::Likely,
        (Specificity::Low, _) if support.maker.is_some() => Confidence::Likely,
        (Specificity::Medium | Specificity::Low, _) => Confidence::Review,
    }
}

fn misspelling(distance: u8, damage: Damage, support: &Support) -> Confidence {
    match (damage, distance) {
        (Damage::Split | Damage::SplitAtWord | Damage::SpacedOut | Damage::MisRead, 0) => Confidence::Likely,
        (Damage::CutOff, _) if support.is_camera() => Confidence::Likely,
        (Damage::CutOff, _) => Confidence::Review,
        (_, 0 | 1) if support.is_any() => Confidence::Likely,
        _ => Confidence::Review,
    }
}

/// What is known of who makes a label: only sources that were read count for more than a review.
fn established(tie: &Tie) -> Confidence {
    let read = tie.verification >= Verification::Partly;
    match (tie.certainty, tie.relation) {
        _ if !read || !tie.others.is_empty() => Confidence::Review,
        (Certainty::High, Relation::OwnBrand | Relation::Subsidiary | Relation::OemRebrand) => {
            Confidence::Certain
        }
        (Certainty::Medium | Certainty::High, _) => Confidence::Likely,
        (Certainty::Uncertain | Certainty::Low, _) => Confidence::Review,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(how: &How, support: &Support, expected: Confidence) {
        let grounds = Grounds {
            how,
            support,
            tie: None,
            rule: Some(NameRule::Word),
            misspelt: false,
            family: None,
            tampered: false,
            odd_place: false,
        };
        assert_eq!(confidence(&grounds), expected, "{how:?}");
        let tampered = Grounds {
            tampered: true,
            ..grounds
        };
        assert_eq!(confidence(&tampered), Confidence::Review);
    }

    #[test]
    fn only_what_is_exact_is_certain() {
        let camera = Support {
            camera: Some(0..3),
            ..Support::default()
        };
        check(
            &How::Exact {
                spelling: 0,
                form: Form::Whole,
            },
            &Support::default(),
            Confidence::Certain,
        );
        check(
            &How::Exact {
                spelling: 0,
                form: Form::Glued,
            },
            &Support::default(),
            Confidence::Likely,
        );
        for damage in [
            Damage::Split,
            Damage::SpacedOut,
            Damage::Misspelt,
            Damage::MisRead,
            Damage::CutOff,
        ] {
            for distance in 0..3 {
                let how = How::Fuzzy {
                    spelling: 0,
                    distance,
                    damage,
                };
                let grounds = |support| Grounds {
                    how: &how,
                    support,
                    tie: None,
                    rule: None,
                    misspelt: false,
                    family: None,
                    tampered: false,
                    odd_place: false,
                };
                assert!(confidence(&grounds(&camera)) < Confidence::Certain, "{how:?}");
                assert!(
                    confidence(&grounds(&Support::default())) <= confidence(&grounds(&camera)),
                    "{how:?}"
                );
            }
        }
    }
}
