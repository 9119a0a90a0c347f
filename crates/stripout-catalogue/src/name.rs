//! How a maker or label may be written, and how much it takes to believe it.

use serde::{Deserialize, Serialize};

use crate::Verification;

/// One registered spelling. In `data/` a plain string is a `word` without typos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Name {
    pub text: String,
    #[serde(default)]
    pub rule: NameRule,
    /// Largest edit distance at which a misspelling may be taken for this name.
    #[serde(default)]
    pub typos: u8,
    #[serde(default)]
    pub origin: NameOrigin,
    /// Where this spelling was met, for variants.
    #[serde(default)]
    pub sources: Vec<String>,
    #[serde(default)]
    pub verification: Option<Verification>,
}

/// What a spelling needs around it before it counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameRule {
    /// So distinctive that it counts inside a longer token: `4xHikvisionDS2CD`.
    Anywhere,
    /// Counts as a whole word.
    #[default]
    Word,
    /// An ordinary word, surname or abbreviation as well: counts as a whole word beside camera words only.
    Context,
}

/// What kind of spelling this is; decides the `via` of a hit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameOrigin {
    /// The registered or legal name.
    #[default]
    Registered,
    /// A misspelling, split or abbreviation that is listed because rules would not find it.
    Misspelling,
    /// The name in another script.
    Script,
}
