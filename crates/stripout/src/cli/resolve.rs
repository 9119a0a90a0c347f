//! `stripout resolve`: which public body is this?

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::{Bodies, Resolution};
use stripout_model::Confidence;

use super::{CatalogueFlags, Output};
use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Resolve {
    /// Name as written.
    #[arg(required_unless_present = "csv", conflicts_with = "csv")]
    name: Option<String>,
    /// Day the name was written, YYYY-MM-DD: the body that existed then is meant.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// Table of names: its column `variant`, else the first; a column `date` goes before --date. One JSON object a line.
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// One answer as machines read it.
#[derive(Serialize)]
struct Answer<'a> {
    input: &'a str,
    body: Option<&'a str>,
    name: Option<&'a str>,
    confidence: Confidence,
    why: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<&'a str>,
}

impl<'a> Answer<'a> {
    fn new(input: &'a str, resolution: &'a Resolution, bodies: &'a Bodies) -> Self {
        Self {
            input,
            body: resolution.body.as_ref().map(stripout_model::BodyId::as_str),
            name: resolution
                .body
                .as_ref()
                .and_then(|id| bodies.get(id))
                .map(|body| body.name.as_str()),
            confidence: resolution.confidence,
            why: &resolution.why,
            candidates: resolution
                .candidates
                .iter()
                .map(|candidate| candidate.body.as_str())
                .collect(),
        }
    }
}

impl Resolve {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let bodies = self.catalogue.bodies()?;
        match (&self.csv, &self.name) {
            (Some(path), _) => self.table(path, &bodies, out),
            (None, name) => {
                let name = name.as_deref().unwrap_or_default();
                let resolution = bodies.resolve(name, self.date);
                if self.output.json {
                    writeln!(
                        out,
                        "{}",
                        serde_json::to_string(&Answer::new(name, &resolution, &bodies))?
                    )?;
                } else {
                    print(&resolution, &bodies, out)?;
                }
                Ok(Exit::AllRead)
            }
        }
    }

    /// Every row has its line, also one that cannot be read.
    fn table(&self, path: &Path, bodies: &Bodies, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let unreadable = |error: csv::Error| Failure {
            exit: Exit::AllFailed,
            code: "input-not-understood",
            what: format!("{} cannot be read", path.display()),
            because: error.to_string(),
            hint: "give a CSV file with a header line".into(),
        };
        let mut rows = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(path)
            .map_err(unreadable)?;
        let header = rows.byte_headers().map_err(unreadable)?.clone();
        let column = |name: &str| {
            header.iter().position(|cell| {
                let cell = cell.strip_prefix(b"\xef\xbb\xbf").unwrap_or(cell);
                cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes())
            })
        };
        let variant = column("variant").unwrap_or(0);
        let date = column("date");
        let mut exit = Exit::AllRead;
        for row in rows.byte_records() {
            let row = row.map_err(unreadable)?;
            let cell = row.get(variant).unwrap_or_default();
            let dated = date
                .and_then(|date| row.get(date))
                .unwrap_or_default()
                .trim_ascii();
            let input = String::from_utf8_lossy(cell);
            let resolution = match (std::str::from_utf8(cell), day(dated)) {
                (Ok(name), Ok(day)) => bodies.resolve(name, day.or(self.date)),
                (Err(_), _) => unread("the name is not UTF-8; save the file as UTF-8"),
                (Ok(_), Err(why)) => unread(&why),
            };
            if resolution.why.starts_with(UNREAD) {
                exit = Exit::SomeFailed;
            }
            writeln!(
                out,
                "{}",
                serde_json::to_string(&Answer::new(&input, &resolution, bodies))?
            )?;
        }
        Ok(exit)
    }
}

const UNREAD: &str = "not read: ";

fn unread(why: &str) -> Resolution {
    Resolution {
        body: None,
        in_place_of: None,
        confidence: Confidence::Review,
        why: format!("{UNREAD}{why}"),
        candidates: Vec::new(),
    }
}

fn day(cell: &[u8]) -> Result<Option<Date>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let text = String::from_utf8_lossy(cell);
    text.parse()
        .map(Some)
        .map_err(|_no_date| format!("`{text}` is no date; write YYYY-MM-DD"))
}

fn print(resolution: &Resolution, bodies: &Bodies, out: &mut dyn Write) -> anyhow::Result<()> {
    let why = safe(&resolution.why);
    if let Some(body) = resolution.body.as_ref().and_then(|id| bodies.get(id)) {
        let name = safe(&body.name);
        writeln!(out, "{name} ({}), {}: {why}.", body.id, resolution.confidence)?;
        return Ok(());
    }
    writeln!(out, "For review: {why}.")?;
    for candidate in &resolution.candidates {
        let name = bodies.get(&candidate.body).map_or("", |body| body.name.as_str());
        writeln!(out, "  {} ({})", safe(name), candidate.body)?;
    }
    Ok(())
}
