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
    let mut standing: Vec<&Decision> = Vec::new();
    let own = reviewer(who);
    for decision in log.iter().filter(|it| reviewer(&it.who) == own) {
        if decision.verdict != Verdict::Undo {
            standing.push(decision);
        } else if let Some(at) = standing.iter().rposition(|it| it.thing == decision.thing) {
            standing.remove(at);
        }
    }
    standing.pop()
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
}
