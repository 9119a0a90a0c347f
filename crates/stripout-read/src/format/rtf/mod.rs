//! Rich Text Format. The libraries for it at hand give no tables, notes or hidden words and take one code page only, so the
//! tokens are cut here: groups, words and bytes are the whole grammar.

mod text;
mod token;

use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Reserve, Severity};

use crate::Options;
use crate::document::{Content, Document, Each, Layer, Signs};
use text::{Read, Reader, Side};

pub(crate) struct Rtf;

const LAYERS: &[(Side, Option<&str>, Option<Reserve>)] = &[
    (Side::Main, None, None),
    (Side::Header, Some("header"), None),
    (Side::Footer, Some("footer"), None),
    (Side::Footnotes, Some("footnotes"), None),
    (Side::Endnotes, Some("endnotes"), None),
    (Side::Comments, Some("comments"), Some(Reserve::Comment)),
    (Side::Deleted, Some("deleted"), Some(Reserve::Deleted)),
    (Side::Hidden, Some("hidden"), Some(Reserve::Hidden)),
];

impl Document for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn claims(&self, signs: Signs<'_>) -> bool {
        matches!(signs, Signs::Head(head) if head.bytes.trim_ascii_start().starts_with(b"{\\rtf"))
    }

    fn layers(&self, whole: &[u8], _: &str, _: &Options, each: &mut Each<'_>) -> ControlFlow<()> {
        let Read {
            mut sides,
            open,
            too_deep,
        } = Reader::read(whole);
        let mut layers = 0;
        for (side, name, reserve) in LAYERS {
            let Some(text) = sides.remove(side).and_then(crate::prose::Prose::finish) else {
                continue;
            };
            layers += 1;
            each(Ok(Layer {
                name: name.map(Into::into),
                content: Content::Text(text),
                reserve: *reserve,
            }))?;
        }
        if too_deep {
            each(Err(deep()))
        } else if open > 0 {
            each(Err(cut(open)))
        } else if layers == 0 {
            each(Err(empty()))
        } else {
            ControlFlow::Continue(())
        }
    }
}

fn cut(open: usize) -> Problem {
    let because = format!("{open} groups are still open at its end");
    problem(Code::InputTruncated, "the document ends too early", because)
}

fn deep() -> Problem {
    let because = "word processors stay below fifty; more than 1,000 are not followed".into();
    problem(Code::InputDepth, "groups are nested too deep", because)
}

fn empty() -> Problem {
    let because = "its pages are empty or pictures".into();
    problem(Code::InputEmpty, "the document has no text", because)
}

fn problem(code: Code, what: &str, because: String) -> Problem {
    Problem {
        code,
        severity: Severity::Input,
        place: String::new(),
        what: what.into(),
        because,
        hint: "get the file again, or open it and save it again; what came before was read".into(),
    }
}
