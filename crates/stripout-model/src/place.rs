//! Where in a source a run of text stands, exactly enough to read it again.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The place of one passage in a blob.
///
/// `bytes` is the range in the stream that the reader saw (after gzip or zstd, of the member for an archive) that holds
/// the passage; `decoding` says how those bytes become the passage's text. So anyone can take the blob, cut `bytes`
/// and get the same text back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// Path inside an archive: `b.csv` of `a.zip!b.csv`; nested ones joined by `!`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub member: Option<String>,
    pub place: Place,
    pub bytes: Range<u64>,
    pub decoding: Decoding,
}

impl Locator {
    /// Of a text that is all there is of its source.
    pub fn of_text(text: &str) -> Self {
        Self {
            member: None,
            place: Place::Text { line: 1, column: 1 },
            bytes: 0..text.len() as u64,
            decoding: Decoding {
                encoding: "UTF-8".into(),
                escape: Escape::Plain,
            },
        }
    }
}

/// The place in the words of the format, for people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Place {
    /// A run of plain text; both count from 1. `column` counts characters.
    Text { line: u64, column: u64 },
    /// A field of a delimited file. `line` is the first line of the record, `record` counts data rows from 1,
    /// `column` from 0; `name` is the header cell, empty when there is none.
    Cell {
        line: u64,
        record: u64,
        column: u32,
        name: String,
    },
    /// A run of text on a page of a document; both count from 1, `line` on its page.
    Page { page: u64, line: u64 },
    /// A cell of a sheet; `row` counts from 1, `column` from 0; `name` is the header cell. The sheet is the
    /// member of the locator.
    Sheet { row: u64, column: u32, name: String },
    /// A string in JSON. `line` is where its record starts (1 for one-line files), `pointer` is RFC 6901 from the root
    /// of the document, or from the line in JSON Lines.
    Json { line: u64, pointer: String },
}

/// How the bytes at a locator become text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decoding {
    /// WHATWG name: `UTF-8`, `windows-1252`, `UTF-16LE` ...
    pub encoding: Cow<'static, str>,
    pub escape: Escape,
}

/// What stands between the characters and the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Escape {
    /// The characters are the text.
    Plain,
    /// The inside of a JSON string, without its quotes.
    Json,
    /// One field of a delimited record; `Locator::bytes` holds the whole record.
    Csv { delimiter: char, column: u32 },
    /// The same under its heading, as `heading: field`: what a cell says that names nothing itself. `headings` are the
    /// records of the header in the same stream; their fields of this column are joined by a blank.
    Headed {
        delimiter: char,
        column: u32,
        headings: Vec<Range<u64>>,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text { line, column } => write!(f, "line {line}, column {column}"),
            Self::Cell {
                line, column, name, ..
            } if name.is_empty() => {
                write!(f, "line {line}, column {}", column + 1)
            }
            Self::Cell { line, name, .. } => write!(f, "line {line}, column \"{name}\""),
            Self::Page { page, line } => write!(f, "page {page}, line {line}"),
            Self::Sheet { row, column, name } if name.is_empty() => {
                write!(f, "cell {}{row}", column_letters(*column))
            }
            Self::Sheet { row, column, name } => {
                write!(f, "cell {}{row} (\"{name}\")", column_letters(*column))
            }
            Self::Json { line, pointer } => write!(f, "line {line}, {pointer}"),
        }
    }
}

/// As spreadsheets name their columns: A to Z, then AA.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => return letters.iter().rev().collect(),
        }
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(member) = &self.member {
            write!(f, "!{member}, ")?;
        }
        write!(f, "{} (byte {})", self.place, self.bytes.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let letters = [0, 1, 25, 26, 51, 52, 701, 702, 16_383].map(column_letters);
        assert_eq!(letters, ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
