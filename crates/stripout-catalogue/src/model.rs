//! Model-number families.

use serde::{Deserialize, Serialize};
use stripout_model::{BrandId, MakerId, ModelId};

use crate::Verification;

/// One entry of `data/models/<maker>.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ModelFamily {
    pub id: ModelId,
    /// `None` when the maker differs by model or is not established.
    #[serde(default)]
    pub maker: Option<MakerId>,
    /// The label these numbers are sold under, where it has an entry.
    #[serde(default)]
    pub brand: Option<BrandId>,
    /// camera, ptz, nvr, switch ... (`data/vocab/device-kinds.toml`)
    pub device: String,
    pub description: String,
    /// Rust regex, matched case-insensitively against normalised text (hyphens unified, upper case).
    pub pattern: String,
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter_examples: Vec<String>,
    pub specificity: Specificity,
    /// Families whose examples this pattern may also match. Where the two name different makers, a hit on both is
    /// ambiguous and goes to review; where they name the same one, the longer hit is the better description.
    #[serde(default)]
    pub ambiguous_with: Vec<ModelId>,
    #[serde(default)]
    pub collisions: Option<String>,
    pub sources: Vec<String>,
    /// Date of the newest source, as exact as it is.
    #[serde(default)]
    pub source_date: Option<String>,
    pub verification: Verification,
    #[serde(default)]
    pub verification_note: Option<String>,
    /// When a compiler last looked.
    #[serde(default)]
    pub checked: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// How much the number alone proves. `Low` needs camera words or the brand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Specificity {
    Low,
    Medium,
    High,
}

impl Specificity {
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// As `data/` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
