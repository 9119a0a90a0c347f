//! `stripout reply`: record what a body replied to what is said of it.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use stripout_register::{BodyReplies, BodyReply, BodyReplyAct};
use stripout_serve::{ReplyWords, replied, stands_already};

use super::Output;
use super::register::{Opened, RegisterFlags, store_failure};
use super::reviewer::ReviewerFlags;
use crate::failure::{Exit, Failure};
use crate::judged::JudgeFlags;
use crate::show::{date, safe};

#[derive(Debug, Args)]
pub(crate) struct Reply {
    /// The body, by its id or whole name. Without it, the replies that stand are listed.
    #[arg(value_name = "BODY")]
    body: Option<String>,
    /// The finding that it speaks to (`BODY.MAKER`); without it, all that is said of the body.
    #[arg(long, value_name = "ID", requires = "body")]
    finding: Option<String>,
    /// The body's own words.
    #[arg(long, value_name = "TEXT", requires = "body", conflicts_with = "words_in")]
    words: Option<String>,
    /// File with the body's own words.
    #[arg(long, value_name = "FILE", requires = "body")]
    words_in: Option<PathBuf>,
    /// Day of the reply.
    #[arg(long, value_name = "DATE", requires = "body")]
    given: Option<String>,
    /// Where it can be read: a link, or the document that it came in.
    #[arg(long, value_name = "TEXT", requires = "body")]
    source: Option<String>,
    /// Take the reply of this number back.
    #[arg(long, value_name = "NUMBER", conflicts_with = "body", requires = "why")]
    withdraw: Option<i64>,
    /// Why it is taken back.
    #[arg(long, value_name = "TEXT", requires = "withdraw")]
    why: Option<String>,
    #[command(flatten)]
    reviewer: ReviewerFlags,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Reply {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        match (&self.body, self.withdraw) {
            (Some(body), _) => self.record(body, out),
            (None, Some(number)) => self.take_back(number, out),
            (None, None) => self.list(out),
        }
    }

    fn record(&self, body: &str, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let who = self.reviewer.known()?;
        let words = match (&self.words, &self.words_in) {
            (Some(words), _) => words.clone(),
            (None, Some(file)) => std::fs::read_to_string(file).map_err(|error| {
                let what = format!("`{}` cannot be read: {error}", file.display());
                Failure::usage(what, "give a file of text, or --words TEXT")
            })?,
            (None, None) => String::new(),
        };
        let opened = self.register.open_to_write()?;
        let judging = self.judge.of(&opened)?;
        let findings = judging.findings().findings;
        let entered = ReplyWords {
            body,
            finding: self.finding.as_deref().unwrap_or_default(),
            words: &words,
            given: self.given.as_deref().unwrap_or_default(),
            source: self.source.as_deref().unwrap_or_default(),
        };
        let (body, said) = replied(entered, &judging, |id| findings.iter().any(|it| it.id == id))
            .map_err(|unsaid| Failure::usage(unsaid.what, unsaid.hint))?;
        let known = known(&opened)?;
        if let Some(number) = stands_already(&known, &body, &said) {
            if !self.output.quiet && !self.output.json {
                writeln!(out, "It stands already, as number {number}.")?;
            }
            return Ok(Exit::AllRead);
        }
        let entry = BodyReply {
            body,
            act: BodyReplyAct::Replied(said),
            who: who.to_owned(),
            when: Timestamp::now(),
        };
        let number = self.keep(&opened, &entry, out)?;
        if !self.output.quiet && !self.output.json {
            writeln!(
                out,
                "Reply {number} of {} stands beside what it speaks to.",
                entry.body
            )?;
        }
        Ok(Exit::AllRead)
    }

    fn take_back(&self, number: i64, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let who = self.reviewer.known()?;
        let why = self.why.as_deref().map(str::trim).unwrap_or_default();
        if why.is_empty() {
            let what = "a reply taken back without a reason";
            return Err(Failure::usage(what, "say why, for whoever reads it next").into());
        }
        let opened = self.register.open_to_write()?;
        let known = known(&opened)?;
        let Some(body) = known.stands(number) else {
            let what = format!("no reply of the number {number} stands");
            return Err(Failure::usage(what, "`stripout reply` lists those that do").into());
        };
        let entry = BodyReply {
            body: body.clone(),
            act: BodyReplyAct::Withdrew {
                reply: number,
                why: why.to_owned(),
            },
            who: who.to_owned(),
            when: Timestamp::now(),
        };
        self.keep(&opened, &entry, out)?;
        if !self.output.quiet && !self.output.json {
            writeln!(out, "Reply {number} of {} is taken back.", entry.body)?;
        }
        Ok(Exit::AllRead)
    }

    /// Gives the position in the log.
    fn keep(&self, opened: &Opened, entry: &BodyReply, out: &mut dyn Write) -> anyhow::Result<i64> {
        let keeping = opened.register.keep_body_replies(std::slice::from_ref(entry));
        let number = opened
            .runtime
            .block_on(keeping)
            .map_err(|error| store_failure(&error))?;
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(entry)?)?;
        }
        Ok(number)
    }

    fn list(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let known = known(&opened)?;
        let bodies = known.bodies();
        for (number, entry, said) in bodies.iter().flat_map(|body| known.of_body(body)) {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(entry)?)?;
                continue;
            }
            let about = said.finding.as_deref().unwrap_or(entry.body.as_str());
            let (given, source) = (date(said.given), safe(&said.source));
            writeln!(
                out,
                "{number}: {} on {given}, {source}, entered by {}",
                safe(about),
                safe(&entry.who)
            )?;
            writeln!(out, "  \"{}\"", safe(&said.words))?;
        }
        if bodies.is_empty() && !self.output.json && !self.output.quiet {
            writeln!(out, "No reply of a body is known.")?;
        }
        Ok(Exit::AllRead)
    }
}

fn known(opened: &Opened) -> anyhow::Result<BodyReplies> {
    let reading = opened.register.body_replies();
    Ok(opened
        .runtime
        .block_on(reading)
        .map_err(|error| store_failure(&error))?)
}
