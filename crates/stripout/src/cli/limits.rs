//! `stripout limits`: what protects a run from hostile input.

use std::io::Write;

use clap::Args;

use super::Output;
use crate::failure::Exit;

#[derive(Debug, Args)]
pub(crate) struct Limits {
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Limits {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        for limit in stripout_read::Limits::default().list() {
            if self.output.json {
                writeln!(out, "{}", serde_json::json!({"name": limit.name, "value": limit.value, "unit": limit.unit}))?;
            } else {
                writeln!(out, "{:<24} {:>12} {:<8} {}", limit.name, limit.value, limit.unit, limit.what)?;
            }
        }
        Ok(Exit::AllRead)
    }
}
