//! Problems, with the source they were met in.

use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use stripout_model::{Code, Problem};

use super::fields::{Fields, wrong};
use super::{Cell, Column, Listed, Select, Shape, Sighted, SourceRef, source_columns};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemRow {
    pub source: SourceRef,
    #[serde(flatten)]
    pub problem: Problem,
}

impl Select for ProblemRow {
    const SELECT: &'static str = concat!(
        "SELECT t.*, ",
        source_columns!(),
        " FROM problem AS t JOIN current_reading AS g ON g.id = t.reading JOIN source AS s ON s.id = g.source \
         WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "t.reading, t.position",
        sighted: Sighted::Source,
        body: None,
        supplier: None,
        date: Some("substr(g.read_at, 1, 10)"),
        weight: Some("CASE t.severity WHEN 'input' THEN 2 WHEN 'unit' THEN 1 ELSE 0 END"),
        place: "path, t.position",
        replaced: None,
    };

    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let row = Fields(row);
        let code = row.text("code")?;
        let known = Code::ALL.iter().find(|known| known.as_str() == code);
        let unknown = || wrong("code", std::io::Error::other(format!("`{code}` is no code")));
        Ok(Self {
            source: row.source()?,
            problem: Problem {
                code: *known.ok_or_else(unknown)?,
                severity: row.word("severity")?,
                place: row.text("place")?,
                what: row.text("what")?,
                because: row.text("because")?,
                hint: row.text("hint")?,
            },
        })
    }
}

impl Listed for ProblemRow {
    const NAME: &'static str = "problems";
    const COLUMNS: &'static [Column] = &[
        Column::text("code"),
        Column::text("severity"),
        Column::text("source"),
        Column::text("sha256"),
        Column::text("place"),
        Column::text("what"),
        Column::text("because"),
        Column::text("hint"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let said = &self.problem;
        vec![
            Cell::shown(said.code),
            Cell::shown(said.severity.as_str()),
            Cell::shown(&self.source.path),
            Cell::shown(self.source.blob),
            Cell::shown(&said.place),
            Cell::shown(&said.what),
            Cell::shown(&said.because),
            Cell::shown(&said.hint),
        ]
    }
}
