//! A record of JSON that is no OCDS: any shape; a flat object reads like a row of a table.

use std::sync::Arc;

use stripout_model::{DocumentKind, Facts, Money, Passage, Payment, Record, RecordPlace, Role, Shape};

use super::cursor::Scalar;
use super::unit::Unit;
use crate::amount::{AmountCell, DecimalMark};
use crate::date::{DateCell, DayOrder};
use crate::layout::Layout;

pub(crate) struct JsonRecord<'a> {
    pub(crate) unit: Unit<'a>,
    /// For an object with members that are no containers: how they read as columns.
    pub(crate) row: Option<Row<'a>>,
}

/// The members of a flat object as cells.
pub(crate) struct Row<'a> {
    pub(crate) layout: Arc<Layout>,
    /// As many as the layout has columns.
    pub(crate) cells: Vec<Option<Scalar<'a>>>,
    pub(crate) order: Option<DayOrder>,
}

impl JsonRecord<'_> {
    fn cell(&self, column: Option<usize>) -> Option<String> {
        let cell = (*self.row.as_ref()?.cells.get(column?)?)?;
        let text = cell.text(self.unit.encoding);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn amount(&self, row: &Row<'_>) -> Option<Money> {
        let currency = self.cell(row.layout.columns.currency).and_then(|c| c.parse().ok());
        let currency = currency.unwrap_or(row.layout.currency);
        match (*row.cells.get(row.layout.columns.amount?)?)? {
            Scalar::Number(digits) => Money::from_decimal(std::str::from_utf8(digits).ok()?, currency).ok(),
            Scalar::Text(text) => {
                match AmountCell::read(&text.text(self.unit.encoding), DecimalMark::Point, currency) {
                    AmountCell::Money(money) => Some(money),
                    AmountCell::Blank | AmountCell::No => None,
                }
            }
            Scalar::Bool(_) => None,
        }
    }

    fn payment(&self) -> Option<Payment> {
        let row = self.row.as_ref()?;
        let columns = &row.layout.columns;
        if columns.supplier.is_none() {
            return None;
        }
        let amount = self.amount(row)?;
        let date = self.cell(columns.date).and_then(|text| DateCell::read(&text).date(row.order, false));
        Some(Payment {
            body: self.cell(columns.body).or_else(|| row.layout.body.clone()),
            supplier: self.cell(columns.supplier),
            amount: Some(amount),
            date,
            purpose: self.cell(columns.purpose),
            category: self.cell(columns.category),
            reference: self.cell(columns.reference),
        })
    }

    fn role(&self, parents: &[&str], key: &str) -> Role {
        let column = self.row.as_ref().filter(|_| parents.is_empty());
        let column = column.and_then(|row| {
            let at = row.layout.header.iter().position(|name| name == key.trim())?;
            Some(row.layout.role(at))
        });
        column.unwrap_or_else(|| super::role(key))
    }
}

impl Record for JsonRecord<'_> {
    fn place(&self) -> RecordPlace {
        self.unit.place
    }

    fn kind(&self) -> DocumentKind {
        match &self.row {
            Some(row) if row.layout.kind == DocumentKind::Spend && self.amount(row).is_none() => DocumentKind::Web,
            Some(row) => row.layout.kind,
            None => DocumentKind::Web,
        }
    }

    fn shape(&self) -> Shape {
        if self.row.is_some() { Shape::Row } else { Shape::Fields }
    }

    fn raw(&self) -> &[u8] {
        self.unit.bytes
    }

    fn passages(&self) -> Vec<Passage<'_>> {
        super::passages(&self.unit, &|parents, key| self.role(parents, key))
    }

    fn facts(&self) -> Facts {
        Facts { contracts: Vec::new(), payment: self.payment() }
    }

    fn whole(&self) -> String {
        self.unit.whole()
    }
}
