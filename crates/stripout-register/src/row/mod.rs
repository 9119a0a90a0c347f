//! Rows as they come out: model values with their id, record and source.

mod cell;
mod contract;
mod decision;
mod evidence;
mod fields;
mod found;
pub(crate) mod line;
mod payment;
mod problem;
mod record;
mod reply;
mod source;

pub(crate) use cell::decimal;
pub use cell::{Cell, Column, ColumnKind};
pub use contract::ContractRow;
pub use evidence::{EvidenceOf, EvidenceRow};
pub(crate) use fields::Fields;
pub use found::{AffiliationRow, LeadRow, SightingRow};
pub use payment::PaymentRow;
pub use problem::ProblemRow;
pub(crate) use problem::problem_of;
pub use record::RecordRow;
pub use reply::{CommitmentRow, OutcomeRow};
pub use source::{SourceRef, SourceRow};

/// A table that can be listed, filtered and exported.
pub trait Listed: Select {
    /// What it is called, in the plural.
    const NAME: &'static str;
    /// The columns of the flat form: exports, and one JSON object a line.
    const COLUMNS: &'static [Column];
    /// One cell for each column.
    fn cells(&self) -> Vec<Cell>;
}

/// How a row is found and read; only this crate knows.
pub trait Select: Sized + Send + Unpin + 'static {
    /// Up to and including a first condition: `t` is the table, `g` its reading, `s` the source.
    const SELECT: &'static str;
    const SHAPE: Shape;
    /// The names of its columns, of those that are asked for by the thousand: `line`.
    const COLUMNS_TOGETHER: Option<&'static [&'static str]> = None;
    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error>;
}

/// Which SQL expressions the filters and orders of a table stand on.
pub struct Shape {
    pub(crate) id: &'static str,
    pub(crate) sighted: Sighted,
    pub(crate) body: Option<&'static str>,
    pub(crate) supplier: Option<&'static str>,
    pub(crate) date: Option<&'static str>,
    /// Largest first when sorted by strength or amount.
    pub(crate) weight: Option<&'static str>,
    /// Sorts rows as they stand in their sources.
    pub(crate) place: &'static str,
    /// True of rows that a later release replaces, where there is such a thing.
    pub(crate) replaced: Option<&'static str>,
}

/// How a row is tied to sightings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sighted {
    /// It is one.
    Itself,
    /// It has a maker and a brand of its own, the rest through its record.
    Affiliation,
    /// Through its record.
    Record,
    /// Through any record of its source.
    Source,
    /// The same; a row that stands in no source has a path and a hash of its own.
    SourceOrOwn,
    /// It stands in no source.
    Nothing,
}

/// Columns of `SourceRef`, given `s` and `g`.
macro_rules! source_columns {
    () => {
        "s.sha256, s.copy, g.partial, \
         (SELECT CASE p.kind WHEN 'stdin' THEN '-' ELSE p.path END FROM provenance AS p WHERE p.source = s.id \
          ORDER BY p.kind, p.seen_at DESC, p.path LIMIT 1) AS path"
    };
}

/// Columns of `Evidence` and `Row`, given `t`.
macro_rules! evidence_columns {
    () => {
        "t.locator, t.excerpt, t.start, t.mark_from, t.mark_to, \
         t.body, t.supplier, t.amount_minor, t.currency, t.date"
    };
}

/// Columns of `Evidence` alone, given `t`.
macro_rules! proof_columns {
    () => {
        "t.locator, t.excerpt, t.start, t.mark_from, t.mark_to"
    };
}

/// Given `t` with a record and a reading: the reading that counts, and its source.
macro_rules! from_current {
    ($table:literal) => {
        concat!(
            " FROM ",
            $table,
            " AS t JOIN current_reading AS g ON g.id = t.reading JOIN source AS s ON s.id = g.source WHERE 1 = 1"
        )
    };
}

use {evidence_columns, from_current, proof_columns, source_columns};
