//! Reads the columns of a row as model values. What does not parse was not written by this program: the file is
//! damaged, and the error names the column.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::error::UnexpectedNullError;
use sqlx::sqlite::SqliteRow;
use stripout_model::{BlobId, Evidence, Money, Row};

use super::line::Line;
use crate::row::SourceRef;

type Result<T> = std::result::Result<T, sqlx::Error>;

/// The columns of one row, by their names.
pub enum Fields<'r> {
    /// As the engine hands it over.
    Row(&'r SqliteRow),
    /// One of many that came as one value.
    Line(&'r Line<'r>),
}

impl Fields<'_> {
    pub(super) fn maybe_str(&self, column: &str) -> Result<Option<&str>> {
        match self {
            Self::Row(row) => row.try_get(column),
            Self::Line(line) => line.text(column),
        }
    }

    fn maybe_integer(&self, column: &str) -> Result<Option<i64>> {
        match self {
            Self::Row(row) => row.try_get(column),
            Self::Line(line) => line.integer(column),
        }
    }

    fn str(&self, column: &str) -> Result<&str> {
        there(column, self.maybe_str(column)?)
    }

    fn integer(&self, column: &str) -> Result<i64> {
        there(column, self.maybe_integer(column)?)
    }

    pub(crate) fn text(&self, column: &str) -> Result<String> {
        Ok(self.str(column)?.to_owned())
    }

    pub(crate) fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        Ok(self.maybe_str(column)?.map(str::to_owned))
    }

    pub(crate) fn number<T>(&self, column: &str) -> Result<T>
    where
        T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>,
    {
        T::try_from(self.integer(column)?).map_err(|error| wrong(column, error))
    }

    pub(crate) fn maybe_number<T>(&self, column: &str) -> Result<Option<T>>
    where
        T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>,
    {
        let number = self.maybe_integer(column)?;
        number
            .map(|number| T::try_from(number).map_err(|error| wrong(column, error)))
            .transpose()
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.integer(column)? != 0)
    }

    pub(crate) fn maybe_flag(&self, column: &str) -> Result<Option<bool>> {
        Ok(self.maybe_integer(column)?.map(|flag| flag != 0))
    }

    /// A word of a closed vocabulary, a catalogue id, an id, a hash: whatever reads itself from a string.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        word(column, self.str(column)?)
    }

    pub(crate) fn maybe_word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        self.maybe_str(column)?.map(|text| word(column, text)).transpose()
    }

    /// Empty text stands for nothing.
    pub(crate) fn filled_word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        let text = self.str(column)?;
        (!text.is_empty()).then(|| word(column, text)).transpose()
    }

    pub(crate) fn filled_text(&self, column: &str) -> Result<Option<String>> {
        Ok(Some(self.text(column)?).filter(|text| !text.is_empty()))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(self.str(column)?).map_err(|error| wrong(column, error))
    }

    pub(crate) fn maybe_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        let text = self.maybe_str(column)?;
        text.map(|text| serde_json::from_str(text).map_err(|error| wrong(column, error)))
            .transpose()
    }

    pub(crate) fn date(&self, column: &str) -> Result<Option<Date>> {
        let text = self.maybe_str(column)?;
        text.map(|text| text.parse().map_err(|error: jiff::Error| wrong(column, error)))
            .transpose()
    }

    /// A day that is always there.
    pub(crate) fn day(&self, column: &str) -> Result<Date> {
        let text = self.str(column)?;
        text.parse().map_err(|error: jiff::Error| wrong(column, error))
    }

    pub(crate) fn money(&self) -> Result<Option<Money>> {
        let amount = self.maybe_integer("amount_minor")?;
        let currency = self.maybe_word("currency")?;
        Ok(amount.zip(currency).map(|(minor_units, currency)| Money {
            minor_units,
            currency,
        }))
    }

    pub(crate) fn source(&self) -> Result<SourceRef> {
        let blob: BlobId = self.word("sha256")?;
        Ok(SourceRef {
            blob,
            path: self.text("path")?,
            copy: self.maybe_text("copy")?,
            partial: self.flag("partial")?,
        })
    }

    pub(crate) fn evidence(&self) -> Result<Evidence> {
        Ok(Evidence {
            blob: self.word("sha256")?,
            locator: self.json("locator")?,
            excerpt: self.text("excerpt")?,
            start: self.number("start")?,
            mark: self.number("mark_from")?..self.number("mark_to")?,
        })
    }

    pub(crate) fn row(&self) -> Result<Row> {
        Ok(Row {
            body: self.maybe_text("body")?,
            supplier: self.maybe_text("supplier")?,
            amount: self.money()?,
            date: self.date("date")?,
        })
    }
}

fn there<T>(column: &str, value: Option<T>) -> Result<T> {
    value.ok_or_else(|| wrong(column, UnexpectedNullError))
}

fn word<T: DeserializeOwned>(column: &str, text: &str) -> Result<T> {
    // As JSON reads it: a hash of its own may be a string or null there, which serde's reader of bare strings refuses.
    T::deserialize(serde_json::Value::from(text)).map_err(|error| wrong(column, error))
}

pub(crate) fn wrong(
    column: &str,
    source: impl Into<Box<dyn std::error::Error + Send + Sync + 'static>>,
) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: format!("{column:?}"),
        source: source.into(),
    }
}
