//! `/add`: files from a page into the register, and what was found in them.

use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, Path};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use stripout_ingest::{IngestError, InputStatus, Summary};
use stripout_model::Problem;
use stripout_register::{Filter, SightingRow};

use crate::app::App;
use crate::assets::ADD;
use crate::desk::{Lot, Untaken, Uploads};
use crate::gate::{Desks, Gate};
use crate::page::{Chrome, fresh};
use crate::person::{Role, Visitor};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Of one file, how many sightings and problems are shown.
const SHOWN: u64 = 50;

#[derive(Template)]
#[template(path = "add.html")]
struct Add {
    chrome: Chrome,
    lots: Vec<Earlier>,
    script: &'static str,
}

/// A lot of before.
struct Earlier {
    id: String,
    files: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "added.html")]
struct Added {
    chrome: Chrome,
    files: String,
    bytes: String,
    /// While it is read.
    progress: Option<String>,
    /// Why nothing more was read.
    failed: Option<&'static str>,
    inputs: Vec<ReadInput>,
}

/// What became of one file.
struct ReadInput {
    name: String,
    state: String,
    /// Nothing of it could be read.
    failed: bool,
    /// Part of it could not.
    partial: bool,
    problems: Vec<Problem>,
    sightings: Vec<Found>,
}

struct Found {
    id: String,
    maker: String,
    excerpt: String,
    says: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        // The lot is bounded while it comes in.
        .route("/add", get(ask).post(take).layer(DefaultBodyLimit::disable()))
        .route("/add/{id}", get(lot))
}

fn uploads<'a>(gate: &'a Gate, visitor: &Visitor) -> Result<&'a Arc<Uploads>, Trouble> {
    visitor.may(Role::Contributor)?;
    let Desks { uploads, .. } = gate.desks()?;
    uploads.as_ref().ok_or(Trouble::NotFound)
}

async fn ask(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Trouble> {
    let lots = uploads(&gate, &visitor)?.lots();
    fresh(&Add {
        chrome: Chrome::new(&view, "", "Add files"),
        lots: lots.iter().map(|lot| Earlier::of(lot)).collect(),
        script: ADD.address(),
    })
}

async fn take(
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    mut parts: Multipart,
) -> Result<Response, Trouble> {
    let uploads = uploads(&gate, &visitor)?;
    let mut incoming = uploads.begin().ok_or(Trouble::Reading)??;
    let now = Timestamp::now();
    let day = now.to_zoned(TimeZone::UTC).date();
    while let Some(mut part) = parts.next_field().await? {
        let name = part.file_name().map(str::to_owned);
        // A form without a file has one part without a name.
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            continue;
        };
        incoming.file(&name, day).await?;
        while let Some(bytes) = part.chunk().await? {
            incoming.write(&bytes).await?;
        }
    }
    incoming.close().await?;
    if incoming.is_empty() {
        return Err(Trouble::Wrong("no file was chosen".into()));
    }
    let lot = uploads.read(incoming, now);
    Ok(Redirect::to(&format!("/add/{}", lot.id)).into_response())
}

async fn lot(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let lot = uploads(&gate, &visitor)?.lot(&id).ok_or(Trouble::NotFound)?;
    let outcome = lot.outcome();
    let (inputs, failed) = match outcome.as_deref() {
        Some(Ok(summary)) => (inputs(summary, &view).await?, None),
        Some(Err(error)) => (Vec::new(), Some(because(error))),
        None => (Vec::new(), None),
    };
    let progress = outcome.is_none().then(|| {
        let sightings = words::count(lot.progress.sightings(), "sighting", "sightings");
        format!("{} read, {sightings}", words::bytes(lot.progress.bytes()))
    });
    fresh(&Added {
        chrome: Chrome::new(&view, "", "Add files"),
        files: words::count(lot.files.len() as u64, "file", "files"),
        bytes: words::bytes(lot.bytes),
        progress,
        failed,
        inputs,
    })
}

async fn inputs(summary: &Summary, view: &View) -> Result<Vec<ReadInput>, Trouble> {
    let mut inputs = Vec::new();
    for input in &summary.inputs {
        let rows: Vec<SightingRow> = match &input.sha256 {
            Some(blob) if input.status != InputStatus::Failed => {
                let filter = Filter {
                    source: Some(blob.to_string()),
                    limit: Some(SHOWN),
                    ..Filter::default()
                };
                view.register().sightings(&filter).await?
            }
            _ => Vec::new(),
        };
        inputs.push(ReadInput {
            name: words::safe(&input.path),
            state: state(&input.status, input.records),
            failed: input.status == InputStatus::Failed,
            partial: input.status == InputStatus::Partial,
            problems: input.problems.clone(),
            sightings: rows.iter().map(|row| Found::of(row, view)).collect(),
        });
    }
    Ok(inputs)
}

fn state(status: &InputStatus, records: u64) -> String {
    let read = words::count(records, "record", "records");
    match status {
        InputStatus::AlreadyRead { on, .. } => {
            format!("these bytes were read before, on {on}; nothing was changed")
        }
        InputStatus::Failed => "could not be read; nothing of it is in the register".into(),
        InputStatus::Partial => format!("{read} read; part of it could not be"),
        _ => format!("{read} read"),
    }
}

/// What people can do about it; paths and statements are for the log.
fn because(error: &IngestError) -> &'static str {
    match error {
        IngestError::Store(stripout_register::RegisterError::Locked { .. }) => {
            "Another program is writing to the register. Send the files again when it is done."
        }
        IngestError::Store(stripout_register::RegisterError::Full { .. }) | IngestError::Keep { .. } => {
            "There is no room left for the register or for the copies beside it."
        }
        _ => "The register could not take them. What was finished before that is in it.",
    }
}

impl Earlier {
    fn of(lot: &Lot) -> Self {
        let first = lot.files.first().map_or("", String::as_str);
        let more = lot.files.len().saturating_sub(1);
        let files = match more {
            0 => words::safe(first),
            more => format!("{} and {more} more", words::safe(first)),
        };
        Self {
            id: lot.id.clone(),
            files,
            state: match lot.outcome().as_deref() {
                None => "being read",
                Some(Ok(_)) => "read",
                Some(Err(_)) => "stopped",
            },
        }
    }
}

impl Found {
    fn of(row: &SightingRow, view: &View) -> Self {
        let one = &row.sighting;
        Self {
            id: row.id.to_string(),
            maker: view.maker_label(&one.maker).to_owned(),
            excerpt: words::safe(&one.evidence.excerpt),
            says: format!(
                "{} · {}",
                stripout_judge::says(row.kind, one.stance, &one.evidence.excerpt),
                words::confidence(one.confidence).to_lowercase()
            ),
        }
    }
}

impl From<Untaken> for Trouble {
    fn from(untaken: Untaken) -> Self {
        match untaken {
            Untaken::TooLarge | Untaken::TooMany => Self::TooLarge(untaken.to_string()),
            Untaken::Disk(_) => Self::Unwritable(untaken.to_string()),
        }
    }
}

impl From<MultipartError> for Trouble {
    fn from(error: MultipartError) -> Self {
        Self::Malformed(error.body_text())
    }
}
