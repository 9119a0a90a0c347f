//! One row of a table.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use encoding_rs::Encoding;
use jiff::civil::Date;
use stripout_model::{
    Contract, Decoding, DocumentKind, Escape, Facts, Locator, Money, Party, Passage, Payment, Place, Record,
    RecordPlace, Role, Shape,
};

use super::parse::Plan;
use super::record::Cell;
use crate::amount::AmountCell;
use crate::date::DateCell;
use crate::layout::party;

/// How a row fits its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Fits,
    /// Has more filled cells than the header, or fewer and they are not what the header says: which is which is unknown.
    Misfit,
    /// Stands before the header.
    Title,
}

pub(super) struct Row<'a> {
    pub(super) plan: &'a Plan,
    /// Without the line end.
    pub(super) text: &'a str,
    pub(super) cells: &'a [Cell],
    pub(super) encoding: &'static Encoding,
    /// In the stream as it came.
    pub(super) bytes: Range<u64>,
    pub(super) place: RecordPlace,
    pub(super) fit: Fit,
    pub(super) amount: AmountCell,
    pub(super) date: Option<DateCell>,
}

impl<'a> Row<'a> {
    /// Reads amount and date, which the parser counts and payments need.
    pub(super) fn read_values(&mut self) {
        self.amount = self.read_amount();
        self.date = self
            .cell(self.plan.layout.columns.date)
            .map(|cell| DateCell::read(&cell));
    }

    fn cell(&self, column: Option<usize>) -> Option<Cow<'a, str>> {
        self.cells.get(column?).map(|cell| cell.text(self.text))
    }

    /// The cell trimmed, where it says something.
    fn said(&self, column: Option<usize>) -> Option<String> {
        let cell = self.cells.get(column?)?;
        if cell.is_quoted() {
            let text = cell.text(self.text);
            let text = text.trim();
            return (!text.is_empty()).then(|| text.to_owned());
        }
        let text = trimmed(cell.raw(self.text));
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn supplier(&self) -> Option<String> {
        let cell = self.cells.get(self.plan.layout.columns.supplier?)?;
        if cell.is_quoted() {
            return party::named(&cell.text(self.text)).map(str::to_owned);
        }
        party::named(trimmed(cell.raw(self.text))).map(str::to_owned)
    }

    fn read_amount(&self) -> AmountCell {
        let layout = &self.plan.layout;
        let Some(cell) = self.cell(layout.columns.amount) else {
            return AmountCell::Blank;
        };
        let stated = || self.cell(layout.columns.currency)?.trim().parse().ok();
        let currency = if layout.columns.currency.is_some() {
            stated()
        } else {
            None
        };
        AmountCell::read(&cell, self.plan.profile.mark, currency.unwrap_or(layout.currency))
    }

    /// Whether it sums up other rows: counted as a payment it would double them.
    fn is_total(&self) -> bool {
        let supplier = self
            .plan
            .layout
            .columns
            .supplier
            .and_then(|column| self.cells.get(column));
        let first = self.cells.iter().find(|cell| cell.len() > 0);
        [supplier, first]
            .into_iter()
            .flatten()
            .any(|cell| party::is_total(cell.bytes(self.text.as_bytes())))
    }

    /// Whether date and amount are where the header says.
    pub(super) fn is_in_place(&self) -> bool {
        self.amount != AmountCell::No && self.date != Some(DateCell::No)
    }

    fn payment(&self) -> Option<Payment> {
        let columns = &self.plan.layout.columns;
        if self.is_total() {
            return None;
        }
        let payment = Payment {
            body: self.body(),
            supplier: self.supplier(),
            amount: self.money(),
            date: self.day(),
            purpose: self.said(columns.purpose),
            category: self.said(columns.category),
            reference: self.said(columns.reference),
        };
        (payment.amount.is_some() || payment.supplier.is_some()).then_some(payment)
    }

    fn money(&self) -> Option<Money> {
        match self.amount {
            AmountCell::Money(money) => Some(money),
            AmountCell::Blank | AmountCell::No => None,
        }
    }

    fn day(&self) -> Option<Date> {
        let profile = &self.plan.profile;
        self.date
            .and_then(|date| date.date(profile.order, profile.serials))
    }

    fn body(&self) -> Option<String> {
        let layout = &self.plan.layout;
        self.said(layout.columns.body).or_else(|| layout.body.clone())
    }

    /// A row of a register or list of notices.
    fn contract(&self) -> Contract {
        let layout = &self.plan.layout;
        let party = |name: String| Party {
            name,
            identifiers: Vec::new(),
        };
        let dated = |column| {
            let date = self.cell(column).map(|cell| DateCell::read(&cell))?;
            date.date(self.plan.profile.order, self.plan.profile.serials)
        };
        Contract {
            title: self
                .said(layout.columns.title)
                .or_else(|| self.said(layout.columns.purpose)),
            buyer: self.body().map(party),
            suppliers: self.supplier().map(party).into_iter().collect(),
            value: self.money(),
            released: dated(layout.columns.published).map(|date| date.to_string()),
            signed: dated(layout.columns.awarded),
            start: dated(layout.columns.start),
            end: dated(layout.columns.end),
            ..Contract::default()
        }
    }

    fn name(&self, column: usize) -> &'a str {
        if self.fit == Fit::Title {
            ""
        } else {
            self.plan.layout.name(column)
        }
    }

    fn cell_place(&self, column: u32, name: String) -> Place {
        if self.plan.sheet {
            return Place::Sheet {
                row: self.place.line,
                column,
                name,
            };
        }
        Place::Cell {
            line: self.place.line,
            record: self.place.number,
            column,
            name,
        }
    }

    /// What stands in a column, read with its heading, where both are known and written in one encoding.
    fn headed(&self, column: usize) -> Option<Passage<'_>> {
        let heading = self.name(column);
        let cell = self.cells.get(column)?.text(self.text);
        let encoding = self.plan.coding.encoding;
        let readable = heading.is_ascii() || self.encoding == encoding;
        if heading.is_empty() || cell.trim().is_empty() || self.fit != Fit::Fits || !readable {
            return None;
        }
        let mut locator = self.locator(column);
        locator.decoding.escape = Escape::Headed {
            delimiter: char::from(self.plan.dialect.delimiter),
            column: u32::try_from(column).ok()?,
            headings: self.plan.header_bytes.clone(),
        };
        Some(Passage {
            text: under_heading(heading, &cell).into(),
            role: Role::Text,
            name: Cow::Borrowed(heading),
            locator,
        })
    }

    fn passage(&self, column: usize, cell: &Cell) -> Option<Passage<'_>> {
        let text = cell.text(self.text);
        let role = if self.fit == Fit::Fits {
            self.plan.layout.role(column)
        } else {
            Role::Text
        };
        if text.trim().is_empty() || role == Role::Supplier && party::is_redacted(&text) {
            return None;
        }
        let name = Cow::Borrowed(self.name(column));
        Some(Passage {
            text,
            role,
            name,
            locator: self.locator(column),
        })
    }

    fn locator(&self, column: usize) -> Locator {
        let column_number = u32::try_from(column).unwrap_or(u32::MAX);
        Locator {
            member: None,
            place: self.cell_place(column_number, self.name(column).to_owned()),
            bytes: self.bytes.clone(),
            decoding: Decoding {
                encoding: self.encoding.name().into(),
                escape: Escape::Csv {
                    delimiter: char::from(self.plan.dialect.delimiter),
                    column: column_number,
                },
            },
        }
    }
}

