//! Cuts a stream of JSON in any arrangement into blocks of whole records, holding no document.
//!
//! A record is a line of JSON Lines, else an element of a list at the top or directly inside the object at the top, else
//! the object at the top. What stands around the lists (`uri`, `publisher`) is a record too.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use stripout_model::{Code, Problem, Severity};

use super::lines;
use super::parse::JsonParse;
use super::shape::{Shape, shape};
use super::structure::Structure;
use super::window::{Window, wide};
use crate::{Block, Blocks, Limits, Parse};

/// About how many bytes a block holds.
const BLOCK: usize = 1 << 20;
/// How much of an object is looked at to learn whether it is a wrapper.
const LOOK: usize = 1 << 20;
/// Damaged places in a row after which a stream is given up.
const DAMAGE: u32 = 1_000;

/// How records stand in a block (`Block::path`); a pointer when it is none of these.
pub(crate) const LINES: &str = "lines";
pub(crate) const VALUES: &str = "values";
pub(crate) const MEMBERS: &str = "members";

pub(crate) struct Cut<'a> {
    window: Window<'a>,
    limits: Limits,
    parser: Arc<JsonParse>,
    state: State,
    /// Where the reading stands.
    at: u64,
    making: Making,
    /// Number of the next record.
    record: u64,
    /// Values at the top so far, and the first byte of the last.
    values: u64,
    last: u8,
    ready: VecDeque<Block>,
    problems: Vec<Problem>,
    /// Damaged places since the last record that was read.
    damage: u32,
    /// A list whose elements stand on lines without commas was met and reported.
    commas_missing: bool,
}

/// The block in the making.
#[derive(Debug, Default)]
struct Making {
    cut: u64,
    records: u64,
    kind: Kind,
    /// Of the list, for `Kind::List`, and the index of its first record here.
    pointer: String,
    first: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Values,
    Members,
    List,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Lines,
    /// Between values at the top.
    Top,
    /// In a list, before the element `index`.
    List { index: u64, after: After },
    /// In the object at the top, between its members.
    Members { after: After },
    Done,
}

/// What came before this place in a list or object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Bracket,
    Element,
    Comma,
}

/// How reading a value ended.
enum Value {
    Whole,
    Skipped,
    Truncated,
}

impl<'a> Cut<'a> {
    pub(crate) fn new(stream: Box<dyn Read + Send + 'a>, parser: Arc<JsonParse>, limits: Limits) -> Self {
        Self {
            window: Window::new(stream),
            limits,
            parser,
            state: State::Start,
            at: 0,
            making: Making::default(),
            record: 1,
            values: 0,
            last: 0,
            ready: VecDeque::new(),
            problems: Vec::new(),
            damage: 0,
            commas_missing: false,
        }
    }

    fn step(&mut self) {
        match self.state {
            State::Start => self.start(),
            State::Lines => self.lines(),
            State::Top => self.top(),
            State::List { index, after } => self.list(index, after),
            State::Members { after } => self.members(after),
            State::Done => {}
        }
    }

