//! The claim the register makes: this body, this maker, this status, resting on this evidence.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::commitment::words;
use crate::{BodyId, Confidence, MakerId, Money};

/// Where a body stands with a maker's equipment. Statements that contradict are kept beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A source says that it is used or listed.
    InUse,
    /// A payment or an award names it, and no later or undated source says that it is used: a purchase is no proof of use.
    Bought,
    /// A source says that it was, and none that it is or that it was taken away.
    Formerly,
    RemovalPlanned,
    Removed,
    /// The body says that it has none.
    Denied,
    /// The body will not say.
    Refused,
    /// Named, and nothing is said of having it.
    NoEvidence,
}

words!(
    Status, "status",
    InUse => "in-use", Bought => "bought", Formerly => "formerly", RemovalPlanned => "removal-planned", Removed => "removed",
    Denied => "denied", Refused => "refused", NoEvidence => "no-evidence",
);

impl Status {
    /// A source says that it is there, or that it was bought and none that it is gone.
    pub fn is_there(self) -> bool {
        matches!(self, Self::InUse | Self::Bought | Self::RemovalPlanned)
    }
}

/// One body and one maker, at one site where the evidence names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `BODY.MAKER`, with `.SITE` where the evidence names a site: stable while the evidence grows. Of a sensitive site it
    /// holds no word of the name.
    pub id: String,
    pub body: BodyId,
    pub maker: MakerId,
    /// As written; never that of a sensitive site.
    pub site: Option<String>,
    /// Whether a source calls it a sensitive site. `None`: none does, or they differ.
    pub sensitive: Option<bool>,
    /// Sorts of device that are stated, or that the model numbers stand for: `data/vocab/device-kinds.toml`.
    pub kinds: Vec<String>,
    pub status: Status,
    /// Earliest and latest day that the evidence speaks of.
    pub first: Option<Date>,
    pub last: Option<Date>,
    /// Latest day of a source that says the status; `None` where none of them has a day.
    pub stated: Option<Date>,
    /// Devices that are there, as the latest source that counts them states, and its day. A purchase is no count of what is
    /// there: payments and awards never add to it.
    pub devices: Option<u32>,
    pub counted: Option<Date>,
    /// Devices that payments and awards name, added up: bought, whether or not they are in use.
    pub bought: Option<u32>,
    /// What payments and awards sum to, one sum a currency; rows that may repeat each other are counted once.
    pub money: Vec<Money>,
    /// The same by the day of the payment or award, those without a day first.
    pub purchases: Vec<Purchase>,
    /// Payments that several sources have, such as a month's file and the corrected one: each is counted once.
    pub repeated: u32,
    pub confidence: Confidence,
    /// Ids of the sightings it rests on, the deciding one first.
    pub sightings: Vec<String>,
    /// Sightings whose statement does not agree with the status at the same or a later day.
    pub contradicted_by: Vec<String>,
    /// An accepted decision stands behind it and its maker may be named: it may be shown to everybody.
    pub public: bool,
    /// The sentence that states it: source, date, what it says. Safe to print.
    pub sentence: String,
}

/// What was paid for or awarded on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub day: Option<Date>,
    /// Where the rows count them.
    pub devices: Option<u32>,
    /// One sum a currency.
    pub money: Vec<Money>,
}

impl Finding {
    /// The end of its id that tells its site from others of the body; `None` when it is of no one site.
    pub fn place(&self) -> Option<&str> {
        self.id.splitn(3, '.').nth(2)
    }
}
