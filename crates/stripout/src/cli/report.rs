//! `stripout report`: one page of A4 about a body or an instrument, as PDF.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use stripout_register::export::write_file;
use stripout_serve::{Audience, Report as Printed, ServeError, bytes, named, report};

use super::Output;
use super::register::store_failure;
use super::serve::not_served;
use super::site::SiteFlags;
use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Id of a body or an instrument, or the name of a body.
    #[arg(value_name = "BODY|POLICY")]
    about: String,
    /// File to write. It appears whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Tell all that is known, for your own eyes; without it only what reviewers accepted.
    #[arg(long)]
    private: bool,
    #[command(flatten)]
    site: SiteFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Report {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let audience = if self.private {
            Audience::Private
        } else {
            Audience::Everybody
        };
        let grounds = self.site.grounds(&runtime, audience, false)?;
        let printed = runtime
            .block_on(report(grounds, &self.about))
            .map_err(|error| not_printed(&error))?;
        write_file(&self.out, |file| file.write_all(&printed.bytes).map(|()| 1))
            .map_err(|error| store_failure(&error))?;
        self.tell(&printed, out)?;
        Ok(Exit::AllRead)
    }

    fn tell(&self, printed: &Printed, out: &mut dyn Write) -> anyhow::Result<()> {
        let missing: Vec<String> = printed.missing.iter().map(ToString::to_string).collect();
        if self.output.json {
            let line = serde_json::json!({
                "about": printed.about, "name": printed.name, "file": self.out, "bytes": printed.bytes.len(),
                "private": self.private, "missing": missing,
            });
            writeln!(out, "{line}")?;
        } else if !self.output.quiet {
            let size = bytes(printed.bytes.len() as u64);
            writeln!(
                out,
                "{}: one page of A4, {size}, in {}",
                safe(&printed.name),
                self.out.display()
            )?;
            let whose = if self.private {
                "All that is known: not for publication."
            } else {
                "What reviewers accepted."
            };
            writeln!(out, "{whose}")?;
            if !printed.missing.is_empty() {
                writeln!(
                    out,
                    "warning: no font of this program has {}: they stand in it as their numbers",
                    named(&printed.missing)
                )?;
            }
        }
        Ok(())
    }
}

fn not_printed(error: &ServeError) -> Failure {
    match error {
        ServeError::NoSubject { .. } => Failure::usage(
            error.to_string(),
            "find the id of a body with `stripout resolve NAME`, of an instrument with `stripout catalogue search`",
        ),
        error => not_served(error),
    }
}
