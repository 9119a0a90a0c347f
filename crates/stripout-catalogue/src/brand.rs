//! A label equipment is sold under, and who makes it: dated, per product line, never one flat answer.

use serde::{Deserialize, Serialize};
use stripout_model::{BrandId, MakerId};

use crate::{Name, Verification};

/// One file of `data/brands/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Brand {
    pub id: BrandId,
    /// The label as its owner writes it.
    pub label: String,
    /// What the text of a source may say for it.
    #[serde(default)]
    pub names: Vec<Name>,
    /// Where its spellings are when not here: `makers/<id>`, for a label that is its maker's own name.
    #[serde(default)]
    pub spelled_in: Option<String>,
    /// Why the label is not looked for: an ordinary word, or a company with products of its own.
    #[serde(default)]
    pub unmatched: Option<String>,
    /// Further names met for it that are too weak to look for.
    #[serde(default)]
    pub also_called: Vec<String>,
    /// Texts in which the label must be found.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which it must not.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    /// Sources name different makers and no date or product line tells them apart: a hit names no maker.
    #[serde(default)]
    pub disputed: Option<String>,
    #[serde(default)]
    pub disputed_sources: Vec<String>,
    #[serde(default)]
    pub note: Option<String>,
    /// Best supported first.
    #[serde(default)]
    pub made_by: Vec<MadeBy>,
}

impl Brand {
    /// The best supported relation to an established maker; `None` when none is established or sources disagree.
    pub fn maker(&self) -> Option<&MadeBy> {
        let established = |m: &&MadeBy| {
            m.maker.is_some()
                && !matches!(
                    m.relation,
                    Relation::NotFound | Relation::Unknown | Relation::Distributor
                )
        };
        if self.disputed.is_some() {
            return None;
        }
        self.made_by.iter().find(established)
    }
}

/// Who makes a product line of a label, since when, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MadeBy {
    /// `None` when the maker is not established.
    #[serde(default)]
    pub maker: Option<MakerId>,
    pub relation: Relation,
    /// The label as the source lists it, where that differs: "Examplecam (some lines)".
    #[serde(default)]
    pub listed_as: Option<String>,
    /// Product lines this holds for; empty means the source does not say.
    #[serde(default)]
    pub lines: String,
    /// ISO year, month or day, or a year range; as exact as the source.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub until: Option<String>,
    #[serde(default)]
    pub markets: Vec<String>,
    /// How sure the source is: `data/vocab/certainty.toml`.
    pub certainty: Certainty,
    /// Whether a public page may state it: only where it was seen and is well supported.
    pub publish: bool,
    /// Neutral verb phrase: "is a brand of".
    pub wording: String,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    OwnBrand,
    Subsidiary,
    OemRebrand,
    OemPartial,
    OemHistorical,
    Reseller,
    Distributor,
    NotFound,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    Uncertain,
    Low,
    Medium,
    High,
}

impl Relation {
    pub const ALL: [Self; 9] = [
        Self::OwnBrand,
        Self::Subsidiary,
        Self::OemRebrand,
        Self::OemPartial,
        Self::OemHistorical,
        Self::Reseller,
        Self::Distributor,
        Self::NotFound,
        Self::Unknown,
    ];

    /// As `data/` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OwnBrand => "own-brand",
            Self::Subsidiary => "subsidiary",
            Self::OemRebrand => "oem-rebrand",
            Self::OemPartial => "oem-partial",
            Self::OemHistorical => "oem-historical",
            Self::Reseller => "reseller",
            Self::Distributor => "distributor",
            Self::NotFound => "not-found",
            Self::Unknown => "unknown",
        }
    }
}

impl Certainty {
    pub const ALL: [Self; 4] = [Self::Uncertain, Self::Low, Self::Medium, Self::High];

    /// As `data/` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Uncertain => "uncertain",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
