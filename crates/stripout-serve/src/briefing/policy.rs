//! What is told of an instrument on one page.

use jiff::civil::Date;
use stripout_catalogue::Policy;
use stripout_print::{Block, Sheet, Words};

use super::{Brief, cut, foot, noted, sheet};
use crate::trouble::Trouble;
use crate::view::{Cited, Reach, View};
use crate::words;

/// Clauses, and what it does not reach, that fit on the page.
const CLAUSES: usize = 8;
const GAPS: usize = 4;
/// What the catalogue says where an instrument names no day.
const NONE: &str = "none";

pub(crate) struct OfPolicy {
    policy: Policy,
    place: String,
    kind: String,
    status: String,
    clauses: Vec<Clause>,
    /// Where what it says itself is among the sources.
    quoted_from: Option<usize>,
    reach: Reach,
    changes: usize,
    sources: Vec<String>,
}

struct Clause {
    says: String,
    /// Where it stands among the sources.
    note: Option<usize>,
}

impl OfPolicy {
    pub(crate) fn of(view: &View, id: &str) -> Result<Self, Trouble> {
        let catalogue = view.catalogue();
        let policy = view.policy(id).ok_or(Trouble::NotFound)?;
        let mut sources: Vec<String> = Vec::new();
        let mut number = |cited: Vec<Cited>| {
            let told = cited.first().map(told)?;
            let known = sources.iter().position(|source| *source == told);
            let place = known.unwrap_or_else(|| {
                sources.push(told);
                sources.len() - 1
            });
            Some(place + 1)
        };
        let own = policy.sources.iter().filter(|it| view.may_state(it.verification));
        let own: Vec<usize> = own.filter_map(|it| number(view.cited([&it.citation]))).collect();
        let clauses = policy
            .provisions
            .iter()
            .filter(|it| view.may_tell_clause(it))
            .map(|provision| {
                let effect = words::meaning_of(catalogue, "policy-effects", provision.effect.as_str());
                Clause {
                    says: format!(
                        "{} ({effect}; checked: {})",
                        upper(&provision.says),
                        provision.verification
                    ),
                    note: number(view.cited([&provision.source])),
                }
            });
        let clauses: Vec<Clause> = clauses.collect();
        Ok(Self {
            place: words::meaning_of(catalogue, "nations", &policy.jurisdiction).to_owned(),
            kind: words::meaning_of(catalogue, "policy-kinds", &policy.kind).to_owned(),
            status: words::meaning_of(catalogue, "policy-status", policy.status.as_str()).to_owned(),
            clauses,
            quoted_from: own.first().copied(),
            reach: view.reach(id)?,
            changes: view.changes(id)?.len(),
            sources,
            policy: policy.clone(),
        })
    }
}

impl Brief for OfPolicy {
    fn points(&self) -> usize {
        self.clauses.len().min(CLAUSES)
    }

    fn sheet(&self, points: usize, view: &View) -> Sheet {
        let policy = &self.policy;
        let mut blocks = vec![
            Block::Aside(format!("Briefing \u{b7} {} \u{b7} {}", self.kind, self.place)),
            Block::Title(policy.title.clone()),
        ];
        let mut facts = vec![
            format!("By {}", policy.issuer),
            format!("of {}", long(&policy.adopted)),
        ];
        let named = |day: &&String| day.as_str() != NONE;
        let from = policy.in_force_from.as_ref().filter(named);
        facts.extend(from.map(|day| format!("in force from {}", long(day))));
        let by = policy.deadline.as_ref().filter(named);
        facts.extend(by.map(|day| format!("to be done by {}", long(day))));
        blocks.push(Block::Statement(
            format!("{}. {}.", facts.join(", "), upper(&self.status)).into(),
        ));
        let quoted = |quote: &String| noted(format!("\"{quote}\""), self.quoted_from);
        blocks.extend(policy.quote.as_ref().map(|quote| Block::Quote(quoted(quote))));
        if points > 0 {
            blocks.push(Block::Heading("What it says, clause by clause".into()));
            let clauses = self.clauses.iter().take(points).map(|clause| Words {
                text: cut(&clause.says),
                notes: clause.note.into_iter().collect(),
            });
            blocks.push(Block::Points(clauses.collect()));
        }
        if self.clauses.len() > points {
            let more = words::count(
                (self.clauses.len() - points) as u64,
                "more clause",
                "more clauses",
            );
            blocks.push(Block::Aside(format!("{more} on the page of the instrument.")));
        }
        if !policy.gaps.is_empty() {
            blocks.push(Block::Heading("What it does not reach".into()));
            let gaps = policy
                .gaps
                .iter()
                .take(GAPS)
                .map(|gap| Words::from(upper(&cut(gap))));
            blocks.push(Block::Points(gaps.collect()));
        }
        blocks.push(Block::Heading("What it reaches in this register".into()));
        let reach = &self.reach;
        let there = reach.covered + reach.exempt + reach.unknown + reach.out_of_scope;
        let told = if there == 0 {
            "This register tells of nothing that is there.".to_owned()
        } else {
            format!(
                "Asked of keeping what is there, on {}: {} covered, {} exempt, {} not known, {} not reached.",
                words::day(view.today),
                words::count(reach.covered, "finding", "findings"),
                words::number(reach.exempt),
                words::number(reach.unknown),
                words::number(reach.out_of_scope)
            )
        };
        blocks.push(Block::Statement(told.into()));
        let changes = match self.changes {
            0 => "Were it in force as it is written, nothing that is there would stand otherwise.".to_owned(),
            some => format!(
                "Were it in force as it is written, {} would stand otherwise.",
                words::count(some as u64, "finding", "findings")
            ),
        };
        blocks.push(Block::Aside(changes));
        let first = "Not known: a fact that decides is not stated; never counted as covered.";
        let foot = foot(first, &format!("/policies/{}", policy.id), view);
        sheet(
            format!("Briefing: {}", policy.title),
            blocks,
            self.sources.clone(),
            foot,
            view,
        )
    }
}

/// A day as people write it; what is less exact stays as it is.
fn long(day: &str) -> String {
    day.parse::<Date>()
        .map_or_else(|_no_day| day.to_owned(), words::day)
}

/// With its first letter large.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn told(source: &Cited) -> String {
    let parts = [
        Some(source.title.clone()),
        source.date.clone(),
        source.url.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