    fn start(&mut self) {
        self.window.fill(0, 0, lines::LOOK);
        if self.window.from(0).starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
        }
        self.making.cut = self.at;
        let head = self.window.from(self.at);
        let head = head.get(..lines::LOOK).unwrap_or(head);
        self.state = if lines::are_lines(head, self.limits.json_depth) { State::Lines } else { State::Top };
        if self.state == State::Top && self.peek().is_none() {
            self.end_of_stream(None);
            if self.problems.is_empty() {
                self.problems.push(Problem {
                    code: Code::InputEmpty,
                    severity: Severity::Input,
                    place: String::new(),
                    what: "nothing but white space".into(),
                    because: "no JSON value was found".into(),
                    hint: "check that the download is complete".into(),
                });
            }
        }
    }

    fn lines(&mut self) {
        self.making.cut = self.at;
        self.window.fill(self.at, self.at, BLOCK);
        let end = loop {
            let seen = self.window.from(self.at);
            match memchr::memrchr(b'\n', seen) {
                _ if self.window.ended() => break self.window.end(),
                Some(last) => break self.at + wide(last) + 1,
                None if seen.len() > self.limits.record_bytes => return self.skip_line(),
                None => self.window.more(self.at),
            };
        };
        let bytes = self.window.range(self.at, end);
        if bytes.len() > self.limits.record_bytes {
            // Only the first line of a block can be this long: the others fit in what was read last.
            let first = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
            if first > self.limits.record_bytes {
                return self.skip_line();
            }
        }
        let records = wide(lines::contents(bytes).count());
        if records > 0 {
            self.ready.push_back(Block {
                bytes: bytes.to_vec(),
                offset: self.at,
                line: self.window.line(self.at),
                record: self.record,
                path: LINES.into(),
            });
        }
        self.record += records;
        self.at = end;
        if end == self.window.end() && !self.window.more(end) {
            self.end_of_stream(None);
        }
    }

    /// Passes over a line that is too long for a record.
    fn skip_line(&mut self) {
        self.too_large("");
        self.record += 1;
        loop {
            if let Some(n) = memchr::memchr(b'\n', self.window.from(self.at)) {
                self.at += wide(n) + 1;
                return;
            }
            self.at = self.window.end();
            if !self.window.more(self.at) {
                return self.end_of_stream(None);
            }
        }
    }

    fn top(&mut self) {
        let found = self.peek();
        match found {
            None => {
                self.flush(self.at);
                self.end_of_stream(None);
            }
            Some(b'{') => {
                self.last = b'{';
                self.top_object();
            }
            Some(b'[') => {
                if self.values > 0 && !self.newline_before() {
                    self.wrong("a second list straight after a value");
                }
                self.last = b'[';
                self.values += 1;
                self.enter(Kind::List, String::new());
                self.state = State::List { index: 0, after: After::Bracket };
            }
            // Between objects: commas of a list that lost its brackets, and the record separator of RFC 7464.
            Some(b',') if self.last == b'{' => {
                self.at += 1;
                if self.peek() != Some(b'{') {
                    self.wrong("a comma with no object after it");
                }
            }
            Some(0x1E) => {
                self.flush(self.at);
                self.at += 1;
                self.making.cut = self.at;
            }
            Some(byte) if self.values == 0 => {
                self.last = byte;
                self.values += 1;
                self.top_value();
            }
            Some(_) => {
                self.wrong("something after the end of the JSON value");
                self.flush(self.at);
                self.resync(b"{\x1e");
            }
        }
    }

    fn top_object(&mut self) {
        self.window.fill(self.making.cut, self.at, LOOK + (64 << 10));
        let seen = self.window.from(self.at);
        let whole = self.window.ended() && seen.len() <= LOOK;
        let wrapper = match shape(seen.get(..LOOK).unwrap_or(seen), whole) {
            Shape::Record => false,
            Shape::Wrapper => true,
            // A short object alone in its file is a wrapper when it has lists; one of many is a record.
            Shape::Short { end, lists } => {
                let rest = seen.get(end..).unwrap_or_default();
                lists && self.values == 0 && self.window.ended() && rest.trim_ascii().is_empty()
            }
        };
        self.values += 1;
        if wrapper {
            self.enter(Kind::Members, String::new());
            self.state = State::Members { after: After::Bracket };
        } else {
            self.top_value();
        }
    }

    /// One record at the top.
    fn top_value(&mut self) {
        let start = self.at;
        match self.value(start, "") {
            Value::Whole => {
                self.held();
                let line = self.window.range(start, self.at);
                let one_line = self.values == 1 && line.starts_with(b"{") && !line.contains(&b'\n');
                if one_line {
                    self.flush(self.at);
                    if self.peek() == Some(b'{') && self.newline_before() {
                        self.state = State::Lines;
                    }
                }
            }
            Value::Skipped => self.record += 1,
            Value::Truncated => {}
        }
    }

    fn list(&mut self, index: u64, after: After) {
        if self.making.records == 0 {
            self.making.first = index;
        }
        let found = self.peek();
        match (found, after) {
            (None, _) => {
                self.flush(self.at);
                let place = self.place(&format!("{}/{index}", self.making.pointer));
                self.end_of_stream(Some(place));
            }
            (Some(b']'), _) => {
                if after == After::Comma {
                    self.wrong("a comma with nothing after it");
                }
                if self.making.pointer.is_empty() {
                    self.enter(Kind::Values, String::new());
                    self.state = State::Top;
                } else {
                    self.enter(Kind::Members, String::new());
                    self.state = State::Members { after: After::Element };
                }
            }
            (Some(b','), After::Element) => {
                self.at += 1;
                self.state = State::List { index, after: After::Comma };
            }
            (Some(b','), _) => {
                self.wrong("a comma with nothing before it");
                self.flush(self.at);
                self.at += 1;
                self.making.cut = self.at;
            }
            (Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'), _) => {
                if after == After::Element {
                    self.missing_comma();
                }
                self.state = State::List { index: index + 1, after: After::Element };
                let pointer = format!("{}/{index}", self.making.pointer);
                match self.value(self.at, &pointer) {
                    Value::Whole => self.held(),
                    Value::Skipped => self.record += 1,
                    Value::Truncated => {}
                }
            }
            (Some(_), _) => {
                self.wrong("something that is no JSON value in a list");
                self.flush(self.at);
                self.resync(b",]{[\"");
                let next = self.peek();
                let after =
                    if matches!(next, Some(b'{' | b'[' | b'"')) { After::Comma } else { After::Element };
                self.state = State::List { index, after };
            }
        }
    }

    fn members(&mut self, after: After) {
        let found = self.peek();
        match (found, after) {
            (None, _) => {
                self.flush(self.at);
                let place = self.place("");
                self.end_of_stream(Some(place));
            }
            (Some(b'}'), _) => {
                if after == After::Comma {
                    self.wrong("a comma with nothing after it");
                }
                self.enter(Kind::Values, String::new());
                self.state = State::Top;
            }
            (Some(b','), After::Element) => {
                self.at += 1;
                self.state = State::Members { after: After::Comma };
            }
            (Some(b'"'), _) => {
                if after == After::Element {
                    self.missing_comma();
                }
                self.member();
            }
            (Some(_), _) => {
                self.wrong("something that is no member of an object");
                self.flush(self.at);
                self.resync(b"\"}");
                self.state = State::Members { after: After::Comma };
            }
        }
    }

    /// One `key: value` of the object at the top.
    fn member(&mut self) {
        let start = self.at;
        self.state = State::Members { after: After::Element };
        if !matches!(self.value(start, ""), Value::Whole) {
            return;
        }
        let inside = self.window.range(start + 1, self.at - 1);
        let key = super::text::decode(inside, encoding_rs::UTF_8, true);
        let pointer = format!("/{}", super::pointer::escape(&key));
        if self.peek() != Some(b':') {
            self.wrong("a key without `:`");
            self.flush(start);
            self.resync(b",}");
            return;
        }
        self.at += 1;
        match self.peek() {
            None => {
                self.flush(start);
                let place = self.place(&pointer);
                self.end_of_stream(Some(place));
            }
            Some(b'[') if self.list_of_objects() => {
                self.flush(start);
                self.enter(Kind::List, pointer);
                self.state = State::List { index: 0, after: After::Bracket };
            }
            Some(_) => {
                if let Value::Whole = self.value(start, &pointer) {
                    // All members of a block together are one record.
                    self.making.records = 1;
                    self.damage = 0;
                    if self.at - self.making.cut >= wide(BLOCK) {
                        self.flush(self.at);
                    }
                }
            }
        }
    }

    /// Whether the list at this place begins with an object.
    fn list_of_objects(&mut self) -> bool {
        self.window.fill(self.making.cut, self.at, 4 << 10);
        self.window.from(self.at + 1).trim_ascii_start().first() == Some(&b'{')
    }

    /// Reads the value at this place to its end; `unit` is where the record or member that it belongs to begins. What
    /// the block in the making already holds is let go before the window grows over it.
    fn value(&mut self, unit: u64, pointer: &str) -> Value {
        let mut structure = Structure::default();
        let mut seen = self.at;
        let limit = wide(self.limits.record_bytes);
        loop {
            if let Some(n) = structure.read(self.window.from(seen)) {
                let end = seen + wide(n);
                if end - self.at > limit {
                    return self.skip(structure, end, true, unit, pointer);
                }
                // A byte that can begin no value is passed over, for the parser to refuse.
                self.at = end.max(self.at + 1);
                return Value::Whole;
            }
            seen = self.window.end();
            if seen - self.at > limit {
                return self.skip(structure, seen, false, unit, pointer);
            }
            if seen - self.making.cut > wide(BLOCK) {
                self.flush(unit);
            }
            if !self.window.more(self.making.cut) {
                if structure.may_end() {
                    self.at = seen;
                    return Value::Whole;
                }
                self.flush(unit);
                let place = self.place(pointer);
                self.end_of_stream(Some(place));
                return Value::Truncated;
            }
        }
    }

    /// Passes over a value that is too large, from `seen` on.
    fn skip(&mut self, mut structure: Structure, mut seen: u64, ended: bool, unit: u64, pointer: &str) -> Value {
        self.flush(unit);
        self.too_large(pointer);
        while !ended {
            if !self.window.more(seen) {
                let place = self.place(pointer);
                self.end_of_stream(Some(place));
                return Value::Truncated;
            }
            if let Some(n) = structure.read(self.window.from(seen)) {
                seen += wide(n);
                break;
            }
            seen = self.window.end();
        }
        self.at = seen;
        self.making.cut = seen;
        Value::Skipped
    }

    /// The next byte that is no white space; `at` stands on it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let seen = self.window.from(self.at);
            if let Some(n) = seen.iter().position(|b| !matches!(b, b' ' | b'\n' | b'\r' | b'\t')) {
                self.at += wide(n);
                return self.window.from(self.at).first().copied();
            }
            // A member whose value is still to come must stay; an endless run of blanks must not.
            let unit = self.at;
            self.at = self.window.end();
            if self.making.kind != Kind::Members && self.at - self.making.cut > wide(BLOCK) {
                self.flush(unit);
            }
            if self.making.kind == Kind::Members && self.at - self.making.cut > wide(self.limits.record_bytes) {
                self.flush(unit);
            }
            if !self.window.more(self.making.cut) {
                return None;
            }
        }
    }

    /// Whether a line end lies between the last value and this place.
    fn newline_before(&self) -> bool {
        self.window.blank_before(self.at).contains(&b'\n')
    }

    fn missing_comma(&mut self) {
        if !self.newline_before() {
            self.wrong("two elements without a comma between them");
        } else if !self.commas_missing {
            self.commas_missing = true;
            let place = self.place("");
            self.problems.push(Problem {
                code: Code::InputTypeMismatch,
                severity: Severity::Warning,
                place,
                what: "a list whose elements stand on lines of their own without commas".into(),
                because: "read as JSON Lines inside brackets".into(),
                hint: "nothing to do if the records are right".into(),
            });
        }
    }

    /// Passes on to the next of some bytes.
    fn resync(&mut self, stops: &[u8]) {
        self.at += 1;
        loop {
            let seen = self.window.from(self.at);
            if let Some(n) = seen.iter().position(|b| stops.contains(b)) {
                self.at += wide(n);
                break;
            }
            self.at = self.window.end();
            if !self.window.more(self.at) {
                break;
            }
        }
        self.making.cut = self.at;
    }

    /// A record was read whole.
    fn held(&mut self) {
        self.making.records += 1;
        self.record += 1;
        self.damage = 0;
        if self.at - self.making.cut >= wide(BLOCK) {
            self.flush(self.at);
        }
    }

    /// Steps over a bracket into what it opens or back into what it closes.
    fn enter(&mut self, kind: Kind, pointer: String) {
        self.flush(self.at);
        self.at += 1;
        self.making = Making { cut: self.at, kind, pointer, ..Making::default() };
    }

    /// Lets go the block in the making, which ends before `end`.
    fn flush(&mut self, end: u64) {
        let making = &mut self.making;
        if making.records > 0 {
            let (record, path) = match making.kind {
                Kind::Values => (self.record - making.records, VALUES.to_string()),
                Kind::List => (self.record - making.records, format!("{}/{}", making.pointer, making.first)),
                Kind::Members => (self.record, MEMBERS.to_string()),
            };
            if making.kind == Kind::Members {
                self.record += 1;
            }
            self.ready.push_back(Block {
                bytes: self.window.range(making.cut, end).to_vec(),
                offset: making.cut,
                line: self.window.line(making.cut),
                record,
                path,
            });
            making.first += making.records;
            making.records = 0;
        }
        making.cut = end;
    }

    /// `line 3, /releases/12 (byte 456)`
    fn place(&self, pointer: &str) -> String {
        super::fault::place(self.window.line(self.at), pointer, self.at)
    }

    fn wrong(&mut self, what: &str) {
        let place = self.place("");
        self.problems.push(Problem {
            code: Code::InputNotUnderstood,
            severity: Severity::Unit,
            place: place.clone(),
            what: what.into(),
            because: "the JSON is not well formed here".into(),
            hint: "ask the publisher to repair the file; what could be read around it was read".into(),
        });
        self.damage += 1;
        if self.damage > DAMAGE {
            self.state = State::Done;
            self.problems.push(Problem {
                code: Code::InputNotUnderstood,
                severity: Severity::Input,
                place,
                what: "this is no JSON".into(),
                because: format!("{DAMAGE} damaged places in a row without one record between them"),
                hint: "look at the file with a text viewer".into(),
            });
        }
    }

    fn too_large(&mut self, pointer: &str) {
        let place = self.place(pointer);
        self.problems.push(Problem {
            code: Code::InputTooLarge,
            severity: Severity::Unit,
            place,
            what: "a record is too large".into(),
            because: format!("it is longer than the limit record-bytes = {}", self.limits.record_bytes),
            hint: "raise the limit, or split the record".into(),
        });
    }

    /// The stream is over; `open` is the place of what was left open.
    fn end_of_stream(&mut self, open: Option<String>) {
        let element_whole = matches!(self.state, State::List { after: After::Element, .. });
        self.state = State::Done;
        if let Some(mut problem) = self.window.take_broken() {
            let here = open.unwrap_or_else(|| self.place(""));
            problem.place = if problem.place.is_empty() { here } else { format!("{}, {here}", problem.place) };
            self.problems.push(problem);
        } else if let Some(place) = open {
            // A `[` above JSON Lines that nobody closed loses nothing.
            let stray = self.commas_missing && element_whole;
            self.problems.push(Problem {
                code: Code::InputTruncated,
                severity: if stray { Severity::Warning } else { Severity::Input },
                place,
                what: "the JSON ends too early".into(),
                because: "a bracket, brace or quote is still open at the end".into(),
                hint: "fetch the file again; what came before was read".into(),
            });
        }
    }
}

impl Blocks for Cut<'_> {
    fn next(&mut self) -> Option<Block> {
        loop {
            if let Some(block) = self.ready.pop_front() {
                return Some(block);
            }
            if self.state == State::Done {
                return None;
            }
            self.step();
        }
    }

    fn parser(&self) -> Arc<dyn Parse> {
        Arc::clone(&self.parser) as Arc<dyn Parse>
    }

    fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.problems)
    }
}
