//! What reviewers' decisions come to, thing by thing.

use std::collections::{BTreeMap, HashMap};

use stripout_model::{AlertStatus, BodyId, Decision, MakerId, Verdict};

/// The decisions that stand, by what they are on.
#[derive(Debug, Default)]
pub struct Reviews<'a> {
    /// Of each thing, of each reviewer: decisions not taken back, oldest first.
    standing: HashMap<&'a str, BTreeMap<&'a str, Vec<&'a Decision>>>,
}

/// What stands on one thing. A reviewer has one voice: their last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviewed {
    pub accepts: usize,
    pub rejects: usize,
    pub unsure: usize,
    pub disputes: usize,
    /// The correction last accepted.
    pub body: Option<BodyId>,
    pub maker: Option<MakerId>,
}

impl<'a> Reviews<'a> {
    /// `decisions` in the order of the log.
    pub fn of(decisions: &'a [Decision]) -> Self {
        let mut standing: HashMap<&str, BTreeMap<&str, Vec<&Decision>>> = HashMap::new();
        for decision in decisions {
            let own = standing
                .entry(&decision.thing)
                .or_default()
                .entry(&decision.who)
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
        corrections.sort_by_key(|decision| (decision.when, decision.id));
        for decision in corrections {
            reviewed.body = decision.body.clone().or(reviewed.body);
            reviewed.maker = decision.maker.clone().or(reviewed.maker);
        }
        reviewed
    }

    /// What one reviewer last said of a thing.
    pub fn last(&self, thing: &str, who: &str) -> Option<&'a Decision> {
        self.standing.get(thing)?.get(who)?.last().copied()
    }
}

impl Reviewed {
    /// By so many different reviewers, and nobody is against it or unsure.
    pub fn is_accepted(&self, reviewers: usize) -> bool {
        self.accepts >= reviewers.max(1) && self.rejects + self.unsure + self.disputes == 0
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
