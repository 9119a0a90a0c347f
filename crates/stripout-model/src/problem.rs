//! What could not be read, where and why, with the next step.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Something in a source that could not be read as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub code: Code,
    pub severity: Severity,
    /// Member path, line and column, JSON pointer ... ; empty for the whole input.
    pub place: String,
    /// What is wrong, lower case, no full stop.
    pub what: String,
    pub because: String,
    /// The next step for the person.
    pub hint: String,
}

/// How much is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// All was read, with an assumption that is stated.
    Warning,
    /// This unit (row, record, member) is lost, the rest was read.
    Unit,
    /// Nothing after this place was read.
    Input,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Unit => "unit",
            Self::Input => "input",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// Stable error codes (docs/errors.md).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    InputTruncated = "input-truncated",
    InputEncrypted = "input-encrypted",
    InputEncoding = "input-encoding",
    InputTooLarge = "input-too-large",
    InputRatio = "input-ratio",
    InputNesting = "input-nesting",
    InputOverlap = "input-overlap",
    InputPath = "input-path",
    InputXmlEntity = "input-xml-entity",
    InputDepth = "input-depth",
    InputTypeMismatch = "input-type-mismatch",
    InputEmpty = "input-empty",
    InputNotUnderstood = "input-not-understood",
    InputTimeout = "input-timeout",
    InputMemory = "input-memory",
    InputRagged = "input-ragged",
    InputNumber = "input-number",
    InputDate = "input-date",
    InputUnreadable = "input-unreadable",
    StoreFull = "store-full",
    StoreLocked = "store-locked",
    StoreCorrupt = "store-corrupt",
    StoreReadOnly = "store-read-only",
}

impl FromStr for Code {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().copied().find(|code| code.as_str() == text);
        known.ok_or_else(|| format!("`{text}` is no code of a problem: docs/errors.md lists them"))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
