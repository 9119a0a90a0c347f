//! Blocks of rows to records.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Mutex;

use encoding_rs::Encoding;
use stripout_model::{Code, Problem, RecordPlace, Severity};

use super::plain;
use super::record::{Cell, Dialect, Scanner, split, trim_end, without_nul};
use super::row::{Fit, Row};
use super::tally::{Fault, Tally};
use crate::amount::AmountCell;
use crate::date::DateCell;
use crate::encoding::{Coding, FALLBACK, Found, decode};
use crate::{Block, Layout, Limits, Parse, Sink};

use super::profile::Profile;

/// All that the first rows decided about a file.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) dialect: Dialect,
    /// The rows are of a sheet, so that lines are its rows.
    pub(super) sheet: bool,
    pub(super) coding: Coding,
    pub(super) limits: Limits,
    pub(super) layout: Layout,
    /// Cells of a row that fits: the header's, without empty ones at its end.
    pub(super) width: usize,
    pub(super) profile: Profile,
    /// The rows of the header as they stand, without line end; they may come again further down.
    pub(super) header: Vec<Vec<u8>>,
    /// Where the header starts in the stream; rows before it are titles.
    pub(super) header_at: u64,
    /// Where its rows are in the stream.
    pub(super) header_bytes: Vec<Range<u64>>,
}

impl Plan {
    /// Whether a record (without line end) is more than a blank line or the header.
    pub(super) fn holds_data(&self, record: &[u8]) -> bool {
        let says = |b: &u8| *b != self.dialect.delimiter && !b.is_ascii_whitespace();
        record.iter().any(says) && !self.header.iter().any(|header| header == record)
    }
}

pub(super) struct CsvParse {
    pub(super) plan: Plan,
    /// Touched once a block, and only when something was wrong in it.
    tally: Mutex<Tally>,
}

impl CsvParse {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            tally: Mutex::default(),
        }
    }
}

impl Parse for CsvParse {
    fn parse(&self, block: &Block, sink: &mut dyn Sink) {
        let text = std::str::from_utf8(&block.bytes).ok();
        let nul = memchr::memchr(0, &block.bytes).is_some();
        let utf8 = self.plan.coding.in_memory() == encoding_rs::UTF_8;
        let mut rows = Rows {
            plan: &self.plan,
            text: text.filter(|text| !nul && (utf8 || text.is_ascii())),
            utf8: text.is_some(),
            nul,
            tally: Tally::default(),
            sink,
        };
        let mut cells = Vec::new();
        let mut scanner = Scanner::new(&block.bytes, self.plan.dialect, true);
        let mut place = RecordPlace {
            number: block.record,
            line: block.line,
            byte: block.offset,
        };
        let mut at = 0;
        while at < block.bytes.len() {
            let rest = block.bytes.get(at..).unwrap_or_default();
            let quick = if rows.text.is_some() {
                plain::row(rest, self.plan.dialect, &mut cells)
            } else {
                None
            };
            let (length, lines) = match quick {
                Some(length) => (length, 1),
                None => scanner
                    .extent(at)
                    .map_or((rest.len(), 1), |extent| (extent.len, extent.lines)),
            };
            let whole = rest.get(..length).unwrap_or_default();
            let record = trim_end(whole);
            if self.plan.holds_data(record) {
                match rows.text.and_then(|text| text.get(at..at + record.len())) {
                    Some(text) if quick.is_some() => rows.plain(text, &cells, place),
                    _ => rows.row(record, &mut cells, place),
                }
                place.number += 1;
            }
            at += length;
            place.line += lines;
            place.byte += self.plan.coding.stream_len(whole);
        }
        let tally = rows.tally;
        if !tally.is_empty()
            && let Ok(mut all) = self.tally.lock()
        {
            all.merge(tally);
        }
    }

    fn headings(&self) -> &[String] {
        &self.plan.layout.header
    }

    fn finish(&self) -> Vec<Problem> {
        self.tally
            .lock()
            .map_or_else(|_| Vec::new(), |tally| tally.problems())
    }
}

struct Rows<'a> {
    plan: &'a Plan,
    /// The block, where its bytes are its text.
    text: Option<&'a str>,
    /// The whole block is UTF-8.
    utf8: bool,
    /// It holds NULs.
    nul: bool,
    tally: Tally,
    sink: &'a mut dyn Sink,
}

