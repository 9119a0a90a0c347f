//! `stripout list alerts`: two facts that contradict, both shown.

use std::io::{self, Write};

use stripout_judge::Alerts;
use stripout_model::{Alert, AlertStatus, Fact};
use stripout_register::export::{Cell, Column, ColumnKind};

use super::finding::{FindingFilters, StatusWord};
use super::list::Filters;
use super::register::Opened;
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::{count, date, safe};

const fn text(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::Text,
    }
}

/// In the order in which exports have them.
pub(crate) const COLUMNS: &[Column] = &[
    text("id"),
    text("kind"),
    text("status"),
    text("body"),
    text("maker"),
    text("sentence"),
    text("said_on"),
    text("said"),
    text("said_in"),
    text("seen_on"),
    text("seen"),
    text("seen_in"),
];

pub(crate) fn cells(alert: &Alert) -> Vec<Cell> {
    let shown = |text: &dyn ToString| Cell::Text(text.to_string());
    let maybe = |text: Option<String>| text.map_or(Cell::Null, Cell::Text);
    let seen = alert.seen.as_ref();
    vec![
        shown(&alert.id),
        shown(&alert.kind),
        shown(&alert.status),
        shown(&alert.body),
        maybe(alert.maker.as_ref().map(ToString::to_string)),
        shown(&alert.sentence),
        maybe(alert.said.date.map(|day| day.to_string())),
        shown(&alert.said.quote),
        shown(&alert.said.source),
        maybe(seen.and_then(|seen| seen.date).map(|day| day.to_string())),
        maybe(seen.map(|seen| seen.quote.clone())),
        maybe(seen.map(|seen| seen.source.clone())),
    ]
}

/// The alerts that fit, in their order: those that reviewers rejected only when they are asked for.
pub(crate) fn fitting<'a>(filters: &Filters, own: &FindingFilters, all: &'a Alerts) -> Vec<&'a Alert> {
    let part = filters
        .body
        .as_deref()
        .map(|part| part.to_lowercase().replace(' ', "-"));
    let fits = |alert: &&Alert| {
        let wanted = own.status.contains(&StatusWord::Alert(alert.status));
        let named = |maker| filters.maker.contains(maker);
        part.as_deref()
            .is_none_or(|part| alert.body.as_str().contains(part))
            && (filters.maker.is_empty() || alert.maker.as_ref().is_some_and(named))
            && (wanted || own.status.is_empty() && alert.status != AlertStatus::Rejected)
    };
    let both = all.alerts.iter().chain(&all.rejected);
    both.filter(fits).take(filters.most()).collect()
}

pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    own: &FindingFilters,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let all = judge.of(opened)?.alerts(opened)?;
    let shown = fitting(filters, own, &all);
    for alert in &shown {
        if output.json {
            writeln!(out, "{}", serde_json::to_string(alert)?)?;
        } else {
            print(alert, out)?;
        }
    }
    if output.json || output.quiet {
        return Ok(Exit::AllRead);
    }
    if shown.is_empty() {
        writeln!(out, "No alerts in the register fit.")?;
    }
    if !all.rejected.is_empty() && own.status.is_empty() {
        writeln!(
            out,
            "\nRejected by review: {} (--status rejected)",
            count(all.rejected.len() as u64, "alert")
        )?;
    }
    Ok(Exit::AllRead)
}

pub(crate) fn print(alert: &Alert, out: &mut dyn Write) -> io::Result<()> {
    let maker = alert
        .maker
        .as_ref()
        .map_or(String::new(), |maker| format!(" · {maker}"));
    writeln!(out, "{} · {}{maker} · {}", alert.kind, alert.body, alert.status)?;
    writeln!(out, "    {}", alert.sentence)?;
    fact("said", &alert.said, out)?;
    if let Some(seen) = &alert.seen {
        fact("seen", seen, out)?;
    }
    writeln!(out, "    id    {}", safe(&alert.id))
}

fn fact(what: &str, fact: &Fact, out: &mut dyn Write) -> io::Result<()> {
    let day = fact.date.map_or_else(|| "no date".to_string(), date);
    writeln!(
        out,
        "    {what}  {day}, {}: \"{}\"",
        safe(&fact.source),
        safe(&fact.quote)
    )
}
