//! How names of bodies are written: `data/bodies/words.toml`.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use stripout_model::BodyId;

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
    /// Words that a council's name is only given with when it has them: `city`.
    pub exacting: HashSet<String>,
    /// Folded names, all words kept, that several bodies have.
    pub written: BTreeMap<String, Vec<BodyId>>,
    /// Countries, states and cities abroad that have bodies with names like ours.
    pub abroad: Vec<String>,
    /// What a body's own departments and buildings are called.
    pub parts: HashSet<String>,
    /// The same, where it may as well be a company's name.
    pub own: HashSet<String>,
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

impl NameWords {
    /// The bodies that all have a name as it is written, but for words before it that tell nothing.
    pub(super) fn written(&self, folded: &[String]) -> Option<&[BodyId]> {
        let start = folded.iter().position(|word| !self.ignore.contains(word))?;
        let name = folded.get(start..)?;
        let same = |written: &str| written.split(' ').eq(name.iter().map(String::as_str));
        let (_, bodies) = self.written.iter().find(|(written, _)| same(written))?;
        Some(bodies)
    }
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
    /// Its bodies are called after areas: the area's name alone means none of them.
    #[serde(default)]
    pub areal: bool,
    /// Several of its bodies are called after one area: half of a body's words of form have to be there.
    #[serde(default)]
    pub crowded: bool,
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
