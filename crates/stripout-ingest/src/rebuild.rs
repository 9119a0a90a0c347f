//! A register made again from its sources and decisions: the same in every export.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use stripout_identify::Identifier;
use stripout_model::{BlobId, Decision, Provenance, Request};
use stripout_register::{Batch, BodyReply, Embargo, SourceEnd, SourcePage, SourceRow, TaskEntry, Unread};

use crate::destination::{Begun, Destination, IntoRegister, Source};
use crate::hash::blob_id;
use crate::keep::Keep;
use crate::pipeline::Input;
use crate::screen::{IngestError, Progress, ScreenOptions, screen_as};
use crate::summary::{InputStatus, Summary};
use crate::verify::place_of;

/// What a register rests on.
pub struct Rebuilt<'a> {
    pub sources: &'a [SourceRow],
    /// How each source came, the first time first.
    pub provenances: &'a HashMap<BlobId, Vec<(Provenance, Timestamp)>>,
    pub decisions: &'a [Decision],
    pub embargoes: &'a [Embargo],
    pub body_replies: &'a [BodyReply],
    pub source_pages: &'a [SourcePage],
    /// As every list has them.
    pub requests: &'a [Request],
    pub tasks: &'a [TaskEntry],
    /// Inputs that could not be read: they are no sources, so they are carried over.
    pub unread: &'a [Unread],
    /// Where the old register keeps its copies.
    pub folder: &'a Path,
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RebuildError {
    /// Neither the copy nor the file has the bytes any more.
    #[error("{} of the sources are not where they were: {}", .0.len(), .0.join(", "))]
    Gone(Vec<String>),
    #[error("`{}` is there already", .0.display())]
    Taken(PathBuf),
    #[error("`{}` could not be read again: {because}", path)]
    Unread { path: String, because: String },
    #[error("stopped")]
    Interrupted,
    #[error(transparent)]
    Ingest(#[from] IngestError),
    #[error("`{}` cannot be made: {source}", path.display())]
    Io { path: PathBuf, source: std::io::Error },
}

/// Reads every source again, under the name and at the time of its first reading, into a new register at `target`, then
/// appends decisions, embargoes, replies of bodies and pages of sources. `target` appears whole or not at all.
pub fn rebuild(
    old: &Rebuilt<'_>,
    target: &Path,
    identifier: &Identifier,
    options: &ScreenOptions,
    progress: &Progress,
) -> Result<Summary, RebuildError> {
    if target.exists() {
        return Err(RebuildError::Taken(target.into()));
    }
    let inputs = inputs(old)?;
    // Its copies lie where those of `target` will be looked for.
    let part = target.with_extension("rebuilding");
    let folder = target.with_extension("evidence");
    let clear = || {
        for ending in ["rebuilding", "rebuilding-wal", "rebuilding-shm"] {
            // Mostly there is none.
            let _ = fs::remove_file(target.with_extension(ending));
        }
    };
    clear();
    let made = fill(old, &inputs, &part, &folder, identifier, options, progress).and_then(|summary| {
        fs::rename(&part, target)
            .map(|()| summary)
            .map_err(|source| RebuildError::Io {
                path: target.into(),
                source,
            })
    });
    if made.is_err() {
        clear();
    }
    made
}

/// The files that still have the bytes of each source, in the order of their names.
fn inputs(old: &Rebuilt<'_>) -> Result<Vec<Input>, RebuildError> {
    let mut gone = Vec::new();
    let mut inputs = Vec::new();
    for row in old.sources {
        let named = PathBuf::from(&row.source.path);
        let places = [place_of(row, old.folder), named.clone()];
        let there = |file: &PathBuf| blob_id(file, || true).is_ok_and(|blob| blob == row.source.blob);
        match places.into_iter().find(there) {
            Some(file) => inputs.push(Input { file, name: named }),
            None => gone.push(row.source.path.clone()),
        }
    }
    if gone.is_empty() {
        inputs.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(inputs)
    } else {
        Err(RebuildError::Gone(gone))
    }
}

fn fill(
    old: &Rebuilt<'_>,
    inputs: &[Input],
    part: &Path,
    folder: &Path,
    identifier: &Identifier,
    options: &ScreenOptions,
    progress: &Progress,
) -> Result<Summary, RebuildError> {
    let open = IntoRegister::open(part, folder, Keep::None).map_err(IngestError::from)?;
    let mut again = Again {
        rows: old.sources.iter().map(|row| (row.source.blob, row)).collect(),
        old,
        into: open,
    };
    let summary = screen_as(inputs, identifier, options, &mut again, progress)?;
    if summary.interrupted {
        return Err(RebuildError::Interrupted);
    }
    if let Some(input) = summary
        .inputs
        .iter()
        .find(|input| input.status == InputStatus::Failed)
    {
        let because = input.problems.first().map(|problem| problem.what.clone());
        return Err(RebuildError::Unread {
            path: input.path.clone(),
            because: because.unwrap_or_default(),
        });
    }
    Ok(summary)
}

/// Takes sources as they were taken, at the time they were read, copied where they were copied.
struct Again<'a> {
    old: &'a Rebuilt<'a>,
    rows: HashMap<BlobId, &'a SourceRow>,
    into: IntoRegister,
}

impl Destination for Again<'_> {
    fn begin(&mut self, source: Source<'_>) -> Result<Begun, IngestError> {
        let Some(row) = self.rows.get(&source.blob) else {
            return self.into.begin(source);
        };
        self.into.keep(match row.source.copy {
            Some(_) => Keep::All,
            None => Keep::None,
        });
        let came = self
            .old
            .provenances
            .get(&source.blob)
            .and_then(|ways| ways.first());
        self.into.begin(Source {
            provenance: came.map_or(source.provenance, |(provenance, _)| provenance.clone()),
            now: row.read_at,
            ..source
        })
    }

    fn write(&mut self, batch: Batch) -> Result<(), IngestError> {
        self.into.write(batch)
    }

    fn commit(&mut self, end: SourceEnd) -> Result<(), IngestError> {
        self.into.commit(end)
    }

    fn fail(&mut self, unread: Unread) -> Result<(), IngestError> {
        self.into.fail(unread)
    }

    fn finish(&mut self) -> Result<(), IngestError> {
        let Rebuilt {
            provenances,
            decisions,
            embargoes,
            body_replies,
            source_pages,
            requests,
            tasks,
            unread,
            ..
        } = self.old;
        self.into
            .append(provenances, decisions, embargoes, requests, tasks, unread)?;
        self.into.keep_published(body_replies, source_pages)?;
        self.into.finish()
    }
}
