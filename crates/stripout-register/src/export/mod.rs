//! Lists as files others can open: CSV for spreadsheets, JSON Lines for pipes, Parquet for analysis.

mod csv;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::str::FromStr;

use futures_util::StreamExt as _;
use stripout_model::Decision;

use crate::part::{PartFile, Taken};
use crate::row::{
    AffiliationRow, CommitmentRow, ContractRow, LeadRow, Listed, OutcomeRow, PaymentRow, ProblemRow,
    SightingRow, SourceRow,
};
pub use crate::row::{Cell, Column, ColumnKind};
use crate::sql::io_fault;
use crate::{Error, Filter, Register, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Text that a spreadsheet would take for a formula gets a leading `'`.
    Csv,
    /// Verbatim, one object a line.
    Jsonl,
    /// Verbatim.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What can be listed and exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Sightings,
    Leads,
    Affiliations,
    Outcomes,
    Commitments,
    Contracts,
    Payments,
    Sources,
    Problems,
    Decisions,
}

/// A file in the making, row by row.
trait Sheet: Send {
    fn row(&mut self, cells: Vec<Cell>) -> io::Result<()>;
    /// Writes what is held back.
    fn end(self: Box<Self>) -> io::Result<()>;
}

impl Register {
    /// Writes the rows that fit the filter; returns how many.
    pub async fn export(
        &self,
        table: Table,
        filter: &Filter,
        format: Format,
        out: &mut (dyn Write + Send),
    ) -> Result<u64> {
        match table {
            Table::Sightings => self.write_out::<SightingRow>(filter, format, out).await,
            Table::Leads => self.write_out::<LeadRow>(filter, format, out).await,
            Table::Affiliations => self.write_out::<AffiliationRow>(filter, format, out).await,
            Table::Outcomes => self.write_out::<OutcomeRow>(filter, format, out).await,
            Table::Commitments => self.write_out::<CommitmentRow>(filter, format, out).await,
            Table::Contracts => self.write_out::<ContractRow>(filter, format, out).await,
            Table::Payments => self.write_out::<PaymentRow>(filter, format, out).await,
            Table::Sources => self.write_out::<SourceRow>(filter, format, out).await,
            Table::Problems => self.write_out::<ProblemRow>(filter, format, out).await,
            Table::Decisions => self.write_out::<Decision>(filter, format, out).await,
        }
    }

    /// The same into a file, which appears whole or not at all; one that is there is replaced.
    pub async fn export_file(
        &self,
        table: Table,
        filter: &Filter,
        format: Format,
        path: &Path,
    ) -> Result<u64> {
        let part = PartFile::beside(path).map_err(|error| io_fault(path, &error))?;
        let mut out = BufWriter::new(&part.file);
        let rows = self
            .export(table, filter, format, &mut out)
            .await
            .map_err(|error| match error {
                Error::Output(error) => io_fault(path, &error),
                other => other,
            })?;
        out.flush().map_err(|error| io_fault(path, &error))?;
        drop(out);
        part.finish(Taken::Replace)
            .map_err(|error| io_fault(path, &error))?;
        Ok(rows)
    }

    async fn write_out<T: Listed>(
        &self,
        filter: &Filter,
        format: Format,
        out: &mut (dyn Write + Send),
    ) -> Result<u64> {
        let mut sheet = sheet(T::NAME, T::COLUMNS, format, out).map_err(Error::Output)?;
        let mut stream = self.stream::<T>(filter)?;
        let mut rows = 0;
        while let Some(row) = stream.next().await {
            sheet.row(row?.cells()).map_err(Error::Output)?;
            rows += 1;
        }
        sheet.end().map_err(Error::Output)?;
        Ok(rows)
    }
}

/// Writes rows that are not in the store but follow from it.
pub fn write(
    name: &'static str,
    columns: &'static [Column],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    format: Format,
    out: &mut (dyn Write + Send),
) -> io::Result<u64> {
    let mut sheet = sheet(name, columns, format, out)?;
    let mut written = 0;
    for row in rows {
        sheet.row(row)?;
        written += 1;
    }
    sheet.end()?;
    Ok(written)
}

/// Gives a file its name when all of it is written, and not before; one that is there is replaced.
pub fn write_file(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<u64>,
) -> Result<u64> {
    let failed = |error: io::Error| io_fault(path, &error);
    let part = PartFile::beside(path).map_err(failed)?;
    let mut out = BufWriter::new(&part.file);
    let rows = write(&mut out).map_err(failed)?;
    out.flush().map_err(failed)?;
    drop(out);
    part.finish(Taken::Replace).map_err(failed)?;
    Ok(rows)
}

fn sheet<'w>(
    name: &'static str,
    columns: &'static [Column],
    format: Format,
    out: &'w mut (dyn Write + Send),
) -> io::Result<Box<dyn Sheet + 'w>> {
    #[cfg(not(feature = "parquet"))]
    let _unused = name;
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::new(columns, out)?),
        Format::Jsonl => Box::new(jsonl::Jsonl::new(columns, out)),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Parquet::new(name, columns, out)?),
    })
}

impl Format {
    pub const ALL: &[Self] = &[
        Self::Csv,
        Self::Jsonl,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// Also the ending of its files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }
}

impl FromStr for Format {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        find(Self::ALL, text, Self::as_str, "format")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Table {
    pub const ALL: &[Self] = &[
        Self::Sightings,
        Self::Leads,
        Self::Affiliations,
        Self::Outcomes,
        Self::Commitments,
        Self::Contracts,
        Self::Payments,
        Self::Sources,
        Self::Problems,
        Self::Decisions,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sightings => SightingRow::NAME,
            Self::Leads => LeadRow::NAME,
            Self::Affiliations => AffiliationRow::NAME,
            Self::Outcomes => OutcomeRow::NAME,
            Self::Commitments => CommitmentRow::NAME,
            Self::Contracts => ContractRow::NAME,
            Self::Payments => PaymentRow::NAME,
            Self::Sources => SourceRow::NAME,
            Self::Problems => ProblemRow::NAME,
            Self::Decisions => Decision::NAME,
        }
    }

    /// In the order in which exports have them.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Sightings => SightingRow::COLUMNS,
            Self::Leads => LeadRow::COLUMNS,
            Self::Affiliations => AffiliationRow::COLUMNS,
            Self::Outcomes => OutcomeRow::COLUMNS,
            Self::Commitments => CommitmentRow::COLUMNS,
            Self::Contracts => ContractRow::COLUMNS,
            Self::Payments => PaymentRow::COLUMNS,
            Self::Sources => SourceRow::COLUMNS,
            Self::Problems => ProblemRow::COLUMNS,
            Self::Decisions => Decision::COLUMNS,
        }
    }
}

impl FromStr for Table {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        find(Self::ALL, text, Self::as_str, "table")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

fn find<T: Copy>(all: &[T], text: &str, name: fn(T) -> &'static str, what: &str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name(*one) == text);
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().copied().map(name).collect();
        format!("`{text}` is no {what}: one of {}", names.join(", "))
    })
}
