//! What a public body promised about its cameras, by when, and in whose words.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Days, Evidence};

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// To buy, install or use no more of it.
    StopBuying,
    /// To take it away.
    Remove,
    /// To take it away and put something else in its place.
    Replace,
}

/// Who gives their word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    Minister,
    /// Chief executive, chief constable, permanent secretary, leader and the like.
    ChiefOfficer,
    Official,
    PressOffice,
    Unknown,
}

/// Whose words the promise stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voice {
    /// The document is the body's own.
    Own,
    /// Somebody else's document quotes the body.
    Quoted,
    /// Somebody else says that the body promised.
    Reported,
}

/// By when. `words` stand in the same passage as the promise, at byte `start`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The last day that keeps the promise; `None` when the words fix none.
    pub date: Option<Date>,
    /// Verbatim.
    pub words: String,
    pub start: usize,
}

/// A promise with its proof. The excerpt is the sentence, the mark the words that promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// The body, as written.
    pub who: String,
    pub act: Act,
    /// Sites, makers or place of manufacture, as written.
    pub scope: String,
    pub by: Option<Deadline>,
    pub authority: Authority,
    pub voice: Voice,
    pub days: Days,
    /// One sentence for people.
    pub why: String,
    pub evidence: Evidence,
}

macro_rules! words {
    ($name:ident, $what:literal, $($variant:ident => $word:literal),+ $(,)?) => {
        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or_else(|| {
                    let all: Vec<_> = Self::ALL.iter().map(|one| one.as_str()).collect();
                    format!(concat!("`{}` is no ", $what, ": one of {}"), text, all.join(", "))
                })
            }
        }
    };
}
pub(crate) use words;

words!(Act, "act", StopBuying => "stop-buying", Remove => "remove", Replace => "replace");
words!(
    Authority, "authority",
    Minister => "minister", ChiefOfficer => "chief-officer", Official => "official", PressOffice => "press-office",
    Unknown => "unknown",
);
words!(Voice, "voice", Own => "own", Quoted => "quoted", Reported => "reported");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_json() {
        for act in Act::ALL {
            assert_eq!(serde_json::to_value(act).unwrap(), act.as_str());
            assert_eq!(act.as_str().parse(), Ok(*act));
        }
        for authority in Authority::ALL {
            assert_eq!(serde_json::to_value(authority).unwrap(), authority.as_str());
        }
        for voice in Voice::ALL {
            assert_eq!(serde_json::to_value(voice).unwrap(), voice.as_str());
        }
        assert_eq!(
            "burn".parse::<Act>(),
            Err("`burn` is no act: one of stop-buying, remove, replace".into())
        );
    }
}
