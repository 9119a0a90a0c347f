//! One piece of evidence that one maker's product is named.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{BrandId, Confidence, Evidence, Installation, MakerId, ModelId, Money, Stance, Via};

/// Names of one text that are looked at, unless a run is told otherwise: more of them say nothing more, and a text of nothing
/// but names must end.
pub const NAMES: usize = 5_000;

/// A maker recognised in a record, before it is tied to its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    pub maker: MakerId,
    pub brand: Option<BrandId>,
    pub model: Option<ModelId>,
    /// Index of the passage in the record.
    pub passage: usize,
    /// Byte range in the passage's text.
    pub span: Range<usize>,
    pub via: Via,
    /// Edit distance to the registered spelling; 0 for exact.
    pub distance: u8,
    pub confidence: Confidence,
    pub stance: Stance,
    /// Devices of this maker that the text states.
    pub count: Option<u32>,
    /// The words that decided the stance, verbatim; empty when the kind of document did.
    pub cue: String,
    /// One sentence: what was compared with what, and what decided.
    pub why: String,
    #[serde(default, skip_serializing_if = "Installation::is_empty")]
    pub installation: Installation,
}

/// A mention with its proof: what the register keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    pub maker: MakerId,
    pub brand: Option<BrandId>,
    pub model: Option<ModelId>,
    pub via: Via,
    pub distance: u8,
    pub confidence: Confidence,
    pub stance: Stance,
    pub count: Option<u32>,
    pub cue: String,
    pub why: String,
    #[serde(default, skip_serializing_if = "Installation::is_empty")]
    pub installation: Installation,
    pub evidence: Evidence,
    pub row: Row,
}

/// What the row or notice around a sighting or lead says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    pub body: Option<String>,
    pub supplier: Option<String>,
    pub amount: Option<Money>,
    pub date: Option<Date>,
}
