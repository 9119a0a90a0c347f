//! Every source once; entries cite its id.

use serde::{Deserialize, Serialize};

/// One entry of `data/citations.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Citation {
    pub id: String,
    /// Who published what, for a person to find it again.
    pub title: String,
    #[serde(default)]
    pub url: Option<String>,
    /// Date of publication or of the copy, as exact as it is known.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub licence: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
}
