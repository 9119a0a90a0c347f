//! A record as texts to be judged: a row is one text, so is a page of prose; each field of a notice is its own.

use std::borrow::Cow;
use std::ops::Range;

use stripout_model::{Escape, Passage, Role, Shape};

/// Between cells. Readers of the excerpt see columns, and no sentence runs across.
const CELL_GAP: &str = " | ";
const PARAGRAPH_GAP: &str = "\n\n";

/// One text, and where the passages are in it.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) shape: Shape,
    pub(crate) cells: Vec<Cell<'a>>,
}

/// A passage in the text of a unit.
#[derive(Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) passage: usize,
    pub(crate) span: Range<usize>,
    pub(crate) role: Role,
    pub(crate) name: &'a str,
    /// Its text is read with its heading: `heading: cell`.
    pub(crate) headed: bool,
}

impl Unit<'_> {
    /// The cell that holds a span whole.
    pub(crate) fn cell(&self, span: &Range<usize>) -> Option<&Cell<'_>> {
        let after = self.cells.partition_point(|c| c.span.start <= span.start);
        self.cells
            .get(after.checked_sub(1)?)
            .filter(|c| span.end <= c.span.end)
    }
}

/// The texts of a record.
pub(crate) fn units<'a>(shape: Shape, passages: &'a [Passage<'_>]) -> Vec<Unit<'a>> {
    let all = 0..groups(shape, passages);
    all.map(|group| unit(shape, passages, group)).collect()
}

/// How many texts a record has: each of its fields is one.
pub(crate) fn groups(shape: Shape, passages: &[Passage<'_>]) -> usize {
    match shape {
        Shape::Fields => passages.len(),
        Shape::Row | Shape::Prose => 1,
    }
}

/// One of the texts of a record.
pub(crate) fn unit<'a>(shape: Shape, passages: &'a [Passage<'_>], group: usize) -> Unit<'a> {
    match shape {
        Shape::Fields => joined(shape, passages, group..group + 1, ""),
        Shape::Row => joined(shape, passages, 0..passages.len(), CELL_GAP),
        Shape::Prose => joined(shape, passages, 0..passages.len(), PARAGRAPH_GAP),
    }
}

fn joined<'a>(shape: Shape, passages: &'a [Passage<'_>], range: Range<usize>, gap: &str) -> Unit<'a> {
    let of = passages.get(range.clone()).unwrap_or_default();
    let mut cells = Vec::with_capacity(of.len());
    let mut at = 0;
    for (passage, p) in range.zip(of) {
        cells.push(Cell {
            passage,
            span: at..at + p.text.len(),
            role: p.role,
            name: p.name.as_ref(),
            headed: matches!(p.locator.decoding.escape, Escape::Headed { .. }),
        });
        at += p.text.len() + gap.len();
    }
    let text = match of {
        [one] => Cow::Borrowed(one.text.as_ref()),
        many => Cow::Owned(many.iter().map(|p| p.text.as_ref()).collect::<Vec<_>>().join(gap)),
    };
    Unit { text, shape, cells }
}

/// Whether a cell of this role holds words that somebody chose, in which a product may be named in passing.
pub(crate) fn has_words(role: Role) -> bool {
    matches!(role, Role::Purpose | Role::Category | Role::Text)
}

/// Whether a product may be named in a cell of this role.
pub(crate) fn names_products(role: Role) -> bool {
    match role {
        Role::Purpose | Role::Category | Role::Reference | Role::Url | Role::Classification | Role::Text => {
            true
        }
        // A payee or buyer is who it is; a contact is a person, whose name is nobody's business here.
        Role::Body | Role::Supplier | Role::Contact | Role::Amount | Role::Date | Role::Quantity => false,
    }
}
