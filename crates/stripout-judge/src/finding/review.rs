//! What reviewers' decisions come to, thing by thing.

use std::collections::{BTreeMap, HashMap};

use stripout_model::{AlertStatus, BodyId, Decision, MakerId, Verdict};

/// The decisions that stand, by what they are on.
#[derive(Debug, Default)]
pub struct Reviews<'a> {
    /// Of each thing, of each reviewer: decisions not taken back, oldest first.
    standing: HashMap<&'a str, BTreeMap<String, Vec<&'a Decision>>>,
}

/// What stands on one thing. A reviewer has one voice: their last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviewed {
    pub accepts: usize,
    pub rejects: usize,
    pub unsure: usize,
    pub disputes: usize,
    /// Those who accepted did not accept the same: one corrected the body or the maker, another did otherwise.
    pub differ: bool,
    /// The correction last accepted.
    pub body: Option<BodyId>,
    pub maker: Option<MakerId>,
}

/// What one reviewer last said of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Voice<'a> {
    who: &'a str,
    verdict: Verdict,
    why: &'a str,
    body: Option<&'a BodyId>,
    maker: Option<&'a MakerId>,
}

/// Who a reviewer's name stands for: the same person however it is spaced and in whatever case.
pub fn reviewer(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

/// The log, with what was rejected also rejected where the same claim stands in another source (`same`: by the id of one
/// the ids of the others): a file that comes back with a line added does not bring it back. An acceptance vouches for the
/// source that was looked at, so it is not carried over; and whoever spoke of the other one has their own say.
pub fn carried(log: &[Decision], same: &BTreeMap<String, Vec<String>>) -> Vec<Decision> {
    let reviews = Reviews::of(log);
    let mut all = Vec::with_capacity(log.len());
    for decision in log {
        let stands = || {
            reviews.last(&decision.thing, &decision.who).map(|it| it.id) == Some(decision.id)
                && reviews.of_thing(&decision.thing).is_rejected()
        };
        if decision.verdict == Verdict::Reject
            && let Some(others) = same.get(&decision.thing).filter(|_| stands())
        {
            let silent = others
                .iter()
                .filter(|other| reviews.last(other, &decision.who).is_none());
            all.extend(silent.map(|other| Decision {
                thing: other.clone(),
                why: format!("{} (said of the same claim, {})", decision.why, decision.thing),
                ..decision.clone()
            }));
        }
        all.push(decision.clone());
    }
    all
}

impl<'a> Reviews<'a> {
    /// `decisions` in the order of the log.
    pub fn of(decisions: &'a [Decision]) -> Self {
        let mut standing: HashMap<&str, BTreeMap<String, Vec<&Decision>>> = HashMap::new();
        for decision in decisions {
            let own = standing
                .entry(&decision.thing)
                .or_default()
                .entry(reviewer(&decision.who))
                .or_default();
            if decision.verdict == Verdict::Undo {
                own.pop();
            } else {
                own.push(decision);
            }
        }
        Self { standing }
    }

    pub fn of_thing(&self, thing: &str) -> Reviewed {
        let mut reviewed = Reviewed::default();
        let mut corrections: Vec<&Decision> = Vec::new();
        for last in self
            .standing
            .get(thing)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter_map(|all| all.last())
        {
            match last.verdict {
                Verdict::Accept => {
                    reviewed.accepts += 1;
                    corrections.push(last);
                }
                Verdict::Reject => reviewed.rejects += 1,
                Verdict::Unsure => reviewed.unsure += 1,
                Verdict::Dispute => reviewed.disputes += 1,
                Verdict::Undo => {}
            }
        }
        let outcome = |decision: &Decision| (decision.body.clone(), decision.maker.clone());
        reviewed.differ = corrections
            .windows(2)
            .any(|two| matches!(two, [a, b] if outcome(a) != outcome(b)));
        corrections.sort_by_key(|decision| (decision.when, decision.id));
        for decision in corrections {
            reviewed.body = decision.body.clone().or(reviewed.body);
            reviewed.maker = decision.maker.clone().or(reviewed.maker);
        }
        reviewed
    }

    /// What each reviewer last said of a thing, in the order of their names.
    pub(crate) fn voices(&self, thing: &str) -> Vec<Voice<'_>> {
        let own = self.standing.get(thing).into_iter().flatten();
        own.filter_map(|(who, all)| {
            let last = all.last()?;
            Some(Voice {
                who,
                verdict: last.verdict,
                why: &last.why,
                body: last.body.as_ref(),
                maker: last.maker.as_ref(),
            })
        })
        .collect()
    }

    /// What one reviewer last said of a thing.
    pub fn last(&self, thing: &str, who: &str) -> Option<&'a Decision> {
        self.standing.get(thing)?.get(&reviewer(who))?.last().copied()
    }
}

