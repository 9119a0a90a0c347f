//! Where a record ends, and where its cells are. Cutter, parser and re-reading share these rules, so they always agree.
//!
//! A quote opens a cell only at its start (spaces before it allowed) and closes it only before a delimiter or line end;
//! any other quote is a character like the rest. Real files hold `5" pipe` and `"5" pipe"` alike.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

/// How a delimited file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    /// Cells of a full row; tells a swallowed table from a cell of many lines.
    pub(crate) width: usize,
    /// Longest row in bytes; an open quote is not looked for farther.
    pub(crate) row_limit: usize,
    /// Whether a lone CR ends a record (old Mac exports).
    pub(crate) cr: bool,
}

/// Lines looked at to tell whether an open quote has swallowed table rows.
const WINDOW: usize = 64;

/// One record found at the start of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Bytes with the line end.
    pub(crate) len: usize,
    /// Line ends in it.
    pub(crate) lines: u64,
    /// A quote opens here that never closes; its line counts from the record's first, 0 = that one.
    pub(crate) unclosed: Option<u64>,
}

/// Finds the records in some bytes, one after the other.
pub(crate) struct Scanner<'b> {
    bytes: &'b [u8],
    dialect: Dialect,
    /// Whether nothing follows `bytes`.
    last: bool,
    /// No quote closes between these. Without this memory a file of open quotes takes quadratic time.
    barren: Range<usize>,
}

impl<'b> Scanner<'b> {
    pub(crate) fn new(bytes: &'b [u8], dialect: Dialect, last: bool) -> Self {
        Self {
            bytes,
            dialect,
            last,
            barren: 0..0,
        }
    }

    /// The record that starts at `start`, before the end of the bytes. `None`: it may go on after them (never when
    /// they are the last).
    pub(crate) fn extent(&mut self, start: usize) -> Option<Extent> {
        let mut at = start;
        let mut lines = 0;
        loop {
            let Some(found) = self.stop(at, true) else {
                return self.last.then_some(Extent {
                    len: self.bytes.len() - start,
                    lines,
                    unclosed: None,
                });
            };
            if self.bytes.get(found) != Some(&b'"') {
                let end = self.line_end(found)?;
                return Some(Extent {
                    len: end - start,
                    lines: lines + 1,
                    unclosed: None,
                });
            }
            if !self.opens(start, found) {
                at = found + 1;
                continue;
            }
            let Quoted::Closed { at: close } = self.quoted(start, found)? else {
                let unclosed = Some(lines);
                let Some(stop) = self.stop(found, false) else {
                    let len = self.bytes.len() - start;
                    return self.last.then_some(Extent { len, lines, unclosed });
                };
                let end = self.line_end(stop)?;
                return Some(Extent {
                    len: end - start,
                    lines: lines + 1,
                    unclosed,
                });
            };
            lines += count_lines(self.slice(found..close), self.dialect.cr);
            at = close + 1;
        }
    }

