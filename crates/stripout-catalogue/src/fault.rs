//! What is wrong with an entry, said so that its author can mend it.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

/// One thing wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Path in the data folder: `brands/examplecam.toml`.
    pub file: String,
    /// Id of the entry; empty when the file as a whole is meant.
    pub entry: String,
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.entry.is_empty() {
            write!(f, " [{}]", self.entry)?;
        }
        write!(f, ": {}", self.what)?;
        if self.hint.is_empty() {
            Ok(())
        } else {
            write!(f, "\n  do: {}", self.hint)
        }
    }
}

/// Why no catalogue could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    #[error("cannot read the catalogue folder at {}", path.display())]
    Overlay { path: PathBuf, source: std::io::Error },
    /// Files that do not parse, or ids given twice; entries that only break a rule are left to `check`.
    #[error("{} of the catalogue's entries cannot be read; first: {}", faults.len(), faults.first().map(ToString::to_string).unwrap_or_default())]
    Unreadable { faults: Vec<Fault> },
}