impl Reviewed {
    /// By so many different reviewers, of the same body and maker, and nobody is against it or unsure.
    pub fn is_accepted(&self, reviewers: usize) -> bool {
        self.accepts >= reviewers.max(1) && !self.differ && self.rejects + self.unsure + self.disputes == 0
    }

    /// Nobody holds it to be right, and somebody holds it to be wrong.
    pub fn is_rejected(&self) -> bool {
        self.rejects > 0 && self.accepts == 0
    }

    /// Somebody looked and came to an end.
    pub fn is_decided(&self) -> bool {
        self.accepts + self.rejects > 0 && self.unsure + self.disputes == 0
    }

    /// Where an alert stands with them.
    pub fn alert_status(&self) -> AlertStatus {
        if self.is_rejected() {
            AlertStatus::Rejected
        } else if self.disputes + self.rejects > 0 {
            AlertStatus::Disputed
        } else if self.is_accepted(1) {
            AlertStatus::Accepted
        } else {
            AlertStatus::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(id: i64, who: &str, verdict: Verdict) -> Decision {
        Decision {
            id,
            thing: "t".into(),
            verdict,
            who: who.into(),
            when: jiff::Timestamp::UNIX_EPOCH,
            why: String::new(),
            body: None,
            maker: None,
        }
    }

    #[test]
    fn each_reviewer_has_one_voice() {
        let mut log = vec![
            decision(1, "a", Verdict::Accept),
            decision(2, "a", Verdict::Accept),
        ];
        assert!(!Reviews::of(&log).of_thing("t").is_accepted(2));
        log.push(decision(3, "b", Verdict::Accept));
        assert!(Reviews::of(&log).of_thing("t").is_accepted(2));
        log.push(decision(4, "b", Verdict::Reject));
        let disputed = Reviews::of(&log).of_thing("t");
        assert!(!disputed.is_accepted(1) && !disputed.is_rejected());
        log.push(decision(5, "b", Verdict::Undo));
        assert!(Reviews::of(&log).of_thing("t").is_accepted(2));
        log.extend([decision(6, "b", Verdict::Undo), decision(7, "a", Verdict::Reject)]);
        assert!(Reviews::of(&log).of_thing("t").is_rejected());
        assert_eq!(Reviews::of(&log).of_thing("other"), Reviewed::default());
    }

    #[test]
    fn two_who_accept_different_things_have_accepted_nothing() {
        let accept = |id, who, body: Option<&str>, maker: Option<&str>| Decision {
            body: body.map(|id| id.parse().unwrap()),
            maker: maker.map(|id| id.parse().unwrap()),
            ..decision(id, who, Verdict::Accept)
        };
        for (ann, bob, agree) in [
            ((None, None), (None, None), true),
            ((Some("one"), None), (Some("one"), None), true),
            ((None, Some("hikvision")), (None, Some("hikvision")), true),
            ((None, Some("hikvision")), (None, Some("uniview")), false),
            ((Some("one"), None), (None, None), false),
            ((Some("one"), None), (Some("other"), None), false),
            ((Some("one"), Some("dahua")), (Some("one"), None), false),
        ] {
            let mut log = vec![accept(1, "ann", ann.0, ann.1), accept(2, "bob", bob.0, bob.1)];
            for reviewers in [1, 2] {
                let reviewed = Reviews::of(&log).of_thing("t");
                assert_eq!(
                    reviewed.is_accepted(reviewers),
                    agree,
                    "{ann:?} {bob:?} {reviewers}"
                );
                assert!(!reviewed.is_rejected());
            }
            log.push(accept(3, "bob", ann.0, ann.1));
            assert!(
                Reviews::of(&log).of_thing("t").is_accepted(2),
                "the last word counts"
            );
        }
    }

    #[test]
    fn a_name_in_another_case_is_the_same_reviewer() {
        let mut log = vec![
            decision(1, "Ann Example", Verdict::Accept),
            decision(2, "ann  example ", Verdict::Accept),
        ];
        assert!(!Reviews::of(&log).of_thing("t").is_accepted(2));
        assert_eq!(
            Reviews::of(&log).last("t", "ANN EXAMPLE").map(|last| last.id),
            Some(2)
        );
        log.push(decision(3, "ANN Example", Verdict::Undo));
        assert!(Reviews::of(&log).of_thing("t").is_accepted(1));
        log.push(decision(4, "Ann Other", Verdict::Accept));
        assert!(Reviews::of(&log).of_thing("t").is_accepted(2));
    }

    #[test]
    fn a_rejection_reaches_the_same_claim_elsewhere_and_an_acceptance_does_not() {
        use Verdict::{Accept, Reject, Undo};
        let same = BTreeMap::from([("old".to_owned(), vec!["new".to_owned()])]);
        for (log, rejected) in [
            (&[("old", "a", Reject)][..], true),
            (&[("old", "a", Accept)], false),
            (&[("old", "a", Reject), ("old", "a", Undo)], false),
            (&[("old", "a", Reject), ("old", "a", Accept)], false),
            (&[("old", "a", Reject), ("old", "b", Accept)], false),
            (&[("new", "a", Accept), ("old", "a", Reject)], false),
            (&[("old", "a", Reject), ("new", "a", Accept)], false),
            (&[("old", "a", Reject), ("new", "a", Undo)], false),
            (&[("new", "a", Reject)], true),
        ] {
            let decisions: Vec<Decision> = (1..)
                .zip(log)
                .map(|(id, (thing, who, verdict))| Decision {
                    thing: (*thing).into(),
                    ..decision(id, who, *verdict)
                })
                .collect();
            let all = carried(&decisions, &same);
            let reviewed = Reviews::of(&all).of_thing("new");
            assert_eq!(reviewed.is_rejected(), rejected, "{log:?}");
            if log.iter().all(|(thing, ..)| *thing == "old") {
                assert_eq!(reviewed.accepts, 0, "{log:?}");
            }
        }
    }

    #[test]
    fn what_is_contested_stands_as_disputed() {
        use Verdict::{Accept, Dispute, Reject, Undo, Unsure};
        for (log, want) in [
            (&[][..], AlertStatus::Open),
            (&[("a", Unsure)], AlertStatus::Open),
            (&[("a", Accept)], AlertStatus::Accepted),
            (&[("a", Accept), ("b", Unsure)], AlertStatus::Open),
            (&[("a", Reject)], AlertStatus::Rejected),
            (&[("a", Accept), ("b", Reject)], AlertStatus::Disputed),
            (&[("a", Accept), ("b", Dispute)], AlertStatus::Disputed),
            (&[("a", Dispute), ("a", Undo)], AlertStatus::Open),
        ] {
            let decisions: Vec<Decision> = (1..)
                .zip(log)
                .map(|(id, (who, verdict))| decision(id, who, *verdict))
                .collect();
            assert_eq!(
                Reviews::of(&decisions).of_thing("t").alert_status(),
                want,
                "{log:?}"
            );
        }
    }
}
