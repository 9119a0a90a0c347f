//! `stripout export`: the register as files others can open.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use stripout_register::RegisterError;
use stripout_register::export::{Cell, Column, Format, Table, write, write_file};
use stripout_serve::export::findings;

use super::finding::FindingFilters;
use super::list::{Filters, What};
use super::register::{Opened, RegisterFlags, store_failure};
use super::{Output, alert, request};
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::count;

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write: `findings`, `alerts`, `requests`, or `sightings`, `leads`, `affiliations`, `outcomes`, `commitments`, `contracts`, `payments`, `sources`, `problems`, `decisions`.
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
    pub(crate) fn run(self, out: &mut (dyn Write + Send)) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        if let Some(path) = &self.out {
            let rows = self.fill_file(&opened, path)?;
            if self.output.json {
                writeln!(out, "{}", serde_json::json!({"rows": rows, "file": path}))?;
            } else if !self.output.quiet {
                writeln!(out, "{} in {}", count(rows, "row"), path.display())?;
            }
        } else {
            self.stream(&opened, out)?;
        }
        Ok(Exit::AllRead)
    }

    fn fill_file(&self, opened: &Opened, path: &Path) -> anyhow::Result<u64> {
        let written = match (self.followed(opened)?, self.what) {
            (Some(Followed { name, columns, rows }), _) => {
                write_file(path, |out| write(name, columns, rows, self.format, out))
            }
            (None, What::Stored(table)) => {
                let filter = self.filters.clone().filter();
                let writing = opened.register.export_file(table, &filter, self.format, path);
                opened.runtime.block_on(writing)
            }
            (None, _) => Ok(0),
        };
        Ok(written.map_err(|error| store_failure(&error))?)
    }

    fn stream(&self, opened: &Opened, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
        if let Some(Followed { name, columns, rows }) = self.followed(opened)? {
            write(name, columns, rows, self.format, out)?;
        } else if let What::Stored(table) = self.what {
            let filter = self.filters.clone().filter();
            let writing = opened.register.export(table, &filter, self.format, out);
            opened.runtime.block_on(writing).map_err(|error| match error {
                RegisterError::Output(closed) => anyhow::Error::from(closed),
                other => store_failure(&other).into(),
            })?;
        }
        Ok(())
    }

    /// `None` for what stands in the register itself.
    fn followed(&self, opened: &Opened) -> anyhow::Result<Option<Followed>> {
        let (name, columns, rows) = match self.what {
            What::Stored(_) => return Ok(None),
            What::Findings => ("findings", findings::COLUMNS, self.findings(opened)?),
            What::Alerts => ("alerts", alert::COLUMNS, self.alerts(opened)?),
            What::Requests => ("requests", request::COLUMNS, self.requests(opened)?),
        };
        Ok(Some(Followed { name, columns, rows }))
    }

    fn findings(&self, opened: &Opened) -> anyhow::Result<Vec<Vec<Cell>>> {
        let all = self.of_findings.judged(&mut self.judge.of(opened)?);
        let fitting = self.of_findings.fitting(&self.filters, &all);
        Ok(fitting
            .into_iter()
            .map(findings::cells)
            .collect::<Result<_, _>>()?)
    }

    fn alerts(&self, opened: &Opened) -> anyhow::Result<Vec<Vec<Cell>>> {
        let mut judging = self.judge.of(opened)?;
        let all = alert::judged(&mut judging, &self.of_findings, opened)?;
        let fitting = alert::fitting(&self.filters, &self.of_findings, &all);
        Ok(fitting.into_iter().map(alert::cells).collect())
    }
    fn requests(&self, opened: &Opened) -> anyhow::Result<Vec<Vec<Cell>>> {
        let all = self.judge.of(opened)?.requests(opened)?;
        let fitting = request::fitting(&self.filters, &all);
        Ok(fitting.into_iter().map(request::cells).collect())
    }
}

/// A table that follows from the register.
struct Followed {
    name: &'static str,
    columns: &'static [Column],
    rows: Vec<Vec<Cell>>,
}
