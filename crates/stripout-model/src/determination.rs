//! What an instrument says of a thing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::commitment::words;

/// The result of one instrument on one thing. `Unknown` is never counted as covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// A provision reaches it.
    Covered,
    /// A provision would reach it, and an exemption takes it out.
    Exempt,
    /// No provision reaches it.
    OutOfScope,
    /// A fact that decides is not known.
    Unknown,
}

words!(
    Coverage, "coverage",
    Covered => "covered", Exempt => "exempt", OutOfScope => "out-of-scope", Unknown => "unknown",
);

/// The coverage of one thing by one instrument, with the clause that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// Id in `data/policies/`.
    pub policy: String,
    /// Id of the provision or exemption that decided.
    pub provision: Option<String>,
    pub coverage: Coverage,
    /// One sentence: which question of the clause decided, and on what fact.
    pub why: String,
    /// Facts that would have to be known, for `Unknown`.
    pub missing: Vec<String>,
}
