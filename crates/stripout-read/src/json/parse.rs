//! Takes the records out of a block.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use stripout_model::{Code, Problem, RecordPlace, Severity};

use super::cursor::{Cursor, Fault, Scalar, Str, Walk};
use super::cut::{LINES, MEMBERS, VALUES};
use super::lines;
use super::pool::Pool;
use super::record::{JsonRecord, Row};
use super::structure::Structure;
use super::tally::Tally;
use super::unit::Unit;
use super::window::wide;
use crate::date::DayOrder;
use crate::format::ocds::{OcdsRecord, Release};
use crate::layout::{Layout, Sources};
use crate::{Block, Parse, Sink};

/// Parser of the blocks that `Cut` makes.
#[derive(Clone)]
pub(crate) struct JsonParse {
    pub(crate) depth: usize,
    /// For records that are no UTF-8.
    pub(crate) encoding: Option<&'static Encoding>,
    pub(crate) order: Option<DayOrder>,
    pub(crate) sources: Sources,
    /// What the rows showed together.
    pub(crate) tally: Arc<Tally>,
}

pub(crate) fn day_order(day_first: bool) -> DayOrder {
    if day_first {
        DayOrder::DayFirst
    } else {
        DayOrder::MonthFirst
    }
}

/// A walk for the grammar alone.
pub(crate) struct Ignore;
impl Walk<'_> for Ignore {}

impl Parse for JsonParse {
    fn parse(&self, block: &Block, sink: &mut dyn Sink) {
        let mut work = Work {
            parse: self,
            block,
            sink,
            cursor: Cursor::new(&block.bytes, self.depth),
            pool: Pool::default(),
            layouts: Vec::new(),
            utf8: std::str::from_utf8(&block.bytes).is_ok(),
            mark: (0, block.line),
        };
        match block.path.as_str() {
            LINES => work.lines(),
            MEMBERS => work.members(),
            VALUES => work.values("", 0),
            first => {
                let (list, index) = first.rsplit_once('/').unwrap_or((first, "0"));
                // The cutter writes a number there.
                work.values(list, index.parse().unwrap_or(0));
            }
        }
    }

    fn finish(&self) -> Vec<Problem> {
        self.tally.problems()
    }
}

struct Work<'b, 's> {
    parse: &'s JsonParse,
    block: &'b Block,
    sink: &'s mut dyn Sink,
    cursor: Cursor<'b>,
    pool: Pool<'b>,
    layouts: Vec<Arc<Layout>>,
    /// The block is UTF-8 throughout.
    utf8: bool,
    /// A place in the block whose line is known.
    mark: (usize, u64),
}

/// Where a record begins.
struct Start<'p> {
    at: usize,
    number: u64,
    pointer: &'p str,
}

