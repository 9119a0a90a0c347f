//! `stripout list alerts`: two facts that contradict, both shown.

use std::io::{self, Write};

use stripout_model::{Alert, Fact};

use super::list::Filters;
use super::register::Opened;
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::{count, date, safe};

pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let all = judge.of(opened)?.alerts(opened)?;
    let part = filters
        .body
        .as_deref()
        .map(|part| part.to_lowercase().replace(' ', "-"));
    let fits = |alert: &&Alert| {
        part.as_deref()
            .is_none_or(|part| alert.body.as_str().contains(part))
            && (filters.maker.is_empty()
                || alert
                    .maker
                    .as_ref()
                    .is_some_and(|maker| filters.maker.contains(maker)))
    };
    let most = filters
        .limit
        .and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(usize::MAX);
    let mut any = false;
    for alert in all.alerts.iter().filter(fits).take(most) {
        any = true;
        if output.json {
            writeln!(out, "{}", serde_json::to_string(alert)?)?;
        } else {
            print(alert, out)?;
        }
    }
    if output.json || output.quiet {
        return Ok(Exit::AllRead);
    }
    if !any {
        writeln!(out, "No alerts in the register fit.")?;
    }
    if !all.disputed.is_empty() {
        writeln!(
            out,
            "\nDisputed by review: {}",
            count(all.disputed.len() as u64, "alert")
        )?;
    }
    Ok(Exit::AllRead)
}

fn print(alert: &Alert, out: &mut dyn Write) -> io::Result<()> {
    let maker = alert
        .maker
        .as_ref()
        .map_or(String::new(), |maker| format!(" · {maker}"));
    writeln!(out, "{} · {}{maker}", alert.kind, alert.body)?;
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
