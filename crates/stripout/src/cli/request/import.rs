//! Lists of requests into the register.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use stripout_catalogue::Catalogue;
use stripout_ingest::{blob_id, read_requests};
use stripout_model::{Problem, RequestList};

use crate::cli::register::{Opened, RegisterFlags, store_failure};
use crate::cli::{CatalogueFlags, Output};
use crate::failure::{Exit, tell};
use crate::show::{count, safe};

/// Share of bad rows, in percent, above which a list is not imported.
const TOLERATED: u64 = 20;

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Lists to import.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(super) output: Output,
}

impl Import {
    pub(super) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        self.register.import(&self.files, |path, opened| {
            self.one(path, &catalogue, opened, out)
        })
    }

    /// Whether the list was imported.
    fn one(
        &self,
        path: &Path,
        catalogue: &Catalogue,
        opened: &Opened,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let shown = path.display().to_string();
        let blob = match blob_id(path, || true) {
            Ok(blob) => blob,
            Err(error) => {
                let problem = unreadable(&error);
                tell(&[problem], &shown, None, self.output.json, out)?;
                return Ok(false);
            }
        };
        let list = RequestList {
            blob,
            path: shown.clone(),
            imported_at: jiff::Timestamp::now(),
        };
        let sha256 = blob.to_string();
        let read = match read_requests(path, &list, &catalogue.requests) {
            Ok(read) => read,
            Err(problem) => {
                tell(&[problem], &shown, Some(&sha256), self.output.json, out)?;
                return Ok(false);
            }
        };
        tell(&read.problems, &shown, Some(&sha256), self.output.json, out)?;
        let whole = read.requests.len() as u64 + read.bad;
        if read.requests.is_empty() || read.bad * 100 > whole * TOLERATED {
            return Ok(false);
        }
        let new = opened
            .runtime
            .block_on(opened.register.keep_requests(&read.requests))
            .map_err(|error| store_failure(&error))?;
        let requests = read.requests.len() as u64;
        if self.output.json {
            let line = json!({"file": shown, "requests": requests, "new": new, "bad": read.bad});
            writeln!(out, "{line}")?;
        } else {
            writeln!(
                out,
                "{}: {}, {new} of them new, {} bad.",
                safe(&shown),
                count(requests, "request"),
                read.bad
            )?;
        }
        Ok(true)
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem {
        code: stripout_model::Code::InputUnreadable,
        severity: stripout_model::Severity::Input,
        place: String::new(),
        what: error.to_string(),
        because: String::new(),
        hint: "check the path".into(),
    }
}
