//! Cells of the CSV tables: lists, blanks, yes and no.

use serde::{Deserialize, Deserializer, de::Error};

/// `a; b` as a list.
pub(crate) fn semicolon_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    Ok(cell
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect())
}

/// A blank cell is `None`.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let cell = String::deserialize(deserializer)?;
    Ok((!cell.is_empty()).then_some(cell))
}

pub(crate) fn yes_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(D::Error::custom(format!("`{other}` is neither `yes` nor `no`"))),
    }
}
