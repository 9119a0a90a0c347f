//! JSON in any arrangement: documents, lists, packages, JSON Lines, values one after another.

use std::io::Read;
use std::sync::Arc;

use encoding_rs::Encoding;
use stripout_model::{Code, DocumentKind, Problem, Severity};

use super::{Format, Head};
use crate::json::{Cursor, Cut, Ignore, JsonParse};
use crate::{Options, Part};

pub(crate) const NAME: &str = "json";

pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        NAME
    }

    fn claims(&self, head: Head<'_>) -> bool {
        let bytes = head
            .bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head.bytes)
            .trim_ascii_start();
        let bytes = bytes.strip_prefix(b"\x1e").unwrap_or(bytes);
        let named = named_json(head.name);
        let Some((first, rest)) = bytes.split_first() else {
            return false;
        };
        let second = rest.trim_ascii_start().first();
        match (first, second) {
            (b'{', Some(b'"' | b'}')) => true,
            (b'{' | b'[', _) if named => true,
            // Its first element is enough: commas may be missing further on.
            (b'[', Some(b'{')) => well_formed(rest, false),
            (b'[', Some(_)) => well_formed(bytes, head.whole),
            // A lone number or word is text unless its name says otherwise.
            (_, _) => named && head.whole && well_formed(bytes, true),
        }
    }

    fn open<'a>(
        &self,
        head: Head<'_>,
        stream: Box<dyn Read + Send + 'a>,
        options: &Options,
    ) -> Result<Part<'a>, Problem> {
        let encoding = options.encoding.as_deref().map(label).transpose()?;
        let mut parser = JsonParse {
            depth: options.limits.json_depth,
            encoding,
            order: None,
            sources: options.sources.clone(),
            tally: Arc::default(),
        };
        parser.order = crate::json::days_decide(head.bytes, &parser, options);
        // The look at the head is no reading.
        parser.tally = Arc::default();
        let blocks = Box::new(Cut::new(stream, Arc::new(parser), options.limits));
        Ok(Part {
            member: None,
            reserve: None,
            format: self.name(),
            kind: DocumentKind::Web,
            blocks,
        })
    }
}

/// Whether the name says JSON.
pub(crate) fn named_json(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let name = name
        .strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".zst"))
        .unwrap_or(&name);
    [".json", ".jsonl", ".ndjson", ".geojson", ".hexjson"]
        .iter()
        .any(|suffix| name.ends_with(suffix))
}

/// A file whose name says JSON and whose bytes do not: they are read as what they are.
pub(crate) fn misnamed(head: Head<'_>) -> Problem {
    let mut cursor = Cursor::new(head.bytes, 1_000);
    let at = cursor
        .value(&mut Ignore)
        .err()
        .map_or(cursor.at(), |fault| fault.at);
    let line = 1 + memchr::memchr_iter(b'\n', head.bytes.get(..at).unwrap_or_default()).count();
    Problem {
        code: Code::InputTypeMismatch,
        severity: Severity::Unit,
        place: format!("line {line} (byte {at})"),
        what: "the name says JSON, but the bytes are none".into(),
        because: "it was read as what its bytes look like".into(),
        hint: "repair the file, or give it the right name".into(),
    }
}

/// Whether the bytes are JSON as far as they go; to their end when they are all there is.
fn well_formed(bytes: &[u8], whole: bool) -> bool {
    let mut cursor = Cursor::new(bytes, 1_000);
    match cursor.value(&mut Ignore) {
        Ok(()) => !whole || cursor.peek().is_none(),
        Err(fault) => !whole && fault.is_end(),
    }
}

fn label(label: &str) -> Result<&'static Encoding, Problem> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| Problem {
        code: Code::InputEncoding,
        severity: Severity::Input,
        place: String::new(),
        what: format!("`{label}` is no encoding"),
        because: "it is no label of the WHATWG Encoding Standard".into(),
        hint: "try `utf-8`, `windows-1252` or `utf-16le`".into(),
    })
}
