//! Reads the columns of a row as model values. What does not parse was not written by this program: the file is
//! damaged, and the error names the column.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use stripout_model::{BlobId, Evidence, Money, Row};

use crate::row::SourceRef;

type Result<T> = std::result::Result<T, sqlx::Error>;

pub(crate) struct Fields<'r>(pub(crate) &'r SqliteRow);

impl Fields<'_> {
    pub(crate) fn text(&self, column: &str) -> Result<String> {
        self.0.try_get(column)
    }

    pub(crate) fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        self.0.try_get(column)
    }

    pub(crate) fn number<T>(&self, column: &str) -> Result<T>
    where
        T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>,
    {
        T::try_from(self.0.try_get(column)?).map_err(|error| wrong(column, error))
    }

    pub(crate) fn maybe_number<T>(&self, column: &str) -> Result<Option<T>>
    where
        T: TryFrom<i64, Error: std::error::Error + Send + Sync + 'static>,
    {
        let number: Option<i64> = self.0.try_get(column)?;
        number
            .map(|number| T::try_from(number).map_err(|error| wrong(column, error)))
            .transpose()
    }

    pub(crate) fn flag(&self, column: &str) -> Result<bool> {
        Ok(self.0.try_get::<i64, _>(column)? != 0)
    }

    pub(crate) fn maybe_flag(&self, column: &str) -> Result<Option<bool>> {
        let flag: Option<i64> = self.0.try_get(column)?;
        Ok(flag.map(|flag| flag != 0))
    }

    /// A word of a closed vocabulary, a catalogue id, an id, a hash: whatever reads itself from a string.
    pub(crate) fn word<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        word(column, self.0.try_get(column)?)
    }

    pub(crate) fn maybe_word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        let text: Option<&str> = self.0.try_get(column)?;
        text.map(|text| word(column, text)).transpose()
    }

    /// Empty text stands for nothing.
    pub(crate) fn filled_word<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        let text: &str = self.0.try_get(column)?;
        (!text.is_empty()).then(|| word(column, text)).transpose()
    }

    pub(crate) fn filled_text(&self, column: &str) -> Result<Option<String>> {
        Ok(Some(self.text(column)?).filter(|text| !text.is_empty()))
    }

    pub(crate) fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T> {
        serde_json::from_str(self.0.try_get(column)?).map_err(|error| wrong(column, error))
    }

    pub(crate) fn maybe_json<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>> {
        let text: Option<&str> = self.0.try_get(column)?;
        text.map(|text| serde_json::from_str(text).map_err(|error| wrong(column, error)))
            .transpose()
    }

    pub(crate) fn date(&self, column: &str) -> Result<Option<Date>> {
        let text: Option<&str> = self.0.try_get(column)?;
        text.map(|text| text.parse().map_err(|error: jiff::Error| wrong(column, error)))
            .transpose()
    }

    /// A day that is always there.
    pub(crate) fn day(&self, column: &str) -> Result<Date> {
        let text: &str = self.0.try_get(column)?;
        text.parse().map_err(|error: jiff::Error| wrong(column, error))
    }

    pub(crate) fn money(&self) -> Result<Option<Money>> {
        let amount: Option<i64> = self.0.try_get("amount_minor")?;
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

fn word<T: DeserializeOwned>(column: &str, text: &str) -> Result<T> {
    // As JSON reads it: a hash of its own may be a string or null there, which serde's reader of bare strings refuses.
    T::deserialize(serde_json::Value::from(text)).map_err(|error| wrong(column, error))
}

pub(crate) fn wrong(column: &str, source: impl std::error::Error + Send + Sync + 'static) -> sqlx::Error {
    sqlx::Error::ColumnDecode {
        index: format!("{column:?}"),
        source: Box::new(source),
    }
}
