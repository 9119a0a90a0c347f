//! What a screen found, added up as it goes: small whatever the size of the evidence.

use std::collections::BTreeMap;

use serde::Serialize;
use stripout_model::{
    Affiliation, BlobId, Commitment, Confidence, Lead, MakerId, Money, Outcome, OutcomeKind, Problem, Row,
    Severity, Sighting, Stance, Via, Voice,
};

/// How many of the strongest sightings, leads and reviews are kept to be shown.
const SHOWN: usize = 12;

#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    pub inputs: Vec<InputOutcome>,
    /// Bytes of the inputs as they lie on disk.
    pub bytes: u64,
    pub records: u64,
    pub kept: u64,
    pub sightings: u64,
    pub by_maker: BTreeMap<MakerId, BTreeMap<Stance, u64>>,
    pub by_confidence: BTreeMap<Confidence, u64>,
    /// Money of rows that say a maker's equipment was bought or is in use; a row counts once a maker.
    pub money: BTreeMap<MakerId, Vec<MoneyLine>>,
    pub strongest: Vec<Strongest<Sighting>>,
    pub review: Vec<Strongest<Sighting>>,
    pub leads: u64,
    pub lead_examples: Vec<Strongest<Lead>>,
    pub leads_by_body: BTreeMap<String, u64>,
    pub affiliations: u64,
    pub affiliation_examples: Vec<Strongest<Affiliation>>,
    /// Replies to requests for information by how they decide.
    pub replies: BTreeMap<OutcomeKind, u64>,
    pub commitments: u64,
    pub commitment_examples: Vec<Strongest<Commitment>>,
    /// Links and other things in the given folders that are no files: nobody read them.
    pub passed_over: Vec<String>,
    /// True when the user stopped it: what was finished is registered, the rest is not.
    pub interrupted: bool,
}

/// A sum in one currency and how many rows gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MoneyLine {
    pub money: Money,
    pub rows: u64,
}

/// A thing and where it came from.
#[derive(Debug, Clone, Serialize)]
pub struct Strongest<T> {
    pub path: String,
    #[serde(flatten)]
    pub what: T,
}

/// One input and how it went.
#[derive(Debug, Clone, Serialize)]
pub struct InputOutcome {
    pub path: String,
    pub sha256: Option<BlobId>,
    pub bytes: u64,
    pub status: InputStatus,
    pub formats: Vec<String>,
    pub records: u64,
    pub kept: u64,
    pub problems: Vec<Problem>,
    /// Problems beyond those listed.
    pub more_problems: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum InputStatus {
    Read,
    /// Read, with assumptions that the problems state.
    Warnings,
    /// Read in part: what its problems name is missing.
    Partial,
    Failed,
    AlreadyRead {
        /// When, as the register has it.
        on: String,
        /// Id of the source there.
        id: String,
    },
}

impl Summary {
    pub fn count(&self, wanted: impl Fn(&InputStatus) -> bool) -> usize {
        self.inputs.iter().filter(|input| wanted(&input.status)).count()
    }

    pub fn failed(&self) -> usize {
        self.count(|status| *status == InputStatus::Failed)
    }

    pub(crate) fn add_sightings(&mut self, path: &str, sightings: &[Sighting]) {
        let mut paid: Vec<&MakerId> = Vec::new();
        for sighting in sightings {
            self.sightings += 1;
            *self
                .by_maker
                .entry(sighting.maker.clone())
                .or_default()
                .entry(sighting.stance)
                .or_default() += 1;
            *self.by_confidence.entry(sighting.confidence).or_default() += 1;
            if sighting.confidence == Confidence::Review {
                keep_best(&mut self.review, Strongest::new(path, sighting), strength);
            } else {
                keep_best(&mut self.strongest, Strongest::new(path, sighting), strength);
            }
            if sighting.stance == Stance::Has
                && sighting.confidence > Confidence::Review
                && let Some(amount) = sighting.row.amount
                && !paid.contains(&&sighting.maker)
            {
                paid.push(&sighting.maker);
                add_money(
                    self.money.entry(sighting.maker.clone()).or_default(),
                    MoneyLine {
                        money: amount,
                        rows: 1,
                    },
                );
            }
        }
    }

    pub(crate) fn add_lead(&mut self, path: &str, lead: &Lead) {
        self.leads += 1;
        let body = lead.row.body.clone().unwrap_or_default();
        *self.leads_by_body.entry(body).or_default() += 1;
        keep_best(&mut self.lead_examples, Strongest::new(path, lead), |lead| {
            amount(&lead.row)
        });
    }

    pub(crate) fn add_affiliation(&mut self, path: &str, affiliation: &Affiliation) {
        self.affiliations += 1;
        keep_best(
            &mut self.affiliation_examples,
            Strongest::new(path, affiliation),
            |tie| amount(&tie.row),
        );
    }