/// How a cell and its heading are read together.
pub(crate) fn under_heading(heading: &str, cell: &str) -> String {
    format!("{heading}: {cell}")
}

/// `str::trim`, but quick where there is nothing to trim.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim(),
    }
}

impl Record for Row<'_> {
    fn place(&self) -> RecordPlace {
        self.place
    }

    fn kind(&self) -> DocumentKind {
        if self.fit == Fit::Title {
            DocumentKind::Web
        } else {
            self.plan.layout.kind
        }
    }

    fn shape(&self) -> Shape {
        Shape::Row
    }

    fn raw(&self) -> &[u8] {
        self.text.as_bytes()
    }

    fn passages(&self) -> Vec<Passage<'_>> {
        let cells = self.cells.iter().enumerate();
        cells
            .filter_map(|(column, cell)| self.passage(column, cell))
            .collect()
    }

    fn passages_under(&self, columns: &[usize]) -> Vec<Passage<'_>> {
        let cells = self.cells.iter().enumerate();
        let read = |(column, cell)| {
            let headed = columns.contains(&column).then(|| self.headed(column)).flatten();
            headed.or_else(|| self.passage(column, cell))
        };
        cells.filter_map(read).collect()
    }

    fn facts(&self) -> Facts {
        if self.fit != Fit::Fits {
            return Facts::default();
        }
        match self.plan.layout.kind {
            DocumentKind::Spend => Facts {
                payment: self.payment(),
                ..Facts::default()
            },
            DocumentKind::Contract => Facts {
                contracts: vec![self.contract()],
                ..Facts::default()
            },
            _ => Facts::default(),
        }
    }

    fn counted(&self) -> Facts {
        let spend = self.fit == Fit::Fits && self.plan.layout.kind == DocumentKind::Spend;
        if !spend || self.money().is_none() {
            return self.facts();
        }
        let payment = || Payment {
            body: self.body(),
            amount: self.money(),
            date: self.day(),
            ..Payment::default()
        };
        Facts {
            payment: (!self.is_total()).then(payment),
            ..Facts::default()
        }
    }

    fn whole(&self) -> Cow<'_, str> {
        let mut object = String::from("{");
        let mut names: Vec<String> = Vec::with_capacity(self.cells.len());
        for (column, cell) in self.cells.iter().enumerate() {
            let mut name = self.name(column).to_owned();
            if name.is_empty() {
                name = format!("column {}", column + 1);
            }
            if names.contains(&name) {
                name = format!("{name} (column {})", column + 1);
            }
            let text = cell.text(self.text);
            if self.name(column).is_empty() && text.trim().is_empty() {
                continue;
            }
            let comma = if names.is_empty() { "" } else { "," };
            let (key, value) = (
                serde_json::Value::from(name.as_str()),
                serde_json::Value::from(&*text),
            );
            // Writing to a String cannot fail.
            let _ = write!(object, "{comma}{key}:{value}");
            names.push(name);
        }
        object.push('}');
        object.into()
    }
}
