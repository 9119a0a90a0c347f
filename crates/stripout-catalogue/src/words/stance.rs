//! `data/words/stance.toml`

use serde::Deserialize;

/// What decides whether a text says has, had, removed ...
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StanceWords {}
