//! `stripout limits`: what protects a run from hostile input.

use std::io::Write;

use clap::Args;

use super::Output;
use crate::failure::{Exit, Failure};
use crate::show::number;

#[derive(Debug, Args)]
pub(crate) struct Limits {
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Limits {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        for (name, value, unit) in given()?.rows() {
            if self.output.json {
                writeln!(
                    out,
                    "{}",
                    serde_json::json!({"name": name, "value": value, "unit": unit})
                )?;
            } else {
                writeln!(out, "{name:<40} {:>14} {unit}", number(value))?;
            }
        }
        Ok(Exit::AllRead)
    }
}

/// `NAME=NUMBER`, several with commas between.
const VARIABLE: &str = "STRIPOUT_LIMITS";

/// The limits with what the environment says otherwise.
pub(crate) fn given() -> Result<stripout_read::Limits, Failure> {
    let mut limits = stripout_read::Limits::default();
    for one in changed().split(',').map(str::trim).filter(|one| !one.is_empty()) {
        let set = one.split_once('=').and_then(|(name, value)| {
            let value = value.trim().replace('_', "").parse().ok()?;
            limits.set(name.trim(), value).then_some(())
        });
        if set.is_none() {
            return Err(Failure::usage(
                format!("`{one}` in {VARIABLE} sets no limit"),
                "write NAME=NUMBER with commas between; `stripout limits` lists the names",
            ));
        }
    }
    Ok(limits)
}

/// What the environment says of limits, as it is written; empty when nothing.
pub(crate) fn changed() -> String {
    std::env::var(VARIABLE).unwrap_or_default().trim().to_owned()
}
