//! The tables of facts, where they lie beside the repository.

use std::collections::BTreeMap;
use std::path::PathBuf;

pub(crate) type Row = BTreeMap<String, String>;

/// Rows of a table by column name; none where the folder is absent.
pub(crate) fn table(name: &str) -> Vec<Row> {
    let Some(text) = text(name) else { return Vec::new() };
    let reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<Row> = reader.into_deserialize().collect::<Result<_, _>>().unwrap();
    assert!(!rows.is_empty(), "{name} has no rows");
    rows
}

/// A file of the facts; `None`, with a word on standard error, where the folder is absent.
pub(crate) fn text(name: &str) -> Option<String> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = std::env::var_os("STRIPOUT_SHARED")
        .map_or_else(beside, PathBuf::from)
        .join("facts")
        .join(name);
    if !path.exists() {
        eprintln!("shared corpora not found: {}", path.display());
        return None;
    }
    Some(std::fs::read_to_string(path).unwrap())
}
