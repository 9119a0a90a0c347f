//! What a reader makes of a blob: records, and the passages of text in them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{Contract, Locator, Payment};

/// What sort of document this is: it decides how a bare mention is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// A procurement notice, award or specification.
    Contract,
    /// Payments.
    Spend,
    /// A reply under freedom of information law.
    Foi,
    /// A register or inventory of equipment.
    Asset,
    /// A letter, e-mail, minutes, a written answer.
    Letter,
    /// Anything else: a page, news, a data dump of unknown kind.
    Web,
}

impl DocumentKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Spend => "spend",
            Self::Foi => "foi",
            Self::Asset => "asset",
            Self::Letter => "letter",
            Self::Web => "web",
        }
    }
}

/// What a column or field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The public body that pays or buys.
    Body,
    /// Who is paid. Never a product mention by itself.
    Supplier,
    Amount,
    Date,
    /// Free text on what was bought.
    Purpose,
    Category,
    Reference,
    /// A number of units.
    Quantity,
    /// A personal or organisational name, address or contact that is no supplier.
    Contact,
    /// A link.
    Url,
    /// A classification code (CPV) or its label.
    Classification,
    /// Running text, or a field whose role is not known.
    Text,
}

/// How the passages of a record belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// Cells of one row: what one cell says holds for the others.
    Row,
    /// Fields of one notice: they share context (is this about cameras?), not sentences.
    Fields,
    /// Paragraphs of running text in reading order.
    Prose,
}

/// One run of text of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage<'a> {
    pub text: Cow<'a, str>,
    pub role: Role,
    /// Header cell or JSON key; empty for running text.
    pub name: Cow<'a, str>,
    pub locator: Locator,
}

impl<'a> Passage<'a> {
    /// Of a text that is all there is of its source.
    pub fn of_text(text: &'a str) -> Self {
        Self {
            text: text.into(),
            role: Role::Text,
            name: "".into(),
            locator: Locator::of_text(text),
        }
    }
}

/// Where a record stands in its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordPlace {
    /// Counts from 1 in the source (member).
    pub number: u64,
    /// First line, from 1.
    pub line: u64,
    /// Byte offset in the stream that the reader saw.
    pub byte: u64,
}

/// What a record states besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub contracts: Vec<Contract>,
    pub payment: Option<Payment>,
}

/// An item of a notice: how many of what its texts describe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineItem {
    /// The JSON pointer of the item: `/tender/items/0`.
    pub pointer: String,
    pub quantity: u32,
    /// `Each`, `metre`, or the code of one.
    pub unit: Option<String>,
}

/// One unit of a source: a release, a row, a paragraph run. Cheap to make; text is only decoded when asked for, so a
/// record that the caller's sieve finds dull costs next to nothing.
pub trait Record {
    fn place(&self) -> RecordPlace;
    fn kind(&self) -> DocumentKind;
    fn shape(&self) -> Shape;
    /// The bytes of the record for a first, fast look. ASCII-compatible; may hold escapes.
    fn raw(&self) -> &[u8];
    /// Every text in it, in order.
    fn passages(&self) -> Vec<Passage<'_>>;
    /// The same, where what stands in these columns of a table is read with its heading: `heading: cell`. Only rows have
    /// columns.
    fn passages_under(&self, _columns: &[usize]) -> Vec<Passage<'_>> {
        self.passages()
    }
    /// The items of a notice that state a whole number.
    fn items(&self) -> Vec<LineItem> {
        Vec::new()
    }
    fn facts(&self) -> Facts;
    /// Of the same facts what is counted of every record: body, day and amount. The rest may be left out.
    fn counted(&self) -> Facts {
        self.facts()
    }
    /// The record whole, as a JSON object, for the register.
    fn whole(&self) -> Cow<'_, str>;
}