    /// A record with outcomes is one reply.
    pub(crate) fn add_outcomes(&mut self, outcomes: &[Outcome]) {
        if let Some(first) = outcomes.first() {
            *self.replies.entry(first.reply).or_default() += 1;
        }
    }

    pub(crate) fn add_commitment(&mut self, path: &str, commitment: &Commitment) {
        self.commitments += 1;
        keep_best(
            &mut self.commitment_examples,
            Strongest::new(path, commitment),
            promised,
        );
    }

    /// Adds what one committed input gave.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.sightings += other.sightings;
        self.leads += other.leads;
        self.affiliations += other.affiliations;
        self.commitments += other.commitments;
        for (outcome, n) in other.replies {
            *self.replies.entry(outcome).or_default() += n;
        }
        for best in other.commitment_examples {
            keep_best(&mut self.commitment_examples, best, promised);
        }
        for (maker, stances) in other.by_maker {
            let own = self.by_maker.entry(maker).or_default();
            for (stance, n) in stances {
                *own.entry(stance).or_default() += n;
            }
        }
        other
            .by_confidence
            .into_iter()
            .for_each(|(c, n)| *self.by_confidence.entry(c).or_default() += n);
        other
            .leads_by_body
            .into_iter()
            .for_each(|(body, n)| *self.leads_by_body.entry(body).or_default() += n);
        for (maker, lines) in other.money {
            let own = self.money.entry(maker).or_default();
            for line in lines {
                add_money(own, line);
            }
        }
        for best in other.strongest {
            keep_best(&mut self.strongest, best, strength);
        }
        for best in other.review {
            keep_best(&mut self.review, best, strength);
        }
        for best in other.lead_examples {
            keep_best(&mut self.lead_examples, best, |lead| amount(&lead.row));
        }
        for best in other.affiliation_examples {
            keep_best(&mut self.affiliation_examples, best, |tie| amount(&tie.row));
        }
    }

    pub(crate) fn add_input(&mut self, input: InputOutcome) {
        self.records += input.records;
        self.kept += input.kept;
        self.bytes += input.bytes;
        self.inputs.push(input);
    }
}

impl InputStatus {
    pub(crate) fn of(problems: &BTreeMap<Severity, u64>) -> Self {
        let has = |severity| problems.get(&severity).is_some_and(|n| *n > 0);
        if has(Severity::Unit) || has(Severity::Input) {
            Self::Partial
        } else if has(Severity::Warning) {
            Self::Warnings
        } else {
            Self::Read
        }
    }
}

/// Keeps the `SHOWN` strongest; of equals the one met first. The same excerpt is shown once.
fn keep_best<T: Proven, K: Ord>(best: &mut Vec<Strongest<T>>, one: Strongest<T>, strength: impl Fn(&T) -> K) {
    let key = strength(&one.what);
    let at = best.partition_point(|other| strength(&other.what) >= key);
    if at < SHOWN
        && !best
            .iter()
            .any(|other| other.what.excerpt() == one.what.excerpt())
    {
        best.insert(at, one);
        best.truncate(SHOWN);
    }
}

impl<T: Clone> Strongest<T> {
    fn new(path: &str, what: &T) -> Self {
        Self {
            path: path.to_string(),
            what: what.clone(),
        }
    }
}

trait Proven {
    fn excerpt(&self) -> &str;
}
impl Proven for Sighting {
    fn excerpt(&self) -> &str {
        &self.evidence.excerpt
    }
}
impl Proven for Lead {
    fn excerpt(&self) -> &str {
        &self.evidence.excerpt
    }
}
impl Proven for Affiliation {
    fn excerpt(&self) -> &str {
        &self.evidence.excerpt
    }
}

impl Proven for Commitment {
    fn excerpt(&self) -> &str {
        &self.evidence.excerpt
    }
}

fn strength(sighting: &Sighting) -> (Confidence, bool, bool, bool, u32, i64) {
    (
        sighting.confidence,
        sighting.stance != Stance::Mentions,
        sighting.stance == Stance::Has,
        matches!(sighting.via, Via::Name | Via::Script | Via::Model),
        sighting.count.unwrap_or(0),
        amount(&sighting.row),
    )
}

/// The body's own words before reports, dated promises before others.
fn promised(commitment: &Commitment) -> (bool, bool) {
    let dated = commitment.by.as_ref().is_some_and(|by| by.date.is_some());
    (commitment.voice != Voice::Reported, dated)
}

fn amount(row: &Row) -> i64 {
    row.amount.map_or(0, |money| money.minor_units)
}

fn add_money(lines: &mut Vec<MoneyLine>, more: MoneyLine) {
    match lines
        .iter_mut()
        .find(|line| line.money.currency == more.money.currency)
    {
        Some(line) => {
            line.money.minor_units = line.money.minor_units.saturating_add(more.money.minor_units);
            line.rows += more.rows;
        }
        None => lines.push(more),
    }
}
