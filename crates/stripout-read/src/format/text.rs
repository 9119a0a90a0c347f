//! Plain text and Markdown: paragraphs.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use stripout_model::{
    Code, Decoding, DocumentKind, Escape, Facts, Locator, Passage, Place, Problem, Record, RecordPlace, Role,
    Severity, Shape, Wrap,
};

use crate::encoding::{Coding, FALLBACK, Found, decode};
use crate::input::{Input, unreadable};
use crate::{Block, Blocks, Format, Head, Options, Parse, Part, Sink};

/// Largest piece that is one record; longer text is cut at a blank line, else at a line end.
const RECORD: usize = 1 << 20;
/// Bytes that decide the kind of document.
const SAMPLE: u64 = 64 << 10;

pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn claims(&self, _: Head<'_>) -> bool {
        true
    }

    fn open<'a>(
        &self,
        head: Head<'_>,
        stream: Box<dyn Read + Send + 'a>,
        options: &Options,
    ) -> Result<Part<'a>, Problem> {
        open(head, stream, options, None)
    }
}

/// Opens the text of a document; `paged`: its form feeds part pages.
pub(crate) fn text_layer<'a>(
    head: Head<'_>,
    stream: Box<dyn Read + Send + 'a>,
    options: &Options,
    paged: bool,
) -> Result<Part<'a>, Problem> {
    let options = Options {
        encoding: Some("utf-8".into()),
        ..options.clone()
    };
    open(head, stream, &options, Some(paged))
}

fn open<'a>(
    head: Head<'_>,
    mut stream: Box<dyn Read + Send + 'a>,
    options: &Options,
    paged: Option<bool>,
) -> Result<Part<'a>, Problem> {
    let mut sample = Vec::new();
    let mut problems = Vec::new();
    let read = stream.by_ref().take(SAMPLE).read_to_end(&mut sample);
    if let Err(error) = &read {
        problems.push(unreadable(error));
    }
    let ended = !matches!(read, Ok(n) if n as u64 == SAMPLE);
    if sample.is_empty() && ended {
        return Err(problems.pop().unwrap_or_else(empty));
    }
    let coding = Coding::sniff(&sample, ended, options)?;
    let input = Input::new(sample, stream, coding, ended);
    let encoding = coding.in_memory();
    let text = decode(&input, encoding);
    if paged.is_none() && is_binary(&text) {
        return Err(not_text(head.name));
    }
    problems.extend(coding.problem());
    let kind = kind(&text);
    let parser = Arc::new(TextParse {
        coding,
        kind,
        paged: paged == Some(true),
        bad_lines: Mutex::default(),
    });
    let offset = coding.mark as u64;
    let blocks = Box::new(TextBlocks {
        input,
        parser,
        offset,
        line: 1,
        page: 1,
        record: 1,
        problems,
    });
    Ok(Part {
        member: None,
        reserve: None,
        format: "text",
        kind,
        blocks,
    })
}

fn empty() -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Input,
        place: String::new(),
        what: "the file is empty".into(),
        because: "it has no bytes".into(),
        hint: "get the file again; publishers sometimes put up an empty one first".into(),
    }
}

fn not_text(name: &str) -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: format!("`{name}` is no text and of no kind that is read"),
        because: "it holds control characters as only binary files do".into(),
        hint: "save it as CSV or text; if it is text in an old encoding, say which with `--encoding`".into(),
    }
}

/// Whether decoded bytes are no text: control characters, or characters that no encoding has.
pub(super) fn is_binary(text: &str) -> bool {
    let control = |b: &u8| *b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r' | 0xb | 0xc | 0x1b) || *b >= 0x7f;
    // Without a way out of the loop the compiler looks at many bytes at a time.
    if !text
        .as_bytes()
        .iter()
        .take(16 << 10)
        .fold(false, |found, b| found | control(b))
    {
        return false;
    }
    let sample = || text.chars().take(16 << 10);
    let odd = |c: &char| match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{85}' => false,
        '\u{fffd}' => true,
        _ => c.is_control(),
    };
    let odd = sample().filter(odd).count();
    odd > 8 && odd * 16 > sample().count()
}

