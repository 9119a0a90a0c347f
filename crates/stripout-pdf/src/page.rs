//! What comes out, and its shape on the way from the child process to its parent: one JSON object a line.

use serde::Serialize;

use crate::Fault;

/// One line of the answer. The last one is `Fault` or `End`; without either, the reading broke off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    About(About),
    Page(Page),
    /// Nothing can be read.
    Fault(Fault),
    /// All pages were read.
    End,
}

/// What the document says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct About {
    /// Pages found.
    pub pages: usize,
    /// Pages that the page tree says there are, when it says more.
    pub promised: Option<usize>,
    /// Whether the file ends as a PDF must.
    pub whole: bool,
    /// `2022-06-23T09:30:00`, as its clock said.
    pub created: Option<String>,
    pub modified: Option<String>,
    pub title: Option<String>,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// From 1.
    pub number: usize,
    /// What a reader of the page sees.
    pub text: String,
    /// What the page holds but does not show.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hidden: String,
    /// What a program read from a picture and laid over or under it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ocr: String,
    /// Whether the page is a picture whose letters no program has read yet.
    #[serde(skip_serializing_if = "is_false")]
    pub picture: bool,
    /// Letters drawn that stand for no known character.
    #[serde(skip_serializing_if = "is_zero")]
    pub unknown: usize,
    /// Whether the drawing instructions of the page could not be unpacked.
    #[serde(skip_serializing_if = "is_false")]
    pub damaged: bool,
    /// Whether there was more on the page than is read from one.
    #[serde(skip_serializing_if = "is_false")]
    pub cut: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_false(value: &bool) -> bool {
    !value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}
