//! How a maker or label may be written, and how much it takes to believe it.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::Verification;

/// One registered spelling. In `data/` a plain string is a `word` without typos.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Name {
    pub text: String,
    pub rule: NameRule,
    /// Largest edit distance at which a misspelling may be taken for this name.
    pub typos: u8,
    pub origin: NameOrigin,
    /// What kind of variant this is ("typo/spacing", "script: Russian"); `None` for the ordinary names.
    pub kind: Option<String>,
    /// Where this spelling was met.
    pub met_in: Option<String>,
    pub sources: Vec<String>,
    pub verification: Option<Verification>,
    pub note: Option<String>,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a spelling, or a table with its `text`")
    }

    fn visit_str<E>(self, text: &str) -> Result<Name, E> {
        Ok(Name {
            text: text.into(),
            ..Name::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Name, A::Error> {
        FullName::deserialize(MapAccessDeserializer::new(map)).map(Name::from)
    }
}

/// A spelling written as a table. Apart from `Name`, so that a wrong field is named in the error instead of
/// "no variant matched".
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FullName {
    text: String,
    #[serde(default)]
    rule: NameRule,
    #[serde(default)]
    typos: u8,
    #[serde(default)]
    origin: NameOrigin,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    met_in: Option<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    verification: Option<Verification>,
    #[serde(default)]
    note: Option<String>,
}

impl From<FullName> for Name {
    fn from(full: FullName) -> Self {
        let FullName {
            text,
            rule,
            typos,
            origin,
            kind,
            met_in,
            sources,
            verification,
            note,
        } = full;
        Self {
            text,
            rule,
            typos,
            origin,
            kind,
            met_in,
            sources,
            verification,
            note,
        }
    }
}

/// What a spelling needs around it before it counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameRule {
    /// So distinctive that it counts inside a longer token: `4xExamplecamEC2CD`.
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

impl NameRule {
    pub const ALL: [Self; 3] = [Self::Anywhere, Self::Word, Self::Context];

    /// As `data/` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Anywhere => "anywhere",
            Self::Word => "word",
            Self::Context => "context",
        }
    }
}

impl NameOrigin {
    pub const ALL: [Self; 3] = [Self::Registered, Self::Misspelling, Self::Script];

    /// As `data/` writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Misspelling => "misspelling",
            Self::Script => "script",
        }
    }
}
