//! What can go wrong with the store, in words that name the file and the next step.

use std::path::PathBuf;

use stripout_model::{BlobId, Code};

pub type Result<T, E = RegisterError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    #[error("`{}` is no register: {because}", path.display())]
    NotARegister { path: PathBuf, because: String },
    #[error("`{}` has schema {found}, this program knows up to {known}", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("there is no register `{}`", path.display())]
    Missing { path: PathBuf },
    #[error("`{}` is damaged: {because}", path.display())]
    Corrupt { path: PathBuf, because: String },
    #[error("`{}` cannot be written to: {because}", path.display())]
    ReadOnly { path: PathBuf, because: String },
    #[error("no room left for `{}`: {because}", path.display())]
    Full { path: PathBuf, because: String },
    #[error("another program is writing to `{}`", path.display())]
    Locked { path: PathBuf },
    #[error("`{}` could not be used: {because}", path.display())]
    Io { path: PathBuf, because: String },
    #[error("`{}` refused a row: {because}", path.display())]
    Refused { path: PathBuf, because: String },
    /// The caller's own output, e.g. a pipe that was closed.
    #[error("the export could not be written: {0}")]
    Output(#[source] std::io::Error),
    /// A fault of the calling program.
    #[error("evidence of blob {found:?} in a unit of {expected:?}")]
    ForeignEvidence { expected: BlobId, found: BlobId },
    #[error("`{value}` cannot be stored as {what}")]
    OutOfRange { what: &'static str, value: String },
    #[error("no row has the id `{id}`")]
    NoSuchId { id: String },
    #[error("`{id}` is no id: between 4 and 64 hex digits wanted")]
    NoId { id: String },
    #[error("`{id}` is the start of {} ids: {}", matches.len(), matches.join(", "))]
    Ambiguous { id: String, matches: Vec<String> },
    #[error("{table} cannot be filtered by {by}")]
    NoSuchFilter { table: &'static str, by: &'static str },
}

impl RegisterError {
    /// The stable code; `None` for mistakes in what was asked for.
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::NotARegister { .. } | Self::Newer { .. } | Self::Corrupt { .. } | Self::Io { .. } => {
                Some(Code::StoreCorrupt)
            }
            Self::ReadOnly { .. } => Some(Code::StoreReadOnly),
            Self::Full { .. } => Some(Code::StoreFull),
            Self::Locked { .. } => Some(Code::StoreLocked),
            Self::Missing { .. }
            | Self::Output(_)
            | Self::Refused { .. }
            | Self::ForeignEvidence { .. }
            | Self::OutOfRange { .. }
            | Self::NoSuchId { .. }
            | Self::NoId { .. }
            | Self::Ambiguous { .. }
            | Self::NoSuchFilter { .. } => None,
        }
    }

    /// The next step.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotARegister { .. } => "give the path of a register, or of a file that does not exist yet",
            Self::Newer { .. } => "use the newer program that wrote it; the file was not touched",
            Self::Missing { .. } => "check the path, or screen something into it first",
            Self::Corrupt { .. } => "put back a backup, or screen the sources into a new register",
            Self::ReadOnly { .. } => "give a register in a folder that you may write to",
            Self::Full { .. } => "free some space and run again: what was read so far is safe",
            Self::Locked { .. } => "wait until it is done, then run again",
            Self::Io { .. } => "check that the path exists and the disk is well",
            Self::Output(_) => "check where the output goes",
            Self::Refused { .. } | Self::ForeignEvidence { .. } | Self::OutOfRange { .. } => {
                "report this as a fault of the program"
            }
            Self::NoSuchId { .. } | Self::NoId { .. } => "list the rows to see their ids",
            Self::Ambiguous { .. } => "give more digits",
            Self::NoSuchFilter { .. } => "leave this filter out",
        }
    }
}
