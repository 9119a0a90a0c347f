//! What a notice says was bought, in OCDS words.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Money;

/// One award or contract of one release; a release without awards gives one with its earlier stage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// Contracting process; empty when the release has none that is usable.
    pub ocid: String,
    /// Id of the release; some publishers never give one.
    pub release: Option<String>,
    /// When the release was published, as given (ISO 8601).
    pub released: Option<String>,
    pub stage: Stage,
    /// Id of the award or contract inside the release.
    pub award: Option<String>,
    pub title: Option<String>,
    pub buyer: Option<Party>,
    pub suppliers: Vec<Party>,
    /// Net value where the notice tells net from gross.
    pub value: Option<Money>,
    pub signed: Option<Date>,
    pub start: Option<Date>,
    pub end: Option<Date>,
    /// OCDS status of the award or contract, as given.
    pub status: Option<String>,
    /// OCDS release tags, as given.
    pub tags: Vec<String>,
    /// UK notice types found on its documents: `UK7` ...
    pub notices: Vec<String>,
    pub cpv: Vec<Cpv>,
    pub documents: Vec<DocumentLink>,
}

impl Contract {
    /// The day the notice speaks of: signature, else publication.
    pub fn date(&self) -> Option<Date> {
        self.signed
            .or_else(|| self.released.as_deref()?.get(..10)?.parse().ok())
    }
}

/// How far the process has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    #[default]
    Planning,
    Tender,
    Award,
    Contract,
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Tender => "tender",
            Self::Award => "award",
            Self::Contract => "contract",
        }
    }
}

/// An organisation as a notice names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    pub name: String,
    pub identifiers: Vec<Identifier>,
}

/// An organisation id, e.g. `GB-COH` `04215917`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    pub scheme: String,
    pub id: String,
}

/// An eight-digit Common Procurement Vocabulary code, check digit dropped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Cpv(pub String);

/// A document a notice links to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLink {
    pub url: String,
    pub title: Option<String>,
}
