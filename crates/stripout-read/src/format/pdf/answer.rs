//! What the child says, one JSON object a line. The other end is in `stripout-pdf`, which this crate does not know: the
//! program between them may be another version.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    About(About),
    Page(Page),
    Fault(Fault),
    End,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct About {
    pub(super) pages: usize,
    pub(super) promised: Option<usize>,
    pub(super) whole: bool,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) title: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of the page by itself, as the child writes it"
)]
pub(super) struct Page {
    /// From 1.
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) hidden: String,
    pub(super) ocr: String,
    /// A picture that no program has read yet.
    pub(super) picture: bool,
    /// Letters that stand for no known character.
    pub(super) unknown: usize,
    pub(super) damaged: bool,
    pub(super) cut: bool,
    /// The child did not survive it.
    #[serde(skip)]
    pub(super) lost: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Fault {
    Password,
    Lock,
    Structure,
}
