//! Kept records.

use serde::Serialize;
use stripout_model::{DocumentKind, RecordPlace};

use super::fields::Fields;
use super::{Select, Shape, Sighted, SourceRef, source_columns};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordRow {
    pub id: RowId,
    pub source: SourceRef,
    /// Path inside an archive.
    pub member: Option<String>,
    #[serde(skip)]
    pub place: RecordPlace,
    pub kind: DocumentKind,
    /// All of it, as a JSON object.
    pub whole_json: String,
}

impl Select for RecordRow {
    // Also records that only a superseded reading kept: what rests on them can still be looked at.
    const SELECT: &'static str = concat!(
        "SELECT t.*, ",
        source_columns!(),
        " FROM record AS t JOIN reading AS g ON g.id = t.reading JOIN source AS s ON s.id = g.source WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Source,
        body: None,
        supplier: None,
        date: None,
        weight: None,
        place: "path, coalesce(t.member, ''), t.byte",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            source: row.source()?,
            member: row.maybe_text("member")?,
            place: RecordPlace {
                number: row.number("number")?,
                line: row.number("line")?,
                byte: row.number("byte")?,
            },
            kind: row.word("kind")?,
            whole_json: row.text("whole")?,
        })
    }
}
