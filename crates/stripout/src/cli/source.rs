//! `stripout source`: where a source was published, and whether everybody may have it as it came.

use std::io::Write;

use clap::Args;
use jiff::Timestamp;
use stripout_register::{SourcePage, SourcePages};
use stripout_serve::{is_link, source_named};

use super::Output;
use super::register::{RegisterFlags, store_failure};
use super::reviewer::ReviewerFlags;
use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Source {
    /// SHA-256 or path of a source. Without it, what is known of sources is listed.
    #[arg(value_name = "ID")]
    named: Option<String>,
    /// The page that it was published on.
    #[arg(long, value_name = "URL", requires = "named")]
    link: Option<String>,
    /// Let everybody have the original as it came, with all that excerpts leave out.
    #[arg(long, requires = "named", conflicts_with = "close")]
    open: bool,
    /// Let nobody outside have the original.
    #[arg(long, requires = "named")]
    close: bool,
    /// The reason, for whoever reads it next.
    #[arg(long, value_name = "TEXT", default_value = "", requires = "named")]
    why: String,
    #[command(flatten)]
    reviewer: ReviewerFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Source {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let Some(text) = &self.named else {
            return self.list(out);
        };
        if self.link.is_none() && !self.open && !self.close {
            let hint = "give --link URL, --open or --close";
            return Err(Failure::usage("what is known of it is not said", hint).into());
        }
        if let Some(link) = self.link.as_deref().filter(|link| !is_link(link)) {
            let what = format!("`{link}` is no address of a page");
            return Err(Failure::usage(what, "give one that begins with https://").into());
        }
        let who = self.reviewer.known()?;
        let opened = self.register.open_to_write()?;
        let read = async {
            let named = source_named(&opened.register, text).await?;
            Ok((named, SourcePages::of(opened.register.source_pages().await?)))
        };
        let (named, known) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        let Some(sha256) = named else {
            let what = format!("`{text}` is no one source of this register");
            return Err(Failure::usage(what, "`stripout list sources` shows their ids").into());
        };
        let before = known.get(&sha256);
        let entry = SourcePage {
            sha256,
            link: self.link.clone().or_else(|| before?.link.clone()),
            open: self.open || (!self.close && before.is_some_and(|it| it.open)),
            who: who.to_owned(),
            when: Timestamp::now(),
            why: self.why.trim().to_owned(),
        };
        let keeping = opened.register.keep_source_pages(std::slice::from_ref(&entry));
        opened
            .runtime
            .block_on(keeping)
            .map_err(|error| store_failure(&error))?;
        if self.output.json || !self.output.quiet {
            self.told(&entry, out)?;
        }
        Ok(Exit::AllRead)
    }

    fn told(&self, entry: &SourcePage, out: &mut dyn Write) -> anyhow::Result<()> {
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(entry)?)?;
            return Ok(());
        }
        let link = entry
            .link
            .as_deref()
            .map_or_else(|| "no page is known".into(), safe);
        let may = if entry.open {
            "everybody may have the original"
        } else {
            "the original is for the private view"
        };
        writeln!(out, "{}: {link}; {may}", entry.sha256.short())?;
        Ok(())
    }

    fn list(&self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let log = opened
            .runtime
            .block_on(opened.register.source_pages())
            .map_err(|error| store_failure(&error))?;
        let known = SourcePages::of(log);
        for entry in known.entries() {
            self.told(entry, out)?;
        }
        if known.entries().is_empty() && !self.output.json && !self.output.quiet {
            writeln!(out, "Of no source it is known where it was published.")?;
        }
        Ok(Exit::AllRead)
    }
}
