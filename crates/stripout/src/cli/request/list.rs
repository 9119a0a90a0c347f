//! Requests with where they stand, the longest overdue first.

use std::io::{self, Write};

use stripout_judge::RequestStanding;
use stripout_register::export::{Cell, Column, ColumnKind};

use crate::cli::Output;
use crate::cli::list::Filters;
use crate::cli::register::Opened;
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::{count, safe};

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

/// In the order in which exports have them.
pub(crate) const COLUMNS: &[Column] = &[
    column("state", ColumnKind::Text),
    column("body", ColumnKind::Text),
    column("name", ColumnKind::Text),
    column("asked", ColumnKind::Text),
    column("due", ColumnKind::Text),
    column("answered", ColumnKind::Text),
    column("days_late", ColumnKind::Integer),
    column("subject", ColumnKind::Text),
    column("reference", ColumnKind::Text),
    column("url", ColumnKind::Text),
    column("why", ColumnKind::Text),
];

pub(crate) fn cells(one: &RequestStanding) -> Vec<Cell> {
    fn maybe(value: Option<&impl ToString>) -> Cell {
        value.map_or(Cell::Null, |value| Cell::Text(value.to_string()))
    }
    vec![
        Cell::Text(one.state.as_str().into()),
        maybe(one.body.as_ref()),
        Cell::Text(one.name.clone()),
        maybe(one.asked.as_ref()),
        maybe(one.due.as_ref()),
        maybe(one.answered.as_ref()),
        one.days_late
            .map_or(Cell::Null, |days| Cell::Integer(days.into())),
        maybe(one.subject.as_ref()),
        maybe(one.reference.as_ref()),
        maybe(one.url.as_ref()),
        Cell::Text(one.why.clone()),
    ]
}

/// Those that fit, in their order. Days are those of the request.
pub(crate) fn fitting<'a>(filters: &Filters, all: &'a [RequestStanding]) -> Vec<&'a RequestStanding> {
    let part = filters.body.as_deref().map(str::to_lowercase);
    let fits = |one: &&RequestStanding| {
        part.as_deref()
            .is_none_or(|part| one.name.to_lowercase().contains(part))
            && filters
                .from
                .is_none_or(|from| one.asked.is_some_and(|asked| asked >= from))
            && filters
                .until
                .is_none_or(|until| one.asked.is_some_and(|asked| asked <= until))
    };
    all.iter().filter(fits).take(filters.most()).collect()
}

pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    output: &Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let all = judge.of(opened)?.requests(opened)?;
    let shown = fitting(filters, &all);
    for one in &shown {
        if output.json {
            writeln!(out, "{}", serde_json::to_string(one)?)?;
        } else {
            print(one, out)?;
        }
    }
    if shown.is_empty() && !output.json && !output.quiet {
        writeln!(out, "No requests in the register fit.")?;
    }
    Ok(Exit::AllRead)
}

fn print(one: &RequestStanding, out: &mut dyn Write) -> io::Result<()> {
    let late = one
        .days_late
        .and_then(|days| u64::try_from(days).ok())
        .map_or_else(String::new, |days| format!(" · {} late", count(days, "day")));
    writeln!(out, "{} · {}{late}", one.state.as_str(), safe(&one.name))?;
    let told = [
        ("about", &one.subject),
        ("number", &one.reference),
        ("url", &one.url),
    ];
    for (label, value) in told {
        if let Some(value) = value {
            writeln!(out, "    {label:<6} {}", safe(value))?;
        }
    }
    if one.body.is_none() {
        writeln!(out, "    which body that is must be found first")?;
    }
    writeln!(out, "    {}", one.why)
}
