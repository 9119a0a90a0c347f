//! What stands where, as a source states it.

use serde::{Deserialize, Serialize};

/// Place and sort of the equipment that a statement speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Installation {
    /// The place of a body, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// Whether the source calls the place a sensitive site. `None`: it does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<bool>,
    /// `data/vocab/device-kinds.toml`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
}

impl Installation {
    /// Nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