    fn slice(&self, range: Range<usize>) -> &'b [u8] {
        self.bytes.get(range).unwrap_or_default()
    }

    /// The next line end, or quote.
    fn stop(&self, at: usize, quotes: bool) -> Option<usize> {
        let rest = self.slice(at..self.bytes.len());
        let found = match (self.dialect.cr, quotes) {
            (false, true) => memchr2(b'\n', b'"', rest),
            (false, false) => memchr(b'\n', rest),
            (true, true) => memchr3(b'\n', b'\r', b'"', rest),
            (true, false) => memchr2(b'\n', b'\r', rest),
        };
        found.map(|i| at + i)
    }

    /// Where the line that ends at `stop` is over; `None` when a LF may follow a CR.
    fn line_end(&self, stop: usize) -> Option<usize> {
        if self.bytes.get(stop) != Some(&b'\r') {
            return Some(stop + 1);
        }
        match self.bytes.get(stop + 1) {
            Some(b'\n') => Some(stop + 2),
            None if !self.last => None,
            _ => Some(stop + 1),
        }
    }

    /// Whether the quote at `at` stands at the start of a cell of the record that starts at `start`.
    fn opens(&self, start: usize, at: usize) -> bool {
        let before = self.slice(start..at);
        before
            .iter()
            .rev()
            .find(|b| **b != b' ')
            .is_none_or(|b| *b == self.dialect.delimiter)
    }

    /// What becomes of the quote that opens at `open`. `None`: more bytes are needed.
    fn quoted(&mut self, start: usize, open: usize) -> Option<Quoted> {
        let body = open + 1;
        let limit = body.saturating_add(self.dialect.row_limit);
        let clipped = limit < self.bytes.len();
        let bytes = self.slice(0..limit.min(self.bytes.len()));
        let known = self.barren.contains(&body) && self.barren.end >= bytes.len();
        let find = if known { closing_at_once } else { closing };
        let close = match find(bytes, body, self.dialect.delimiter, self.last && !clipped) {
            Closing::At(close) => close,
            missing => {
                if !known {
                    self.barren = body..bytes.len();
                }
                if clipped || matches!(missing, Closing::None) {
                    return Some(Quoted::Open);
                }
                // Table rows inside a quote are noticed long before its end is.
                return swallows(self.slice(body..bytes.len()), self.dialect).then_some(Quoted::Open);
            }
        };
        let inside = self.slice(body..close);
        if memchr2(b'\n', b'\r', inside).is_none() {
            return Some(Quoted::Closed { at: close });
        }
        if swallows(inside, self.dialect) {
            return Some(Quoted::Open);
        }
        // A few lines only: the quote is open when the next line by itself is a row and the whole is none, or is one
        // by chance: then the quote that closes it belongs to a pair that opened after it.
        let end = match memchr2(b'\n', b'\r', self.slice(close..self.bytes.len())) {
            Some(i) => close + i,
            None if self.last => self.bytes.len(),
            None if clipped => return Some(Quoted::Open),
            None => return None,
        };
        let is_row = |bytes| cell_count(bytes, self.dialect.delimiter) == self.dialect.width;
        let mut later = physical_lines(self.slice(open..end)).skip(1);
        let next = later.next().is_some_and(is_row);
        // One comma in a line of prose is common: with two columns all lines must agree.
        let rows = next && (self.dialect.width > 2 || later.all(is_row));
        let pair = || {
            memchr_iter(b'"', inside)
                .any(|at| self.opens(start, body + at) && inside.get(at + 1) != Some(&b'"'))
        };
        let open = rows && (pair() || !is_row(self.slice(start..end)));
        Some(if open {
            Quoted::Open
        } else {
            Quoted::Closed { at: close }
        })
    }
}

enum Quoted {
    Closed { at: usize },
    Open,
}

/// Whether so many whole lines after the first are rows of the table that a quote before them cannot be meant.
fn swallows(inside: &[u8], dialect: Dialect) -> bool {
    // Prose with a comma a line is common, with five commas a line it is not.
    let needed = (20_usize.saturating_sub(3 * dialect.width)).max(3);
    let Some(end) = memchr::memrchr2(b'\n', b'\r', inside) else {
        return false;
    };
    let mut lines = 0;
    let mut rows = 0;
    for line in physical_lines(inside.get(..end).unwrap_or_default())
        .skip(1)
        .take(WINDOW)
    {
        lines += 1;
        rows += usize::from(cell_count(line, dialect.delimiter) == dialect.width);
        if lines == needed && rows == needed {
            return true;
        }
    }
    lines == WINDOW && rows * 10 >= WINDOW * 8
}

fn physical_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .split(|b| matches!(b, b'\n' | b'\r'))
        .enumerate()
        .filter(|(i, l)| *i == 0 || !l.is_empty())
        .map(|x| x.1)
}

fn count_lines(bytes: &[u8], cr: bool) -> u64 {
    let lf = memchr_iter(b'\n', bytes).count();
    let lone = |i: &usize| bytes.get(i + 1) != Some(&b'\n');
    let cr = if cr {
        memchr_iter(b'\r', bytes).filter(lone).count()
    } else {
        0
    };
    (lf + cr) as u64
}

