//! `stripout reference`: publishers' registers of postcodes, bodies and areas, into the register.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use stripout_ingest::{Reference, blob_id, open_reference};
use stripout_model::Problem;
use stripout_register::{ReferenceFile, Register, RegisterError};
use tokio::runtime::Runtime;

use super::Output;
use super::register::{RegisterFlags, store_failure};
use crate::failure::{Exit, tell};
use crate::show::{count, safe};

/// Share of bad units, in percent, above which a file is not imported.
const TOLERATED: u64 = 20;

#[derive(Debug, Args)]
pub(crate) struct ReferenceCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Import publishers' files: ONS Postcode Directory, GIAS schools, NHS ODS (`etr.csv`, JSON, or a table with its codes), GOV.UK organisations,
    /// `WhatDoTheyKnow` authorities, the register of councils, boundaries (`GeoJSON`). Columns about persons are not read.
    Import(Import),
}

#[derive(Debug, Args)]
struct Import {
    /// Files to import; their first bytes tell what they are.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    output: Output,
}

/// How one file went.
enum Imported {
    New { units: u64, bad: u64 },
    Known { at: String },
    Failed,
}

impl ReferenceCommand {
    pub(crate) fn json(&self) -> bool {
        let What::Import(import) = &self.what;
        import.output.json
    }

    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let What::Import(import) = self.what;
        import.run(out)
    }
}

impl Import {
    fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        self.register.import(&self.files, |path, opened| {
            let imported = self.one(path, &opened.runtime, &opened.register, out)?;
            Ok(!matches!(imported, Imported::Failed))
        })
    }

    fn one(
        &self,
        path: &Path,
        runtime: &Runtime,
        register: &Register,
        out: &mut dyn Write,
    ) -> anyhow::Result<Imported> {
        let shown = path.display().to_string();
        let reference = match open_reference(path) {
            Ok(reference) => reference,
            Err(problem) => {
                tell(&[problem], &shown, None, self.output.json, out)?;
                return Ok(Imported::Failed);
            }
        };
        let blob = blob_id(path, || true)?;
        let (layout, vintage) = (reference.layout, reference.vintage.clone());
        let file = ReferenceFile {
            blob,
            path: shown.clone(),
            layout: layout.to_owned(),
            vintage: vintage.clone(),
            imported_at: jiff::Timestamp::now(),
        };
        let (imported, problems) = import(reference, &file, &self.bar(&shown), runtime, register)
            .map_err(|error| store_failure(&error))?;
        let sha256 = file.blob.to_string();
        tell(&problems, &shown, Some(&sha256), self.output.json, out)?;
        let edition = vintage.as_deref().unwrap_or("no edition stated");
        match &imported {
            Imported::New { units, bad } if self.output.json => {
                let line =
                    json!({"file": shown, "layout": layout, "vintage": vintage, "units": units, "bad": bad});
                writeln!(out, "{line}")?;
            }
            Imported::Known { at } if self.output.json => {
                writeln!(
                    out,
                    "{}",
                    json!({"file": shown, "layout": layout, "vintage": vintage, "imported_at": at})
                )?;
            }
            Imported::New { units, bad } => {
                let units = count(*units, "row");
                writeln!(
                    out,
                    "{}: {layout}, {}: {units} imported, {bad} bad.",
                    safe(&shown),
                    safe(edition)
                )?;
            }
            Imported::Known { at } => {
                writeln!(
                    out,
                    "{}: {layout}, {}: already imported on {at}.",
                    safe(&shown),
                    safe(edition)
                )?;
            }
            Imported::Failed => {}
        }
        Ok(imported)
    }

    /// Counts rows on standard error, where that is a terminal.
    fn bar(&self, shown: &str) -> ProgressBar {
        if self.output.json || self.output.quiet {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(safe(shown));
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {human_pos} rows, {per_sec}") {
            bar.set_style(style);
        }
        bar
    }
}

/// One file, one transaction.
fn import(
    reference: Reference,
    file: &ReferenceFile,
    bar: &ProgressBar,
    runtime: &Runtime,
    register: &Register,
) -> Result<(Imported, Vec<Problem>), RegisterError> {
    let Some(mut import) = runtime.block_on(register.import(file))? else {
        let at = runtime
            .block_on(register.imported_at(&file.blob))?
            .unwrap_or_default();
        return Ok((Imported::Known { at }, Vec::new()));
    };
    let read = reference.read(|facts| {
        bar.inc(facts.len() as u64);
        runtime.block_on(import.write(facts))
    });
    bar.finish_and_clear();
    let read = read?;
    let whole = read.units + read.bad;
    if read.units == 0 || read.bad * 100 > whole * TOLERATED {
        // Dropped, the import leaves nothing.
        return Ok((Imported::Failed, read.problems));
    }
    runtime.block_on(import.commit(read.bad))?;
    Ok((
        Imported::New {
            units: read.units,
            bad: read.bad,
        },
        read.problems,
    ))
}
