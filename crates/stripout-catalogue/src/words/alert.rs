//! `data/words/alert.toml`

use serde::Deserialize;

/// What tells a purchase from upkeep, and which equipment a promise is about. Whole words, lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AlertWords {
    /// A payment or award with one of these is no purchase.
    pub upkeep: Vec<String>,
    /// With one of these it is for advice about equipment, and no purchase either.
    pub advice: Vec<String>,
    /// What stands before the name of a place.
    pub at: Vec<String>,
    /// The same, where a capital letter follows.
    #[serde(rename = "in")]
    pub within: Vec<String>,
    /// After these comes no place that narrows a promise down.
    pub everywhere: Vec<String>,
    /// Where the name of a place ends.
    pub ends: Vec<String>,
    pub months: Vec<String>,
    pub origin: Vec<OriginWords>,
}

/// How texts tell where equipment is from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OriginWords {
    pub words: Vec<String>,
    /// ISO 3166
    pub country: String,
}
