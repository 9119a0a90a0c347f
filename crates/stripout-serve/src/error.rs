//! Why the register cannot be served.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use stripout_judge::JudgeError;
use stripout_register::RegisterError;

use crate::AccountError;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Judge(#[from] JudgeError),
    #[error("cannot listen on {address}")]
    Listen {
        address: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("{address} is reachable from other machines, and the private view asks nobody who they are")]
    Private { address: SocketAddr },
    #[error("`{address}` cannot be written to a file: {because}")]
    Page { address: String, because: String },
    #[error("the site `{}` cannot be written", folder.display())]
    Folder {
        folder: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("`{}` holds something else than a site that was published", folder.display())]
    NotASite { folder: PathBuf },
    /// A briefing was asked for.
    #[error("`{named}` is surely no one body and no instrument of the catalogue")]
    NoSubject { named: String },
    #[error("judging the register did not come to an end")]
    Unfinished,
}
