//! Payments.

use serde::Serialize;
use stripout_model::Payment;

use super::fields::Fields;
use super::{Cell, Column, Listed, Select, Shape, Sighted, SourceRef, source_columns};
use crate::RowId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaymentRow {
    pub id: RowId,
    pub record: RowId,
    pub source: SourceRef,
    /// First line of the row in its source (member).
    pub line: u64,
    /// Path inside an archive.
    pub member: Option<String>,
    #[serde(flatten)]
    pub payment: Payment,
}

impl Select for PaymentRow {
    const SELECT: &'static str = concat!(
        "SELECT t.*, r.line, r.member, ",
        source_columns!(),
        " FROM payment AS t JOIN record AS r ON r.id = t.record JOIN current_reading AS g ON g.id = r.reading \
         JOIN source AS s ON s.id = g.source WHERE 1 = 1"
    );
    const SHAPE: Shape = Shape {
        id: "t.id",
        sighted: Sighted::Record,
        body: Some("t.body"),
        supplier: Some("t.supplier"),
        date: Some("t.date"),
        weight: Some("t.amount_minor"),
        place: "path, coalesce(r.member, ''), r.byte",
        replaced: None,
    };

    fn from_row(row: &Fields<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.word("id")?,
            record: row.word("record")?,
            source: row.source()?,
            line: row.number("line")?,
            member: row.maybe_text("member")?,
            payment: Payment {
                body: row.maybe_text("body")?,
                supplier: row.maybe_text("supplier")?,
                amount: row.money()?,
                date: row.date("date")?,
                purpose: row.maybe_text("purpose")?,
                category: row.maybe_text("category")?,
                reference: row.maybe_text("reference")?,
            },
        })
    }
}

impl Listed for PaymentRow {
    const NAME: &'static str = "payments";
    const COLUMNS: &'static [Column] = &[
        Column::text("id"),
        Column::text("body"),
        Column::text("supplier"),
        Column::amount("amount"),
        Column::text("currency"),
        Column::text("date"),
        Column::text("purpose"),
        Column::text("category"),
        Column::text("reference"),
        Column::text("source"),
        Column::text("sha256"),
        Column::boolean("partial"),
        Column::text("member"),
        Column::integer("line"),
        Column::text("record"),
    ];

    fn cells(&self) -> Vec<Cell> {
        let said = &self.payment;
        vec![
            Cell::shown(self.id),
            Cell::optional(said.body.as_ref()),
            Cell::optional(said.supplier.as_ref()),
            Cell::amount(said.amount),
            Cell::optional(said.amount.map(|amount| amount.currency)),
            Cell::optional(said.date),
            Cell::optional(said.purpose.as_ref()),
            Cell::optional(said.category.as_ref()),
            Cell::optional(said.reference.as_ref()),
            Cell::shown(&self.source.path),
            Cell::shown(self.source.blob),
            Cell::Boolean(self.source.partial),
            Cell::optional(self.member.as_ref()),
            Cell::natural(self.line),
            Cell::shown(self.record),
        ]
    }
}
