//! `stripout publish`: what everybody may see, as a site of files.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;
use stripout_register::{OpenMode, Register};
use stripout_serve::{Audience, BaseUrl, Grounds, Names, Published, ServeError, bytes, number, publish};

use super::Output;
use super::register::{RegisterFlags, evidence_folder, store_failure};
use super::serve::not_served;
use crate::failure::{Exit, Failure};
use crate::judged::JudgeFlags;

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Folder of the site. It appears whole or not at all; one that an earlier run wrote is replaced, any other is left alone.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Where readers will reach it, for feeds, cards and the map of the site: `https://example.org/register`
    #[arg(long, value_name = "URL")]
    base_url: Option<BaseUrl>,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Publish {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = Arc::new(self.judge.catalogue.load()?);
        let bodies = Arc::new(self.judge.catalogue.bodies()?);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let register = runtime
            .block_on(Register::open(&self.register.register, OpenMode::Read))
            .map_err(|error| store_failure(&error))?;
        let grounds = Grounds {
            register,
            evidence: evidence_folder(&self.register.register),
            names: Names::of(&bodies, &catalogue),
            catalogue,
            bodies,
            reviewers: self.judge.reviewers.get(),
            audience: Audience::Everybody,
            base: self.base_url.clone(),
            staffed: false,
        };
        let published = runtime
            .block_on(publish(grounds, &self.out))
            .map_err(|error| not_published(&error))?;
        self.tell(&published, out)?;
        Ok(Exit::AllRead)
    }

    fn tell(&self, published: &Published, out: &mut dyn Write) -> anyhow::Result<()> {
        if self.output.json {
            writeln!(out, "{}", serde_json::to_string(published)?)?;
        } else if !self.output.quiet {
            let state = published.state.to_zoned(TimeZone::UTC);
            writeln!(
                out,
                "{} pages, {} files, {}, in {}",
                number(published.pages as u64),
                number(published.files as u64),
                bytes(published.bytes),
                self.out.display()
            )?;
            writeln!(
                out,
                "What reviewers accepted, as of the last change of the register on {}; revision {}.",
                state.strftime("%-d %B %Y"),
                published.revision
            )?;
            if self.base_url.is_none() {
                writeln!(
                    out,
                    "hint: with --base-url there is a map of the site, and feeds and cards name whole addresses"
                )?;
            }
        }
        Ok(())
    }
}

fn not_published(error: &ServeError) -> Failure {
    match error {
        ServeError::NotASite { .. } => Failure::usage(
            error.to_string(),
            "give --out a folder that is not there yet, or an empty one",
        ),
        ServeError::Folder { source, .. } => Failure {
            exit: Exit::Store,
            code: "store-full",
            what: error.to_string(),
            because: source.to_string(),
            hint: "give --out a folder that you may write to, with room for the site".into(),
        },
        error => not_served(error),
    }
}
