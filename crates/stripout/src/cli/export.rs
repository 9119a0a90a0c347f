//! `stripout export`: the register as files others can open.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use stripout_register::export::{Cell, Format, Table, write, write_file};
use stripout_serve::export::findings;

use super::finding::FindingFilters;
use super::list::{Filters, What};
use super::register::{Opened, RegisterFlags, store_failure};
use super::{Output, alert};
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::count;

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write: `findings`, `alerts`, or `sightings`, `leads`, `affiliations`, `outcomes`, `commitments`, `contracts`, `payments`, `sources`, `problems`, `decisions`.
    #[arg(default_value_t = What::Stored(Table::Sightings))]
    what: What,
    /// `csv` is safe to open in a spreadsheet: no cell can act as a formula. `jsonl` and `parquet` are verbatim.
    #[arg(long, default_value_t = Format::Csv)]
    format: Format,
    /// File to write; standard output when not given. It appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    of_findings: FindingFilters,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Export {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        if let Some(path) = &self.out {
            let rows = self.fill_file(&opened, path)?;
            if self.output.json {
                writeln!(out, "{}", serde_json::json!({"rows": rows, "file": path}))?;
            } else if !self.output.quiet {
                writeln!(out, "{} in {}", count(rows, "row"), path.display())?;
            }
        } else {
            let mut bytes = Vec::new();
            self.fill_bytes(&opened, &mut bytes)?;
            out.write_all(&bytes)?;
        }
        Ok(Exit::AllRead)
    }

    fn fill_file(&self, opened: &Opened, path: &Path) -> anyhow::Result<u64> {
        let written = match self.what {
            What::Stored(table) => {
                let filter = self.filters.clone().filter();
                let writing = opened.register.export_file(table, &filter, self.format, path);
                opened.runtime.block_on(writing)
            }
            What::Alerts => {
                let rows = self.alerts(opened)?;
                write_file(path, |out| {
                    write("alerts", alert::COLUMNS, rows, self.format, out)
                })
            }
            What::Findings => {
                let rows = self.findings(opened)?;
                write_file(path, |out| {
                    write("findings", findings::COLUMNS, rows, self.format, out)
                })
            }
        };
        Ok(written.map_err(|error| store_failure(&error))?)
    }

    fn fill_bytes(&self, opened: &Opened, bytes: &mut Vec<u8>) -> anyhow::Result<()> {
        match self.what {
            What::Stored(table) => {
                let filter = self.filters.clone().filter();
                let writing = opened.register.export(table, &filter, self.format, bytes);
                opened
                    .runtime
                    .block_on(writing)
                    .map_err(|error| store_failure(&error))?;
            }
            What::Alerts => {
                let rows = self.alerts(opened)?;
                write("alerts", alert::COLUMNS, rows, self.format, bytes)?;
            }
            What::Findings => {
                let rows = self.findings(opened)?;
                write("findings", findings::COLUMNS, rows, self.format, bytes)?;
            }
        }
        Ok(())
    }

    fn findings(&self, opened: &Opened) -> anyhow::Result<Vec<Vec<Cell>>> {
        let all = self.judge.of(opened)?.findings();
        let fitting = self.of_findings.fitting(&self.filters, &all);
        Ok(fitting
            .into_iter()
            .map(findings::cells)
            .collect::<Result<_, _>>()?)
    }

    fn alerts(&self, opened: &Opened) -> anyhow::Result<Vec<Vec<Cell>>> {
        let all = self.judge.of(opened)?.alerts(opened)?;
        let fitting = alert::fitting(&self.filters, &self.of_findings, &all);
        Ok(fitting.into_iter().map(alert::cells).collect())
    }
}
