//! The commands, one file each.

mod alert;
mod catalogue;
mod check;
mod embargo;
mod explain;
mod export;
mod finding;
mod identify;
pub(crate) mod judge;
mod limits;
mod list;
mod next;
mod offer;
mod publish;
mod read_pdf;
mod rebuild;
mod reference;
pub(crate) mod register;
mod reply;
mod report;
mod request;
mod resolve;
mod responses;
mod review;
mod reviewer;
mod screen;
mod serve;
mod show;
mod site;
mod source;
mod verify;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use stripout_catalogue::{Bodies, Catalogue};

use crate::failure::{Exit, Failure};

/// How sources are read when nothing else is said.
pub(crate) fn reading() -> Result<stripout_read::Options, crate::failure::Failure> {
    Ok(stripout_read::Options {
        // PDFs are read by this program as a child of itself.
        pdf_reader: std::env::current_exe().ok(),
        limits: limits::given()?,
        ..stripout_read::Options::default()
    })
}

/// From evidence to removal: who really made the cameras in public buildings, with proof of every line.
#[derive(Debug, Parser)]
#[command(
    name = "stripout",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Read files and folders, say who made what, and keep it in a register.
    Screen(screen::Screen),
    /// Say what a text names, without a register.
    Identify(identify::Identify),
    /// List findings, and the sightings, leads, outcomes, contracts, payments and other rows of the register.
    List(list::List),
    /// Show one thing of the register with its proof.
    Show(show::Show),
    /// Say why, down to the bytes (register id), or what is known and from where (catalogue id).
    Explain(explain::Explain),
    /// Of how many bodies of each kind anything is known: existing, asked, answered, and what the answers were.
    Responses(responses::ResponsesCommand),
    /// Decide what may be said: a queue on the terminal, or a table to fill in.
    Review(review::Review),
    /// Hold a source or a finding back from everybody until a day.
    Embargo(embargo::Embargo),
    /// Record what a body replied to what is said of it.
    Reply(reply::Reply),
    /// Say where a source was published, and whether everybody may have it as it came.
    Source(source::Source),
    /// Write the register to CSV, JSON Lines or Parquet.
    Export(export::Export),
    /// Make a register again from its sources and decisions, with the same exports.
    Rebuild(rebuild::Rebuild),
    /// Re-hash every source and re-read every excerpt at its place.
    Verify(verify::Verify),
    /// Before you buy: which items of a bid or schedule do the instruments cover?
    Check(check::Check),
    /// Say what the instruments say of what was found, and what no rule covers; or of one thing, and why.
    Judge(judge::JudgeCommand),
    /// Check and search what is known about makers, labels, models and rules.
    Catalogue(catalogue::CatalogueCommand),
    /// Import publishers' registers of postcodes, bodies and areas.
    Reference(reference::ReferenceCommand),
    /// Requests for information: what was asked of whom, from lists that you keep.
    Request(request::RequestCommand),
    /// Say which public body a name means, and why.
    Resolve(resolve::Resolve),
    /// Show the register as pages for people and JSON for programs.
    Serve(serve::Serve),
    /// Write what reviewers accepted as a site of files, for a host that runs nothing.
    Publish(publish::Publish),
    /// Write one page of A4 about a body or an instrument, its sources as footnotes, as PDF.
    Report(report::Report),
    /// Print the limits that protect a run from hostile input.
    Limits(limits::Limits),
    /// The process that `screen` has PDFs read in.
    #[command(hide = true)]
    ReadPdf(read_pdf::ReadPdf),
}

/// Flags that every command has.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Output {
    /// Print JSON for machines, one object a line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Print no progress and no hints.
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// Where the catalogue comes from.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct CatalogueFlags {
    /// Folder that adds to or overrides the built-in catalogue; same layout as `data/`.
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
}

impl CatalogueFlags {
    pub(crate) fn load(&self) -> anyhow::Result<Catalogue> {
        Ok(
            Catalogue::load(self.catalogue.as_deref()).map_err(|error| Failure {
                exit: Exit::Usage,
                code: "catalogue",
                what: "the catalogue cannot be loaded".into(),
                because: error.to_string(),
                hint: "correct the file, or leave out --catalogue".into(),
            })?,
        )
    }

    /// The public bodies, for the commands that judge.
    pub(crate) fn bodies(&self) -> anyhow::Result<Bodies> {
        Ok(Bodies::load(self.overlay()).map_err(|error| Failure {
            exit: Exit::Usage,
            code: "catalogue",
            what: "the public bodies cannot be loaded".into(),
            because: error.to_string(),
            hint: "correct the file, or leave out --catalogue".into(),
        })?)
    }

    pub(crate) fn overlay(&self) -> Option<&Path> {
        self.catalogue.as_deref()
    }
}

impl Cli {
    pub(crate) fn json(&self) -> bool {
        match &self.command {
            Command::Screen(command) => command.output.json,
            Command::Identify(command) => command.output.json,
            Command::List(command) => command.output.json,
            Command::Show(command) => command.output.json,
            Command::Explain(command) => command.output.json,
            Command::Responses(command) => command.output.json,
            Command::Review(command) => command.output.json,
            Command::Embargo(command) => command.output.json,
            Command::Reply(command) => command.output.json,
            Command::Source(command) => command.output.json,
            Command::Export(command) => command.output.json,
            Command::Rebuild(command) => command.output.json,
            Command::Verify(command) => command.output.json,
            Command::Check(command) => command.output.json,
            Command::Judge(command) => command.json(),
            Command::Catalogue(command) => command.json(),
            Command::Reference(command) => command.json(),
            Command::Request(command) => command.json(),
            Command::Resolve(command) => command.output.json,
            Command::Serve(command) => command.output.json,
            Command::Publish(command) => command.output.json,
            Command::Report(command) => command.output.json,
            Command::Limits(command) => command.output.json,
            Command::ReadPdf(_) => false,
        }
    }

    pub(crate) fn run(self, out: &mut (dyn Write + Send), terminal: bool) -> anyhow::Result<Exit> {
        match self.command {
            Command::Screen(command) => command.run(out, terminal),
            Command::Identify(command) => command.run(out),
            Command::List(command) => command.run(out),
            Command::Show(command) => command.run(out),
            Command::Explain(command) => command.run(out),
            Command::Responses(command) => command.run(out),
            Command::Review(command) => command.run(out),
            Command::Embargo(command) => command.run(out),
            Command::Reply(command) => command.run(out),
            Command::Source(command) => command.run(out),
            Command::Export(command) => command.run(out),
            Command::Rebuild(command) => command.run(out),
            Command::Verify(command) => command.run(out),
            Command::Check(command) => command.run(out),
            Command::Judge(command) => command.run(out),
            Command::Catalogue(command) => command.run(out),
            Command::Reference(command) => command.run(out),
            Command::Request(command) => command.run(out),
            Command::Resolve(command) => command.run(out),
            Command::Serve(command) => command.run(out),
            Command::Publish(command) => command.run(out),
            Command::Report(command) => command.run(out),
            Command::Limits(command) => command.run(out),
            Command::ReadPdf(command) => command.run(out),
        }
    }
}
