//! Camera buying or use whose maker is not stated, and payments to a maker's group: worth a question, no accusation.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{BrandId, Evidence, MakerId, Row};

/// What in a record speaks of cameras, before it is tied to its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadSignal {
    /// Index of the passage in the record.
    pub passage: usize,
    /// Byte range in the passage's text.
    pub span: Range<usize>,
    /// One sentence: by which word, category or CPV code.
    pub why: String,
}

/// Evidence of camera buying or use whose maker is not stated: the seed of an FOI question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lead {
    pub why: String,
    pub evidence: Evidence,
    pub row: Row,
}

/// A payee that belongs, or belonged, to a maker's group. Says nothing about equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Affiliation {
    pub maker: MakerId,
    pub brand: BrandId,
    /// `None` when the date of the payment or of the tie is not known.
    pub tied_at_the_time: Option<bool>,
    /// One sentence with the dated tie and its verification.
    pub why: String,
    pub evidence: Evidence,
    pub row: Row,
}
