//! Contradictions of a body: what came after the same words is told with them once.

use std::collections::{HashMap, HashSet};

use stripout_model::{Alert, BodyId, Fact};

use super::View;

/// What was said, and all that came after it.
pub(crate) struct Contradiction<'v> {
    /// What came first.
    pub(crate) first: &'v Alert,
    /// The rest, in the order of the days.
    pub(crate) later: Vec<&'v Alert>,
}

impl<'v> Contradiction<'v> {
    fn of(mut like: Vec<&'v Alert>) -> Option<Self> {
        let day = |alert: &Alert| alert.seen.as_ref().and_then(|seen| seen.date);
        // One without a day is not the first to be told.
        like.sort_by_key(|alert| (day(alert).is_none(), day(alert)));
        let mut like = like.into_iter();
        let first = like.next()?;
        let later = like.collect();
        Some(Self { first, later })
    }

    /// `21 more like it`, where there are any.
    pub(crate) fn more(&self) -> Option<String> {
        let more = self.later.len();
        (more > 0).then(|| format!("{more} more like it"))
    }
}

impl View {
    /// In the order of the alerts.
    pub(crate) fn contradictions_of(&self, body: &BodyId) -> Vec<Contradiction<'_>> {
        let mut places = HashMap::new();
        let mut all: Vec<Vec<&Alert>> = Vec::new();
        for alert in self.alerts.iter().filter(|alert| alert.body == *body) {
            let same = (alert.kind, &alert.said.id, alert.maker.as_ref());
            let place = *places.entry(same).or_insert(all.len());
            match all.get_mut(place) {
                Some(like) => like.push(alert),
                None => all.push(vec![alert]),
            }
        }
        all.into_iter().filter_map(Contradiction::of).collect()
    }

    /// Of each body and of the same words the one that came last; those that came last first.
    pub(crate) fn newest_alerts(&self, most: usize) -> Vec<&Alert> {
        let last = |alert: &Alert| alert.seen.as_ref().and_then(|seen| seen.date).or(alert.said.date);
        let mut all: Vec<&Alert> = self.alerts.iter().collect();
        all.sort_by(|a, b| (last(b), &a.id).cmp(&(last(a), &b.id)));
        let mut told = HashSet::new();
        all.retain(|alert| told.insert((&alert.body, &alert.said.id)));
        all.truncate(most);
        all
    }

    /// Where the proof of a fact is, for what stands in a source, or its policy.
    pub(crate) fn proof_of(&self, fact: &Fact) -> Option<String> {
        let policy = fact.id.split(':').next().and_then(|id| self.policy(id));
        let row = fact.id.len() == 16 && fact.id.bytes().all(|b| b.is_ascii_hexdigit());
        match policy {
            Some(policy) => Some(format!("/policies/{}", policy.id)),
            None => row.then(|| format!("/evidence/{}", fact.id)),
        }
    }
}
