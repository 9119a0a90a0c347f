//! Finds every excerpt again in the bytes it was taken from.

use std::fs::File;
use std::path::{Path, PathBuf};

use serde::Serialize;
use stripout_model::{BlobId, Locator};
use stripout_read::{Options, Source, Surroundings, reread_all, reread_around};
use stripout_register::{EvidenceOf, EvidenceRow, RowId, SourceRow};

use crate::hash::blob_id;

/// What `verify` looked at and what it found wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    pub sources: u64,
    pub excerpts: u64,
    pub differences: Vec<Difference>,
}

/// A source or excerpt that is not as registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub path: String,
    pub sha256: BlobId,
    /// The row that rests on it; `None` when the source itself differs.
    pub row: Option<(EvidenceOf, RowId)>,
    pub place: String,
    /// What the register has.
    pub registered: String,
    /// What is there now, or why it cannot be read.
    pub found: String,
}

impl Verified {
    /// Re-hashes one source; whether its bytes are as registered. The kept copy is looked at where there is one, else the file
    /// where the user has it.
    pub fn source(&mut self, source: &SourceRow, folder: &Path) -> bool {
        self.sources += 1;
        let path = place_of(source, folder);
        let registered = source.source.blob;
        let found = match blob_id(&path, || true) {
            Ok(blob) if blob == registered => return true,
            Ok(blob) => format!("SHA-256 {blob}"),
            Err(error) => error.to_string(),
        };
        self.differences
            .push(differs(source, &path, format!("SHA-256 {registered}"), found));
        false
    }

    /// Re-reads some of the evidence of one source.
    pub fn excerpts(
        &mut self,
        source: &SourceRow,
        evidence: &[EvidenceRow],
        folder: &Path,
        options: &Options,
    ) {
        let path = place_of(source, folder);
        for (row, found) in evidence.iter().zip(passages(&path, evidence, options)) {
            self.excerpts += 1;
            let wanted = &row.evidence.excerpt;
            let at = row.evidence.start..row.evidence.start + wanted.len();
            let found = match &found {
                Ok(text) if text.get(at.clone()) == Some(wanted.as_str()) => continue,
                Ok(text) => text
                    .get(at)
                    .unwrap_or("the place is outside the text")
                    .to_string(),
                Err(because) => because.clone(),
            };
            self.differences.push(Difference {
                row: Some((row.what, row.id)),
                place: row.evidence.locator.to_string(),
                ..differs(source, &path, wanted.clone(), found)
            });
        }
    }
}

fn differs(source: &SourceRow, path: &Path, registered: String, found: String) -> Difference {
    Difference {
        path: path.display().to_string(),
        sha256: source.source.blob,
        row: None,
        place: String::new(),
        registered,
        found,
    }
}

/// Where the bytes of a source are looked for.
pub fn place_of(source: &SourceRow, folder: &Path) -> PathBuf {
    match &source.source.copy {
        Some(copy) if folder.join(copy).is_file() => folder.join(copy),
        _ => PathBuf::from(&source.source.path),
    }
}

/// Sources larger than this are not read again for the words around one passage.
const LARGEST: u64 = 64 << 20;

/// The words around a passage, as its source has them now: up to `margin` bytes on each side. `None` where the source is
/// not there, is another by now, or is large, and where the passage is a field or a string that ends by itself.
pub fn surroundings(
    source: &SourceRow,
    folder: &Path,
    locator: &Locator,
    options: &Options,
    margin: u64,
) -> Option<Surroundings> {
    let path = place_of(source, folder);
    if source.size > LARGEST || blob_id(&path, || true).ok() != Some(source.source.blob) {
        return None;
    }
    let mut file = File::open(&path).ok()?;
    let source = Source {
        name: &path.to_string_lossy(),
        bytes: &mut file,
    };
    reread_around(source, options, locator, margin).ok()
}

/// What stands at every locator now; each archive member is unpacked once.
fn passages(path: &Path, evidence: &[EvidenceRow], options: &Options) -> Vec<Result<String, String>> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return evidence.iter().map(|_| Err(error.to_string())).collect(),
    };
    let locators: Vec<_> = evidence.iter().map(|row| &row.evidence.locator).collect();
    let source = Source {
        name: &path.to_string_lossy(),
        bytes: &mut file,
    };
    let found = reread_all(source, options, &locators);
    found
        .into_iter()
        .map(|one| one.map_err(|problem| format!("{}: {}", problem.what, problem.because)))
        .collect()
}
