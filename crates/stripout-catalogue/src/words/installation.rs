//! `data/words/installation.toml`

use serde::Deserialize;

/// Where equipment is, and what sort of device it is, as sources state it. Whole words, lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct InstallationWords {
    pub site: SiteWords,
    pub device: Vec<DeviceWords>,
}

/// How a place of a body is named.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct SiteWords {
    /// Headers of columns that hold it.
    pub columns: Vec<String>,
    /// What stands in such a column and is no place.
    pub never: Vec<String>,
    /// What stands before it in running text.
    pub at: Vec<String>,
    /// What may stand between.
    pub articles: Vec<String>,
    /// What its name ends in.
    pub nouns: Vec<String>,
    /// What may stand inside a name.
    pub joins: Vec<String>,
    /// After these another place follows.
    pub more: Vec<String>,
    /// Phrases that say that it is a sensitive site.
    pub sensitive: Vec<String>,
    /// Phrases that say that it is none.
    pub not_sensitive: Vec<String>,
    /// Headers of columns that say so.
    pub sensitive_columns: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
}

/// One sort of device.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeviceWords {
    /// `data/vocab/device-kinds.toml`
    pub kind: String,
    /// What instruments call it: `data/vocab/equipment.toml`.
    pub equipment: String,
    /// Empty where only a model number tells it.
    pub words: Vec<String>,
}

impl InstallationWords {
    /// What instruments call devices of these kinds, when they call all of them the same. Kinds joined by a slash are
    /// all of them.
    pub fn equipment(&self, kinds: &[String]) -> Option<&str> {
        let of = |kind: &str| {
            let mut known = self.device.iter();
            known
                .find(|one| one.kind == kind)
                .map(|one| one.equipment.as_str())
        };
        let mut all = kinds.iter().flat_map(|kinds| kinds.split('/')).map(of);
        let first = all.next()??;
        all.all(|one| one == Some(first)).then_some(first)
    }
}
