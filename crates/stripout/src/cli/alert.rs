//! `stripout list alerts`: two facts that contradict, both shown.

use std::io::{self, Write};

use stripout_judge::Alerts;
use stripout_model::{Alert, AlertKind, AlertStatus, Decision, Fact, Wording};
use stripout_register::export::{Cell, Column, ColumnKind};

use super::finding::{FindingFilters, StatusWord};
use super::list::Filters;
use super::register::Opened;
use crate::failure::{Exit, Failure};
use crate::judged::{JudgeFlags, Judging};
use crate::rows;
use crate::show::{count, safe};

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

/// Of everything; or what everybody may see: judged from accepted sightings alone, and accepted themselves.
pub(crate) fn judged(judging: &mut Judging, own: &FindingFilters, opened: &Opened) -> anyhow::Result<Alerts> {
    if !own.public {
        return judging.alerts(opened);
    }
    judging.narrow();
    let mut all = judging.alerts(opened)?;
    all.alerts.retain(|alert| judging.is_accepted(&alert.id));
    all.rejected.clear();
    Ok(all)
}

pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    own: &FindingFilters,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let mut judging = judge.of(opened)?;
    let all = judged(&mut judging, own, opened)?;
    let shown = fitting(filters, own, &all);
    for alert in &shown {
        if output.json {
            writeln!(out, "{}", serde_json::to_string(alert)?)?;
        } else {
            print(alert, out)?;
            reasons(alert, &judging.decisions, out)?;
        }
    }
    if output.json || output.quiet {
        return Ok(Exit::AllRead);
    }
    if shown.is_empty() {
        writeln!(out, "No alerts in the register fit.")?;
        filters.name_unknown(&judging.catalogue, out)?;
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

/// Who accepted, rejected or disputed it, and why.
fn reasons(alert: &Alert, decisions: &[Decision], out: &mut dyn Write) -> io::Result<()> {
    for decision in decisions.iter().filter(|it| it.thing == alert.id) {
        rows::decision(decision, out)?;
    }
    Ok(())
}

/// An id of an alert starts with its kind; that of a finding with a body.
pub(crate) fn is_alert(id: &str) -> bool {
    let kind = id.split('.').next().unwrap_or_default();
    id.contains('.') && kind.parse::<AlertKind>().is_ok()
}

/// `stripout show` and `explain` of an alert: both facts, and what reviewers said.
pub(crate) fn show(
    opened: &Opened,
    judge: &JudgeFlags,
    id: &str,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let judging = judge.of(opened)?;
    let all = judging.alerts(opened)?;
    let mut both = all.alerts.iter().chain(&all.rejected);
    let Some(alert) = both.find(|alert| alert.id == id) else {
        return Err(Failure::usage(
            format!("no alert has the id `{id}`"),
            "list them with `stripout list alerts`",
        )
        .into());
    };
    if output.json {
        let on_it = judging.decisions.iter().filter(|it| it.thing == alert.id);
        let decisions: Vec<&Decision> = on_it.collect();
        writeln!(
            out,
            "{}",
            serde_json::json!({"alert": alert, "decisions": decisions})
        )?;
        return Ok(Exit::AllRead);
    }
    print(alert, out)?;
    reasons(alert, &judging.decisions, out)?;
    Ok(Exit::AllRead)
}

fn fact(what: &str, fact: &Fact, out: &mut dyn Write) -> io::Result<()> {
    let day = fact.when.as_deref().unwrap_or("no day stated");
    let (source, quote) = (safe(&fact.source), safe(&fact.quote));
    match fact.wording {
        Wording::Verbatim => writeln!(out, "    {what}  {day}, {source}: \"{quote}\""),
        Wording::Summary => writeln!(out, "    {what}  {day}, as summarised in {source}: {quote}"),
    }
}
