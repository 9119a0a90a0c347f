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
    #[serde(rename = "name", default)]
    pub names: Vec<Name>,
    /// Texts in which the label must be found.
    pub examples: Vec<String>,
    /// Texts in which it must not.
    #[serde(default)]
    pub counter_examples: Vec<String>,
    #[serde(default)]
    pub markets: Vec<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub made_by: Vec<MadeBy>,
}

/// Who makes a product line of a label, since when, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MadeBy {
    /// `None` when the maker is not established.
    #[serde(default)]
    pub maker: Option<MakerId>,
    pub relation: Relation,
    /// Product lines this holds for; empty means the source does not say.
    #[serde(default)]
    pub lines: String,
    /// ISO year, month or day, or a year range; as exact as the source.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub until: Option<String>,
    /// How sure the source is: `data/vocab/certainty.toml`.
    pub certainty: Certainty,
    /// Whether a public page may state it: only where it was seen and is well supported.
    pub publish: bool,
    /// Neutral verb phrase: "is a brand of".
    pub wording: String,
    pub sources: Vec<String>,
    pub verification: Verification,
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