/// What sort of document the first page shows.
fn kind(text: &str) -> DocumentKind {
    let lower = text.to_lowercase();
    // Lines end anywhere, as in `freedom of` over `information`.
    let running = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    let has = |words: &[&str]| words.iter().any(|word| running.contains(word));
    let line = |starts: &[&str]| {
        lower
            .lines()
            .any(|l| starts.iter().any(|start| l.trim_start().starts_with(start)))
    };
    let foi = has(&["freedom of information", "environmental information regulations"])
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "foi" | "foia" | "eir"))
        || has(&[
            "your request",
            "you asked",
            "you requested",
            "request for information",
            "internal review",
        ]) && has(&[
            "our response",
            "our reply",
            "information requested",
            "is held",
            "not held",
            "we hold",
            "do not hold",
            "does not hold",
            "exempt",
            "withheld",
            "withhold",
            "clarify",
            "clarification",
            "internal review",
            "information commissioner",
            "information governance",
            "information rights",
        ]);
    if foi {
        DocumentKind::Foi
    } else if has(&["yours sincerely", "yours faithfully", "kind regards"])
        || line(&["dear "])
        || line(&["from:"]) && line(&["to:", "subject:"])
        || line(&["minutes of"])
    {
        DocumentKind::Letter
    } else {
        DocumentKind::Web
    }
}

struct TextBlocks<'a> {
    input: Input<'a>,
    parser: Arc<TextParse>,
    offset: u64,
    line: u64,
    page: u64,
    record: u64,
    problems: Vec<Problem>,
}

impl Blocks for TextBlocks<'_> {
    fn next(&mut self) -> Option<Block> {
        self.input.fill(RECORD);
        self.problems.extend(self.input.problem.take());
        let end = cut(&self.input, self.input.ended);
        if end == 0 {
            return None;
        }
        let block = Block {
            offset: self.offset,
            line: self.line,
            record: self.record,
            path: if self.parser.paged {
                self.page.to_string()
            } else {
                String::new()
            },
            bytes: self.input.cut(end),
        };
        self.offset += self.parser.coding.stream_len(&block.bytes);
        if self.parser.paged {
            (self.page, self.line) = turned((self.page, self.line), &block.bytes);
        } else {
            self.line += lines(&block.bytes);
        }
        self.record += 1;
        Some(block)
    }

    fn parser(&self) -> Arc<dyn Parse> {
        self.parser.clone()
    }

    fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}

/// Where a piece of text that goes on is best cut: at its last blank line, line end, space, or else between characters.
fn cut(bytes: &[u8], ended: bool) -> usize {
    if ended && bytes.len() <= RECORD {
        return bytes.len();
    }
    let blank = [&b"\n\n"[..], b"\n\r\n"]
        .into_iter()
        .filter_map(|blank| memchr::memmem::rfind(bytes, blank).map(|at| at + blank.len()));
    blank
        .max()
        .or_else(|| memchr::memrchr2(b'\n', b'\r', bytes).map(|at| at + 1))
        .or_else(|| memchr::memrchr(b' ', bytes).map(|at| at + 1))
        .unwrap_or_else(|| {
            // A character of UTF-8 is not cut in two; in another encoding this line is no text worth more.
            let back = bytes
                .iter()
                .rev()
                .take(3)
                .take_while(|b| (**b & 0xc0) == 0x80)
                .count();
            let lead = bytes.len().saturating_sub(back + 1);
            if bytes.get(lead).is_some_and(|b| *b >= 0xc0) && lead > 0 {
                lead
            } else {
                bytes.len()
            }
        })
}

