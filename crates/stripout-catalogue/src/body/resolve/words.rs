//! How names of bodies are written: `data/bodies/words.toml`.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::body) struct NameWords {
    /// Words that tell no two bodies apart.
    pub ignore: HashSet<String>,
    /// What nations are called, by their codes.
    pub nation: BTreeMap<String, String>,
    /// Words without which a name means another place.
    pub directions: HashSet<String>,
    /// Names that alone name no body.
    pub ambiguous: Vec<String>,
    /// Places that are never a misspelling.
    pub places: HashSet<String>,
    /// Folded phrases and the one word they are.
    pub phrase: BTreeMap<String, String>,
    /// Short forms and what they may stand for.
    pub short: BTreeMap<String, Vec<String>>,
    pub class: Vec<Class>,
    pub forms: Forms,
    pub ranks: Ranks,
    /// Prefixes of contract data and the registers they stand for.
    pub register: BTreeMap<String, String>,
}

/// Words that say what kind of body it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::body) struct Class {
    #[serde(rename = "id")]
    pub _id: String,
    /// Kinds of bodies that have the class without a word of it.
    pub kinds: Vec<String>,
    pub words: Vec<String>,
    /// Whether a name that says no class can be meant.
    #[serde(default)]
    pub implied: bool,
}

/// Words of form: they count little beside a body's own name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::body) struct Forms {
    pub words: HashSet<String>,
}

/// Words of which a name has those of one group only.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::body) struct Ranks {
    pub groups: Vec<Vec<String>>,
}
