//! How a public body answered a request for information.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Evidence;
use crate::commitment::words;

/// The answer. "No reply", "refused", "not held" and "none" are four different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// The information is given.
    Held,
    /// Some is given, some is not.
    PartlyHeld,
    NotHeld,
    Refused,
    NeitherConfirmNorDeny,
    /// No answer yet, after the time or asking for more of it.
    Late,
    /// The body asks what is meant.
    Clarification,
    /// An internal review kept the decision.
    ReviewUpheld,
    /// An internal review changed it, wholly or in part.
    ReviewOverturned,
}

words!(
    OutcomeKind, "outcome",
    Held => "held", PartlyHeld => "partly-held", NotHeld => "not-held", Refused => "refused",
    NeitherConfirmNorDeny => "neither-confirm-nor-deny", Late => "late", Clarification => "clarification",
    ReviewUpheld => "review-upheld", ReviewOverturned => "review-overturned",
);

/// A provision relied on: `foia 31(1)(a)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ground {
    /// Id of the law in the catalogue's words.
    pub law: String,
    /// Number of the section or regulation with its parts.
    pub number: String,
}

impl fmt::Display for Ground {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.law, self.number)
    }
}

/// The days a statement knows of. The day we got it is the source's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The day the document speaks of: of the letter it quotes, say.
    pub said: Option<Date>,
    /// The document's own date.
    pub document: Option<Date>,
}

/// What one sentence of a reply decides, with its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub kind: OutcomeKind,
    /// What the reply decides as a whole.
    pub reply: OutcomeKind,
    pub grounds: Vec<Ground>,
    /// Id of the stock wording it uses, where it is one that many bodies use.
    pub template: Option<String>,
    pub days: Days,
    /// The day of the request, where the reply states it.
    pub asked: Option<Date>,
    /// One sentence for people.
    pub why: String,
    pub evidence: Evidence,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_json() {
        for kind in OutcomeKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
    }
}
