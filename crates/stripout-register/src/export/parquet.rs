//! Parquet: texts verbatim, amounts as exact decimals, Zstandard.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, ColumnKind, Sheet};

/// Rows held back until a row group is written: large enough to compress, small enough to hold.
const GROUP: usize = 20_000;

pub(super) struct Parquet<'w> {
    columns: &'static [Column],
    /// Held back, column by column.
    cells: Vec<Vec<Cell>>,
    writer: SerializedFileWriter<&'w mut (dyn Write + Send)>,
}

impl<'w> Parquet<'w> {
    pub(super) fn new(
        name: &str,
        columns: &'static [Column],
        out: &'w mut (dyn Write + Send),
    ) -> io::Result<Self> {
        let fields: Result<Vec<_>, _> = columns
            .iter()
            .map(|column| field(*column).map(Arc::new))
            .collect();
        let schema = Type::group_type_builder(name).with_fields(fields?).build()?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default()));
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties.build()))?;
        Ok(Self {
            columns,
            cells: vec![Vec::new(); columns.len()],
            writer,
        })
    }

    fn write_group(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group()?;
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            let mut writer = group
                .next_column()?
                .ok_or_else(|| io::Error::other("a column too few"))?;
            write_column(*column, std::mem::take(cells), &mut writer)?;
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Sheet for Parquet<'_> {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()> {
        for (column, cell) in self.cells.iter_mut().zip(cells) {
            column.push(cell);
        }
        if self.cells.first().is_some_and(|column| column.len() >= GROUP) {
            self.write_group()
        } else {
            Ok(())
        }
    }

    fn end(mut self: Box<Self>) -> io::Result<()> {
        if self.cells.first().is_some_and(|column| !column.is_empty()) {
            self.write_group()?;
        }
        let mut writer = self.writer;
        writer.finish()?;
        writer.flush()
    }
}

fn field(column: Column) -> Result<Type, parquet::errors::ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Boolean => (Physical::BOOLEAN, None),
        ColumnKind::Amount => (Physical::INT64, Some(LogicalType::decimal(2, 18))),
    };
    let mut field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical);
    if column.kind == ColumnKind::Amount {
        field = field.with_precision(18).with_scale(2);
    }
    field.build()
}

fn write_column(column: Column, cells: Vec<Cell>, writer: &mut SerializedColumnWriter<'_>) -> io::Result<()> {
    let there: Vec<i16> = cells.iter().map(|cell| i16::from(*cell != Cell::Null)).collect();
    let misfit = || io::Error::other(format!("column {} holds a value of another kind", column.name));
    match column.kind {
        ColumnKind::Text | ColumnKind::Json => {
            let mut values = Vec::with_capacity(cells.len());
            for cell in cells {
                match cell {
                    Cell::Null => {}
                    Cell::Text(text) | Cell::Json(text) => values.push(ByteArray::from(text.into_bytes())),
                    Cell::Integer(_) | Cell::Boolean(_) | Cell::Amount(_) => return Err(misfit()),
                }
            }
            writer
                .typed::<ByteArrayType>()
                .write_batch(&values, Some(&there), None)?;
        }
        ColumnKind::Integer | ColumnKind::Amount => {
            let mut values = Vec::with_capacity(cells.len());
            for cell in cells {
                match cell {
                    Cell::Null => {}
                    Cell::Integer(number) | Cell::Amount(number) => values.push(number),
                    Cell::Text(_) | Cell::Json(_) | Cell::Boolean(_) => return Err(misfit()),
                }
            }
            writer
                .typed::<Int64Type>()
                .write_batch(&values, Some(&there), None)?;
        }
        ColumnKind::Boolean => {
            let mut values = Vec::with_capacity(cells.len());
            for cell in cells {
                match cell {
                    Cell::Null => {}
                    Cell::Boolean(flag) => values.push(flag),
                    Cell::Text(_) | Cell::Json(_) | Cell::Integer(_) | Cell::Amount(_) => {
                        return Err(misfit());
                    }
                }
            }
            writer
                .typed::<BoolType>()
                .write_batch(&values, Some(&there), None)?;
        }
    }
    Ok(())
}
