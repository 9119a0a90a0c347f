//! What the text says about the maker's equipment. Per mention, not per document.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What the text says of one mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// In use, bought, being supplied, listed as live.
    Has,
    /// Used or bought earlier, gone or unknown now; no act of removal is stated.
    Had,
    /// An act of removal or replacement is complete.
    Removed,
    /// Removal is committed, under way or scheduled.
    PlannedRemoval,
    /// Says that none is held or used.
    Denies,
    /// Exemption, neither confirm nor deny, not recorded, over the cost limit, vexatious.
    Refuses,
    /// Forbids buying or using.
    Prohibits,
    /// Everything else: news, questions, "or equivalent", law, pleas.
    Mentions,
}

impl Stance {
    pub const ALL: [Self; 8] = [
        Self::Has,
        Self::Had,
        Self::Removed,
        Self::PlannedRemoval,
        Self::Denies,
        Self::Refuses,
        Self::Prohibits,
        Self::Mentions,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Has => "has",
            Self::Had => "had",
            Self::Removed => "removed",
            Self::PlannedRemoval => "planned_removal",
            Self::Denies => "denies",
            Self::Refuses => "refuses",
            Self::Prohibits => "prohibits",
            Self::Mentions => "mentions",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Stance {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|s| s.as_str() == wanted)
            .ok_or_else(|| {
                format!(
                    "`{text}` is no stance: one of {}",
                    Self::ALL.map(Self::as_str).join(", ")
                )
            })
    }
}
