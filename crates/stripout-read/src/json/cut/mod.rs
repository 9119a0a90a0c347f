//! Cuts a stream of JSON in any arrangement into blocks of whole records, holding no document.
//!
//! A record is a line of JSON Lines, else an element of a list at the top or directly inside the object at the top, else
//! the object at the top. What stands around the lists (`uri`, `publisher`) is a record too.

mod by_line;
mod report;
mod value;

use std::collections::VecDeque;
use std::io::Read;
use std::sync::Arc;

use stripout_model::{Code, Problem, Severity};

use super::lines;
use super::parse::JsonParse;
use super::shape::{Shape, shape};
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
    List {
        index: u64,
        after: After,
    },
    /// In the object at the top, between its members.
    Members {
        after: After,
    },
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
        if lines::are_lines(head, self.limits.json_depth) {
            self.go_by_lines();
        } else {
            self.state = State::Top;
        }
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
                self.state = State::List {
                    index: 0,
                    after: After::Bracket,
                };
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
            self.state = State::Members {
                after: After::Bracket,
            };
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
                        self.go_by_lines();
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
                    self.state = State::Members {
                        after: After::Element,
                    };
                }
            }
            (Some(b','), After::Element) => {
                self.at += 1;
                self.state = State::List {
                    index,
                    after: After::Comma,
                };
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
                self.state = State::List {
                    index: index + 1,
                    after: After::Element,
                };
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
                let after = if matches!(next, Some(b'{' | b'[' | b'"')) {
                    After::Comma
                } else {
                    After::Element
                };
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
        self.state = State::Members {
            after: After::Element,
        };
        if !matches!(self.value(start, ""), Value::Whole) {
            return;
        }
        let inside = self.window.range(start + 1, self.at - 1);
        let key = crate::json::text::decode(inside, encoding_rs::UTF_8, true);
        let pointer = format!("/{}", crate::json::pointer::escape(&key));
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
                self.state = State::List {
                    index: 0,
                    after: After::Bracket,
                };
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
        self.making = Making {
            cut: self.at,
            kind,
            pointer,
            ..Making::default()
        };
    }

    /// Lets go the block in the making, which ends before `end`.
    fn flush(&mut self, end: u64) {
        let making = &mut self.making;
        if making.records > 0 {
            let (record, path) = match making.kind {
                Kind::Values => (self.record - making.records, VALUES.to_string()),
                Kind::List => (
                    self.record - making.records,
                    format!("{}/{}", making.pointer, making.first),
                ),
                Kind::Members => (self.record, MEMBERS.to_string()),
            };
            if making.kind == Kind::Members {
                self.record += 1;
            }
            self.ready.push_back(Block {
                bytes: self.window.range(making.cut, end).to_vec().into(),
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
