//! `stripout publish`: what everybody may see, as a site of files.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use stripout_serve::{Audience, Published, ServeError, bytes, number, publish};

use super::Output;
use super::serve::not_served;
use super::site::SiteFlags;
use crate::failure::{Exit, Failure};

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Folder of the site. It appears whole or not at all; one that an earlier run wrote is replaced, any other is left alone.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    #[command(flatten)]
    site: SiteFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Publish {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let grounds = self.site.grounds(&runtime, Audience::Everybody, false)?;
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
            if self.site.base_url.is_none() {
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
        ServeError::Page { address, .. } => Failure::usage(
            error.to_string(),
            format!(
                "nothing was written and an earlier site stands as it was; open `{address}` with `stripout serve --public` to \
                 see what that page says"
            ),
        ),
        error => not_served(error),
    }
}
