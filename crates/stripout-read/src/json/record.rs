//! A record of JSON that is no OCDS: any shape; a flat object reads like a row of a table.

use std::borrow::Cow;
use std::sync::Arc;

use encoding_rs::Encoding;
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

impl Row<'_> {
    fn cell(&self, column: Option<usize>, encoding: &'static Encoding) -> Option<String> {
        let cell = (*self.cells.get(column?)?)?;
        let text = cell.text(encoding);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn amount(&self, encoding: &'static Encoding) -> AmountCell {
        let columns = &self.layout.columns;
        let currency = self.cell(columns.currency, encoding).and_then(|c| c.parse().ok());
        let currency = currency.unwrap_or(self.layout.currency);
        let cell = columns.amount.and_then(|at| *self.cells.get(at)?);
        match cell {
            None => AmountCell::Blank,
            Some(Scalar::Number(digits)) => {
                let money = Money::from_decimal(&String::from_utf8_lossy(digits), currency);
                money.map_or(AmountCell::No, AmountCell::Money)
            }
            Some(Scalar::Text(text)) => AmountCell::read(&text.text(encoding), DecimalMark::Point, currency),
            Some(Scalar::Bool(_)) => AmountCell::No,
        }
    }

    /// Has an amount that is no money.
    pub(crate) fn without_money(&self, encoding: &'static Encoding) -> bool {
        self.amount(encoding) == AmountCell::No
    }

    /// Has a date whose day nobody can tell.
    pub(crate) fn undated(&self, encoding: &'static Encoding) -> bool {
        let Some(text) = self.cell(self.layout.columns.date, encoding) else {
            return false;
        };
        let cell = DateCell::read(&text);
        matches!(cell, DateCell::Numbers { .. }) && cell.date(self.order, false).is_none()
    }
}

impl JsonRecord<'_> {
    fn amount(&self, row: &Row<'_>) -> Option<Money> {
        match row.amount(self.unit.encoding) {
            AmountCell::Money(money) => Some(money),
            AmountCell::Blank | AmountCell::No => None,
        }
    }

    fn payment(&self) -> Option<Payment> {
        let row = self.row.as_ref()?;
        let columns = &row.layout.columns;
        let cell = |column| row.cell(column, self.unit.encoding);
        columns.supplier?;
        let amount = self.amount(row)?;
        let date = cell(columns.date).and_then(|text| DateCell::read(&text).date(row.order, false));
        Some(Payment {
            body: cell(columns.body).or_else(|| row.layout.body.clone()),
            supplier: cell(columns.supplier),
            amount: Some(amount),
            date,
            purpose: cell(columns.purpose),
            category: cell(columns.category),
            reference: cell(columns.reference),
        })
    }

    fn role(&self, parents: &[Cow<'_, str>], key: &str) -> Role {
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
            Some(row) if row.layout.kind == DocumentKind::Spend && self.amount(row).is_none() => {
                DocumentKind::Web
            }
            Some(row) => row.layout.kind,
            None => DocumentKind::Web,
        }
    }

    fn shape(&self) -> Shape {
        if self.row.is_some() {
            Shape::Row
        } else {
            Shape::Fields
        }
    }

    fn raw(&self) -> &[u8] {
        self.unit.bytes
    }

    fn passages(&self) -> Vec<Passage<'_>> {
        super::passages(&self.unit, &|parents, key| self.role(parents, key))
    }

    fn facts(&self) -> Facts {
        Facts {
            contracts: Vec::new(),
            payment: self.payment(),
        }
    }

    fn whole(&self) -> Cow<'_, str> {
        self.unit.whole()
    }
}
