//! Sightings by the body they speak of, so that a register of any size is judged a few bodies at a time.

use std::collections::{HashMap, HashSet};

use stripout_judge::Reviews;
use stripout_judge::finding::{Speaker, speaker};
use stripout_model::{BodyId, Decision};
use stripout_register::{Origins, Register, RegisterError, RowId};

use super::withdrawn::Withdrawn;
use crate::Judging;

/// Outlines in memory at a time.
const OUTLINES: u32 = 10_000;
/// Sightings in memory at a time, as far as whole bodies allow.
const TOGETHER: usize = 10_000;

/// The log of decisions, by what they are on.
pub(super) struct Log {
    on_sightings: HashMap<RowId, Vec<Decision>>,
    /// On alerts, promises and answers, and on what is no more.
    others: Vec<Decision>,
}

/// Where the sightings of each body lie.
#[derive(Default)]
pub(super) struct Placed {
    bodies: Vec<BodyId>,
    /// Number of a body and place of a sighting, by body.
    sightings: Vec<(u32, i64)>,
    pub(super) count: u64,
    /// Of a body that is not known.
    pub(super) unresolved: u64,
    pub(super) undecided: u64,
    pub(super) withdrawn: Withdrawn,
}

/// Some bodies with all their sightings.
pub(super) struct Part<'p> {
    placed: &'p Placed,
    sightings: &'p [(u32, i64)],
}

/// Which bodies are placed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Only {
    All,
    /// Those of which something was accepted: nothing of the others can be public.
    Accepted,
}

impl Log {
    /// `decisions` in the order of the log.
    pub(super) fn of(decisions: Vec<Decision>) -> Self {
        let mut on_sightings: HashMap<RowId, Vec<Decision>> = HashMap::new();
        let mut others = Vec::new();
        for decision in decisions {
            match decision.thing.parse() {
                Ok(id) => on_sightings.entry(id).or_default().push(decision),
                Err(_) => others.push(decision),
            }
        }
        Self { on_sightings, others }
    }

    /// Leaves with the sightings what was decided on them.
    fn settle(&mut self, is_sighting: impl Fn(&RowId) -> bool) {
        let apart = self.on_sightings.extract_if(|id, _| !is_sighting(id));
        self.others.extend(apart.flat_map(|(_, decisions)| decisions));
        self.others.sort_by_key(|decision| decision.id);
    }

    pub(super) fn on_sighting(&self, id: RowId) -> &[Decision] {
        self.on_sightings.get(&id).map_or(&[], Vec::as_slice)
    }

    pub(super) fn others(&self) -> &[Decision] {
        &self.others
    }

    /// Those that bear on these sightings, and all that are on no sighting.
    pub(super) fn on<'a>(&self, sightings: impl Iterator<Item = &'a str>) -> Vec<Decision> {
        let of = |id: &str| self.on_sightings.get(&id.parse().ok()?);
        let own = sightings.filter_map(of).flatten();
        own.chain(&self.others).cloned().collect()
    }

    /// By what they are on, oldest first.
    pub(super) fn by_thing(self, may: impl Fn(&str) -> bool) -> HashMap<String, Vec<Decision>> {
        let mut by_thing: HashMap<String, Vec<Decision>> = HashMap::new();
        let all = self.on_sightings.into_values().flatten().chain(self.others);
        for decision in all.filter(|it| may(&it.thing)) {
            by_thing.entry(decision.thing.clone()).or_default().push(decision);
        }
        by_thing
    }
}

