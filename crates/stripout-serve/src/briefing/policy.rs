//! What is told of an instrument on one page.

use stripout_catalogue::Policy;
use stripout_print::{Block, Sheet, Words};

use super::{Brief, cut, foot, sheet};
use crate::trouble::Trouble;
use crate::view::{Cited, Reach, View};
use crate::words;

/// Clauses, and what it does not reach, that fit on the page.
const CLAUSES: usize = 8;
const GAPS: usize = 4;

pub(crate) struct OfPolicy {
    policy: Policy,
    place: String,
    kind: String,
    status: String,
    clauses: Vec<Clause>,
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
        let policy = catalogue.policies.get(id).ok_or(Trouble::NotFound)?;
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
        let provisions = policy.provisions.iter().filter(|it| view.may_state(it.verification));
        let clauses: Vec<Clause> = provisions
            .map(|provision| {
                let effect = words::meaning_of(catalogue, "policy-effects", provision.effect.as_str());
                let note = number(view.cited([&provision.source]));
                Clause {
                    says: format!("{} ({effect})", provision.says),
                    note,
                }
            })
            .collect();
        for source in policy.sources.iter().filter(|it| view.may_state(it.verification)) {
            number(view.cited([&source.citation]));
        }
        Ok(Self {
            place: words::meaning_of(catalogue, "nations", &policy.jurisdiction).to_owned(),
            kind: words::meaning_of(catalogue, "policy-kinds", &policy.kind).to_owned(),
            status: words::meaning_of(catalogue, "policy-status", policy.status.as_str()).to_owned(),
            clauses,
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
        let mut facts = vec![format!("By {}", policy.issuer), format!("of {}", policy.adopted)];
        facts.extend(policy.in_force_from.as_ref().map(|day| format!("in force from {day}")));
        facts.extend(policy.deadline.as_ref().map(|day| format!("to be done by {day}")));
        blocks.push(Block::Statement(format!("{}. {}.", facts.join(", "), upper(&self.status)).into()));
        blocks.extend(policy.quote.as_ref().map(|quote| Block::Quote(quote.clone().into())));
        if points > 0 {
            blocks.push(Block::Heading("What it says, clause by clause".into()));
            let clauses = self.clauses.iter().take(points).map(|clause| Words {
                text: cut(&clause.says),
                notes: clause.note.into_iter().collect(),
            });
            blocks.push(Block::Points(clauses.collect()));
        }
        if self.clauses.len() > points {
            let more = words::count((self.clauses.len() - points) as u64, "more clause", "more clauses");
            blocks.push(Block::Aside(format!("{more} on the page of the instrument.")));
        }
        if !policy.gaps.is_empty() {
            blocks.push(Block::Heading("What it does not reach".into()));
            let gaps = policy.gaps.iter().take(GAPS).map(|gap| Words::from(cut(gap)));
            blocks.push(Block::Points(gaps.collect()));
        }
        blocks.push(Block::Heading("What it reaches in this register".into()));
        let reach = &self.reach;
        blocks.push(Block::Statement(
            format!(
                "Asked of keeping what is there, on {}: {} covered, {} exempt, {} not known, {} not reached.",
                words::day(view.today),
                words::count(reach.covered, "finding", "findings"),
                words::number(reach.exempt),
                words::number(reach.unknown),
                words::number(reach.out_of_scope)
            )
            .into(),
        ));
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

/// With its first letter large.
fn upper(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn told(source: &Cited) -> String {
    let parts = [Some(source.title.clone()), source.date.clone(), source.url.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}
