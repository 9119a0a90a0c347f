//! How a fact was checked.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How a fact was checked. Ordered: a `Recalled` or `Constructed` one never reaches a public page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// Made up as test data.
    Constructed,
    /// Known to the compilers, not opened.
    Recalled,
    /// A restatement, or a part, was read.
    Partly,
    /// Read in an official registry or its data file.
    Registry,
    /// The cited text was read by the compilers.
    Seen,
}

impl Verification {
    pub const ALL: [Self; 5] = [
        Self::Constructed,
        Self::Recalled,
        Self::Partly,
        Self::Registry,
        Self::Seen,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Constructed => "constructed",
            Self::Recalled => "recalled",
            Self::Partly => "partly",
            Self::Registry => "registry",
            Self::Seen => "seen",
        }
    }

    /// Strong enough for a public page, as far as the checking goes.
    pub fn is_first_hand(self) -> bool {
        self >= Self::Registry
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
