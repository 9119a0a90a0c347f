//! Evidence alone, for whoever wants to find it again in its source.

use serde::Serialize;
use stripout_model::Evidence;

use super::fields::Fields;
use super::{Select, Shape, Sighted, SourceRef, source_columns};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceRow {
    pub what: EvidenceOf,
    /// Of the row that rests on it.
    pub id: RowId,
    pub source: SourceRef,
    pub evidence: Evidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceOf {
    Sighting,
    Lead,
    Affiliation,
    Outcome,
    Commitment,
}

impl Select for EvidenceRow {
    const SELECT: &'static str = concat!(
        "SELECT t.*, ",
        source_columns!(),
        " FROM (SELECT 'sighting' AS what, id, reading, record, locator, byte, excerpt, start, mark_from, mark_to FROM sighting \
         UNION ALL SELECT 'lead', id, reading, record, locator, byte, excerpt, start, mark_from, mark_to FROM lead \
         UNION ALL SELECT 'affiliation', id, reading, record, locator, byte, excerpt, start, mark_from, mark_to \
         FROM affiliation \
         UNION ALL SELECT 'outcome', id, reading, record, locator, byte, excerpt, start, mark_from, mark_to FROM outcome \
         UNION ALL SELECT 'commitment', id, reading, record, locator, byte, excerpt, start, mark_from, mark_to FROM commitment \
         UNION ALL SELECT 'commitment', id, reading, record, locator, byte, by_words, by_start, 0, length(CAST(by_words AS BLOB)) \
         FROM commitment WHERE by_words IS NOT NULL) AS t \
         JOIN current_reading AS g ON g.id = t.reading JOIN source AS s ON s.id = g.source WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "t.what DESC, t.id",
        sighted: Sighted::Source,
        body: None,
        supplier: None,
        date: None,
        weight: None,
        // By source first: whoever re-reads wants each source once.
        place: "s.sha256, coalesce((SELECT r.member FROM record AS r WHERE r.id = t.record), ''), t.byte, t.start + t.mark_from",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            what: row.word("what")?,
            id: row.word("id")?,
            source: row.source()?,
            evidence: row.evidence()?,
        })
    }
}
