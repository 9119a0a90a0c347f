//! The companies that build equipment: names, jurisdiction, owners, listings, each dated.

use serde::{Deserialize, Serialize};
use stripout_model::MakerId;

use crate::{Name, Verification};

/// One file of `data/makers/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Maker {
    pub id: MakerId,
    /// The short name for people.
    pub label: String,
    pub legal_name: String,
    #[serde(default)]
    pub legal_name_local: Option<String>,
    /// Spellings of the company itself: short, legal, other scripts, misspellings.
    #[serde(default)]
    pub names: Vec<Name>,
    /// Where its spellings are when not here: `brands/<id>` for a company that is also a label, `makers/<id>` for one
    /// that texts do not tell from its parent.
    #[serde(default)]
    pub spelled_in: Option<String>,
    /// Short names, tickers and trade names as listed, whether or not they are looked for.
    #[serde(default)]
    pub short_names: Vec<String>,
    #[serde(default)]
    pub headquarters: Option<String>,
    /// ISO 3166 codes.
    pub countries: Vec<String>,
    /// `data/vocab/jurisdictions.toml`
    pub jurisdiction: String,
    /// Company this one belongs to.
    #[serde(default)]
    pub parent: Option<MakerId>,
    #[serde(default)]
    pub ownership_note: Option<String>,
    /// State shareholding over time.
    #[serde(rename = "state-share", default)]
    pub state_shares: Vec<StateShare>,
    #[serde(rename = "restriction", default)]
    pub restrictions: Vec<Restriction>,
    #[serde(default)]
    pub own_brands: Vec<String>,
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
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub counter_examples: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StateShare {
    pub holder: String,
    #[serde(default)]
    pub percent: Option<String>,
    #[serde(default)]
    pub as_of: Option<String>,
    pub sources: Vec<String>,
    pub verification: Verification,
}

/// One official measure against a maker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Restriction {
    pub id: String,
    pub jurisdiction: String,
    /// Other makers the same measure names.
    #[serde(default)]
    pub also: Vec<MakerId>,
    pub instrument: String,
    pub measure: String,
    #[serde(default)]
    pub adopted: Option<String>,
    #[serde(default)]
    pub effective: Option<String>,
    /// What it asks: `data/vocab/subject-tests.toml`
    pub test: String,
    #[serde(default)]
    pub test_note: Option<String>,
    #[serde(default)]
    pub bodies: Option<String>,
    /// `data/vocab/measure-status.toml`
    pub status: String,
    #[serde(default)]
    pub status_note: Option<String>,
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
