//! What the register may claim: this body, this maker, this status, resting on these sightings and decisions.

mod body;
mod money;
mod publishable;
mod queue;
mod review;
mod site;
mod status;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::Catalogue;
use stripout_model::{BodyId, Confidence, Decision, Finding, MakerId, Sighting, Stance, Statement, Status};

pub use body::{Named, Resolve, Speaker, speaker};
pub use queue::{Pending, queue};
pub use review::{Reviewed, Reviews, carried, reviewer};

use crate::payment::PaymentLine;
use crate::sentence::{assigned, made_by, sentence};
use site::{Reach, Site, holds_everywhere, reaches, sites};

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
    stance: Stance,
    body: Named,
    maker: MakerId,
    reviewed: Reviewed,
    /// Its body or maker is a reviewer's correction.
    corrected: bool,
    /// A reviewer set its body, and the source alone does not surely give the same.
    assigned: bool,
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
                // Told of the body, not by it, where a reviewer set another than the source does.
                let assigned = reviewed.body.is_some()
                    && !matches!(
                        speaker(&said.authors, day, None, grounds.resolve, grounds.catalogue),
                        Speaker::Known(own) if own.id == body.id
                    );
                let placed = Placed {
                    assigned,
                    said,
                    stance: status::heard(&said.what, &grounds.catalogue.words.alert),
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
    out.findings = by_site(&groups, grounds);
    out.unresolved
        .sort_by(|a, b| (&a.name, &a.maker, &a.sighting).cmp(&(&b.name, &b.maker, &b.sighting)));
    out.rejected.sort();
    out
}

/// A finding for each place that is named, and one for what is said of the body as a whole.
fn by_site(groups: &BTreeMap<(BodyId, MakerId), Vec<Placed<'_>>>, grounds: Grounds<'_>) -> Vec<Finding> {
    let reached: Vec<_> = groups
        .iter()
        .map(|(key, placed)| (key, placed, reaches(placed)))
        .collect();
    let sites = sites(reached.iter().flat_map(|((body, _), placed, reaches)| {
        reaches
            .iter()
            .zip(placed.iter())
            .map(move |(reach, one)| (body, reach, one))
    }));
    let mut findings = Vec::new();
    for ((body, maker), placed, reaches) in &reached {
        let mut places: BTreeMap<&Reach, Vec<&Placed<'_>>> = BTreeMap::new();
        for (reach, one) in reaches.iter().zip(placed.iter()) {
            places.entry(reach).or_default().push(one);
        }
        for (reach, own) in &places {
            let site = sites.get(&(body.clone(), (*reach).clone())).cloned();
            let rest = places.iter().filter(|(other, _)| other != &reach);
            let rest = rest.filter(|(other, _)| (**reach == Reach::Body) != (***other == Reach::Body));
            let subject = Subject {
                body,
                maker,
                site: site.unwrap_or_default(),
                own,
                rest: rest.flat_map(|(_, all)| all.iter().copied()).collect(),
            };
            findings.extend(finding(&subject, grounds));
        }
    }
    findings
}

/// What a finding is about.
struct Subject<'a> {
    body: &'a BodyId,
    maker: &'a MakerId,
    site: Site,
    own: &'a [&'a Placed<'a>],
    /// Of a place, what is said of the whole body; of the body, what is said of its places.
    rest: Vec<&'a Placed<'a>>,
}

impl Placed<'_> {
    fn day(&self) -> Option<Date> {
        self.said.what.row.date.or(self.said.written)
    }

    fn line(&self) -> PaymentLine<'_> {
        PaymentLine::of(self.said, &self.body.id)
    }

    fn stance(&self) -> Stance {
        self.stance
    }

    /// Of what was recognised and of whose it is, the lesser.
    fn confidence(&self) -> Confidence {
        self.said.what.confidence.min(self.body.sure)
    }

    /// What it says by itself.
    fn status(&self) -> Status {
        status::of(self.stance(), self.said.kind)
    }

    fn sentence(&self, catalogue: &Catalogue) -> String {
        let state = if self.assigned { assigned } else { sentence };
        let stated = state(self.said, &self.body.name, catalogue);
        if self.maker == self.said.what.maker {
            return stated;
        }
        stated + &made_by(&self.maker, catalogue)
    }

    /// Sure enough to say where the body stands.
    fn counts(&self) -> bool {
        self.said.what.confidence > Confidence::Review || self.reviewed.is_accepted(1)
    }
}

