//! Many rows as one value: a JSON array of each, its columns in the order of their names. Row by row and column by column, the
//! driver copies every value and passes each row from thread to thread, which took longer than finding them.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::fields::{Fields, wrong};

type Result<T> = std::result::Result<T, sqlx::Error>;

/// One row.
pub struct Line<'l> {
    names: &'static [&'static str],
    values: Vec<Value<'l>>,
}

enum Value<'l> {
    Null,
    Integer(i64),
    Text(Cow<'l, str>),
}

/// The rows of `select`, which has these columns, as one value.
pub(crate) fn together(names: &[&str], select: &str) -> String {
    format!(
        "SELECT '[' || group_concat(json_array({})) || ']' FROM ({select})",
        names.join(", ")
    )
}

/// What `together` gave; nothing where there are no rows.
pub(crate) fn rows<T>(
    names: &'static [&'static str],
    together: Option<&str>,
    read: impl Fn(&Fields<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let lines: Vec<Vec<Value<'_>>> =
        serde_json::from_str(together.unwrap_or("[]")).map_err(|error| wrong("all of them", error))?;
    let lines = lines.into_iter().map(|values| Line { names, values });
    lines.map(|line| read(&Fields::Line(&line))).collect()
}

impl Line<'_> {
    pub(super) fn text(&self, column: &str) -> Result<Option<&str>> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Text(text) => Ok(Some(text)),
            Value::Integer(_) => Err(wrong(column, "a number where text belongs")),
        }
    }

    pub(super) fn integer(&self, column: &str) -> Result<Option<i64>> {
        match self.get(column)? {
            Value::Null => Ok(None),
            Value::Integer(number) => Ok(Some(*number)),
            Value::Text(_) => Err(wrong(column, "text where a number belongs")),
        }
    }

    fn get(&self, column: &str) -> Result<&Value<'_>> {
        let value = self
            .names
            .iter()
            .zip(&self.values)
            .find(|(name, _)| **name == column);
        value
            .map(|(_, value)| value)
            .ok_or_else(|| sqlx::Error::ColumnNotFound(column.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Any;

        impl<'de> Visitor<'de> for Any {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, a whole number or nothing")
            }

            fn visit_unit<E: Error>(self) -> std::result::Result<Value<'de>, E> {
                Ok(Value::Null)
            }

            fn visit_i64<E: Error>(self, number: i64) -> std::result::Result<Value<'de>, E> {
                Ok(Value::Integer(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> std::result::Result<Value<'de>, E> {
                number.try_into().map(Value::Integer).map_err(E::custom)
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> std::result::Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> std::result::Result<Value<'de>, E> {
                Ok(Value::Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_any(Any)
    }
}
