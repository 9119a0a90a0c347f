//! One JSON object a line, texts verbatim.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::value::RawValue;

use super::{Cell, Column, Sheet};
use crate::row::decimal;

pub(super) struct Jsonl<'w> {
    columns: &'static [Column],
    out: &'w mut (dyn Write + Send),
}

impl<'w> Jsonl<'w> {
    pub(super) fn new(columns: &'static [Column], out: &'w mut (dyn Write + Send)) -> Self {
        Self { columns, out }
    }
}

impl Sheet for Jsonl<'_> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        serde_json::to_writer(
            &mut *self.out,
            &Line {
                columns: self.columns,
                cells: &cells,
            },
        )?;
        self.out.write_all(b"\n")
    }

    fn end(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

struct Line<'a> {
    columns: &'a [Column],
    cells: &'a [Cell],
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            match cell {
                Cell::Null => map.serialize_entry(column.name, &())?,
                Cell::Text(text) => map.serialize_entry(column.name, text)?,
                Cell::Integer(number) => map.serialize_entry(column.name, number)?,
                Cell::Boolean(flag) => map.serialize_entry(column.name, flag)?,
                // As digits: a float would round large sums.
                Cell::Amount(minor) => map.serialize_entry(column.name, &raw(decimal(*minor))?)?,
                Cell::Json(text) => map.serialize_entry(column.name, &raw(text.clone())?)?,
            }
        }
        map.end()
    }
}

fn raw<E: serde::ser::Error>(text: String) -> Result<Box<RawValue>, E> {
    RawValue::from_string(text).map_err(E::custom)
}
