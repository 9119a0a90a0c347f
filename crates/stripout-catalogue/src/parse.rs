//! The text of a file to entries or rows; what cannot be read is told.

use serde::de::DeserializeOwned;

use crate::Fault;
use crate::source::SourceFile;

/// One entry of TOML.
pub(crate) fn entry<T: DeserializeOwned>(file: &SourceFile, faults: &mut Vec<Fault>) -> Option<T> {
    match toml::from_str(&file.text) {
        Ok(entry) => Some(entry),
        Err(error) => {
            faults.push(unreadable(file, &error));
            None
        }
    }
}

/// The rows of a CSV table that can be read.
pub(crate) fn rows<T: DeserializeOwned>(file: &SourceFile, faults: &mut Vec<Fault>) -> Vec<T> {
    let mut rows = Vec::new();
    for row in csv::Reader::from_reader(file.text.as_bytes()).into_deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => faults.push(unreadable(file, &error)),
        }
    }
    rows
}

fn unreadable(file: &SourceFile, error: &dyn std::error::Error) -> Fault {
    let what = error.to_string().trim_end().to_owned();
    fault(file, "", what)
}

pub(crate) fn fault(file: &SourceFile, entry: &str, what: String) -> Fault {
    Fault {
        file: file.path.clone(),
        entry: entry.to_owned(),
        what,
        hint: "data/README.md shows an entry of this kind".into(),
    }
}
