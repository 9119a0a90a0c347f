//! `data/requests/words.toml`: what columns of lists of requests are called, and how they say that a request stands.

use serde::Deserialize;
use stripout_model::OutcomeKind;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequestWords {
    pub columns: RequestColumns,
    pub state: Vec<StateWords>,
}

/// Names of columns, the likeliest first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RequestColumns {
    pub body: Vec<String>,
    pub asked: Vec<String>,
    pub subject: Vec<String>,
    pub reference: Vec<String>,
    pub url: Vec<String>,
    pub state: Vec<String>,
    pub answered: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StateWords {
    pub is: StateWord,
    pub words: Vec<String>,
}

/// How a list says that a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateWord {
    Waiting,
    Withdrawn,
    #[serde(untagged)]
    Answered(OutcomeKind),
}

impl RequestWords {
    /// What a word of a list means; `None`: it is no word of the table.
    pub fn state(&self, word: &str) -> Option<StateWord> {
        let word = plain(word);
        let meant = |state: &&StateWords| state.words.contains(&word);
        self.state.iter().find(meant).map(|state| state.is)
    }
}

/// In lower case, with one blank for blanks, hyphens and underscores.
pub fn plain(text: &str) -> String {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'));
    let words: Vec<String> = parts
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}