/// Latest first, the surest first among those of a day; ids last, so that the order never depends on the input's.
fn sort(placed: &mut [&Placed<'_>]) {
    placed.sort_by(|a, b| {
        let key = |one: &Placed<'_>| {
            (
                Reverse(one.day()),
                Reverse(status::weight(one.stance())),
                Reverse(one.confidence()),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.said.id.cmp(&b.said.id))
    });
}

fn finding(subject: &Subject<'_>, grounds: Grounds<'_>) -> Option<Finding> {
    let Subject {
        body,
        maker,
        site,
        own,
        rest,
    } = subject;
    let of_place = site.key.is_some();
    let mut placed: Vec<&Placed<'_>> = own.to_vec();
    // What has no day is overruled by nothing: it may be the later one.
    let last = own.iter().map(|one| one.day()).max().flatten();
    let dated = own.iter().all(|one| one.day().is_some());
    let overrules = |one: &Placed<'_>| {
        of_place && dated && one.counts() && holds_everywhere(one.said) && one.day() > last
    };
    placed.extend(rest.iter().copied().filter(|one| overrules(one)));
    sort(&mut placed);
    let sure: Vec<&Placed<'_>> = placed.iter().copied().filter(|one| one.counts()).collect();
    let counted = if sure.is_empty() { placed.clone() } else { sure };
    let status = status::latest(counted.iter().map(|one| (one.day(), one.stance(), one.said.kind)));
    let latest = counted
        .iter()
        .filter(|one| one.status() == status)
        .filter_map(|one| one.day())
        .max();
    let against = |one: &&Placed<'_>| status::contradicts(status, latest, one.stance(), one.day());
    let mut contradicting: Vec<&Placed<'_>> = placed.iter().copied().filter(against).collect();
    // Whoever has it nowhere has it in no place, and what is in one place is somewhere.
    let nowhere = !of_place && !status.is_there();
    let speaks = |one: &Placed<'_>| nowhere || of_place && holds_everywhere(one.said) && !overrules(one);
    contradicting.extend(rest.iter().copied().filter(|one| speaks(one) && against(one)));
    let by_address: HashSet<*const Placed<'_>> = own.iter().map(|one| std::ptr::from_ref(*one)).collect();
    let is_own = |one: &Placed<'_>| by_address.contains(&std::ptr::from_ref(one));
    let mut agreeing: Vec<&Placed<'_>> = placed
        .iter()
        .copied()
        .filter(|one| !against(one) && (is_own(one) || one.status() == status))
        .collect();
    let seen = contradicting.iter().all(|one| one.reviewed.is_decided());
    // What was bought may be told while a statement that it is used waits for a reviewer.
    let says = |one: &Placed<'_>| {
        one.status() == status || status == Status::InUse && one.status() == Status::Bought
    };
    let may_speak = |one: &&Placed<'_>| {
        one.said.what.confidence > Confidence::Review
            && says(one)
            && one.reviewed.is_accepted(grounds.reviewers)
            && publishable::may_be_named(one, grounds.catalogue)
    };
    // The sighting that decides, and of them one that may be shown, comes first.
    agreeing.sort_by_key(|one| (one.status() != status, !may_speak(one), !one.counts()));
    let stated: Vec<&Placed<'_>> = counted.iter().copied().filter(|one| is_own(one)).collect();
    let count = status.is_there().then(|| money::devices(&stated)).flatten();
    // Of the statements of one source, the one that counts them speaks.
    if let (Some(count), Some(first)) = (&count, agreeing.first()) {
        let tells = |one: &&Placed<'_>| {
            one.said.id == count.sighting && one.said.source == first.said.source && one.status() == status
        };
        if let Some(at) = agreeing
            .iter()
            .position(|one| tells(one) && may_speak(one) == may_speak(first))
        {
            agreeing.swap(0, at);
        }
    }
    let first = *agreeing.first()?;
    let days = || {
        agreeing
            .iter()
            .chain(&contradicting)
            .filter(|one| status::weight(one.stance()) > 0)
            .filter_map(|one| one.day())
    };
    Some(Finding {
        id: match &site.key {
            Some(key) => format!("{body}.{maker}.{key}"),
            None => format!("{body}.{maker}"),
        },
        site: site.name.clone(),
        sensitive: site.sensitive,
        kinds: kinds(own, grounds.catalogue),
        status,
        first: days().min(),
        last: days().max(),
        stated: latest,
        devices: count.as_ref().map(|count| count.devices),
        counted: count.and_then(|count| count.day),
        bought: money::bought(&stated),
        money: money::spent(own),
        purchases: money::purchases(&stated),
        repeated: money::repeated(own),
        confidence: agreeing
            .iter()
            .filter(|one| one.status() == status)
            .map(|one| one.confidence())
            .max()
            .unwrap_or(Confidence::Review),
        sightings: agreeing.iter().map(|one| one.said.id.clone()).collect(),
        contradicted_by: contradicting.iter().map(|one| one.said.id.clone()).collect(),
        public: seen && status::is_said(status) && agreeing.iter().any(may_speak),
        sentence: first.sentence(grounds.catalogue),
        body: (*body).clone(),
        maker: (*maker).clone(),
    })
}

/// The sorts of device that are stated, or that the model numbers stand for.
fn kinds(own: &[&Placed<'_>], catalogue: &Catalogue) -> Vec<String> {
    let kind = |one: &&Placed<'_>| {
        let what = &one.said.what;
        let by_number = || {
            let family = catalogue.models.get(what.model.as_ref()?)?;
            Some(family.device.clone())
        };
        what.installation.device.clone().or_else(by_number)
    };
    let kinds: BTreeSet<String> = own
        .iter()
        .filter(|one| status::weight(one.stance()) > 2)
        .filter_map(kind)
        .collect();
    kinds.into_iter().collect()
}