impl Placed {
    /// Goes through all sightings once.
    pub(super) async fn read(
        register: &Register,
        origins: &Origins,
        judging: &Judging,
        log: &mut Log,
        only: Only,
    ) -> Result<Self, RegisterError> {
        let resolve = judging.resolve();
        let mut placed = Self::default();
        let mut numbers: HashMap<BodyId, u32> = HashMap::new();
        let mut accepted: Vec<bool> = Vec::new();
        let mut decided = HashSet::new();
        let mut after = i64::MIN;
        while let Some((outlines, end)) = register.outlines(origins, after, OUTLINES).await? {
            after = end;
            for outline in outlines {
                placed.count += 1;
                let decisions = log.on_sightings.get(&outline.id).map_or(&[][..], Vec::as_slice);
                let reviewed = Reviews::of(decisions).of_thing(&outline.id.to_string());
                if !decisions.is_empty() {
                    decided.insert(outline.id);
                }
                placed.undecided += u64::from(!reviewed.is_decided());
                let accepted_now = reviewed.is_accepted(judging.reviewers);
                let withdrawn = !accepted_now && was_accepted(decisions, judging.reviewers);
                if withdrawn {
                    placed.withdrawn.evidence.insert(outline.id, None);
                }
                let is_rejected = reviewed.is_rejected();
                if is_rejected && !withdrawn {
                    continue;
                }
                let corrected = reviewed.body.as_ref();
                let who = speaker(
                    &outline.authors,
                    outline.day,
                    corrected,
                    &resolve,
                    &judging.catalogue,
                );
                let Speaker::Known(body) = who else {
                    placed.unresolved += u64::from(!is_rejected);
                    continue;
                };
                if withdrawn {
                    let of = (body.id.clone(), outline.maker);
                    placed.withdrawn.evidence.insert(outline.id, Some(of.clone()));
                    placed.withdrawn.findings.insert(of);
                }
                if is_rejected {
                    continue;
                }
                let next = u32::try_from(placed.bodies.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(body.id).or_insert_with_key(|id| {
                    placed.bodies.push(id.clone());
                    accepted.push(false);
                    next
                });
                if accepted_now && let Some(accepted) = accepted.get_mut(number as usize) {
                    *accepted = true;
                }
                placed.sightings.push((number, outline.place));
            }
        }
        if only == Only::Accepted {
            let stays = |number: u32| accepted.get(number as usize).copied().unwrap_or_default();
            placed.sightings.retain(|(number, _)| stays(*number));
        }
        placed.sightings.sort_unstable();
        placed.sightings.shrink_to_fit();
        log.settle(|id| decided.contains(id));
        Ok(placed)
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        self.parts_of(TOGETHER)
    }

    /// Of so many sightings; of more where they are of one body.
    fn parts_of(&self, together: usize) -> impl Iterator<Item = Part<'_>> {
        let mut rest = self.sightings.as_slice();
        std::iter::from_fn(move || {
            let last = rest.get(..together).unwrap_or(rest).last()?.0;
            let end = rest.partition_point(|(body, _)| *body <= last);
            let (sightings, after) = rest.split_at_checked(end)?;
            rest = after;
            Some(Part {
                placed: self,
                sightings,
            })
        })
    }

    /// Sightings of this body are among the parts.
    pub(super) fn has(&self, body: &BodyId) -> bool {
        let number = self.bodies.iter().position(|it| it == body);
        number.is_some_and(|number| {
            let found = self
                .sightings
                .binary_search_by_key(&number, |(body, _)| *body as usize);
            found.is_ok()
        })
    }
}

/// At some time in the log.
fn was_accepted(decisions: &[Decision], reviewers: usize) -> bool {
    (1..=decisions.len()).any(|until| {
        let then = decisions.get(..until).unwrap_or_default();
        let thing = then.first().map_or("", |decision| decision.thing.as_str());
        Reviews::of(then).of_thing(thing).is_accepted(reviewers)
    })
}

impl Part<'_> {
    pub(super) fn places(&self) -> Vec<i64> {
        self.sightings.iter().map(|(_, place)| *place).collect()
    }

    pub(super) fn has(&self, body: &BodyId) -> bool {
        let number = |at: Option<&(u32, i64)>| at.map_or(0, |(body, _)| *body as usize);
        let numbers = number(self.sightings.first())..=number(self.sightings.last());
        let bodies = self.placed.bodies.get(numbers).unwrap_or_default();
        bodies.contains(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_of_one_part() {
        let id = |name: &str| name.parse::<BodyId>().unwrap();
        let placed = Placed {
            bodies: ["a", "b", "c", "d"].map(id).into(),
            sightings: vec![(0, 5), (1, 1), (1, 3), (1, 8), (1, 9), (3, 2), (3, 7)],
            ..Placed::default()
        };
        let parts: Vec<Vec<i64>> = placed.parts_of(2).map(|part| part.places()).collect();
        assert_eq!(parts, [vec![5, 1, 3, 8, 9], vec![2, 7]]);
        let whose: Vec<Vec<bool>> = placed
            .parts_of(2)
            .map(|part| ["a", "b", "d"].map(|name| part.has(&id(name))).into())
            .collect();
        assert_eq!(whose, [vec![true, true, false], vec![false, false, true]]);
        assert!(placed.has(&id("d")) && !placed.has(&id("c")) && !placed.has(&id("e")));
        assert_eq!(placed.parts_of(100).count(), 1);
        assert_eq!(Placed::default().parts().count(), 0);
    }
}