/// Page and line after some bytes: lines are counted anew on each page.
fn turned((page, line): (u64, u64), passed: &[u8]) -> (u64, u64) {
    match memchr::memrchr(b'\x0c', passed) {
        None => (page, line + lines(passed)),
        Some(last) => (
            page + memchr::memchr_iter(b'\x0c', passed).count() as u64,
            1 + lines(passed.get(last..).unwrap_or_default()),
        ),
    }
}

/// Line ends: LF, CRLF or CR.
fn lines(bytes: &[u8]) -> u64 {
    let lf = memchr::memchr_iter(b'\n', bytes).count();
    let lone = memchr::memchr_iter(b'\r', bytes)
        .filter(|at| bytes.get(at + 1) != Some(&b'\n'))
        .count();
    (lf + lone) as u64
}

struct TextParse {
    coding: Coding,
    kind: DocumentKind,
    /// Form feeds part its pages.
    paged: bool,
    /// Lines with bytes that are no character, and the encoding that was taken for their paragraph.
    bad_lines: Mutex<std::collections::BTreeMap<u64, &'static str>>,
}

impl Parse for TextParse {
    fn parse(&self, block: &Block, sink: &mut dyn Sink) {
        let utf8 = std::str::from_utf8(&block.bytes);
        let mut encoding = self.coding.in_memory();
        if self.coding.found == Found::Ascii && utf8.is_err() {
            encoding = FALLBACK;
        }
        let whole = decode(&block.bytes, encoding);
        let mut passages = Vec::new();
        let (mut at, mut start, mut line) = (0, block.offset, block.line);
        let mut page = block.path.parse().unwrap_or(1);
        for paragraph in paragraphs(&block.bytes) {
            let bytes = block.bytes.get(paragraph.clone()).unwrap_or_default();
            let passed = block.bytes.get(at..paragraph.start).unwrap_or_default();
            start += self.coding.stream_len(passed);
            if self.paged {
                (page, line) = turned((page, line), passed);
            } else {
                line += lines(passed);
            }
            at = paragraph.start;
            let text = decode(bytes, encoding);
            let bad = text.contains('\u{fffd}') && !bytes.is_ascii()
                || encoding != self.coding.encoding && !bytes.is_ascii();
            if bad
                && !self.coding.is_utf16()
                && let Ok(mut bad_lines) = self.bad_lines.lock()
            {
                bad_lines.insert(line, encoding.name());
            }
            passages.push(Paragraph {
                text,
                place: if self.paged {
                    Place::Page { page, line }
                } else {
                    Place::Text { line, column: 1 }
                },
                bytes: start..start + self.coding.stream_len(bytes),
            });
        }
        if passages.is_empty() {
            return;
        }
        let stated = if self.coding.is_utf16() {
            self.coding.encoding
        } else {
            encoding
        };
        let place = RecordPlace {
            number: block.record,
            line: block.line,
            byte: block.offset,
        };
        sink.record(&Document {
            whole: &whole,
            passages,
            place,
            kind: self.kind,
            encoding: stated.name(),
        });
    }

    fn finish(&self) -> Vec<Problem> {
        let Ok(bad) = self.bad_lines.lock() else {
            return Vec::new();
        };
        if bad.is_empty() {
            return Vec::new();
        }
        let named: Vec<String> = bad.keys().take(5).map(u64::to_string).collect();
        let more = bad.len().saturating_sub(named.len());
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let fallback = bad.values().find(|name| **name != self.coding.encoding.name());
        vec![Problem {
            code: Code::InputEncoding,
            severity: Severity::Warning,
            place: format!("paragraphs at lines {}{more}", named.join(", ")),
            what: match fallback {
                Some(name) => format!("bytes that are no UTF-8, read as {name}"),
                None => "bytes that are no character, shown as U+FFFD".into(),
            },
            because: "the bytes do not fit the encoding that the rest of the file has".into(),
            hint: "if words look wrong, say the right encoding with `--encoding`".into(),
        }]
    }
}

