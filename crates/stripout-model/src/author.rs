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
    /// The notice gives its number in a register: scheme, blank, number.
    Identifier,
    /// The row or notice names it.
    Row,
    /// A promise names who gives it.
    Statement,
    /// The message was sent from this internet domain.
    Sender,
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
    Identifier => "identifier", Row => "row", Statement => "statement", Sender => "sender", Letterhead => "letterhead",
    Signature => "signature", Source => "source", Text => "text", File => "file", Folder => "folder",
);

/// The body that speaks or acts, as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Its name, its number or the domain it writes from: `called` tells which.
    pub name: String,
    pub how: AuthorHow,
    /// Where it stands, in words; empty where the row says it.
    pub place: String,
}

/// By what a body is told from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Called<'a> {
    Name(&'a str),
    /// A number of a register.
    Identifier {
        scheme: &'a str,
        number: &'a str,
    },
    /// The internet domain it writes from.
    Domain(&'a str),
}

impl Author {
    pub fn called(&self) -> Called<'_> {
        match self.how {
            AuthorHow::Identifier => {
                let (scheme, number) = self.name.split_once(' ').unwrap_or(("", &self.name));
                Called::Identifier { scheme, number }
            }
            AuthorHow::Sender => Called::Domain(&self.name),
            _ => Called::Name(&self.name),
        }
    }
}

/// What a document says of itself: whose it is, and of which day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    pub author: Option<Author>,
    /// Internet domain of a public body that the message was sent from.
    pub sender: Option<String>,
    /// The document's own date.
    pub written: Option<Date>,
}
