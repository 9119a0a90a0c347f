//! Two facts that contradict, both with evidence.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::commitment::words;
use crate::{BodyId, MakerId};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// Bought or counted after a promise not to, or to remove.
    PromiseAndPurchase,
    /// The day promised is past, and no proof of completion is known.
    DeadlinePassed,
    /// Bought after an instrument that covers it came into force.
    PurchaseAfterRule,
    /// Refused where bodies like it answered.
    RefusedAlone,
}

words!(
    AlertKind, "alert",
    PromiseAndPurchase => "promise-and-purchase", DeadlinePassed => "deadline-passed",
    PurchaseAfterRule => "purchase-after-rule", RefusedAlone => "refused-alone",
);

/// What reviewers say of an alert.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertStatus {
    /// Nobody has come to an end.
    #[default]
    Open,
    Accepted,
    /// Contested by whom it concerns, or held to be right by some and wrong by others.
    Disputed,
    Rejected,
}

words!(
    AlertStatus, "status of an alert",
    Open => "open", Accepted => "accepted", Disputed => "disputed", Rejected => "rejected",
);

/// Whose words a fact is told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// The source's.
    Verbatim,
    /// The catalogue's, of what the source says: nothing to put in quotation marks.
    Summary,
}

words!(Wording, "wording of a fact", Verbatim => "verbatim", Summary => "summary");

/// One side of a contradiction: what was said, when and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Id of the row of the register, or of the entry of the catalogue, that holds it.
    pub id: String,
    /// `None` as well where the source gives a month or a year.
    pub date: Option<Date>,
    /// As people write it, as exact as the source has it: `14 March 2025`, `April 2024`.
    pub when: Option<String>,
    pub quote: String,
    pub wording: Wording,
    /// Path, title or citation.
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Derived from kind, body and both facts: the same contradiction has the same id in every run.
    pub id: String,
    pub kind: AlertKind,
    pub body: BodyId,
    pub maker: Option<MakerId>,
    /// What was promised, ruled or asked.
    pub said: Fact,
    /// What came after; `None` where nothing is known, which is the alert.
    pub seen: Option<Fact>,
    /// One sentence that states both and judges neither.
    pub sentence: String,
    pub status: AlertStatus,
}
