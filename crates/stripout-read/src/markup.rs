//! XML as a walk: elements and text in order, however they are packed. Nothing is expanded, fetched or nested too deep.

use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};
use stripout_model::{Code, Problem, Severity};

use crate::Limits;
use crate::stream::carried;

/// What the walk comes across.
pub(crate) enum Node<'n> {
    Open(&'n Element<'n>),
    /// The name of the element that ends.
    Close(&'n str),
    /// Text between two tags; an entity or a CDATA section comes as text of its own.
    Text(&'n str),
}

/// The start of an element.
pub(crate) struct Element<'e>(BytesStart<'e>);

impl Element<'_> {
    /// With its prefix: `text:p`.
    pub(crate) fn name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// An attribute by its name without prefix.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key.rsplit(':').next() == Some(local))
    }

    /// An attribute by its name with prefix.
    pub(crate) fn exact(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key == name)
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
        let attribute = self
            .0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| is(attribute.key.into_inner()))?;
        let plain = quick_xml::escape::unescape(&attribute.value)
            .ok()
            .map(Cow::into_owned);
        Some(Cow::Owned(plain.unwrap_or_else(|| attribute.value.into_owned())))
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether the caller has seen enough.
pub(crate) type Visit<'v> = dyn FnMut(Node<'_>) -> ControlFlow<()> + 'v;

/// Walks through an XML stream. What was seen before a problem stays seen.
pub(crate) fn walk(read: &mut dyn Read, limits: &Limits, visit: &mut Visit<'_>) -> Result<(), Problem> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, read));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    // Broken documents are read as far as they go: an end tag more or less is no reason to stop.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut buffer = Vec::new();
    let mut depth = 0_usize;
    loop {
        buffer.clear();
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(problem(&error, reader.error_position())),
        };
        let flow = match event {
            Event::Start(start) => {
                depth += 1;
                if depth > limits.xml_depth {
                    return Err(too_deep(limits.xml_depth, reader.buffer_position()));
                }
                visit(Node::Open(&Element(start)))
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(end.name().into_inner()))
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content())),
            Event::CData(text) => visit(Node::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => {
                let mut utf8 = [0; 4];
                let plain: Cow<'_, str> = match entity.resolve_char_ref() {
                    Ok(Some(c)) => Cow::Borrowed(&*c.encode_utf8(&mut utf8)),
                    _ => quick_xml::escape::resolve_xml_entity(&entity)
                        .map_or_else(|| format!("&{};", &*entity).into(), Cow::Borrowed),
                };
                visit(Node::Text(&plain))
            }
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                return Err(entities(reader.buffer_position()));
            }
            Event::Eof if depth > 0 => return Err(ends_early(reader.buffer_position())),
            Event::Eof => return Ok(()),
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
}

fn problem(error: &Error, at: u64) -> Problem {
    if let Error::Io(error) = error
        && let Some(problem) = carried(error)
    {
        return problem;
    }
    let (code, what) = match error {
        Error::Io(_) => (Code::InputUnreadable, "the packed data is damaged"),
        Error::Encoding(_) => (
            Code::InputEncoding,
            "the XML is not in the encoding that it declares",
        ),
        Error::Syntax(_) => (Code::InputTruncated, "the XML ends in the middle of a tag"),
        _ => (Code::InputUnreadable, "the XML is damaged"),
    };
    at_byte(code, at, what, error.to_string())
}

fn too_deep(limit: usize, at: u64) -> Problem {
    let because = format!("the limit is xml-depth = {limit}");
    at_byte(Code::InputDepth, at, "elements are nested too deep", because)
}

fn ends_early(at: u64) -> Problem {
    let because = "elements are still open at its end".into();
    at_byte(Code::InputTruncated, at, "the XML ends too early", because)
}

fn entities(at: u64) -> Problem {
    Problem {
        hint: "do not trust this file; no word processor writes such".into(),
        ..at_byte(
            Code::InputXmlEntity,
            at,
            "a part of the document declares entities",
            "entities can fetch files or grow without end; none is followed".into(),
        )
    }
}

fn at_byte(code: Code, at: u64, what: &str, because: String) -> Problem {
    Problem {
        code,
        severity: Severity::Input,
        place: format!("byte {at}"),
        what: what.into(),
        because,
        hint: "get the file again, or open it and save it again; what came before was read".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(xml: &str) -> (String, Option<Code>) {
        let mut seen = String::new();
        let result = walk(&mut xml.as_bytes(), &Limits::default(), &mut |node| {
            match node {
                Node::Open(element) => {
                    seen.push('<');
                    seen.push_str(element.name());
                    if let Some(value) = element.attribute("v") {
                        seen.push('=');
                        seen.push_str(&value);
                    }
                    seen.push('>');
                }
                Node::Close(name) => {
                    seen.push_str("</");
                    seen.push_str(name);
                    seen.push('>');
                }
                Node::Text(text) => seen.push_str(text),
            }
            ControlFlow::Continue(())
        });
        (seen, result.err().map(|problem| problem.code))
    }

    #[test]
    fn elements_text_and_entities() {
        assert_eq!(
            walked("<a><w:b w:v='x &amp; y'/>1 &lt; 2 &#x41;<![CDATA[<c>]]> &odd;</a>"),
            ("<a><w:b=x & y></w:b>1 < 2 A<c> &odd;</a>".into(), None)
        );
    }

    #[test]
    fn entities_that_a_file_declares_are_refused() {
        let xml = "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><a>&b;</a>";
        assert_eq!(walked(xml), (String::new(), Some(Code::InputXmlEntity)));
        assert_eq!(walked("<!DOCTYPE a><a/>"), ("<a></a>".into(), None));
    }

    #[test]
    fn deep_nesting_and_sudden_ends_are_told() {
        assert_eq!(walked(&"<a>".repeat(300)).1, Some(Code::InputDepth));
        assert_eq!(walked("<a>x<b"), ("<a>x".into(), Some(Code::InputTruncated)));
        assert_eq!(walked("<a>x"), ("<a>x".into(), Some(Code::InputTruncated)));
    }
}
