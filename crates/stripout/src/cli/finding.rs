//! Findings: listed, shown with their evidence, exported.

use std::io::{self, Write};
use std::str::FromStr;

use clap::Args;
use stripout_judge::{Findings, Unresolved};
use stripout_model::{AlertStatus, Finding, Status};

use super::list::Filters;
use super::register::{Opened, store_failure};
use crate::failure::{Exit, Failure};
use crate::judged::{JudgeFlags, Judging};
use crate::rows;
use crate::show::{count, date, number, safe};

/// Filters that findings have and stored rows have not.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct FindingFilters {
    /// Of findings: `in-use`, `bought`, `formerly`, `removal-planned`, `removed`, `denied`, `refused`, `no-evidence`; of alerts: `open`,
    /// `accepted`, `disputed`, `rejected`.
    #[arg(long)]
    pub(crate) status: Vec<StatusWord>,
    /// Only findings that may be shown to everybody.
    #[arg(long)]
    pub(crate) public: bool,
}

/// A status that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatusWord {
    Finding(Status),
    Alert(AlertStatus),
}

impl FromStr for StatusWord {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self::Alert).or_else(|of_alerts: String| {
            text.parse()
                .map(Self::Finding)
                .map_err(|of_findings: String| format!("{of_findings}; {of_alerts}"))
        })
    }
}

impl FindingFilters {
    /// Of everything, or of what everybody may see.
    pub(crate) fn judged(&self, judging: &mut Judging) -> Findings {
        if self.public {
            judging.narrow()
        } else {
            judging.findings()
        }
    }

    /// The findings that fit, in their order.
    pub(crate) fn fitting<'a>(&self, filters: &Filters, findings: &'a Findings) -> Vec<&'a Finding> {
        let fits = |finding: &&Finding| {
            let part = filters.body.as_deref().map(str::to_lowercase);
            let named = part.is_none_or(|part| {
                finding.body.as_str().contains(&part.replace(' ', "-"))
                    || finding.sentence.to_lowercase().contains(&part)
            });
            named
                && (filters.maker.is_empty() || filters.maker.contains(&finding.maker))
                && (filters.confidence.is_empty() || filters.confidence.contains(&finding.confidence))
                && (self.status.is_empty() || self.status.contains(&StatusWord::Finding(finding.status)))
                && filters
                    .from
                    .is_none_or(|from| finding.last.is_some_and(|last| last >= from))
                && filters
                    .until
                    .is_none_or(|until| finding.first.is_some_and(|first| first <= until))
                && (finding.public || !self.public)
        };
        findings
            .findings
            .iter()
            .filter(fits)
            .take(filters.most())
            .collect()
    }
}

/// `stripout list findings`
pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    own: &FindingFilters,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let mut judging = judge.of(opened)?;
    let all = own.judged(&mut judging);
    let findings = own.fitting(filters, &all);
    for finding in &findings {
        if output.json {
            writeln!(out, "{}", serde_json::to_string(finding)?)?;
        } else {
            print(finding, out)?;
        }
    }
    if output.json || output.quiet {
        return Ok(Exit::AllRead);
    }
    if findings.is_empty() {
        writeln!(out, "No findings in the register fit.")?;
        filters.name_unknown(&judging.catalogue, out)?;
    }
    if !own.public {
        apart(&all, out)?;
    }
    Ok(Exit::AllRead)
}

fn print(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = vec![finding.status.to_string(), finding.confidence.to_string()];
    parts.extend(match (&finding.site, finding.sensitive) {
        (Some(site), _) => Some(format!("at {}", safe(site))),
        (None, Some(true)) => Some("at a sensitive site".to_string()),
        (None, _) => None,
    });
    parts.extend((!finding.kinds.is_empty()).then(|| finding.kinds.join(", ")));
    parts.extend(finding.devices.map(|n| count(n.into(), "device")));
    parts.extend(
        finding
            .bought
            .map(|n| format!("{} bought", count(n.into(), "device"))),
    );
    parts.extend(finding.money.iter().map(ToString::to_string));
    parts.push(if finding.public { "public" } else { "not public" }.into());
    writeln!(out, "{}  {}", finding.id, parts.join(" · "))?;
    writeln!(out, "    {}", finding.sentence)?;
    if let (Some(first), Some(last)) = (finding.first, finding.last) {
        let days = if first == last {
            date(first)
        } else {
            format!("{} to {}", date(first), date(last))
        };
        let rests = count(finding.sightings.len() as u64, "sighting");
        let against = match finding.contradicted_by.len() {
            0 => String::new(),
            n => format!(" · contradicted by {}", number(n as u64)),
        };
        writeln!(out, "    {rests} · {days}{against}")?;
    }
    Ok(())
}

/// What makes no finding, so that nothing is lost quietly.
fn apart(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let Findings {
        unresolved, rejected, ..
    } = findings;
    if !unresolved.is_empty() {
        let sightings = count(unresolved.len() as u64, "sighting");
        writeln!(out, "\nBody not known, for review: {sightings} (stripout review)")?;
    }
    for Unresolved {
        sighting,
        maker,
        name,
        why,
        ..
    } in unresolved
    {
        let name = name
            .as_deref()
            .map_or_else(|| "not named".to_string(), |name| format!("\"{}\"", safe(name)));
        writeln!(out, "  {sighting}  {maker} · body {name}: {why}")?;
    }
    if !rejected.is_empty() {
        let sightings = count(rejected.len() as u64, "sighting");
        writeln!(out, "\nRejected by review: {sightings}")?;
    }
    Ok(())
}

/// `stripout show BODY.MAKER`: the claim, every sighting it rests on, and those that contradict it.
pub(crate) fn show(
    opened: &Opened,
    judge: &JudgeFlags,
    id: &str,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let judging = judge.of(opened)?;
    let all = judging.findings();
    let Some(finding) = all.findings.iter().find(|finding| finding.id == id) else {
        return Err(Failure::usage(
            format!("no finding has the id `{id}`"),
            "list them with `stripout list findings`",
        )
        .into());
    };
    if output.json {
        let decisions = decisions(&judging, finding);
        writeln!(
            out,
            "{}",
            serde_json::json!({"finding": finding, "decisions": decisions})
        )?;
        return Ok(Exit::AllRead);
    }
    print(finding, out)?;
    sightings("Rests on", &finding.sightings, opened, out)?;
    sightings("Contradicted by", &finding.contradicted_by, opened, out)?;
    let decisions = decisions(&judging, finding);
    if !decisions.is_empty() {
        writeln!(out, "\nDecisions")?;
    }
    for decision in decisions {
        rows::decision(decision, out)?;
    }
    Ok(Exit::AllRead)
}

fn decisions<'a>(judging: &'a Judging, finding: &Finding) -> Vec<&'a stripout_model::Decision> {
    let of = |thing: &String| finding.sightings.contains(thing) || finding.contradicted_by.contains(thing);
    judging
        .decisions
        .iter()
        .filter(|decision| of(&decision.thing))
        .collect()
}

fn sightings(title: &str, ids: &[String], opened: &Opened, out: &mut dyn Write) -> anyhow::Result<()> {
    if !ids.is_empty() {
        writeln!(out, "\n{title}")?;
    }
    for id in ids {
        let found = opened
            .runtime
            .block_on(opened.register.show(id))
            .map_err(|error| store_failure(&error))?;
        if let stripout_register::Found::Sighting(row) = found {
            rows::sighting(&row, out)?;
        }
    }
    Ok(())
}