/// Like `closing`, where it is known that no quote closes a cell that opened before: only the quotes right at `body` can,
/// which to that earlier cell were doubled ones.
fn closing_at_once(bytes: &[u8], body: usize, delimiter: u8, last: bool) -> Closing {
    let inside = bytes.get(body..).unwrap_or_default();
    let run = inside.iter().take_while(|b| **b == b'"').count();
    let after = inside.get(run..).unwrap_or_default();
    match after.iter().find(|b| **b != b' ') {
        None if !last => Closing::Unknown,
        Some(b) if *b != delimiter && !matches!(b, b'\n' | b'\r') => Closing::None,
        _ if run % 2 == 1 => Closing::At(body + run - 1),
        _ => Closing::None,
    }
}

enum Closing {
    At(usize),
    None,
    /// None so far; the bytes may go on.
    Unknown,
}

/// The quote that closes a cell whose inside starts at `body`.
fn closing(bytes: &[u8], body: usize, delimiter: u8, last: bool) -> Closing {
    let mut at = body;
    loop {
        let Some(quote) = bytes
            .get(at..)
            .and_then(|rest| memchr(b'"', rest))
            .map(|i| at + i)
        else {
            return if last { Closing::None } else { Closing::Unknown };
        };
        let after = bytes.get(quote + 1..).unwrap_or_default();
        match after.iter().find(|b| **b != b' ') {
            Some(b) if *b == delimiter || matches!(b, b'\n' | b'\r') => return Closing::At(quote),
            None if last => return Closing::At(quote),
            None => return Closing::Unknown,
            Some(b'"') if after.first() == Some(&b'"') => at = quote + 2,
            Some(_) => at = quote + 1,
        }
    }
}

/// A cell of a record: where its text is, without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    start: u32,
    end: u32,
    /// Quotes inside may be doubled.
    quoted: bool,
}

impl Cell {
    /// A cell without quotes.
    pub(crate) fn plain(start: usize, end: usize) -> Self {
        cell(start, end, false)
    }

    /// The inside of a quoted cell.
    pub(crate) fn quoted(start: usize, end: usize) -> Self {
        cell(start, end, true)
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Its text in the record it was found in.
    pub(crate) fn text(self, record: &str) -> Cow<'_, str> {
        let text = self.raw(record);
        if self.quoted && memchr(b'"', text.as_bytes()).is_some() {
            text.replace("\"\"", "\"").into()
        } else {
            text.into()
        }
    }

    /// Its text, with quotes still doubled.
    pub(crate) fn raw(self, record: &str) -> &str {
        record
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }

    /// Whether `text` may differ from `raw`.
    pub(crate) fn is_quoted(self) -> bool {
        self.quoted
    }

    pub(crate) fn bytes(self, record: &[u8]) -> &[u8] {
        record
            .get(self.start as usize..self.end as usize)
            .unwrap_or_default()
    }
}

/// Finds the cells of a record (without its line end) of less than 4 GiB.
pub(crate) fn split(record: &[u8], delimiter: u8, cells: &mut Vec<Cell>) {
    cells.clear();
    if memchr(b'"', record).is_none() {
        let mut start = 0;
        for at in memchr_iter(delimiter, record) {
            cells.push(cell(start, at, false));
            start = at + 1;
        }
        cells.push(cell(start, record.len(), false));
        return;
    }
    let mut start = 0;
    // Once no quote closes, no later one does: looking again for each cell would take quadratic time.
    let mut barren = false;
    loop {
        let rest = record.get(start..).unwrap_or_default();
        let spaces = rest.iter().take_while(|b| **b == b' ').count();
        if rest.get(spaces) == Some(&b'"') {
            let body = start + spaces + 1;
            let find = if barren { closing_at_once } else { closing };
            if let Closing::At(close) = find(record, body, delimiter, true) {
                cells.push(cell(body, close, true));
                let Some(next) = record.get(close..).and_then(|r| memchr(delimiter, r)) else {
                    return;
                };
                start = close + next + 1;
                continue;
            }
            barren = true;
        }
        let Some(next) = memchr(delimiter, rest) else {
            cells.push(cell(start, record.len(), false));
            return;
        };
        cells.push(cell(start, start + next, false));
        start += next + 1;
    }
}

