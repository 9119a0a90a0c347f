//! How a maker was recognised, and how far to trust it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How a mention was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// The maker's own name, as registered.
    Name,
    /// A sub-brand, rebrand label or product name.
    Brand,
    /// A model number.
    Model,
    /// The name, misspelt, split, glued or damaged.
    Typo,
    /// The name in another script or in full width.
    Script,
}

impl Via {
    pub const ALL: [Self; 5] = [Self::Name, Self::Brand, Self::Model, Self::Typo, Self::Script];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Brand => "brand",
            Self::Model => "model",
            Self::Typo => "typo",
            Self::Script => "script",
        }
    }
}

impl fmt::Display for Via {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Via {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|via| via.as_str() == text)
            .ok_or_else(|| {
                format!(
                    "`{text}` is no method: one of {}",
                    Self::ALL.map(Self::as_str).join(", ")
                )
            })
    }
}

/// How far a recognition can be trusted. Ordered: `Review < Likely < Certain`. A fuzzy match is never `Certain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    Review,
    Likely,
    Certain,
}

impl Confidence {
    pub const ALL: [Self; 3] = [Self::Review, Self::Likely, Self::Certain];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Confidence {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|c| c.as_str() == text).ok_or_else(|| {
            format!(
                "`{text}` is no confidence: one of {}",
                Self::ALL.map(Self::as_str).join(", ")
            )
        })
    }
}
