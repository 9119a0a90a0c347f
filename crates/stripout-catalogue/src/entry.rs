//! What kinds of entries there are, and how one is referred to.

use std::fmt;

use serde::Serialize;

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    Maker,
    Brand,
    Model,
    Restriction,
    Policy,
    Claim,
    Vulnerability,
    MacPrefix,
    Citation,
    Vocabulary,
}

impl EntryKind {
    pub const ALL: [Self; 10] = [
        Self::Maker,
        Self::Brand,
        Self::Model,
        Self::Restriction,
        Self::Policy,
        Self::Claim,
        Self::Vulnerability,
        Self::MacPrefix,
        Self::Citation,
        Self::Vocabulary,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Brand => "brand",
            Self::Model => "model",
            Self::Restriction => "restriction",
            Self::Policy => "policy",
            Self::Claim => "claim",
            Self::Vulnerability => "vulnerability",
            Self::MacPrefix => "mac-prefix",
            Self::Citation => "citation",
            Self::Vocabulary => "vocabulary",
        }
    }
}

impl fmt::Display for EntryKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
