//! Whose words or deeds a source states, as written.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::commitment::words;

/// How the body behind a statement was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorHow {
    /// The row or notice names it.
    Row,
    /// A promise names who gives it.
    Statement,
    /// It stands at the head of the document.
    Letterhead,
    /// It signs the document.
    Signature,
    /// Another document of the same source has it at its head or signs.
    Source,
    /// The text names it most often: a hint for a person, never enough.
    Text,
    /// The name of the file holds it.
    File,
    /// The name of the folder holds it.
    Folder,
}

words!(
    AuthorHow, "way to find an author",
    Row => "row", Statement => "statement", Letterhead => "letterhead", Signature => "signature", Source => "source",
    Text => "text", File => "file", Folder => "folder",
);

/// The body that speaks or acts, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    pub name: String,
    pub how: AuthorHow,
    /// Where it stands, in words; empty where the row says it.
    pub place: String,
}

/// What a document says of itself: whose it is, and of which day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    pub author: Option<Author>,
    /// The document's own date.
    pub written: Option<Date>,
}
