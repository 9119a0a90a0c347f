//! `stripout request import`, `stripout list requests`: what was asked of whom, when, and where it stands.

mod import;
mod list;

use std::io::Write;

use clap::{Args, Subcommand};

use crate::failure::Exit;
pub(crate) use list::{COLUMNS, cells, fitting, list};

#[derive(Debug, Args)]
pub(crate) struct RequestCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Import lists of requests: a table (CSV) with at least the columns `body` and `asked`, or requests as JSON from
    /// `WhatDoTheyKnow`. A newer list says how a request stands now. Who asked is not read.
    Import(import::Import),
}

impl RequestCommand {
    pub(crate) fn json(&self) -> bool {
        let What::Import(import) = &self.what;
        import.output.json
    }

    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let What::Import(import) = self.what;
        import.run(out)
    }
}
