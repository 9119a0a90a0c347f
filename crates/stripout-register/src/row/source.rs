//! Sources and their last reading.

use jiff::Timestamp;
use serde::Serialize;
use stripout_model::{BlobId, DocumentKind};

use super::fields::Fields;
use super::{Cell, Column, Listed, Select, Shape, Sighted, source_columns};
use crate::RowId;

/// What every row says of its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRef {
    pub blob: BlobId,
    /// As given; `-` for standard input. The last one when the same bytes came under several.
    pub path: String,
    /// Relative to the folder of evidence; `None` when kept by reference.
    pub copy: Option<String>,
    /// Part of the source could not be read.
    pub partial: bool,
}

impl SourceRef {
    pub fn id(&self) -> RowId {
        RowId::of_blob(&self.blob)
    }
}

/// A source with the reading that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    pub id: RowId,
    #[serde(flatten)]
    pub source: SourceRef,
    /// Bytes on disk.
    pub size: u64,
    pub formats: Vec<String>,
    pub kinds: Vec<DocumentKind>,
    pub reader: String,
    pub catalogue: String,
    pub read_at: Timestamp,
    pub records: u64,
    pub kept: u64,
    pub problems: u64,
    /// How often it was read, with this and other catalogues and readers.
    pub readings: u64,
}

impl Select for SourceRow {
    const SELECT: &'static str = concat!(
        "SELECT s.id, s.size, g.formats, g.kinds, g.reader, g.catalogue, g.read_at, g.records, g.kept, g.problems, ",
        "(SELECT count(*) FROM reading AS a WHERE a.source = s.id) AS readings, ",
        source_columns!(),
        " FROM source AS s JOIN current_reading AS g ON g.source = s.id WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "s.id",
        sighted: Sighted::Source,
        body: None,
        supplier: None,
        date: Some("substr(g.read_at, 1, 10)"),
        weight: Some("g.kept"),
        place: "path",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            source: row.source()?,
            size: row.number("size")?,
            formats: row.json("formats")?,
            kinds: row.json("kinds")?,
            reader: row.text("reader")?,
            catalogue: row.text("catalogue")?,
            read_at: row.word("read_at")?,
            records: row.number("records")?,
            kept: row.number("kept")?,
            problems: row.number("problems")?,
            readings: row.number("readings")?,
        })
    }
}

impl Listed for SourceRow {
    const NAME: &'static str = "sources";
    const COLUMNS: &'static [Column] = &[
        Column::text("id"),
        Column::text("source"),
        Column::text("sha256"),
        Column::integer("size"),
        Column::text("copy"),
        Column::json("formats"),
        Column::json("kinds"),
        Column::text("reader"),
        Column::text("catalogue"),
        Column::text("read_at"),
        Column::integer("records"),
        Column::integer("kept"),
        Column::integer("problems"),
        Column::boolean("partial"),
        Column::integer("readings"),
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::shown(self.id),
            Cell::shown(&self.source.path),
            Cell::shown(self.source.blob),
            Cell::natural(self.size),
            Cell::optional(self.source.copy.as_ref()),
            Cell::json(&self.formats),
            Cell::json(&self.kinds),
            Cell::shown(&self.reader),
            Cell::shown(&self.catalogue),
            Cell::shown(self.read_at),
            Cell::natural(self.records),
            Cell::natural(self.kept),
            Cell::natural(self.problems),
            Cell::Boolean(self.source.partial),
            Cell::natural(self.readings),
        ]
    }
}
