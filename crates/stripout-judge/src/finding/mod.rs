//! What the register may claim: this body, this maker, this status, resting on these sightings and decisions.

mod body;
mod money;
mod publishable;
mod queue;
mod review;
mod status;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::Catalogue;
use stripout_model::{BodyId, Confidence, Decision, Finding, MakerId, Sighting, Stance, Statement};

pub use body::{Named, Resolve, Speaker, speaker};
pub use queue::{Pending, queue};
pub use review::{Reviewed, Reviews};

use crate::sentence::sentence;

/// What findings follow from. The same in gives the same out.
#[derive(Clone, Copy)]
pub struct Grounds<'a> {
    pub sightings: &'a [Statement<Sighting>],
    pub decisions: &'a [Decision],
    pub catalogue: &'a Catalogue,
    /// Which body a name stood for on a day.
    pub resolve: Resolve<'a>,
    /// Different reviewers who must have accepted before anything is public.
    pub reviewers: usize,
}

/// Everything that follows from the sightings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// By body and maker.
    pub findings: Vec<Finding>,
    /// Sightings whose body is not known: for a person to say, and no finding.
    pub unresolved: Vec<Unresolved>,
    /// Ids of sightings that reviewers rejected: they count for nothing.
    pub rejected: Vec<String>,
}

/// A sighting that speaks of a body nobody has told apart yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unresolved {
    pub sighting: String,
    pub maker: MakerId,
    /// The best candidate, as written.
    pub name: Option<String>,
    /// Why it is not taken.
    pub why: String,
    /// Says no more than the source does, of the body as written.
    pub sentence: String,
}

/// A sighting with its body and what reviewers say of it.
struct Placed<'a> {
    said: &'a Statement<Sighting>,
    body: Named,
    maker: MakerId,
    reviewed: Reviewed,
    /// Its body or maker is a reviewer's correction.
    corrected: bool,
}

/// Judges all sightings.
pub fn findings(grounds: Grounds<'_>) -> Findings {
    let reviews = Reviews::of(grounds.decisions);
    let mut out = Findings::default();
    let mut groups: BTreeMap<(BodyId, MakerId), Vec<Placed<'_>>> = BTreeMap::new();
    for said in grounds.sightings {
        let reviewed = reviews.of_thing(&said.id);
        if reviewed.is_rejected() {
            out.rejected.push(said.id.clone());
            continue;
        }
        let maker = reviewed.maker.clone().unwrap_or_else(|| said.what.maker.clone());
        let corrected = reviewed.maker.is_some() || reviewed.body.is_some();
        let day = said.what.row.date.or(said.written);
        match speaker(
            &said.authors,
            day,
            reviewed.body.as_ref(),
            grounds.resolve,
            grounds.catalogue,
        ) {
            Speaker::Known(body) => {
                let placed = Placed {
                    said,
                    maker: maker.clone(),
                    reviewed,
                    corrected,
                    body: body.clone(),
                };
                groups.entry((body.id, maker)).or_default().push(placed);
            }
            Speaker::Unknown { name, why } => out.unresolved.push(Unresolved {
                sighting: said.id.clone(),
                maker,
                sentence: sentence(
                    said,
                    name.as_deref().unwrap_or("a body not named"),
                    grounds.catalogue,
                ),
                name,
                why,
            }),
        }
    }
    out.findings = groups
        .into_iter()
        .filter_map(|((body, maker), placed)| finding(body, maker, placed, grounds))
        .collect();
    out.unresolved
        .sort_by(|a, b| (&a.name, &a.maker, &a.sighting).cmp(&(&b.name, &b.maker, &b.sighting)));
    out.rejected.sort();
    out
}

impl Placed<'_> {
    fn day(&self) -> Option<Date> {
        self.said.what.row.date.or(self.said.written)
    }

    fn stance(&self) -> Stance {
        self.said.what.stance
    }

    /// Sure enough to say where the body stands.
    fn counts(&self) -> bool {
        self.said.what.confidence > Confidence::Review || self.reviewed.is_accepted(1)
    }
}

fn finding(
    body: BodyId,
    maker: MakerId,
    mut placed: Vec<Placed<'_>>,
    grounds: Grounds<'_>,
) -> Option<Finding> {
    // Latest first, the surest first among those of a day; ids last, so that the order never depends on the input's.
    placed.sort_by(|a, b| {
        let key = |one: &Placed<'_>| {
            (
                Reverse(one.day()),
                Reverse(status::weight(one.stance())),
                Reverse(one.said.what.confidence),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.said.id.cmp(&b.said.id))
    });
    let sure: Vec<&Placed<'_>> = placed.iter().filter(|one| one.counts()).collect();
    let counted = if sure.is_empty() {
        placed.iter().collect()
    } else {
        sure
    };
    let status = status::latest(counted.iter().map(|one| (one.day(), one.stance())));
    let latest = counted
        .iter()
        .filter(|one| status::of(one.stance()) == status)
        .filter_map(|one| one.day())
        .max();
    let against = |one: &&Placed<'_>| status::contradicts(status, latest, one.stance(), one.day());
    let contradicting: Vec<&Placed<'_>> = placed.iter().filter(against).collect();
    let mut agreeing: Vec<&Placed<'_>> = placed.iter().filter(|one| !against(one)).collect();
    let seen = contradicting.iter().all(|one| one.reviewed.is_decided());
    let may_speak = |one: &&Placed<'_>| {
        one.said.what.confidence > Confidence::Review
            && status::of(one.stance()) == status
            && one.reviewed.is_accepted(grounds.reviewers)
            && publishable::may_be_named(one, grounds.catalogue)
    };
    // The sighting that decides, and of them one that may be shown, comes first.
    agreeing.sort_by_key(|one| (status::of(one.stance()) != status, !may_speak(one), !one.counts()));
    let first = *agreeing.first()?;
    let days = || {
        placed
            .iter()
            .filter(|one| status::weight(one.stance()) > 0)
            .filter_map(Placed::day)
    };
    Some(Finding {
        id: format!("{body}.{maker}"),
        site: None,
        status,
        first: days().min(),
        last: days().max(),
        devices: status::is_there(status)
            .then(|| money::devices(&counted))
            .flatten(),
        money: money::spent(&placed),
        confidence: agreeing
            .iter()
            .filter(|one| status::of(one.stance()) == status)
            .map(|one| one.said.what.confidence)
            .max()
            .unwrap_or(Confidence::Review),
        sightings: agreeing.iter().map(|one| one.said.id.clone()).collect(),
        contradicted_by: contradicting.iter().map(|one| one.said.id.clone()).collect(),
        public: seen && status::is_said(status) && may_speak(&first),
        sentence: sentence(first.said, &first.body.name, grounds.catalogue),
        body,
        maker,
    })
}
