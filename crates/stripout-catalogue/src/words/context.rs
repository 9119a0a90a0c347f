//! `data/words/context.toml`

use serde::Deserialize;

/// What must, or must not, stand near a weak name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ContextWords {}
