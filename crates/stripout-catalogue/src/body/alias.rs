//! Other names of a body.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stripout_model::BodyId;

use crate::Verification;

/// One row of `data/bodies/aliases.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alias {
    pub body: BodyId,
    pub alias: String,
    pub kind: AliasKind,
    /// First day it was used; `None`: not noted.
    pub from: Option<Date>,
    /// First day it was no longer the body's; `None`: it still is. Old names linger: one never excludes a match.
    pub until: Option<Date>,
    pub source: Option<String>,
    pub verification: Verification,
}

/// What sort of name it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AliasKind {
    /// A name it had before.
    Former,
    /// Its name with words left out or in another order.
    Short,
    Acronym,
    /// What people call it.
    Informal,
    /// A building that stands for it.
    Site,
    Welsh,
    Gaelic,
    Irish,
    Cornish,
}

impl AliasKind {
    pub const ALL: [Self; 9] = [
        Self::Former,
        Self::Short,
        Self::Acronym,
        Self::Informal,
        Self::Site,
        Self::Welsh,
        Self::Gaelic,
        Self::Irish,
        Self::Cornish,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Former => "former",
            Self::Short => "short",
            Self::Acronym => "acronym",
            Self::Informal => "informal",
            Self::Site => "site",
            Self::Welsh => "welsh",
            Self::Gaelic => "gaelic",
            Self::Irish => "irish",
            Self::Cornish => "cornish",
        }
    }
}

impl fmt::Display for AliasKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
