//! Takes documents apart: each of their layers is a stream, as a member of an archive is.

use std::io::{self, Read};
use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Severity};

use super::{Bytes, Resumed, Stream, Unpack, fill, inside, watched};
use crate::Head;
use crate::document::{Content, DOCUMENTS, Document, Form, Origin, Signs};
use crate::stream::problem_of;
use crate::suffix::mismatch;

/// Bytes that tell the kind of a document.
const HEAD: u64 = 64 << 10;

/// The document that a file is by its first bytes, if any.
pub(super) fn by_head(bytes: &[u8], whole: bool, name: &str) -> Option<&'static dyn Document> {
    let head = Head { bytes, whole, name };
    DOCUMENTS
        .iter()
        .find(|document| document.claims(Signs::Head(head)))
        .copied()
}

/// The document that the members of a ZIP make up, if any.
pub(super) fn by_members(names: &[&str]) -> Option<&'static dyn Document> {
    DOCUMENTS
        .iter()
        .find(|document| document.claims(Signs::Members(names)))
        .copied()
}

/// A stream whose beginning was looked at.
pub(super) struct Looked<R> {
    pub(super) read: Resumed<R>,
    pub(super) document: Option<&'static dyn Document>,
}

/// Looks at the beginning of a stream.
pub(super) fn look<R: Read>(mut read: R, name: &str) -> Looked<R> {
    let (start, error) = fill(&mut read, HEAD);
    let whole = error.is_none() && u64::try_from(start.len()).is_ok_and(|n| n < HEAD);
    let document = by_head(&start, whole, name);
    Looked {
        read: Resumed::new(start, error, read),
        document,
    }
}

impl Unpack<'_, '_> {
    /// Reads a document whole and hands on its layers.
    pub(super) fn document(
        &mut self,
        document: &'static dyn Document,
        read: &mut (dyn Read + '_),
        member: Option<&str>,
        nesting: usize,
    ) -> ControlFlow<()> {
        let limits = &self.options.limits;
        if nesting > limits.document_nesting {
            let because = format!("the limit is document-nesting = {}", limits.document_nesting);
            let problem = refusal(Code::InputNesting, "documents inside one another", because);
            return self.report(problem, member);
        }
        let mut whole = Vec::new();
        let most = limits.document_bytes;
        match read.take(most.saturating_add(1)).read_to_end(&mut whole) {
            Ok(n) if u64::try_from(n).is_ok_and(|n| n > most) => {
                let because = format!("it is longer than the limit document-bytes = {most}");
                return self.report(
                    refusal(Code::InputTooLarge, "the document is too large", because),
                    member,
                );
            }
            Ok(_) => {}
            Err(error) => return self.report(problem_of(error), member),
        }
        let options = self.options;
        let name = member
            .and_then(|member| member.rsplit('!').next())
            .unwrap_or(self.name)
            .to_string();
        if let Some(problem) = mismatch(&name, document.endings(), document.name()) {
            self.report(problem, member)?;
        }
        let mut silent = true;
        watched::layers(document, whole, &name, options, &mut |given| {
            let layer = match given {
                Ok(layer) => layer,
                Err(problem) => {
                    silent = false;
                    return self.report(problem, member);
                }
            };
            let path = match &layer.name {
                Some(name) => Some(inside(member, name)),
                None => member.map(str::to_string),
            };
            let (bytes, form) = match layer.content {
                Content::Text(text) if document.has_pages() => (text.into_bytes(), Form::Pages),
                Content::Text(text) => (text.into_bytes(), Form::Text),
                Content::Table(table) => (table.into_bytes(), Form::Table),
                Content::File(bytes) => {
                    silent = false;
                    if !path.as_deref().is_none_or(|path| self.wish.wants(path)) {
                        return ControlFlow::Continue(());
                    }
                    return self.stream(Box::new(io::Cursor::new(bytes)), path, nesting + 1);
                }
            };
            if bytes.trim_ascii().is_empty() {
                return ControlFlow::Continue(());
            }
            silent = false;
            if !self.wish.is_for(path.as_deref()) {
                return ControlFlow::Continue(());
            }
            (self.visit)(Ok(Stream {
                member: path,
                read: Bytes::Unpacked(Box::new(io::Cursor::new(bytes))),
                origin: Some(Origin {
                    format: document.name(),
                    form,
                    reserve: layer.reserve,
                }),
            }))
        })?;
        if silent {
            self.report(wordless(document.name()), member)?;
        }
        ControlFlow::Continue(())
    }
}

fn refusal(code: Code, what: &str, because: String) -> Problem {
    Problem {
        code,
        severity: Severity::Unit,
        place: String::new(),
        what: what.into(),
        because,
        hint: "take it apart and give the pieces".into(),
    }
}

/// Nothing in it, and nothing said of why.
fn wordless(format: &str) -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Warning,
        place: String::new(),
        what: "the document holds no text".into(),
        because: format!("it was read as {format}, and no word was found in it"),
        hint: "open it and look: it may hold pictures only".into(),
    }
}
