//! Accounts of people who work on a register that others can reach.

mod change;
mod invitation;
mod passphrase;
mod session;
mod sign_in;
mod store;
mod token;
mod totp;

use std::path::PathBuf;

pub use store::Accounts;

pub(crate) use change::Changing;
pub(crate) use invitation::{Joining, Offer};
pub(crate) use session::WHOLE;
pub(crate) use sign_in::Entered;
pub(crate) use store::{Audited, Member, Pending};
pub(crate) use token::Token;

/// Why accounts cannot be had or changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    #[error("the accounts `{}` cannot be used: {because}", path.display())]
    Store { path: PathBuf, because: String },
    #[error("`{}` holds no accounts of this program", path.display())]
    NotAccounts { path: PathBuf },
    #[error("no random numbers are to be had: {0}")]
    Random(#[from] getrandom::Error),
    #[error("a passphrase cannot be hashed: {0}")]
    Hash(String),
    /// What was entered, and why it will not do.
    #[error("{0}")]
    Refused(String),
    #[error("too many attempts; {seconds} s to wait")]
    Throttled { seconds: i64 },
}