/// Byte ranges of the paragraphs: parted by blank lines; list items and rows of tables stand alone, so that one item's
/// words are not another's.
fn paragraphs(bytes: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut in_table = false;
    let wrap = Wrap::of(bytes);
    let mut before: &[u8] = &[];
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        // A page's end is a line's end, whatever goes on behind it.
        let length = memchr::memchr3(b'\n', b'\r', b'\x0c', rest).unwrap_or(rest.len());
        let page_ends = rest.get(length) == Some(&b'\x0c');
        let line = rest.get(..length).unwrap_or_default();
        let trimmed = line.trim_ascii();
        let start = at + (line.len() - line.trim_ascii_start().len());
        let end = start + trimmed.len();
        if trimmed.is_empty() {
            found.extend(open.take());
        } else if let Some(paragraph) = open
            .as_mut()
            .filter(|_| !in_table && (!starts_alone(trimmed) || wrap.joins(before, trimmed)))
        {
            paragraph.end = end;
        } else {
            found.extend(open.take());
            open = Some(start..end);
            in_table = is_table_row(trimmed);
        }
        before = trimmed;
        if page_ends {
            found.extend(open.take());
            in_table = false;
        }
        let crlf = rest.get(length) == Some(&b'\r') && rest.get(length + 1) == Some(&b'\n');
        at += length + if crlf { 2 } else { 1 };
    }
    found.extend(open);
    found
}

/// Whether a line begins something of its own: a list item, a heading, a row of a table.
fn starts_alone(line: &[u8]) -> bool {
    let digits = line.iter().take_while(|b| b.is_ascii_digit()).count();
    let after = line.get(digits..).unwrap_or_default();
    let numbered = digits > 0 && digits < 4 && matches!(after, [b'.' | b')', b' ' | b'\t', ..]);
    let lettered = matches!(line, [b'(', _, b')', b' ', ..] | [b'a'..=b'z' | b'A'..=b'Z', b')', b' ', ..]);
    let bulleted =
        matches!(line, [b'-' | b'*' | b'+', b' ' | b'\t', ..]) || line.starts_with("\u{2022}".as_bytes());
    numbered || lettered || bulleted || line.starts_with(b"#") || is_table_row(line)
}

fn is_table_row(line: &[u8]) -> bool {
    line.starts_with(b"|") || line.contains(&b'\t')
}

struct Paragraph<'a> {
    text: Cow<'a, str>,
    place: Place,
    bytes: Range<u64>,
}

struct Document<'a> {
    whole: &'a str,
    passages: Vec<Paragraph<'a>>,
    place: RecordPlace,
    kind: DocumentKind,
    encoding: &'static str,
}

impl Record for Document<'_> {
    fn place(&self) -> RecordPlace {
        self.place
    }

    fn kind(&self) -> DocumentKind {
        self.kind
    }

    fn shape(&self) -> Shape {
        Shape::Prose
    }

    fn raw(&self) -> &[u8] {
        self.whole.as_bytes()
    }

    fn passages(&self) -> Vec<Passage<'_>> {
        let passage = |paragraph: &'_ Paragraph<'_>| Locator {
            member: None,
            place: paragraph.place.clone(),
            bytes: paragraph.bytes.clone(),
            decoding: Decoding {
                encoding: self.encoding.into(),
                escape: Escape::Plain,
            },
        };
        self.passages
            .iter()
            .map(|p| Passage {
                text: Cow::Borrowed(&*p.text),
                role: Role::Text,
                name: Cow::Borrowed(""),
                locator: passage(p),
            })
            .collect()
    }

    fn facts(&self) -> Facts {
        Facts::default()
    }

    fn whole(&self) -> Cow<'_, str> {
        let text: Vec<&str> = self.passages.iter().map(|p| &*p.text).collect();
        serde_json::json!({ "text": text.join("\n\n") })
            .to_string()
            .into()
    }
}
