//! `data/words/bid.toml`

use serde::Deserialize;

/// What a bid offers, and what it only speaks of. Whole words, lower case.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct BidWords {
    /// Before a number one of these begins something else.
    pub joins: Vec<String>,
    /// What is done with what is offered, behind its name.
    pub supplies: Vec<String>,
    /// What is given for nothing is given.
    pub given: Vec<String>,
    /// Right before a name: something like it is meant.
    pub likened: Vec<String>,
    /// Behind a number they count, and deny nothing.
    pub counts: Vec<String>,
}
