//! HTML pages: what a reader of the page sees, and apart from it what the page hides. Nothing is fetched and nothing run.

mod claims;
mod coding;
mod css;
mod declaration;
mod element;
mod flow;
mod selector;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod tree;

use std::ops::ControlFlow;

use stripout_model::{Problem, Reserve};

pub(crate) use claims::is_html;

use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};
use coding::Chunks;
use sheet::Sheet;
use tree::Reading;

pub(crate) struct Html;

/// What stands around the text of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A file of its own: its title counts.
    Page,
    /// A message: what it quotes is marked by `> `, as mail programs do in plain text.
    Mail,
}

/// The text of a page.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// What the page shows.
    pub(crate) shown: String,
    /// What it holds but does not show.
    pub(crate) hidden: String,
    pub(crate) problems: Vec<Problem>,
}

impl Document for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Head(head) if is_html(head.bytes))
    }

    fn layers(&self, whole: &[u8], _: &str, options: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let chunks = match Chunks::of_bytes(whole, options) {
            Ok(chunks) => chunks,
            Err(problem) => return each(Err(problem)),
        };
        if let Some(problem) = chunks.problem() {
            each(Err(problem))?;
        }
        let texts = texts(&chunks, Place::Page);
        for problem in texts.problems {
            each(Err(problem))?;
        }
        each(Ok(Layer {
            name: None,
            content: Content::Text(texts.shown),
            reserve: None,
        }))?;
        hidden(texts.hidden, each)
    }
}

/// The text of HTML that is a string already.
pub(crate) fn of_text(text: &str, place: Place) -> Texts {
    texts(&Chunks::of_text(text), place)
}

/// Hands the hidden text over, if there is any.
pub(crate) fn hidden(text: String, each: &mut Each<'_>) -> ControlFlow<()> {
    if text.is_empty() {
        return ControlFlow::Continue(());
    }
    each(Ok(Layer {
        name: Some("hidden".into()),
        content: Content::Text(text),
        reserve: Some(Reserve::Hidden),
    }))
}

fn texts(chunks: &Chunks<'_>, place: Place) -> Texts {
    read(chunks.fresh(), place, Sheet::default()).unwrap_or_else(|sheet| {
        // With the sheet it is read to its end.
        read(chunks.fresh(), place, sheet).unwrap_or_default()
    })
}

/// The text, or the style sheet that stood behind text it speaks of.
fn read(mut chunks: Chunks<'_>, place: Place, sheet: Sheet) -> Result<Texts, Sheet> {
    let mut reading = Reading::new(place, sheet);
    while let Some(chunk) = chunks.next() {
        if reading.feed(&chunk).is_break() {
            break;
        }
    }
    reading.finish()
}
