//! `stripout limits`: what protects a run from hostile input.

use std::io::Write;

use clap::Args;

use super::Output;
use crate::failure::Exit;
use crate::show::number;

#[derive(Debug, Args)]
pub(crate) struct Limits {
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Limits {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        for (name, value, unit) in stripout_read::Limits::default().rows() {
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
