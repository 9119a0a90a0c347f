//! What one record says, before it is tied to its source.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use stripout_model::{BrandId, LeadSignal, MakerId, Mention};

/// Everything recognised in one record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// In order of passage and place.
    pub mentions: Vec<Mention>,
    /// Only when no maker is named.
    pub lead: Option<LeadSignal>,
    pub affiliations: Vec<AffiliationSignal>,
    /// Names beyond those that one text is judged for.
    #[serde(default)]
    pub left_out: usize,
}

impl Found {
    /// Whether the record says nothing worth keeping.
    pub fn is_empty(&self) -> bool {
        self.mentions.is_empty() && self.lead.is_none() && self.affiliations.is_empty()
    }
}

/// A payee that belongs, or belonged, to a maker's group. Says nothing about equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AffiliationSignal {
    pub maker: MakerId,
    pub brand: BrandId,
    /// Index of the passage in the record.
    pub passage: usize,
    /// Byte range in the passage's text.
    pub span: Range<usize>,
    /// `None` when the date of the record or of the tie is not known.
    pub tied_at_the_time: Option<bool>,
    /// One sentence with the dated tie and its verification.
    pub why: String,
}