impl Rows<'_> {
    /// A row whose bytes are its text and whose cells are known.
    fn plain(&mut self, text: &str, cells: &[Cell], place: RecordPlace) {
        let bytes = place.byte..place.byte + self.plan.coding.stream_len(text.as_bytes());
        if text.len() > self.plan.limits.record_bytes {
            self.sink
                .problem(too_large(place.line, "row", self.plan.limits.record_bytes as u64));
        } else {
            self.hand_on(text, cells, self.plan.coding.encoding, bytes, place);
        }
    }

    fn row(&mut self, record: &[u8], cells: &mut Vec<Cell>, place: RecordPlace) {
        if record.len() > self.plan.limits.record_bytes {
            self.sink
                .problem(too_large(place.line, "row", self.plan.limits.record_bytes as u64));
            return;
        }
        let bytes = place.byte..place.byte + self.plan.coding.stream_len(record);
        let encoding = self.encoding(record);
        let decoded = if self.utf8 && encoding == encoding_rs::UTF_8 {
            std::str::from_utf8(record).map_or_else(|_| decode(record, encoding), Into::into)
        } else {
            self.decoded(record, encoding, place)
        };
        let text = if self.nul {
            without_nul(&decoded)
        } else {
            Cow::Borrowed(&*decoded)
        };
        if text.len() != decoded.len() {
            self.tally.add(Fault::Nul, place.line, String::new);
        }
        split(text.as_bytes(), self.plan.dialect.delimiter, cells);
        self.hand_on(&text, cells, self.stated(encoding), bytes, place);
    }

    fn hand_on(
        &mut self,
        text: &str,
        cells: &[Cell],
        encoding: &'static Encoding,
        bytes: Range<u64>,
        place: RecordPlace,
    ) {
        if let Some(problem) = self.over_limit(text.len(), cells, place.line) {
            self.sink.problem(problem);
            return;
        }
        let fit = self.fit(cells, place);
        let (amount, date) = (AmountCell::Blank, None);
        let mut row = Row {
            plan: self.plan,
            text,
            cells,
            encoding,
            bytes,
            place,
            fit,
            amount,
            date,
        };
        row.read_values();
        self.count_values(&row);
        if cells.len() < self.plan.width && fit == Fit::Fits && !row.is_in_place() {
            row.fit = Fit::Misfit;
        }
        self.sink.record(&row);
    }

    /// The encoding of one record: a file that looked plain may turn out otherwise.
    fn encoding(&self, record: &[u8]) -> &'static Encoding {
        let coding = self.plan.coding;
        if coding.is_utf16() {
            // The cutter has made UTF-8 of it.
            encoding_rs::UTF_8
        } else if coding.found == Found::Ascii && !self.utf8 && std::str::from_utf8(record).is_err() {
            FALLBACK
        } else {
            coding.encoding
        }
    }

    /// The encoding of the stream's own bytes.
    fn stated(&self, encoding: &'static Encoding) -> &'static Encoding {
        if self.plan.coding.is_utf16() {
            self.plan.coding.encoding
        } else {
            encoding
        }
    }

    fn decoded<'b>(
        &mut self,
        record: &'b [u8],
        encoding: &'static Encoding,
        place: RecordPlace,
    ) -> Cow<'b, str> {
        let text = decode(record, encoding);
        if encoding == FALLBACK && self.plan.coding.found == Found::Ascii {
            self.tally.add(Fault::Fallback, place.line, String::new);
        } else if let Some(at) = text.find('\u{fffd}').filter(|_| !record.is_ascii()) {
            // Offsets agree up to the first bad byte in UTF-8; elsewhere the row's start must do.
            let byte = place.byte
                + if encoding == encoding_rs::UTF_8 {
                    at as u64
                } else {
                    0
                };
            self.tally
                .add(Fault::Bytes, place.line, || format!("byte {byte}"));
        }
        text
    }

    fn over_limit(&self, length: usize, cells: &[Cell], line: u64) -> Option<Problem> {
        let limits = &self.plan.limits;
        if cells.len() > limits.columns {
            return Some(Problem {
                what: format!(
                    "a row of {} columns, more than the {} that are read",
                    cells.len(),
                    limits.columns
                ),
                ..too_large(line, "row", limits.columns as u64)
            });
        }
        let large = length > limits.cell_bytes && cells.iter().any(|cell| cell.len() > limits.cell_bytes);
        large.then(|| too_large(line, "cell", limits.cell_bytes as u64))
    }

    fn fit(&mut self, cells: &[Cell], place: RecordPlace) -> Fit {
        if place.byte < self.plan.header_at {
            return Fit::Title;
        }
        let width = self.plan.width;
        if cells.len() == width {
            return Fit::Fits;
        }
        if cells.len() < width {
            self.tally.add(Fault::Short, place.line, || {
                format!("{} of {width} cells", cells.len())
            });
            return Fit::Fits;
        }
        let used = cells
            .iter()
            .rposition(|cell| cell.len() > 0)
            .map_or(0, |last| last + 1);
        if used <= width {
            return Fit::Fits;
        }
        self.tally.add(Fault::Long, place.line, || {
            format!("{used} cells, header {width}")
        });
        Fit::Misfit
    }

    /// Counts values that could not be read. Cheap: only columns that payments use, and only odd cells in full.
    fn count_values(&mut self, row: &Row<'_>) {
        if row.fit != Fit::Fits {
            return;
        }
        let line = row.place.line;
        if row.amount == AmountCell::No {
            self.tally.add(Fault::Amount, line, String::new);
        }
        let profile = &self.plan.profile;
        if let Some(date) = row.date {
            let unread = match date {
                DateCell::No => true,
                DateCell::Serial(_) => !profile.serials,
                // Without an order the file has its own warning.
                DateCell::Numbers { .. } => {
                    profile.order.is_some() && date.date(profile.order, false).is_none()
                }
                DateCell::Exact(_) | DateCell::Period | DateCell::Blank => false,
            };
            if unread {
                self.tally.add(Fault::Date, line, String::new);
            }
        }
    }
}

/// A row or cell beyond its limit; the rest of the file is read.
pub(super) fn too_large(line: u64, thing: &str, limit: u64) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Unit,
        place: format!("line {line}"),
        what: format!("a {thing} larger than {limit} bytes is left out"),
        because: "so large a value is most likely a quote or line end that is missing".into(),
        hint: "mend the file at this line, or raise the limit (`stripout limits`)".into(),
    }
}
