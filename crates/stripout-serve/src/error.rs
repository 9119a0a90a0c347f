//! Why the register cannot be served.

use std::io;
use std::net::SocketAddr;

use stripout_judge::JudgeError;
use stripout_register::RegisterError;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    #[error(transparent)]
    Register(#[from] RegisterError),
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
    #[error("judging the register did not come to an end")]
    Unfinished,
}
