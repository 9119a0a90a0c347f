//! What a reviewer should look at next: first where a decision is worth most.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::Serialize;
use stripout_model::{BodyId, Confidence, DocumentKind, MakerId, Sighting, Statement};

use super::{Grounds, Placed, Reviewed, Reviews, Speaker, publishable, speaker, status};
use crate::payment::{PaymentLine, payments};
use crate::sentence::sentence;

/// A sighting to decide on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    pub sighting: String,
    /// The same words on the same payment in other sources (a month's file and the corrected one): decided on together, and
    /// each is evidence of its own.
    pub copies: Vec<String>,
    /// `None`: a person has to say.
    pub body: Option<BodyId>,
    /// The body as the catalogue names it, else as written.
    pub name: Option<String>,
    /// Why the body is not known; empty when it is.
    pub body_why: String,
    pub maker: MakerId,
    /// What the source says, safe to print.
    pub sentence: String,
    /// An accept by enough reviewers lets it stand in public.
    pub may_be_public: bool,
    /// Decisions of all reviewers that stand.
    pub accepts: usize,
    pub rejects: usize,
    pub unsure: usize,
}

impl Pending {
    /// All that a decision on it is on.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.sighting)
            .chain(&self.copies)
            .map(String::as_str)
    }
}

/// Every sighting with what a decision on it would change, most first: what could become public, then what says that
/// something is there, then sure before doubtful, dear before cheap.
pub fn queue(grounds: Grounds<'_>) -> Vec<Pending> {
    let reviews = Reviews::of(grounds.decisions);
    let mut pending: Vec<(_, &Statement<Sighting>, Pending)> = grounds
        .sightings
        .iter()
        .map(|said| {
            let one = pending(said, reviews.of_thing(&said.id), grounds);
            (worth(said, &one), said, one)
        })
        .collect();
    pending.sort_by(|(a, _, left), (b, _, right)| b.cmp(a).then_with(|| left.sighting.cmp(&right.sighting)));
    let pending = pending.into_iter().map(|(_, said, one)| (said, one)).collect();
    once_a_payment(pending, &reviews)
}

/// One entry for a payment that several sources have, the first of them, where reviewers said the same of all.
fn once_a_payment(pending: Vec<(&Statement<Sighting>, Pending)>, reviews: &Reviews<'_>) -> Vec<Pending> {
    let paid = pending
        .iter()
        .filter(|(said, _)| said.kind == DocumentKind::Spend);
    let lines: Vec<(&str, PaymentLine<'_>)> = paid
        .filter_map(|(said, one)| Some((said.id.as_str(), PaymentLine::of(said, one.body.as_ref()?))))
        .collect();
    let (ids, lines): (Vec<&str>, Vec<PaymentLine<'_>>) = lines.into_iter().unzip();
    let numbers: HashMap<&str, usize> = ids.into_iter().zip(payments(&lines)).collect();
    let key = |said: &Statement<Sighting>, one: &Pending| {
        let what = &said.what;
        let recognised = what.evidence.marked().unwrap_or_default().to_lowercase();
        Some((
            *numbers.get(said.id.as_str())?,
            one.maker.clone(),
            one.may_be_public,
            what.stance,
            what.count,
            recognised,
            reviews.voices(&said.id),
        ))
    };
    let mut first: HashMap<_, usize> = HashMap::new();
    let mut sources: HashSet<(usize, String)> = HashSet::new();
    let keys: Vec<_> = pending.iter().map(|(said, one)| key(said, one)).collect();
    let mut entries: Vec<Pending> = Vec::with_capacity(pending.len());
    for ((said, one), key) in pending.into_iter().zip(keys) {
        let next = entries.len();
        let at = key.map_or(next, |key| *first.entry(key).or_insert(next));
        // Two cells of one source are two entries.
        let new = sources.insert((at, said.source.clone()));
        if let Some(entry) = entries.get_mut(at).filter(|_| new) {
            entry.copies.push(one.sighting);
        } else {
            sources.insert((next, said.source.clone()));
            entries.push(one);
        }
    }
    entries
}

fn worth(said: &Statement<Sighting>, one: &Pending) -> impl Ord + use<> {
    let what = &said.what;
    let weight = status::weight(what.stance);
    (
        one.may_be_public && weight > 1,
        weight > 1 && what.confidence > Confidence::Review,
        one.body.is_some(),
        weight > 0,
        // The label of a disagreement first: a second look may settle it.
        Reverse(one.accepts.abs_diff(one.rejects)),
        what.confidence,
        what.row.amount.map_or(0, |money| money.minor_units),
        what.count,
        weight,
    )
}

fn pending(said: &Statement<Sighting>, reviewed: Reviewed, grounds: Grounds<'_>) -> Pending {
    let day = said.what.row.date.or(said.written);
    let (body, name, body_why) = match speaker(
        &said.authors,
        day,
        reviewed.body.as_ref(),
        grounds.resolve,
        grounds.catalogue,
    ) {
        Speaker::Known(named) => (Some(named), None, String::new()),
        Speaker::Unknown { name, why } => (None, name, why),
    };
    let maker = reviewed.maker.clone().unwrap_or_else(|| said.what.maker.clone());
    let name = body.as_ref().map(|body| body.name.clone()).or(name);
    let (accepts, rejects, unsure) = (reviewed.accepts, reviewed.rejects, reviewed.unsure);
    let may_be_public = body.as_ref().is_some_and(|body| {
        let placed = Placed {
            assigned: false,
            said,
            stance: status::heard(&said.what, &grounds.catalogue.words.alert),
            body: body.clone(),
            maker: maker.clone(),
            corrected: reviewed.maker.is_some() || reviewed.body.is_some(),
            reviewed,
        };
        said.what.confidence > Confidence::Review
            && status::is_said(status::of(said.what.stance, said.kind))
            && publishable::may_be_named(&placed, grounds.catalogue)
    });
    Pending {
        sighting: said.id.clone(),
        copies: Vec::new(),
        body: body.map(|body| body.id),
        body_why,
        maker,
        sentence: sentence(
            said,
            name.as_deref().unwrap_or("a body not named"),
            grounds.catalogue,
        ),
        name,
        may_be_public,
        accepts,
        rejects,
        unsure,
    }
}
