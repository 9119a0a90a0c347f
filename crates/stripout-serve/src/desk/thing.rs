//! What is to be decided on, in which order.

use stripout_judge::{Alerts, Pending, Reviews, reviewer};
use stripout_model::{Alert, Decision, Verdict};

/// A sighting, or two facts that contradict.
#[derive(Debug, Clone)]
pub enum Thing {
    Sighting(Pending),
    Alert(Box<Alert>),
}

impl Thing {
    pub fn id(&self) -> &str {
        match self {
            Self::Sighting(one) => &one.sighting,
            Self::Alert(alert) => &alert.id,
        }
    }

    /// All that a decision on it is on: its own id, and those of the same payment in other sources.
    pub fn ids(&self) -> Vec<String> {
        match self {
            Self::Sighting(one) => one.ids().map(str::to_owned).collect(),
            Self::Alert(alert) => vec![alert.id.clone()],
        }
    }
}

/// Sightings first: an alert rests on them.
pub fn things(queue: Vec<Pending>, alerts: Vec<Alert>) -> Vec<Thing> {
    let alerts = alerts.into_iter().map(|alert| Thing::Alert(Box::new(alert)));
    queue.into_iter().map(Thing::Sighting).chain(alerts).collect()
}

/// Rejected ones as well: a reject can be taken back.
pub fn every(alerts: Alerts) -> Vec<Alert> {
    let Alerts { alerts, rejected } = alerts;
    alerts.into_iter().chain(rejected).collect()
}

/// The queue without what the reviewer has decided.
pub fn left(queue: Vec<Thing>, reviews: &Reviews<'_>, who: &str) -> Vec<Thing> {
    queue
        .into_iter()
        .filter(|one| reviews.last(one.id(), who).is_none())
        .collect()
}

/// The last decision of the reviewer that still stands: what an undo takes back. `log` is in its own order.
pub fn undoable<'a>(log: &'a [Decision], who: &str) -> Option<&'a Decision> {
    standing(log, who).pop()
}

/// What was said in one breath with that decision, itself last: a decision on all with the same words is taken back on
/// all of them.
pub(crate) fn undoable_together<'a>(log: &'a [Decision], who: &str) -> Vec<&'a Decision> {
    let mut together = standing(log, who);
    if let Some(last) = together.last().copied() {
        let said = |it: &Decision| (it.when, it.verdict, it.why.clone());
        together.retain(|it| said(it) == said(last));
    }
    together
}

fn standing<'a>(log: &'a [Decision], who: &str) -> Vec<&'a Decision> {
    let mut standing: Vec<&Decision> = Vec::new();
    let own = reviewer(who);
    for decision in log.iter().filter(|it| reviewer(&it.who) == own) {
        if decision.verdict != Verdict::Undo {
            standing.push(decision);
        } else if let Some(at) = standing.iter().rposition(|it| it.thing == decision.thing) {
            standing.remove(at);
        }
    }
    standing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undo_goes_back_through_the_log() {
        let mut log = Vec::new();
        let mut ids = 1..;
        let mut say = |who: &str, thing: &str, verdict| {
            log.push(Decision {
                id: ids.next().unwrap(),
                thing: thing.into(),
                verdict,
                who: who.into(),
                when: jiff::Timestamp::UNIX_EPOCH,
                why: String::new(),
                body: None,
                maker: None,
            });
            undoable(&log, "a").map(|it| it.id)
        };
        assert_eq!(say("b", "x", Verdict::Accept), None);
        assert_eq!(say("a", "x", Verdict::Accept), Some(2));
        assert_eq!(say("a", "y", Verdict::Reject), Some(3));
        assert_eq!(say("a", "y", Verdict::Undo), Some(2));
        assert_eq!(say("a", "x", Verdict::Undo), None);
    }

    #[test]
    fn what_was_said_in_one_breath_is_taken_back_together() {
        let said = |id, thing: &str, second| Decision {
            id,
            thing: thing.into(),
            verdict: Verdict::Accept,
            who: "a".into(),
            when: jiff::Timestamp::from_second(second).unwrap(),
            why: String::new(),
            body: None,
            maker: None,
        };
        let log = [said(1, "w", 1), said(2, "x", 2), said(3, "y", 2), said(4, "z", 2)];
        let ids = |log: &[Decision]| {
            undoable_together(log, "a")
                .iter()
                .map(|it| it.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&log), [2, 3, 4]);
        assert_eq!(ids(&log[..1]), [1]);
        assert!(ids(&[]).is_empty());
    }
}
