//! Closed vocabularies: the only values that a field may take, each with its meaning.

use serde::{Deserialize, Serialize};

/// One file of `data/vocab/`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    #[serde(rename = "value")]
    pub values: Vec<VocabularyValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VocabularyValue {
    pub id: String,
    /// A short name for people, where the id is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub meaning: String,
}

impl Vocabulary {
    pub fn get(&self, id: &str) -> Option<&VocabularyValue> {
        self.values.iter().find(|value| value.id == id)
    }
}
