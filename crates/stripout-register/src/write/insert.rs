//! Bulk insert: one statement for many rows.

use std::fmt::Display;

use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments as _, SqliteConnection};
use stripout_model::Money;

use crate::sql::trusted;
use crate::{Error, Result};

/// Rows a statement takes: 128 and 1,024 were slower in `benches/write.rs`, and of the widest table these are less than
/// half of the 32,766 parameters allowed.
const MOST: usize = 512;

pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
    /// What follows the values: what to do with a row that is there.
    pub(super) conflict: &'static str,
}

enum Value {
    Null,
    Text(String),
    Integer(i64),
}

/// Rows of one table, as one flat list of values.
pub(super) struct Rows {
    table: &'static Table,
    values: Vec<Value>,
}

impl Rows {
    pub(super) fn of(table: &'static Table) -> Self {
        Self {
            table,
            values: Vec::new(),
        }
    }

    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.values.push(Value::Text(text.into()));
    }

    pub(super) fn shown(&mut self, value: impl Display) {
        self.text(value.to_string());
    }

    pub(super) fn optional(&mut self, value: Option<impl Display>) {
        self.values
            .push(value.map_or(Value::Null, |value| Value::Text(value.to_string())));
    }

    pub(super) fn integer(&mut self, number: i64) {
        self.values.push(Value::Integer(number));
    }

    pub(super) fn maybe_integer(&mut self, number: Option<i64>) {
        self.values.push(number.map_or(Value::Null, Value::Integer));
    }

    /// `what` names the value should it be too large for the store.
    pub(super) fn natural(
        &mut self,
        what: &'static str,
        number: impl TryInto<i64> + Display + Copy,
    ) -> Result<()> {
        let fits = number.try_into().map_err(|_too_large| Error::OutOfRange {
            what,
            value: number.to_string(),
        })?;
        self.integer(fits);
        Ok(())
    }

    pub(super) fn json(&mut self, value: &impl serde::Serialize) -> Result<()> {
        let text = serde_json::to_string(value).map_err(|error| Error::OutOfRange {
            what: "JSON",
            value: error.to_string(),
        })?;
        self.text(text);
        Ok(())
    }

    /// Two columns: amount and currency.
    pub(super) fn money(&mut self, money: Option<Money>) {
        self.maybe_integer(money.map(|money| money.minor_units));
        self.optional(money.map(|money| money.currency));
    }

    /// Returns how many rows were inserted or changed.
    pub(super) async fn flush(self, connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
        let Self { table, values } = self;
        let width = table.columns.len();
        debug_assert_eq!(values.len() % width, 0, "{}", table.name);
        let mut left = values.len() / width;
        let mut values = values.into_iter();
        let mut changed = 0;
        while left > 0 {
            // Powers of two, so that few distinct statements are prepared, and each only once.
            let rows = MOST.min(1 << left.ilog2());
            let mut arguments = SqliteArguments::default();
            arguments.reserve(rows * width, 0);
            for value in values.by_ref().take(rows * width) {
                match value {
                    Value::Null => arguments.add(None::<i64>),
                    Value::Text(text) => arguments.add(text),
                    Value::Integer(number) => arguments.add(number),
                }
                .map_err(sqlx::Error::Encode)?;
            }
            let statement = trusted(table.statement(rows));
            changed += sqlx::query_with(statement, arguments)
                .execute(&mut *connection)
                .await?
                .rows_affected();
            left -= rows;
        }
        Ok(changed)
    }
}

impl Table {
    /// Parameters without numbers: the engine looks numbered ones up in a list, for each again.
    fn statement(&self, rows: usize) -> String {
        let row = format!("({})", vec!["?"; self.columns.len()].join(","));
        let columns = self.columns.join(", ");
        format!(
            "INSERT INTO {} ({columns}) VALUES {} {}",
            self.name,
            vec![row; rows].join(","),
            self.conflict
        )
    }
}
