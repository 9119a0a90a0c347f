//! Documents: files that are no stream. Each is read whole and turned into layers of text and tables, which then are
//! read, placed and proved like any other text or table.

use std::ops::ControlFlow;

use stripout_model::{Problem, Reserve};

use crate::format::{docx, html, mail, opendocument, pdf, rtf, workbook};
use crate::{Head, Options};

/// A kind of document.
pub(crate) trait Document: Sync {
    /// As `Part::format` and `stripout list sources` show it.
    fn name(&self) -> &'static str;
    /// Whether form feeds part real pages, which places then name.
    fn has_pages(&self) -> bool {
        false
    }
    /// Endings of the names of such files, in lower case.
    fn endings(&self) -> &'static [&'static str];
    /// Whether `layers` keeps to the time that a document may take, and survives what it meets.
    fn bounds_itself(&self) -> bool {
        false
    }
    /// Whether it is this kind of document.
    fn claims(&self, signs: Signs<'_>) -> bool;
    /// Takes the document apart, in reading order. The same bytes give the same layers: a layer's bytes are what
    /// locators point into.
    fn layers(&self, whole: &[u8], name: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()>;
}

/// Called for each layer, and for each problem: one that stops the reading, or one to be told.
pub(crate) type Each<'e> = dyn FnMut(Result<Layer, Problem>) -> ControlFlow<()> + 'e;

/// What tells the kind of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Signs<'a> {
    /// The first bytes of a file that is no ZIP.
    Head(Head<'a>),
    /// Names of the members of a ZIP, in order.
    Members(&'a [&'a str]),
}

/// One run of a document's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layer {
    /// What it is called inside the document: `Sheet1`, `comments`, `report.pdf`; `None` for the main text.
    pub(crate) name: Option<String>,
    pub(crate) content: Content,
    /// Why a person should look before anything is said from it.
    pub(crate) reserve: Option<Reserve>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Paragraphs parted by blank lines; pages by form feeds; rows of tables as lines of ` | `-parted cells that begin and
    /// end with `|`.
    Text(String),
    /// CSV: commas, `"` doubled, one line a row (line breaks in cells become spaces), so that line numbers are row numbers.
    Table(String),
    /// A file of its own (an attachment), told by its bytes and read as such.
    File(Vec<u8>),
}

/// Where a stream came from that is a layer of a document, and how it is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Name of the document's kind.
    pub(crate) format: &'static str,
    pub(crate) form: Form,
    pub(crate) reserve: Option<Reserve>,
}

/// `Content::Text`, of a document with pages or without, or `Content::Table`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Pages,
    Table,
}

/// In order of trial.
pub(crate) static DOCUMENTS: &[&dyn Document] = &[
    &docx::Docx,
    &opendocument::OpenDocument,
    &workbook::Xlsx,
    &workbook::Xlsb,
    &workbook::Xls,
    &rtf::Rtf,
    &pdf::Pdf,
    &mail::Mbox,
    &mail::Eml,
    &mail::Msg,
    &html::Html,
];

/// The layers of a document, and what could not be read.
#[cfg(test)]
pub(crate) fn taken_apart(document: &dyn Document, bytes: &[u8]) -> (Vec<Layer>, Vec<Problem>) {
    let (mut layers, mut problems) = (Vec::new(), Vec::new());
    let flow = document.layers(bytes, "test", &Options::default(), &mut |given| {
        match given {
            Ok(layer) => layers.push(layer),
            Err(problem) => problems.push(problem),
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue(), "nobody broke off");
    (layers, problems)
}
