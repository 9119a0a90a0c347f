//! What the sentences of a reply decide together.

use std::ops::Range;

use stripout_model::{Ground, OutcomeKind};

use super::ReplyRules;
use super::ground::section;

/// What one sentence decides.
pub(super) struct Statement {
    pub(super) kind: OutcomeKind,
    /// Tokens of the words that decided.
    pub(super) cue: Range<usize>,
    pub(super) said: usize,
    pub(super) grounds: Vec<Ground>,
    /// Only a citation says so.
    pub(super) by_citation: bool,
}

/// What a reply holds besides its decisions.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Answers {
    /// Words that answer.
    pub(super) given: bool,
    /// Something is said of a maker, though no words answer.
    pub(super) named: bool,
    /// With how many.
    pub(super) counted: bool,
    /// All that is answered is that there are none.
    pub(super) denies: bool,
    /// It rests on a provision that refuses a request whole.
    pub(super) entire: bool,
    /// The document is a review of an earlier reply.
    pub(super) reviews: bool,
    pub(super) deferred: bool,
    pub(super) wholly: bool,
}

/// The decision of a reply from those of its sentences.
pub(super) fn whole(statements: &[Statement], answers: &Answers) -> Option<OutcomeKind> {
    use OutcomeKind::{
        Clarification, Held, Late, NeitherConfirmNorDeny, NotHeld, PartlyHeld, Refused, ReviewOverturned,
        ReviewUpheld,
    };
    let has = |kind| statements.iter().any(|one| one.kind == kind);
    // A reply that is yet to come repeats what was asked, and may know already what part it will withhold.
    let late = has(Late) && answers.deferred;
    let given = answers.given || answers.named && !has(Late);
    let withheld = [NeitherConfirmNorDeny, Refused, NotHeld]
        .into_iter()
        .find(|kind| has(*kind));
    match withheld {
        _ if has(ReviewOverturned) => Some(ReviewOverturned),
        _ if has(ReviewUpheld) => Some(ReviewUpheld),
        _ if late && !(answers.given && answers.named) => Some(Late),
        // What cannot be answered before more is known repeats what was asked.
        _ if has(Clarification) && answers.deferred && !answers.counted => Some(Clarification),
        // A review that says nothing of the first reply is told by what it does.
        Some(_) if answers.reviews && !given => Some(ReviewUpheld),
        Some(_) if answers.reviews => Some(ReviewOverturned),
        Some(Refused) if answers.wholly || answers.entire && !answers.given && !answers.counted => {
            Some(Refused)
        }
        Some(NotHeld) if answers.denies || !answers.given && !answers.counted => Some(NotHeld),
        Some(_) if given => Some(PartlyHeld),
        Some(NotHeld) | None if has(Clarification) && !given => Some(Clarification),
        Some(kind) => Some(kind),
        // An acknowledgement.
        None if answers.deferred && !answers.named => has(Late).then_some(Late),
        None if given && answers.reviews => Some(ReviewOverturned),
        None if given => Some(Held),
        None => has(Late).then_some(Late),
    }
}

/// `Section 31 is a qualified exemption` says nothing beside `section 31(1)(a)`.
pub(super) fn drop_general(statements: &mut Vec<Statement>) {
    let all: Vec<Ground> = statements.iter().flat_map(|one| one.grounds.clone()).collect();
    let special = |ground: &Ground| {
        !ground.number.contains('(')
            && all.iter().any(|other| {
                other.law == ground.law
                    && other
                        .number
                        .strip_prefix(ground.number.as_str())
                        .is_some_and(|rest| rest.starts_with('('))
            })
    };
    statements.retain_mut(|one| {
        let cited = !one.grounds.is_empty();
        one.grounds.retain(|ground| !special(ground));
        // What rested on the citation alone goes with it.
        !(cited && one.grounds.is_empty() && one.by_citation)
    });
}

/// What some provisions say in whatever words they are cited: that nothing is held, or that it is not said whether. Beside the
/// latter stands the provision that would otherwise withhold, which is no ground of its own.
pub(super) fn name_kinds(rules: &ReplyRules, statements: &mut Vec<Statement>) {
    let neither = |ground: &Ground| rules.laws.is_neither(ground);
    let freed: Vec<String> = statements
        .iter()
        .flat_map(|one| &one.grounds)
        .filter(|ground| neither(ground) && ground.number.contains('('))
        .map(section)
        .collect();
    for one in statements.iter_mut() {
        let cited = !one.grounds.is_empty();
        one.grounds.retain(|ground| {
            neither(ground) || !freed.contains(&section(ground)) || ground.number.matches('(').count() > 1
        });
        if one.kind != OutcomeKind::Refused || !cited {
            continue;
        }
        if one.grounds.iter().all(neither) {
            one.kind = OutcomeKind::NeitherConfirmNorDeny;
        } else if one.by_citation && one.grounds.iter().all(|ground| rules.laws.is_not_held(ground)) {
            one.kind = OutcomeKind::NotHeld;
        }
    }
    // Sections that are named in passing, and no word that withholds.
    let cites =
        |one: &Statement| one.by_citation && one.grounds.iter().all(|ground| !ground.number.contains('('));
    let decides = statements
        .iter()
        .any(|one| !cites(one) && !matches!(one.kind, OutcomeKind::Late | OutcomeKind::Clarification));
    if !decides {
        statements.retain(|one| !cites(one) || one.grounds.len() == 1);
    }
}
