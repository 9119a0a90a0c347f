//! What a source says, with all that must be known to judge it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Author, AuthorHow, DocumentKind};

/// Something found in a source (a sighting, a lead, an outcome, a commitment), and what its source is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement<T> {
    /// Of the row of the register.
    pub id: String,
    /// Of the record it stands in.
    pub record: String,
    /// Sort of document.
    pub kind: DocumentKind,
    /// Path of the source, as given.
    pub source: String,
    /// Part of the source could not be read.
    pub partial: bool,
    /// The document's own date.
    pub written: Option<Date>,
    /// The day the source first reached us.
    pub got: Date,
    /// Contracting process and award: releases of one award are one line of money. `None`: the record is the line.
    pub award: Option<String>,
    /// When the release was published; empty for what is no release.
    pub released: String,
    /// Number of the payment with the body, where its row states one.
    pub reference: Option<String>,
    /// Who may stand behind it, surest first.
    pub authors: Vec<Author>,
    pub what: T,
}

impl<T> Statement<T> {
    /// Candidates from the names of the file and its folder, after those that the source itself gives.
    pub fn authors_of_path(path: &str) -> Vec<Author> {
        let mut parts = path
            .rsplit(['/', '\\'])
            .filter(|part| !matches!(*part, "" | "." | ".."));
        let file = parts
            .next()
            .map(|name| (name.split('.').next().unwrap_or(name), AuthorHow::File));
        let folder = parts.next().map(|name| (name, AuthorHow::Folder));
        let author = |(name, how): (&str, AuthorHow)| Author {
            name: name.into(),
            how,
            place: path.into(),
        };
        file.into_iter().chain(folder).map(author).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_its_file_and_folder() {
        let names = |path| {
            let authors = Statement::<()>::authors_of_path(path);
            authors
                .into_iter()
                .map(|a| format!("{} {}", a.how, a.name))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            names("evidence/leeds/spend-2016.csv.gz"),
            ["file spend-2016", "folder leeds"]
        );
        assert_eq!(names("./leeds.csv"), ["file leeds"]);
        assert_eq!(names("-"), ["file -"]);
    }
}
