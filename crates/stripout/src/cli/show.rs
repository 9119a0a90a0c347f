//! `stripout show`: one thing of the register with its proof.

use std::io::Write;

use clap::Args;
use stripout_register::{Found, Listed};

use super::list::json;
use super::register::{RegisterFlags, store_failure};
use super::{Output, alert, finding};
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::rows;
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Id from `list`, or its first digits; of a finding `BODY.MAKER`, of an alert `KIND.BODY...`.
    id: String,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Show {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        if alert::is_alert(&self.id) {
            return alert::show(&opened, &self.judge, &self.id, &self.output, out);
        }
        // Ids of rows are hex digits.
        if self.id.contains('.') {
            return finding::show(&opened, &self.judge, &self.id, &self.output, out);
        }
        let found = opened
            .runtime
            .block_on(opened.register.show(&self.id))
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(out, "{}", as_json(&found)?)?;
        } else {
            print(&found, out)?;
        }
        Ok(Exit::AllRead)
    }
}

pub(crate) fn as_json(found: &Found) -> serde_json::Result<serde_json::Value> {
    Ok(match found {
        Found::Source(row) => json(row),
        Found::Sighting(row) => json(row),
        Found::Lead(row) => json(row),
        Found::Affiliation(row) => json(row),
        Found::Outcome(row) => json(row),
        Found::Commitment(row) => json(row),
        Found::Contract(row) => json(row),
        Found::Payment(row) => json(row),
        Found::Record(row) => serde_json::to_value(row)?,
    })
}

fn print(found: &Found, out: &mut dyn Write) -> anyhow::Result<()> {
    match found {
        Found::Source(row) => rows::source(row, out)?,
        Found::Sighting(row) => {
            rows::sighting(row, out)?;
            writeln!(out, "    {}", safe(&row.sighting.why))?;
            writeln!(out, "    record {} · source {}", row.record, row.source.blob)?;
        }
        Found::Lead(row) => {
            rows::lead(row, out)?;
            writeln!(out, "    record {} · source {}", row.record, row.source.blob)?;
        }
        Found::Affiliation(row) => {
            rows::affiliation(row, out)?;
            writeln!(out, "    record {} · source {}", row.record, row.source.blob)?;
        }
        Found::Outcome(row) => {
            rows::outcome(row, out)?;
            writeln!(out, "    {}", safe(&row.outcome.why))?;
            writeln!(out, "    record {} · source {}", row.record, row.source.blob)?;
        }
        Found::Commitment(row) => {
            rows::commitment(row, out)?;
            writeln!(out, "    record {} · source {}", row.record, row.source.blob)?;
        }
        Found::Contract(row) => flat(row, out)?,
        Found::Payment(row) => flat(row, out)?,
        Found::Record(row) => {
            writeln!(
                out,
                "{}  {}, line {}",
                row.id,
                safe(&row.source.path),
                row.place.line
            )?;
            whole(&row.whole_json, out)?;
        }
    }
    Ok(())
}

fn flat<T: Listed>(row: &T, out: &mut dyn Write) -> anyhow::Result<()> {
    Ok(rows::flat(row, out)?)
}

/// A kept row, a field a line.
pub(crate) fn whole(json: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    match serde_json::from_str::<serde_json::Value>(json)? {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_string);
                if !text.is_empty() {
                    writeln!(out, "    {}: {}", safe(&name), safe(&text))?;
                }
            }
        }
        other => writeln!(out, "    {}", safe(&other.to_string()))?,
    }
    Ok(())
}
