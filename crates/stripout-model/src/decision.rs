//! What a reviewer decided. Appended, never edited: a later decision on the same thing takes the place of an earlier one.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::commitment::words;
use crate::{BodyId, MakerId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Accept,
    Reject,
    Unsure,
    /// Somebody whom it concerns says that it is wrong: shown as disputed until it is settled.
    Dispute,
    /// Takes the reviewer's own last decision on the thing back.
    Undo,
}

words!(
    Verdict, "verdict",
    Accept => "accept", Reject => "reject", Unsure => "unsure", Dispute => "dispute", Undo => "undo",
);

/// One reviewer's word on one sighting or alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Position in the log; 0 before it is appended.
    pub id: i64,
    /// Id of the sighting or alert decided on.
    pub thing: String,
    pub verdict: Verdict,
    /// The reviewer, under the name they gave.
    pub who: String,
    pub when: Timestamp,
    /// The reason, in their words; asked for a reject, a dispute and a correction.
    pub why: String,
    /// The body or maker that it should be, where the program had another or none.
    pub body: Option<BodyId>,
    pub maker: Option<MakerId>,
}
