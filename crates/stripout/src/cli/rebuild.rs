//! `stripout rebuild`: a register again, from its sources and decisions.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::Args;
use jiff::Timestamp;
use stripout_identify::Identifier;
use stripout_ingest::{Counting, Progress, RebuildError, Rebuilt, Rows, ScreenOptions, rebuild};
use stripout_register::{Filter, Order};

use super::limits::given;
use super::register::{RegisterFlags, evidence_folder, store_failure};
use super::screen::{catalogue_version, ingest_failure, reader_version, stop_on_interrupt};
use super::{CatalogueFlags, Output, reading};
use crate::failure::{Exit, Failure};
use crate::show::count;

#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    /// The new register; it must not be there. Beside the old one, ending in `.rebuilt.db`, when not given.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Worker threads; all cores when not given.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Rebuild {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let order = Filter {
            order: Order::Place,
            ..Filter::default()
        };
        let read = async {
            let register = &opened.register;
            let sources = register.sources(&order).await?;
            Ok((
                sources,
                register.provenances().await?,
                register.decisions().await?,
                register.embargoes().await?,
                register.body_replies().await?,
                register.source_pages().await?,
                register.every_request().await?,
                register.tasks().await?,
                register.unread().await?,
            ))
        };
        let (sources, provenances, decisions, embargoes, replies, pages, requests, tasks, unread) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        let target = match &self.out {
            Some(out) => out.clone(),
            None => self.register.register.with_extension("rebuilt.db"),
        };
        let old = Rebuilt {
            sources: &sources,
            provenances: &provenances,
            decisions: &decisions,
            embargoes: &embargoes,
            body_replies: replies.log(),
            source_pages: &pages,
            requests: &requests,
            tasks: tasks.log(),
            unread: &unread,
            folder: &evidence_folder(&self.register.register),
        };
        let progress = Arc::new(Progress::default());
        stop_on_interrupt(&progress)?;
        let identifier = Identifier::new(&self.catalogue.load()?).at_most(given()?.names);
        match rebuild(&old, &target, &identifier, &self.options()?, &progress) {
            Ok(_) => {}
            Err(RebuildError::Interrupted) => return Ok(Exit::Interrupted),
            Err(error) => return Err(failure(error)),
        }
        if self.output.json {
            let line = serde_json::json!({
                "sources": sources.len(), "decisions": decisions.len(), "register": target,
            });
            writeln!(out, "{line}")?;
        } else if !self.output.quiet {
            writeln!(
                out,
                "{} and {} in {}",
                count(sources.len() as u64, "source"),
                count(decisions.len() as u64, "decision"),
                target.display()
            )?;
        }
        Ok(Exit::AllRead)
    }

    fn options(&self) -> Result<ScreenOptions, Failure> {
        let threads = self.threads.or_else(|| thread::available_parallelism().ok());
        Ok(ScreenOptions {
            reading: reading()?,
            rows: Rows::Matching,
            counting: Counting::All,
            threads: threads.map_or(1, NonZeroUsize::get),
            // What was taken once is taken again.
            tolerate: 100,
            fail_fast: true,
            now: Timestamp::now(),
            reader: reader_version(),
            catalogue: catalogue_version(self.catalogue.overlay()),
        })
    }
}

fn failure(error: RebuildError) -> anyhow::Error {
    let hint = match &error {
        RebuildError::Gone(_) => "put the files back where they were, or copies with the same bytes",
        RebuildError::Taken(_) => "give another name with --out",
        _ => "the old register was not touched",
    };
    match error {
        RebuildError::Ingest(error) => ingest_failure(error),
        RebuildError::Io { .. } => Failure {
            exit: Exit::Store,
            code: "store-full",
            what: error.to_string(),
            because: String::new(),
            hint: hint.into(),
        }
        .into(),
        _ => Failure::usage(error.to_string(), hint).into(),
    }
}
