//! What a caller hands in: a source, batches of what was found in it, and how it ended.

use jiff::Timestamp;
use stripout_model::{
    Affiliation, BlobId, Commitment, Contract, Currency, DocumentKind, Lead, Letterhead, Outcome, Payment,
    Problem, Provenance, RecordPlace, Sighting,
};

/// A source about to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub blob: BlobId,
    /// Bytes on disk.
    pub size: u64,
    pub provenance: Provenance,
    pub keeping: Keeping,
    /// Name and version of the reading software.
    pub reader: String,
    /// Version of the catalogue it was screened with.
    pub catalogue: String,
    /// The caller's clock; kept to the millisecond.
    pub read_at: Timestamp,
}

/// Where the bytes can be found again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeping {
    /// Copied into the folder of evidence; path relative to that folder.
    Copy(String),
    /// Only where the user has it.
    Reference,
}

/// Some of what one source holds. A source may come in any number of batches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    pub records: Vec<KeptRecord>,
    pub problems: Vec<Problem>,
    /// Added to what earlier batches of the source counted.
    pub tallies: Vec<Tally>,
}

/// A record worth keeping whole, with all that was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRecord {
    /// Path inside an archive; `None` for the file itself.
    pub member: Option<String>,
    pub place: RecordPlace,
    pub kind: DocumentKind,
    /// Whose document it is, where the document itself says so.
    pub letterhead: Letterhead,
    /// The record as a JSON object.
    pub whole_json: String,
    pub sightings: Vec<Sighting>,
    pub leads: Vec<Lead>,
    pub affiliations: Vec<Affiliation>,
    pub outcomes: Vec<Outcome>,
    pub commitments: Vec<Commitment>,
    pub contracts: Vec<Contract>,
    pub payment: Option<Payment>,
}

/// Count and sum of the rows of one body, year and currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub what: TallyOf,
    pub body: Option<String>,
    pub year: Option<i16>,
    /// `None` for rows without an amount.
    pub currency: Option<Currency>,
    pub rows: u64,
    /// Minor units.
    pub sum_minor: i128,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TallyOf {
    Contracts,
    Payments,
}

impl TallyOf {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contracts => "contracts",
            Self::Payments => "payments",
        }
    }
}

/// How the reading of a source ended. What was kept the register counts itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceEnd {
    /// Records read, kept or not.
    pub records: u64,
    /// Problems met; may exceed those handed in one by one.
    pub problems: u64,
    /// Part of the source could not be read.
    pub partial: bool,
    /// Formats recognised, e.g. `ocds`, `csv`.
    pub formats: Vec<String>,
    pub kinds: Vec<DocumentKind>,
}
