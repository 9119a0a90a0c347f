//! `stripout verify`: is every excerpt still in its source?

use std::io::Write;

use clap::Args;
use futures_util::{StreamExt, TryStreamExt};
use stripout_ingest::Verified;
use stripout_register::{Filter, Order, SourceRow};

use super::register::{RegisterFlags, evidence_folder, store_failure};
use super::{Output, reading};
use crate::failure::Exit;
use crate::show::{count, safe};

/// Excerpts of a source that are re-read at once: a source of names may hold millions.
const EXCERPTS: usize = 100_000;

#[derive(Debug, Args)]
pub(crate) struct Verify {
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Verify {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let filter = Filter {
            order: Order::Place,
            ..Filter::default()
        };
        let sources: Vec<SourceRow> = opened
            .runtime
            .block_on(opened.register.list(&filter))
            .map_err(|error| store_failure(&error))?;
        let folder = evidence_folder(&self.register.register);
        let reading = reading()?;
        let mut verified = Verified::default();
        for source in &sources {
            if !verified.source(source, &folder) {
                continue;
            }
            let rows = opened.register.evidence(Some(&source.source.blob));
            let mut some = rows.try_chunks(EXCERPTS);
            while let Some(evidence) = opened.runtime.block_on(some.next()) {
                let evidence = evidence.map_err(|error| store_failure(&error.1))?;
                verified.excerpts(source, &evidence, &folder, &reading);
            }
        }
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(&verified)?)?;
        } else {
            print(&verified, out)?;
        }
        Ok(if verified.differences.is_empty() {
            Exit::AllRead
        } else {
            Exit::Verification
        })
    }
}

fn print(verified: &Verified, out: &mut dyn Write) -> anyhow::Result<()> {
    for one in &verified.differences {
        match &one.row {
            Some((what, id)) => {
                writeln!(out, "differs: {what:?} {id} at {}", safe(&one.place))?;
            }
            None => writeln!(out, "differs: the source itself")?,
        }
        writeln!(out, "  in: {} ({})", safe(&one.path), one.sha256.short())?;
        writeln!(
            out,
            "  registered: {}\n  found: {}",
            safe(&one.registered),
            safe(&one.found)
        )?;
    }
    let excerpts = count(verified.excerpts, "excerpt");
    let sources = count(verified.sources, "source");
    if verified.differences.is_empty() {
        writeln!(out, "{sources} and {excerpts} re-read: all are as registered.")?;
    } else {
        let differ = count(verified.differences.len() as u64, "difference");
        writeln!(out, "{sources} and {excerpts} re-read: {differ}.")?;
    }
    Ok(())
}