fn cell(start: usize, end: usize, quoted: bool) -> Cell {
    let cut = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    Cell {
        start: cut(start),
        end: cut(end),
        quoted,
    }
}

fn cell_count(record: &[u8], delimiter: u8) -> usize {
    let mut cells = Vec::new();
    split(record, delimiter, &mut cells);
    cells.len()
}

/// The record without its line end.
pub(crate) fn trim_end(record: &[u8]) -> &[u8] {
    let record = record.strip_suffix(b"\n").unwrap_or(record);
    record.strip_suffix(b"\r").unwrap_or(record)
}

/// The text of one cell of a record, counted from 0: how a locator with `Escape::Csv` is read again.
pub fn csv_field(record: &str, delimiter: char, column: u32) -> Option<String> {
    let delimiter = u8::try_from(delimiter).ok()?;
    let record = without_nul(record);
    let mut cells = Vec::new();
    split(record.as_bytes(), delimiter, &mut cells);
    Some(cells.get(column as usize)?.text(&record).into_owned())
}

/// NUL is no character of any text; it is shown as U+FFFD.
pub(crate) fn without_nul(text: &str) -> Cow<'_, str> {
    if memchr(0, text.as_bytes()).is_some() {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(record: &str) -> Vec<String> {
        (0..).map_while(|column| csv_field(record, ',', column)).collect()
    }

    #[test]
    fn cells_of_a_record() {
        for (record, want) in [
            ("a,b,c", &["a", "b", "c"][..]),
            ("", &[""]),
            (",", &["", ""]),
            ("\"a,b\",c", &["a,b", "c"]),
            ("\"ha \"\"ha\"\" ha\",", &["ha \"ha\" ha", ""]),
            ("a, \"6,000\" ,b", &["a", "6,000", "b"]),
            (
                "5\" pipe,\"5\" pipe, black\",x",
                &["5\" pipe", "5\" pipe, black", "x"],
            ),
            ("\"open,b,c", &["\"open", "b", "c"]),
            ("\"two\nlines\",b", &["two\nlines", "b"]),
            ("\"\",\"\"\"\"", &["", "\""]),
            ("nul\0,b", &["nul\u{fffd}", "b"]),
        ] {
            assert_eq!(cells(record), want, "{record:?}");
        }
    }

    #[test]
    fn records_end_where_their_quotes_do() {
        let dialect = Dialect {
            delimiter: b',',
            width: 3,
            row_limit: 1 << 20,
            cr: false,
        };
        let ends = |text: &str| {
            let mut scanner = Scanner::new(text.as_bytes(), dialect, true);
            let mut at = 0;
            let mut ends = Vec::new();
            while at < text.len() {
                let extent = scanner.extent(at).unwrap();
                at += extent.len;
                ends.push((at, extent.unclosed.is_some()));
            }
            ends
        };
        assert_eq!(ends("a,b,c\nd,e,f"), [(6, false), (11, false)]);
        assert_eq!(ends("a,\"b\nb\",c\nd"), [(10, false), (11, false)]);
        assert_eq!(
            ends("a,\"b,c\nd,e,f\ng,\"h\",i\n"),
            [(7, true), (13, false), (21, false)]
        );
        assert_eq!(ends("a,\"b,c\n"), [(7, true)]);
        // A cell of many lines that happen to look like rows belongs to a row that fits.
        assert_eq!(ends("a,\"b\nx,y,z\n\",c\nd,e,f\n"), [(15, false), (21, false)]);
        let mut early = Scanner::new(b"a,\"b\nc", dialect, false);
        assert_eq!(early.extent(0), None);
    }
}
