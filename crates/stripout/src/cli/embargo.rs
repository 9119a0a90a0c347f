//! `stripout embargo`: hold a source or a finding back from everybody until a day.

use std::io::Write;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use stripout_register::{Embargo as Entry, Embargoes};
use stripout_serve::thing_named;

use super::Output;
use super::register::{RegisterFlags, store_failure};
use super::reviewer::ReviewerFlags;
use crate::failure::{Exit, Failure};
use crate::judged::{JudgeFlags, today};
use crate::show::{date, safe};

#[derive(Debug, Args)]
pub(crate) struct Embargo {
    /// SHA-256 of a source, or id of a finding (`BODY.MAKER`). Without it, what is held back is listed.
    #[arg(value_name = "ID")]
    thing: Option<String>,
    /// First day on which it may be shown.
    #[arg(long, value_name = "DATE", requires = "thing", conflicts_with = "lift")]
    until: Option<Date>,
    /// Hold it back no longer.
    #[arg(long, requires = "thing")]
    lift: bool,
    /// The reason, for whoever reads it next.
    #[arg(long, value_name = "TEXT", default_value = "", requires = "thing")]
    why: String,
    #[command(flatten)]
    reviewer: ReviewerFlags,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Embargo {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let Some(thing) = &self.thing else {
            return self.list(out);
        };
        if self.until.is_none() && !self.lift {
            return Err(Failure::usage(
                "until when is not said",
                "give --until DATE, or --lift to hold it back no longer",
            )
            .into());
        }
        if let Some(until) = self.until.filter(|until| *until <= today()) {
            return Err(Failure::usage(
                format!("{} is past or today: nothing would be held back", date(until)),
                "give the first day on which it may be shown, or --lift to hold it back no longer",
            )
            .into());
        }
        let who = self.reviewer.known()?;
        let opened = self.register.open_to_write()?;
        let judging = self.judge.of(&opened)?;
        let named = opened
            .runtime
            .block_on(thing_named(&opened.register, &judging, thing))
            .map_err(|error| store_failure(&error))?;
        let Some(thing) = named else {
            return Err(Failure::usage(
                format!("`{thing}` is no finding and no one source of this register"),
                "`stripout list sources` and `stripout list findings` show their ids",
            )
            .into());
        };
        let entry = Entry {
            thing,
            until: self.until,
            who: who.to_owned(),
            when: Timestamp::now(),
            why: self.why.trim().to_owned(),
        };
        opened
            .runtime
            .block_on(opened.register.embargo(std::slice::from_ref(&entry)))
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(&entry)?)?;
        } else if !self.output.quiet {
            match entry.until {
                Some(until) => writeln!(out, "{} is held back until {}", safe(&entry.thing), date(until))?,
                None => writeln!(out, "{} is held back no longer", safe(&entry.thing))?,
            }
        }
        Ok(Exit::AllRead)
    }

    fn list(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let log = opened
            .runtime
            .block_on(opened.register.embargoes())
            .map_err(|error| store_failure(&error))?;
        let held = Embargoes::on(today(), log);
        for entry in held.entries() {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(entry)?)?;
            } else {
                let until = entry.until.map(date).unwrap_or_default();
                let why = if entry.why.is_empty() {
                    String::new()
                } else {
                    format!(": {}", safe(&entry.why))
                };
                writeln!(
                    out,
                    "{} until {until}, by {}{why}",
                    safe(&entry.thing),
                    safe(&entry.who)
                )?;
            }
        }
        if held.is_empty() && !self.output.json && !self.output.quiet {
            writeln!(out, "Nothing is held back.")?;
        }
        Ok(Exit::AllRead)
    }
}
