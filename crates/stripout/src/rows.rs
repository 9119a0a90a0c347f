//! Rows of the register as a person reads them.

use std::io::{self, Write};

use stripout_model::{Commitment, Days, Decision, Evidence, Row};
use stripout_register::{
    AffiliationRow, Cell, CommitmentRow, LeadRow, Listed, OutcomeRow, ProblemRow, SightingRow, SourceRef,
    SourceRow,
};

use crate::failure;
use crate::show::{bytes, count, date, number, safe};
use crate::summary::{inside, marked, said};

pub(crate) fn sighting(row: &SightingRow, out: &mut dyn Write) -> io::Result<()> {
    let one = &row.sighting;
    let devices = one
        .count
        .map_or(String::new(), |n| format!(" · {}", count(u64::from(n), "device")));
    writeln!(
        out,
        "{}  {} · {}{devices} · {} (by {})",
        row.id, one.maker, one.stance, one.confidence, one.via
    )?;
    proof(&one.evidence, &one.row, &row.source, out)
}

pub(crate) fn lead(row: &LeadRow, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  lead · {}", row.id, safe(&row.lead.why))?;
    proof(&row.lead.evidence, &row.lead.row, &row.source, out)
}

pub(crate) fn affiliation(row: &AffiliationRow, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  affiliation · {}", row.id, safe(&row.affiliation.why))?;
    proof(&row.affiliation.evidence, &row.affiliation.row, &row.source, out)
}

pub(crate) fn outcome(row: &OutcomeRow, out: &mut dyn Write) -> io::Result<()> {
    let one = &row.outcome;
    write!(out, "{}  {}", row.id, one.kind)?;
    if one.kind != one.reply {
        write!(out, " (the reply: {})", one.reply)?;
    }
    if !one.grounds.is_empty() {
        let grounds: Vec<String> = one.grounds.iter().map(ToString::to_string).collect();
        write!(out, " · {}", safe(&grounds.join(", ")))?;
    }
    if let Some(template) = &one.template {
        write!(out, " · stock wording {}", safe(template))?;
    }
    writeln!(out)?;
    proof(&one.evidence, &Row::default(), &row.source, out)?;
    writeln!(out, "    {}", dates(one.days, row.got))
}

pub(crate) fn commitment(row: &CommitmentRow, out: &mut dyn Write) -> io::Result<()> {
    let one = &row.commitment;
    writeln!(out, "{}  {}", row.id, promise(one))?;
    proof(&one.evidence, &Row::default(), &row.source, out)?;
    writeln!(out, "    {}", safe(&one.why))?;
    writeln!(out, "    {}", dates(one.days, row.got))
}

/// `Sampleford Council · remove "all Acme cameras" · by 31 March 2025 ("by March 2025") · own words, authority minister`
pub(crate) fn promise(one: &Commitment) -> String {
    let who = if one.who.is_empty() {
        "body not named"
    } else {
        &one.who
    };
    let mut parts = vec![safe(who)];
    parts.push(if one.scope.is_empty() {
        one.act.to_string()
    } else {
        format!("{} \"{}\"", one.act, safe(&one.scope))
    });
    parts.extend(one.by.as_ref().map(|by| match by.date {
        Some(day) => {
            let told = format!("by {}", date(day));
            if told == by.words {
                told
            } else {
                format!("{told} (\"{}\")", safe(&by.words))
            }
        }
        None => format!("\"{}\", day not known", safe(&by.words)),
    }));
    parts.push(format!("{} words, authority {}", one.voice, one.authority));
    parts.join(" · ")
}

/// Three days that are not the same.
fn dates(days: Days, got: jiff::civil::Date) -> String {
    let shown = |day: Option<jiff::civil::Date>| day.map_or_else(|| "not stated".to_string(), date);
    format!(
        "said {} · document of {} · got {}",
        shown(days.said),
        shown(days.document),
        date(got)
    )
}

pub(crate) fn source(row: &SourceRow, out: &mut dyn Write) -> io::Result<()> {
    let partial = if row.source.partial {
        " · read in part"
    } else {
        ""
    };
    let kept = match &row.source.copy {
        Some(_) => "copy kept",
        None => "by reference",
    };
    writeln!(
        out,
        "{}  {} · {} · {}{partial}",
        row.id,
        safe(&row.source.path),
        row.formats.join(", "),
        bytes(row.size)
    )?;
    writeln!(
        out,
        "    {}, {} kept, {} · {kept} · read {} by {}",
        count(row.records, "record"),
        number(row.kept),
        count(row.problems, "problem"),
        row.read_at.strftime("%Y-%m-%d"),
        safe(&row.reader),
    )
}

/// Of one reviewer, with the reason.
pub(crate) fn decision(one: &Decision, out: &mut dyn Write) -> io::Result<()> {
    let when = one.when.strftime("%Y-%m-%d %H:%M");
    write!(
        out,
        "{}  {} {} by {} on {when}",
        one.id,
        one.thing,
        one.verdict,
        safe(&one.who)
    )?;
    if let Some(body) = &one.body {
        write!(out, " · body {body}")?;
    }
    if let Some(maker) = &one.maker {
        write!(out, " · maker {maker}")?;
    }
    if !one.why.is_empty() {
        write!(out, ": {}", safe(&one.why))?;
    }
    writeln!(out)
}

/// In the one shape of every problem.
pub(crate) fn problem(row: &ProblemRow, out: &mut dyn Write) -> io::Result<()> {
    let sha256 = row.blob().map(|blob| blob.to_string());
    let text = failure::problem(&row.problem, &row.source.path, sha256.as_deref());
    writeln!(out, "{text}")
}

/// Any other row: its filled cells by name.
pub(crate) fn flat<T: Listed>(row: &T, out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for (column, cell) in T::COLUMNS.iter().zip(row.cells()) {
        let text = match cell {
            Cell::Null => continue,
            Cell::Text(text) | Cell::Json(text) if text.is_empty() || text == "[]" => continue,
            Cell::Text(text) | Cell::Json(text) => text,
            Cell::Integer(n) => n.to_string(),
            Cell::Boolean(is) => if is { "yes" } else { "no" }.to_string(),
            Cell::Amount(minor) => format!(
                "{}{}.{:02}",
                if minor < 0 { "-" } else { "" },
                minor.unsigned_abs() / 100,
                minor.unsigned_abs() % 100
            ),
        };
        if first {
            writeln!(out, "{}", safe(&text))?;
            first = false;
        } else {
            writeln!(out, "    {:<14} {}", column.name, safe(&text))?;
        }
    }
    Ok(())
}

fn proof(evidence: &Evidence, row: &Row, source: &SourceRef, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    \"{}\"", marked(evidence))?;
    let said = said(row);
    if !said.is_empty() {
        writeln!(out, "    {said}")?;
    }
    let partial = if source.partial {
        " (source read in part)"
    } else {
        ""
    };
    writeln!(
        out,
        "    {}{}, {}{partial}",
        safe(&source.path),
        safe(&inside(evidence)),
        safe(&evidence.locator.place.to_string())
    )
}
