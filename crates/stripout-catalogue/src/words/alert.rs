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
    /// In their order.
    pub months: Vec<String>,
    pub origin: Vec<OriginWords>,
    /// With one of these, the origin is where a unit was made, which the name of its maker does not tell.
    pub manufacture: Vec<String>,
    /// A promise to stop holds up to what comes after one of these.
    pub expires: Vec<String>,
    /// Places of so many sorts that naming them narrows nothing down.
    pub general: Vec<String>,
    /// Devices that are no surveillance equipment and have no entry of their own.
    pub other_devices: Vec<String>,
    /// Words of a reply that does not say because it has nothing to say from.
    pub not_held: Vec<String>,
    /// With one of these it is a refusal all the same.
    pub withheld: Vec<String>,
}

/// How texts tell where equipment is from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OriginWords {
    pub words: Vec<String>,
    /// ISO 3166
    pub country: String,
}
