//! `stripout export`: the register as files others can open.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use stripout_register::export::{Format, Table};

use super::Output;
use super::list::Filters;
use super::register::{RegisterFlags, store_failure};
use crate::failure::Exit;
use crate::show::count;

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write: `sightings`, `leads`, `affiliations`, `outcomes`, `commitments`, `contracts`, `payments`, `sources` or `problems`.
    #[arg(default_value_t = Table::Sightings)]
    what: Table,
    /// `csv` is safe to open in a spreadsheet: no cell can act as a formula. `jsonl` and `parquet` are verbatim.
    #[arg(long, default_value_t = Format::Csv)]
    format: Format,
    /// File to write; standard output when not given. It appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Export {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let filter = self.filters.filter();
        let failure = |error| store_failure(&error);
        if let Some(path) = &self.out {
            let rows = opened
                .runtime
                .block_on(opened.register.export_file(self.what, &filter, self.format, path))
                .map_err(failure)?;
            if self.output.json {
                writeln!(out, "{}", serde_json::json!({"rows": rows, "file": path}))?;
            } else if !self.output.quiet {
                writeln!(out, "{} in {}", count(rows, "row"), path.display())?;
            }
        } else {
            let mut bytes = Vec::new();
            opened
                .runtime
                .block_on(
                    opened
                        .register
                        .export(self.what, &filter, self.format, &mut bytes),
                )
                .map_err(failure)?;
            out.write_all(&bytes)?;
        }
        Ok(Exit::AllRead)
    }
}
