//! A request for information: what was asked of whom and when, and what is noted of the answer.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{BlobId, OutcomeKind};

/// One row of a list of requests that somebody keeps. Who asked is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Of the row of the register; empty before it is written.
    pub id: String,
    /// As written.
    pub body: String,
    pub asked: Date,
    pub subject: Option<String>,
    /// The number that the body, or the asker, gave it.
    pub reference: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// What the list says of the answer; `None`: there is none yet.
    pub outcome: Option<OutcomeKind>,
    pub answered: Option<Date>,
    /// The asker took it back.
    pub withdrawn: bool,
    pub list: RequestList,
    /// Line, or member of the list.
    pub place: String,
}

/// The file that a request was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestList {
    pub blob: BlobId,
    /// As given by the user.
    pub path: String,
    pub imported_at: Timestamp,
}
