//! `stripout catalogue`: check and search what is known.

use std::io::Write;

use clap::{Args, Subcommand};
use stripout_catalogue::Bodies;
use stripout_identify::unproven;
use stripout_judge::failing_cases;

use super::{CatalogueFlags, Output};
use crate::failure::Exit;
use crate::show::{count, safe};

#[derive(Debug, Args)]
pub(crate) struct CatalogueCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Prove the catalogue: every example hits, every counter-example misses, every worked case of an instrument comes
    /// out as it expects, every id and citation resolves.
    Check(Check),
    /// Find makers, labels, models, rules, claims and weaknesses by a word.
    Search(Search),
}

#[derive(Debug, Args)]
struct Check {
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Args)]
struct Search {
    /// Word, name, id or number to look for.
    term: String,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    output: Output,
}

impl CatalogueCommand {
    pub(crate) fn json(&self) -> bool {
        match &self.what {
            What::Check(check) => check.output.json,
            What::Search(search) => search.output.json,
        }
    }

    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        match self.what {
            What::Check(check) => check.run(out),
            What::Search(search) => search.run(out),
        }
    }
}

impl Check {
    fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        let mut faults = catalogue.check();
        faults.extend(unproven(&catalogue));
        let (bodies, unreadable) = Bodies::read(self.catalogue.overlay())?;
        faults.extend(unreadable);
        faults.extend(bodies.check(&catalogue));
        // Words that no vocabulary holds are faults already, and cases that hold them cannot be judged.
        if faults.is_empty() {
            faults.extend(failing_cases(&catalogue)?);
        }
        for fault in &faults {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(fault)?)?;
            } else {
                writeln!(out, "{}", safe(&fault.to_string()))?;
            }
        }
        if !self.output.json {
            writeln!(
                out,
                "{}, {}, {}, {}: {}.",
                count(catalogue.makers.len() as u64, "maker"),
                count(catalogue.brands.len() as u64, "label"),
                count(catalogue.models.len() as u64, "model family")
                    .replace("model familys", "model families"),
                count(bodies.iter().count() as u64, "public body").replace("bodys", "bodies"),
                if faults.is_empty() {
                    "no fault".to_string()
                } else {
                    count(faults.len() as u64, "fault")
                }
            )?;
        }
        Ok(if faults.is_empty() {
            Exit::AllRead
        } else {
            Exit::Verification
        })
    }
}

impl Search {
    fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        let entries = catalogue.search(&self.term);
        for entry in &entries {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(entry)?)?;
            } else {
                writeln!(
                    out,
                    "{:<12} {:<28} {}",
                    entry.kind.to_string(),
                    safe(&entry.id),
                    safe(&entry.summary)
                )?;
            }
        }
        if entries.is_empty() && !self.output.json && !self.output.quiet {
            writeln!(out, "Nothing in the catalogue fits `{}`.", safe(&self.term))?;
        }
        Ok(Exit::AllRead)
    }
}
