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

/// What a provision does to the act it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The act may not be done.
    Bars,
    /// The opposite of the act must be done: what is kept must be removed.
    Requires,
    /// Its author undertakes it.
    Promises,
    /// A request or advice that binds nobody.
    Asks,
    /// Says what a term means.
    Defines,
    /// Says that there is no duty.
    Relieves,
    /// A power or a choice: whoever it speaks of may do so and need not, and nothing follows by itself.
    May,
    /// Notes that no rule was found.
    NotesNone,
}

words!(
    Effect, "effect",
    Bars => "bars", Requires => "requires", Promises => "promises", Asks => "asks", Defines => "defines",
    Relieves => "relieves", May => "may", NotesNone => "notes-none",
);

impl Effect {
    /// Whether one who is covered is under a duty.
    pub fn binds(self) -> bool {
        matches!(self, Self::Bars | Self::Requires)
    }

    /// What follows for a thing that the provision reaches.
    pub fn coverage(self) -> Coverage {
        match self {
            Self::Bars | Self::Requires | Self::Promises | Self::Asks | Self::Defines => Coverage::Covered,
            Self::Relieves => Coverage::Exempt,
            Self::May | Self::NotesNone => Coverage::OutOfScope,
        }
    }
}

/// The coverage of one thing by one instrument, with the clause that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// Id in `data/policies/`.
    pub policy: String,
    /// Id of the provision or exemption that decided.
    pub provision: Option<String>,
    pub coverage: Coverage,
    /// A rule that is in force binds here: what is promised, asked or only proposed does not. False unless covered.
    pub binding: bool,
    /// One sentence: which question of the clause decided, and on what fact; with source and date.
    pub why: String,
    /// Facts that would have to be known, for `Unknown`.
    pub missing: Vec<String>,
}
