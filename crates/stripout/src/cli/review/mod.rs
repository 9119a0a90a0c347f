//! `stripout review`: people decide what may be said.

mod sheet;
mod terminal;

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use stripout_judge::Reviews;
use stripout_model::Decision;
use stripout_register::export::write_file;
use stripout_serve::{every, things};

use super::Output;
use super::register::{Opened, RegisterFlags, store_failure};
use super::reviewer::ReviewerFlags;
use crate::failure::{Exit, Failure, problem, problem_json};
use crate::judged::JudgeFlags;
use crate::show::count;

#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(flatten)]
    reviewer: ReviewerFlags,
    /// Write the queue as a table to fill in: columns `verdict`, `why`, `body` and `maker`.
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    export: Option<PathBuf>,
    /// Take the decisions of a filled-in table: all of them, or none when a row is wrong.
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Review {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let who = self.reviewer.known()?.to_owned();
        if let Some(path) = &self.export {
            let opened = self.register.open()?;
            return self.hand_out(&opened, &who, path, out);
        }
        if let Some(path) = &self.import {
            let opened = self.register.open_to_write()?;
            return self.take_in(&opened, &who, path, out);
        }
        if !io::stdin().is_terminal() {
            return Err(Failure::usage(
                "a review needs a terminal",
                "run it in one, or use `--export FILE` and `--import FILE`",
            )
            .into());
        }
        let opened = self.register.open_to_write()?;
        let judging = self.judge.of(&opened)?;
        let alerts = every(judging.alerts(&opened)?);
        let mut session = terminal::Session::new(&opened, judging, alerts, who);
        session.run(out)
    }

    fn hand_out(&self, opened: &Opened, who: &str, path: &Path, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let judging = self.judge.of(opened)?;
        let queue = things(judging.queue(), every(judging.alerts(opened)?));
        let reviews = Reviews::of(&judging.decisions);
        let rows = write_file(path, |file| sheet::write(&judging, &queue, &reviews, who, file))
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(out, "{}", serde_json::json!({"rows": rows, "file": path}))?;
        } else if !self.output.quiet {
            writeln!(
                out,
                "{} in {}; fill in `verdict` (accept, reject, unsure, dispute) and give it to --import",
                count(rows, "row"),
                path.display()
            )?;
        }
        Ok(Exit::AllRead)
    }

    fn take_in(&self, opened: &Opened, who: &str, path: &Path, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let bytes = fs::read(path).map_err(|error| {
            Failure::usage(
                format!("`{}` cannot be read: {error}", path.display()),
                "give a table that `stripout review --export` wrote",
            )
        })?;
        let judging = self.judge.of(opened)?;
        let alerts = every(judging.alerts(opened)?);
        let (rows, problems) = sheet::read(&bytes, &judging, &alerts);
        if !problems.is_empty() {
            let name = path.to_string_lossy();
            for one in &problems {
                if self.output.json {
                    writeln!(io::stderr(), "{}", problem_json(one, &name, None))?;
                } else {
                    writeln!(io::stderr(), "{}", problem(one, &name, None))?;
                }
            }
            return Ok(Exit::AllFailed);
        }
        let reviews = Reviews::of(&judging.decisions);
        let now = Timestamp::now();
        let new: Vec<Decision> = rows
            .into_iter()
            .filter(|(thing, said)| !said.stands(reviews.last(thing, who)))
            .map(|(thing, said)| said.decision(thing, who, now))
            .collect();
        opened
            .runtime
            .block_on(opened.register.decide(&new))
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(
                out,
                "{}",
                serde_json::json!({"decisions": new.len(), "file": path})
            )?;
        } else if !self.output.quiet {
            writeln!(
                out,
                "{} taken from {}",
                count(new.len() as u64, "decision"),
                path.display()
            )?;
        }
        Ok(Exit::AllRead)
    }
}