impl<'b> Work<'b, '_> {
    fn lines(&mut self) {
        let block = self.block;
        for (number, (at, line)) in (block.record..).zip(lines::contents(&block.bytes)) {
            let mut from = 0;
            loop {
                let rest = line.get(from..).unwrap_or_default();
                let start = Start {
                    at: at + from,
                    number,
                    pointer: "",
                };
                match self.unit(rest) {
                    Ok(end) => {
                        let after = rest.get(end..).unwrap_or_default().trim_ascii_start();
                        // Objects one after another in a line are records each.
                        if after.is_empty() || after.starts_with(b"{") {
                            self.emit(&start, rest.get(..end).unwrap_or_default());
                        } else {
                            let at = rest.len() - after.len();
                            self.refuse(&start, unended(at), false);
                        }
                        if !after.starts_with(b"{") {
                            break;
                        }
                        from = line.len() - after.len();
                    }
                    Err(fault) => {
                        let last = at + line.len() == block.bytes.len();
                        self.refuse(&start, fault, last);
                        break;
                    }
                }
            }
        }
    }

    fn values(&mut self, list: &str, mut index: u64) {
        let block = self.block;
        let in_list = block.path != VALUES;
        let mut number = block.record;
        let mut at = 0;
        loop {
            let rest = block.bytes.get(at..).unwrap_or_default();
            let blank = rest
                .iter()
                .take_while(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | b',' | 0x1E))
                .count();
            at += blank;
            let rest = rest.get(blank..).unwrap_or_default();
            if rest.is_empty() {
                return;
            }
            let pointer = if in_list {
                format!("{list}/{index}")
            } else {
                String::new()
            };
            let start = Start {
                at,
                number,
                pointer: &pointer,
            };
            let read = self.unit(rest).and_then(|end| match rest.get(end) {
                None | Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b'{' | b'[' | b'"' | 0x1E) => Ok(end),
                Some(_) => Err(unended(end)),
            });
            at += match read {
                Ok(end) => {
                    self.emit(&start, rest.get(..end).unwrap_or_default());
                    end
                }
                Err(fault) => {
                    self.refuse(&start, fault, false);
                    Structure::default().read(rest).unwrap_or(rest.len()).max(1)
                }
            };
            number += 1;
            index += 1;
        }
    }

    /// A run of members of the object at the top: one record, less what is damaged in it.
    fn members(&mut self) {
        let bytes = &*self.block.bytes;
        let number = self.block.record;
        let mut run = 0;
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            self.cursor.reset(rest);
            if !self.cursor.next_member() {
                break;
            }
            let skipped = self.cursor.at();
            let read = self.cursor.key().and_then(|_| self.cursor.value(&mut Ignore));
            match read {
                Ok(()) => at += self.cursor.at(),
                Err(fault) => {
                    self.emit_run(run, at, number);
                    self.refuse(
                        &Start {
                            at,
                            number,
                            pointer: "",
                        },
                        fault,
                        false,
                    );
                    at += skipped + member_end(rest.get(skipped..).unwrap_or_default());
                    run = at;
                }
            }
        }
        self.emit_run(run, bytes.len(), number);
    }

    fn emit_run(&mut self, from: usize, to: usize, number: u64) {
        let bytes = self.block.bytes.get(from..to).unwrap_or_default();
        let blank = bytes
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || **b == b',')
            .count();
        if blank < bytes.len() {
            self.pool.used = 0;
            self.emit(
                &Start {
                    at: from + blank,
                    number,
                    pointer: "",
                },
                bytes.get(blank..).unwrap_or_default(),
            );
        }
    }

    /// Reads one record; its end in `bytes`.
    fn unit(&mut self, bytes: &'b [u8]) -> Result<usize, Fault> {
        self.cursor.reset(bytes);
        self.pool.used = 0;
        if self.cursor.peek() == Some(b'{') {
            self.pool.release(&mut self.cursor, false)?;
        } else {
            self.cursor.value(&mut Ignore)?;
        }
        Ok(self.cursor.at())
    }

    /// Hands a record that was read to the sink.
    fn emit(&mut self, start: &Start<'_>, bytes: &'b [u8]) {
        let encoding = self.encoding(start, bytes);
        let unit = Unit {
            bytes,
            place: RecordPlace {
                number: start.number,
                line: self.line(start.at),
                byte: self.block.offset + wide(start.at),
            },
            pointer: start.pointer.to_owned(),
            encoding,
            members: self.block.path == MEMBERS,
            depth: self.parse.depth,
        };
        let releases = self.pool.releases.get(..self.pool.used).unwrap_or_default();
        if releases.iter().any(Release::is_ocds) {
            let odd: usize = releases.iter().map(|release| release.odd_amounts).sum();
            if odd > 0 {
                let place = super::fault::place(unit.place.line, &unit.pointer, unit.place.byte);
                self.sink.problem(Problem {
                    code: Code::InputNumber,
                    severity: Severity::Warning,
                    place,
                    what: format!("{odd} amounts of a release are no money"),
                    because: "they are too large, or no numbers".into(),
                    hint: "the release was read without them; look them up in the notice".into(),
                });
            }
            self.sink.record(&OcdsRecord { unit, releases });
        } else {
            let row = self.row(&unit);
            self.sink.record(&JsonRecord { unit, row });
        }
    }

    /// The scalar members of an object as the cells of a row, when it has two or more and nothing nested.
    fn row(&mut self, unit: &Unit<'b>) -> Option<Row<'b>> {
        if unit.members || unit.bytes.first() != Some(&b'{') {
            return None;
        }
        let mut keys: Vec<Str<'b>> = Vec::new();
        let mut cells: Vec<Option<Scalar<'b>>> = Vec::new();
        let mut flat = true;
        self.cursor.reset(unit.bytes);
        let read = self.cursor.object(|cursor, key| {
            let cell = match cursor.peek() {
                Some(b'{' | b'[') => {
                    flat = false;
                    cursor.value(&mut Ignore).map(|()| None)
                }
                _ => cursor.scalar(),
            }?;
            // Of a key given twice the last counts.
            let known = keys.iter().position(|known| known.raw == key.raw);
            if let Some(old) = known.and_then(|at| cells.get_mut(at)) {
                *old = cell;
            } else {
                keys.push(key);
                cells.push(cell);
            }
            Ok(())
        });
        if read.is_err() || !flat || keys.len() < 2 {
            return None;
        }
        let keys: Vec<_> = keys.iter().map(|key| key.text(unit.encoding)).collect();
        let known = self.layouts.iter().find(|layout| {
            layout.header.len() == keys.len() && layout.header.iter().zip(&keys).all(|(a, b)| a == b.trim())
        });
        let layout = if let Some(layout) = known {
            Arc::clone(layout)
        } else {
            let header: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
            let layout = Arc::new(Layout::from_header(&header, &self.parse.sources));
            // Objects with ever new keys are no table; they need not be remembered.
            if self.layouts.len() < 64 {
                self.layouts.push(Arc::clone(&layout));
            }
            layout
        };
        let order = self.parse.order.or_else(|| layout.day_first.map(day_order));
        let row = Row { layout, cells, order };
        if row.undated(unit.encoding) {
            self.parse.tally.dates.fetch_add(1, Ordering::Relaxed);
        }
        if row.without_money(unit.encoding) {
            self.parse.tally.amounts.fetch_add(1, Ordering::Relaxed);
        }
        Some(row)
    }

    /// The encoding of a record: a guess is reported.
    fn encoding(&mut self, start: &Start<'_>, bytes: &[u8]) -> &'static Encoding {
        if self.utf8 {
            return UTF_8;
        }
        let Err(wrong) = std::str::from_utf8(bytes) else {
            return UTF_8;
        };
        let encoding = self.parse.encoding.unwrap_or_else(|| guess(bytes));
        if self.parse.encoding.is_none() {
            let line = self.line(start.at);
            let byte = self.block.offset + wide(start.at + wrong.valid_up_to());
            let (what, because) = if encoding == UTF_8 {
                ("bytes that are no UTF-8", "they were replaced by U+FFFD")
            } else {
                ("a record that is no UTF-8", "it was read as windows-1252")
            };
            self.sink.problem(Problem {
                code: Code::InputEncoding,
                severity: Severity::Warning,
                place: super::fault::place(line, start.pointer, byte),
                what: what.into(),
                because: because.into(),
                hint: "say which encoding it is with `--encoding`".into(),
            });
        }
        encoding
    }

    fn refuse(&mut self, start: &Start<'_>, fault: Fault, last: bool) {
        let at = start.at + fault.at;
        let bytes = self.block.bytes.get(start.at..at).unwrap_or_default();
        let line = self.line(start.at) + wide(memchr::memchr_iter(b'\n', bytes).count());
        let place = super::fault::place(line, start.pointer, self.block.offset + wide(at));
        self.sink
            .problem(super::fault::problem(fault, place, self.parse.depth, last));
    }

    /// The line of a place in the block. Places are asked for in rising order.
    fn line(&mut self, at: usize) -> u64 {
        let (known, line) = self.mark;
        if at > known {
            let passed = self.block.bytes.get(known..at).unwrap_or_default();
            self.mark = (at, line + wide(memchr::memchr_iter(b'\n', passed).count()));
        }
        self.mark.1
    }
}

fn unended(at: usize) -> Fault {
    Fault {
        at,
        why: super::cursor::Why::Wanted("the end of the value"),
    }
}

/// Bytes that hold a character of more than one byte in UTF-8 are UTF-8 with damage; others are what Windows wrote.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let valid = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if valid { UTF_8 } else { WINDOWS_1252 }
}

/// Just past a damaged `key: value`.
fn member_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    for _ in 0..2 {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || **b == b':')
            .count();
        let rest = bytes.get(at..).unwrap_or_default();
        at += Structure::default().read(rest).unwrap_or(rest.len()).max(1);
    }
    at.min(bytes.len())
}
