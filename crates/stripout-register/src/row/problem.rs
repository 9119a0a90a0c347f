//! Problems, with the source they were met in, or the input that could not be read and so is none.

use serde::Serialize;
use stripout_model::{BlobId, Code, Problem};

use super::fields::{Fields, wrong};
use super::{Cell, Column, Listed, Select, Shape, Sighted, SourceRef};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProblemRow {
    /// Of an input that could not be read at all: its path, and its hash where there is one.
    pub source: SourceRef,
    #[serde(flatten)]
    pub problem: Problem,
}

impl ProblemRow {
    /// Of the input; `None` when it could not be opened.
    pub fn blob(&self) -> Option<BlobId> {
        Some(self.source.blob).filter(|blob| *blob != BlobId::UNHASHED)
    }
}

impl Select for ProblemRow {
    const SELECT: &'static str =
        "SELECT t.* FROM current_problem AS t LEFT JOIN source AS s ON s.id = t.source WHERE 1 = 1";
    const SHAPE: Shape = Shape {
        id: "t.holder, t.position",
        sighted: Sighted::SourceOrOwn,
        body: None,
        supplier: None,
        date: Some("substr(t.met_at, 1, 10)"),
        weight: Some("CASE t.severity WHEN 'input' THEN 2 WHEN 'unit' THEN 1 ELSE 0 END"),
        place: "t.path, t.position",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        let problem = problem_of(row)?;
        Ok(Self {
            source: SourceRef {
                blob: row.maybe_word("sha256")?.unwrap_or(BlobId::UNHASHED),
                path: row.text("path")?,
                copy: row.maybe_text("copy")?,
                partial: row.flag("partial")?,
            },
            problem,
        })
    }
}

/// What its columns say.
pub(crate) fn problem_of(row: &Fields<'_>) -> Result<Problem, sqlx::Error> {
    let code = row.text("code")?;
    let code: Code = code
        .parse()
        .map_err(|error: String| wrong("code", std::io::Error::other(error)))?;
    Ok(Problem {
        code,
        severity: row.word("severity")?,
        place: row.text("place")?,
        what: row.text("what")?,
        because: row.text("because")?,
        hint: row.text("hint")?,
    })
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
            Cell::optional(self.blob()),
            Cell::shown(&said.place),
            Cell::shown(&said.what),
            Cell::shown(&said.because),
            Cell::shown(&said.hint),
        ]
    }
}
