//! `stripout judge policies`: the instruments, where they stand and since when.

use std::io::Write;

use clap::Args;

use crate::cli::{CatalogueFlags, Output};
use crate::failure::Exit;
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Policies {
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Policies {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        for policy in catalogue.policies.values() {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(policy)?)?;
                continue;
            }
            let since = policy
                .in_force_from
                .as_ref()
                .map_or(String::new(), |from| format!(", in force from {from}"));
            writeln!(
                out,
                "{:<28} {:<15} {:<7} {}",
                policy.id,
                policy.status,
                policy.jurisdiction,
                safe(&policy.title)
            )?;
            let note = policy
                .status_note
                .as_ref()
                .map_or(String::new(), |note| format!("; {note}"));
            writeln!(
                out,
                "    {}, adopted {}{}{}",
                policy.kind,
                safe(&policy.adopted),
                safe(&since),
                safe(&note)
            )?;
        }
        Ok(Exit::AllRead)
    }
}
