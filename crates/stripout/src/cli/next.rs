//! `stripout list leads --next`: the questions that would settle who made it.

use std::io::Write;

use super::list::Filters;
use super::register::Opened;
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::safe;

pub(crate) fn list(
    opened: &Opened,
    judge: &JudgeFlags,
    filters: &Filters,
    output: &super::Output,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let all = judge.of(opened)?.next_questions(opened)?;
    let part = filters.body.as_deref().map(str::to_lowercase);
    let fitting = all.iter().filter(|one| {
        let name = one.name.as_deref().unwrap_or_default().to_lowercase();
        part.as_deref().is_none_or(|part| name.contains(part))
    });
    let mut last: Option<&Option<String>> = None;
    for one in fitting.take(filters.most()) {
        if output.json {
            writeln!(out, "{}", serde_json::to_string(one)?)?;
            continue;
        }
        if last != Some(&one.name) {
            let name = one
                .name
                .as_deref()
                .map_or_else(|| "Body not named".to_string(), safe);
            let known = if one.body.is_some() {
                ""
            } else {
                " (which body that is must be found first)"
            };
            writeln!(out, "{}{name}{known}", if last.is_none() { "" } else { "\n" })?;
            last = Some(&one.name);
        }
        writeln!(out, "  {}  {}", one.lead, one.question)?;
    }
    if last.is_none() && !output.json && !output.quiet {
        writeln!(out, "No leads in the register fit.")?;
    }
    Ok(Exit::AllRead)
}
