//! What is told of a body on one page.

use std::collections::BTreeSet;

use stripout_catalogue::PublicBody;
use stripout_model::BodyId;
use stripout_print::{Block, Sheet, Words};

use super::{Brief, cut, foot, noted, sheet};
use crate::claim::Claim;
use crate::trouble::Trouble;
use crate::view::{Proof, View};
use crate::words;

/// What fits on the page.
const FINDINGS: usize = 5;
const ALERTS: usize = 2;
const PROMISES: usize = 2;
const REPLIES: usize = 1;
const NOTHING: &str =
    "This register has no evidence about this body. That does not mean that it has no such equipment.";

pub(crate) struct OfBody {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) place: String,
    pub(crate) points: Vec<Stated>,
    pub(crate) alerts: Vec<String>,
    pub(crate) promises: Vec<String>,
    /// The body's own words, the latest first.
    pub(crate) replies: Vec<String>,
    /// What is known of those whose duties it took over.
    pub(crate) inherited: Vec<String>,
    /// Findings that do not fit.
    pub(crate) more: usize,
}

/// A finding with the number of its footnote.
pub(crate) struct Stated {
    pub(crate) finding: String,
    pub(crate) note: usize,
    pub(crate) proof: Option<Proof>,
}

impl Stated {
    /// As the view has it.
    pub(crate) fn claim<'v>(&self, view: &'v View) -> Option<Claim<'v>> {
        view.finding(&self.finding)
            .map(|finding| Claim::of(finding, view))
    }
}

impl OfBody {
    pub(crate) async fn of(view: &View, id: &BodyId) -> Result<Self, Trouble> {
        let body = view.body(id).ok_or(Trouble::NotFound)?;
        let findings = view.findings_of(id);
        let mut points = Vec::new();
        for (number, finding) in findings.iter().take(FINDINGS).enumerate() {
            let first: Vec<&str> = finding.sightings.iter().take(1).map(String::as_str).collect();
            points.push(Stated {
                finding: finding.id.clone(),
                note: number + 1,
                proof: view.sightings(&first).await?.into_iter().next(),
            });
        }
        let promises = view.promises_of(id).take(PROMISES).map(|promised| {
            let what = &promised.said.what;
            format!(
                "\"{}\" ({})",
                view.quote(Some(id), &what.evidence).text(),
                words::days(what.days.document.or(promised.said.written), None)
            )
        });
        let replies = view.replies_of(id).take(REPLIES).map(|reply| {
            let given = words::day(reply.given);
            format!("\"{}\" ({given}; {})", cut(&reply.words), reply.source)
        });
        let contradictions = view.contradictions_of(id).into_iter().take(ALERTS);
        let alerts = contradictions.map(|it| match it.more() {
            None => it.first.sentence.clone(),
            Some(more) => format!("{} And {more}.", it.first.sentence),
        });
        Ok(Self {
            id: id.to_string(),
            name: body.name.clone(),
            kind: words::label(view.catalogue(), "body-kinds", &body.kind).to_owned(),
            place: words::place(view.catalogue(), body).to_owned(),
            more: findings.len().saturating_sub(FINDINGS),
            points,
            alerts: alerts.collect(),
            promises: promises.collect(),
            replies: replies.collect(),
            inherited: inherited(view, id),
        })
    }
}

impl Brief for OfBody {
    fn points(&self) -> usize {
        self.points.len()
    }

    fn sheet(&self, points: usize, view: &View) -> Sheet {
        let mut blocks = vec![
            Block::Aside(format!("Briefing \u{b7} {} \u{b7} {}", self.kind, self.place)),
            Block::Title(self.name.clone()),
        ];
        let mut sources = Vec::new();
        for one in self.points.iter().take(points) {
            let Some(claim) = one.claim(view) else {
                continue;
            };
            let status = words::status(claim.finding.status);
            blocks.push(Block::Heading(format!(
                "{}{}: {status}",
                claim.maker,
                claim.site()
            )));
            let note = one.proof.as_ref().map(|proof| {
                sources.push(source(proof, view));
                sources.len()
            });
            blocks.push(Block::Statement(noted(claim.finding.sentence.clone(), note)));
            let mut aside = claim.facts();
            if let Some(standing) = claim.standing {
                aside = format!(
                    "{aside} \u{b7} rules on keeping it: {}",
                    words::standing(standing)
                );
            }
            aside = format!("{aside} \u{b7} {}", claim.support());
            if claim.held_back {
                aside.push_str(" \u{b7} not accepted by a reviewer, not public");
            }
            blocks.push(Block::Aside(aside));
        }
        if self.points.is_empty() {
            blocks.push(Block::Statement(NOTHING.to_owned().into()));
        }
        let more = self.more + self.points.len().saturating_sub(points);
        if more > 0 {
            let more = words::count(more as u64, "more finding", "more findings");
            blocks.push(Block::Aside(format!("{more} on the page of the body.")));
        }
        let mut listed = |heading: &str, lines: &[String]| {
            if !lines.is_empty() {
                blocks.push(Block::Heading(heading.to_owned()));
                let points = lines.iter().map(|line| Words::from(cut(line)));
                blocks.push(Block::Points(points.collect()));
            }
        };
        listed("Two facts that contradict", &self.alerts);
        listed("What it said it would do", &self.promises);
        listed("What it replied", &self.replies);
        listed("Bodies whose duties it took over", &self.inherited);
        let mut first = "A purchase is no proof of what is used today.".to_owned();
        if self.replies.is_empty() && !self.points.is_empty() {
            first.push_str(" No reply of the body to these statements is known.");
        }
        let foot = foot(&first, &format!("/bodies/{}", self.id), view);
        sheet(format!("Briefing: {}", self.name), blocks, sources, foot, view)
    }
}

/// `Mendip District Council, no more since 1 April 2023: In use Dahua`
fn inherited(view: &View, id: &BodyId) -> Vec<String> {
    let known = view.took_over_from(id).into_iter();
    let known = known.filter(|body| !view.findings_of(&body.id).is_empty());
    let line = |body: &PublicBody| {
        let statuses = view.findings_of(&body.id).iter();
        let statuses: BTreeSet<String> = statuses
            .map(|it| format!("{} {}", words::status(it.status), view.maker_label(&it.maker)))
            .collect();
        let statuses: Vec<String> = statuses.into_iter().collect();
        let until = body.until.map(words::day).unwrap_or_default();
        format!("{}, no more since {until}: {}", body.name, statuses.join("; "))
    };
    known.map(line).collect()
}

fn source(proof: &Proof, view: &View) -> String {
    let sha256 = proof.sha256.to_string();
    format!(
        "\"{}\" {}, {}; SHA-256 {sha256}; {}",
        cut(&proof.quote.text()),
        proof.file,
        proof.place,
        view.url(&format!("/evidence/{}", proof.id))
    )
}
