//! What a screen found, as a person reads it.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use stripout_ingest::{InputOutcome, InputStatus, Strongest, Summary};
use stripout_model::{Affiliation, Confidence, Evidence, Lead, Row, Sighting, Stance};

use crate::show::{bytes, count, date, number, safe};
use crate::troubles;

/// How many of each kind are printed; `list` shows all.
const SHOWN: usize = 5;

pub(crate) struct Report<'a> {
    pub(crate) summary: &'a Summary,
    pub(crate) took: Duration,
    pub(crate) register: Option<&'a Path>,
    pub(crate) hints: bool,
}

impl Report<'_> {
    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.inputs(out)?;
        self.makers(out)?;
        self.money(out)?;
        self.strongest(out)?;
        self.commitments(out)?;
        self.replies(out)?;
        self.leads(out)?;
        self.affiliations(out)?;
        self.review(out)?;
        self.problems(out)?;
        if self.hints { self.next(out) } else { Ok(()) }
    }

    fn inputs(&self, out: &mut dyn Write) -> io::Result<()> {
        let summary = self.summary;
        let of = |wanted: fn(&InputStatus) -> bool| summary.count(wanted) as u64;
        let warned = of(|s| *s == InputStatus::Warnings);
        let read = number(of(|s| *s == InputStatus::Read) + warned);
        // What was read with warnings was read.
        let mut parts = vec![if warned > 0 {
            format!("{read} read ({} with warnings)", number(warned))
        } else {
            format!("{read} read")
        }];
        for (n, words) in [
            (of(|s| *s == InputStatus::Partial), "in part"),
            (
                of(|s| matches!(s, InputStatus::AlreadyRead { .. })),
                "already read",
            ),
            (of(|s| *s == InputStatus::Failed), "failed"),
        ] {
            if n > 0 {
                parts.push(format!("{} {words}", number(n)));
            }
        }
        writeln!(
            out,
            "{}, {} in {}: {}. {} in {}.",
            count(summary.inputs.len() as u64, "input"),
            bytes(summary.bytes),
            seconds(self.took),
            parts.join(", "),
            count(summary.sightings, "sighting"),
            count(summary.records, "record"),
        )?;
        for input in &summary.inputs {
            if let InputStatus::AlreadyRead { on, id } = &input.status {
                writeln!(out, "  {} was already read on {on} as {id}", safe(&input.path))?;
            }
        }
        if let Some(first) = summary.passed_over.first() {
            writeln!(
                out,
                "  {} passed over, as {}: links are not followed; give their names to have them read",
                count(summary.passed_over.len() as u64, "link"),
                safe(first)
            )?;
        }
        if summary.interrupted {
            writeln!(
                out,
                "Stopped on request: what is counted here is registered, the rest is not."
            )?;
        }
        Ok(())
    }

    fn makers(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.by_maker.is_empty() {
            return Ok(());
        }
        let stances: Vec<Stance> = Stance::ALL
            .into_iter()
            .filter(|stance| self.summary.by_maker.values().any(|by| by.contains_key(stance)))
            .collect();
        heading(out, "Sightings by maker and by what the text says")?;
        write!(out, "  {:<16}", "")?;
        for stance in &stances {
            write!(
                out,
                "{:>width$}",
                stance.as_str(),
                width = stance.as_str().len() + 3
            )?;
        }
        writeln!(out)?;
        for (maker, by) in &self.summary.by_maker {
            write!(out, "  {:<16}", maker.as_str())?;
            for stance in &stances {
                let n = by.get(stance).map_or_else(|| "-".to_string(), |n| number(*n));
                write!(out, "{n:>width$}", width = stance.as_str().len() + 3)?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn money(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.money.is_empty() {
            return Ok(());
        }
        heading(out, "Money in rows that say it was bought or is in use")?;
        for (maker, lines) in &self.summary.money {
            for line in lines {
                writeln!(
                    out,
                    "  {:<16} {} in {}",
                    maker.as_str(),
                    line.money,
                    count(line.rows, "row")
                )?;
            }
        }
        Ok(())
    }

    fn strongest(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.strongest.is_empty() {
            return Ok(());
        }
        heading(out, "Strongest evidence")?;
        self.summary
            .strongest
            .iter()
            .take(SHOWN)
            .try_for_each(|one| sighting(out, one))
    }

    fn leads(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.leads == 0 {
            return Ok(());
        }
        let bodies = self
            .summary
            .leads_by_body
            .keys()
            .filter(|body| !body.is_empty())
            .count() as u64;
        let of = if bodies > 0 {
            format!(", {}", count(bodies, "body").replace("bodys", "bodies"))
        } else {
            String::new()
        };
        heading(
            out,
            &format!(
                "Leads: cameras bought or in use, maker not stated ({}{of})",
                number(self.summary.leads)
            ),
        )?;
        self.summary
            .lead_examples
            .iter()
            .take(SHOWN)
            .try_for_each(|one| lead(out, one))
    }

    fn commitments(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.commitments == 0 {
            return Ok(());
        }
        let n = number(self.summary.commitments);
        heading(out, &format!("What bodies promised ({n})"))?;
        let shown = self.summary.commitment_examples.iter().take(SHOWN);
        for one in shown {
            writeln!(out, "  {}", crate::rows::promise(&one.what))?;
            proof(out, &one.what.evidence, &Row::default(), &one.path)?;
        }
        Ok(())
    }

    fn replies(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.replies.is_empty() {
            return Ok(());
        }
        let all: u64 = self.summary.replies.values().sum();
        heading(out, &format!("How requests were answered ({})", number(all)))?;
        let parts: Vec<String> = self
            .summary
            .replies
            .iter()
            .map(|(outcome, n)| format!("{} {outcome}", number(*n)))
            .collect();
        writeln!(out, "  {}", parts.join(", "))
    }

    fn affiliations(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.summary.affiliations == 0 {
            return Ok(());
        }
        let n = number(self.summary.affiliations);
        heading(
            out,
            &format!("Payments to companies of a maker's group, which say nothing about equipment ({n})"),
        )?;
        self.summary
            .affiliation_examples
            .iter()
            .take(SHOWN)
            .try_for_each(|one| affiliation(out, one))
    }

    fn review(&self, out: &mut dyn Write) -> io::Result<()> {
        let n = self
            .summary
            .by_confidence
            .get(&Confidence::Review)
            .copied()
            .unwrap_or(0);
        if n == 0 {
            return Ok(());
        }
        heading(
            out,
            &format!("To review before anyone relies on it ({})", number(n)),
        )?;
        self.summary
            .review
            .iter()
            .take(SHOWN)
            .try_for_each(|one| sighting(out, one))
    }

    fn problems(&self, out: &mut dyn Write) -> io::Result<()> {
        let troubled: Vec<&InputOutcome> = self
            .summary
            .inputs
            .iter()
            .filter(|i| !i.problems.is_empty())
            .collect();
        if troubled.is_empty() {
            return Ok(());
        }
        heading(out, "What could not be read as it stands, and what to do")?;
        troubles::write(out, &troubled)?;
        Ok(())
    }

    fn next(&self, out: &mut dyn Write) -> io::Result<()> {
        let Some(register) = self.register else {
            return Ok(());
        };
        let at = format!("--register {}", register.display());
        heading(out, "Next")?;
        if self.summary.sightings > 0 {
            writeln!(
                out,
                "  stripout list sightings {at}     every sighting with its id"
            )?;
            writeln!(out, "  stripout explain ID {at}         why, down to the bytes")?;
        }
        if self.summary.commitments > 0 {
            writeln!(
                out,
                "  stripout list commitments {at}   what was promised, by when"
            )?;
        }
        if self.summary.leads > 0 {
            writeln!(out, "  stripout list leads {at}         what to ask next")?;
        }
        writeln!(
            out,
            "  stripout verify {at}             re-read every excerpt in its source"
        )
    }
}

fn sighting(out: &mut dyn Write, one: &Strongest<Sighting>) -> io::Result<()> {
    let sighting = &one.what;
    let devices = sighting
        .count
        .map_or(String::new(), |n| format!(" · {}", count(u64::from(n), "device")));
    writeln!(
        out,
        "  {} · {}{devices} · {} (by {})",
        sighting.maker, sighting.stance, sighting.confidence, sighting.via
    )?;
    proof(out, &sighting.evidence, &sighting.row, &one.path)?;
    writeln!(out, "    {}", safe(&sighting.why))
}

fn lead(out: &mut dyn Write, one: &Strongest<Lead>) -> io::Result<()> {
    proof(out, &one.what.evidence, &one.what.row, &one.path)?;
    writeln!(out, "    {}", safe(&one.what.why))
}

fn affiliation(out: &mut dyn Write, one: &Strongest<Affiliation>) -> io::Result<()> {
    proof(out, &one.what.evidence, &one.what.row, &one.path)?;
    writeln!(out, "    {}", safe(&one.what.why))
}

fn proof(out: &mut dyn Write, evidence: &Evidence, row: &Row, path: &str) -> io::Result<()> {
    writeln!(out, "    \"{}\"", marked(evidence))?;
    let said = said(row);
    if !said.is_empty() {
        writeln!(out, "    {said}")?;
    }
    writeln!(
        out,
        "    {}{}, {}",
        safe(path),
        safe(&inside(evidence)),
        safe(&evidence.locator.place.to_string())
    )
}

/// The member of an archive or layer of a document, as it follows the path: `!Sheet1`.
pub(crate) fn inside(evidence: &Evidence) -> String {
    let member = evidence.locator.member.as_ref();
    member.map_or(String::new(), |member| format!("!{member}"))
}

/// The excerpt with the recognised words in brackets.
pub(crate) fn marked(evidence: &Evidence) -> String {
    let excerpt = &evidence.excerpt;
    let (Some(before), Some(words), Some(after)) = (
        excerpt.get(..evidence.mark.start),
        evidence.marked(),
        excerpt.get(evidence.mark.end..),
    ) else {
        return safe(excerpt);
    };
    format!("{}[{}]{}", safe(before), safe(words), safe(after))
}

/// What the row says, in words: `Sampleford District Council, to Example Ltd, GBP 12.00, 3 May 2021`.
pub(crate) fn said(row: &Row) -> String {
    let mut parts = Vec::new();
    if let Some(body) = &row.body {
        parts.push(safe(body));
    }
    if let Some(supplier) = &row.supplier {
        parts.push(format!("to {}", safe(supplier)));
    }
    if let Some(amount) = &row.amount {
        parts.push(amount.to_string());
    }
    if let Some(day) = row.date {
        parts.push(date(day));
    }
    parts.join(", ")
}

fn heading(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n{text}")
}

fn seconds(took: Duration) -> String {
    format!("{}.{} s", took.as_secs(), took.subsec_millis() / 100)
}
