//! Sheets as tables: one line of CSV a row, so that line numbers are row numbers. Cells that the sheet hides make up a
//! table of their own, each at its place.

use stripout_model::{Code, Problem, Severity};

use crate::Limits;

/// Rows of the longest sheet that programs make.
const ROWS: u32 = 1 << 20;
/// Commas for cells that hold nothing, before a sheet counts as made to exhaust us.
const GAPS: usize = 64 << 20;
/// Longest table that is written a second time only to make its lines even.
const PADDED: usize = 64 << 20;
/// Rows among which one names the columns.
const HEADED: u32 = 100;

/// A sheet that is being read; cells come row by row.
pub(crate) struct Grid {
    name: String,
    bytes: usize,
    cell_bytes: usize,
    columns: u32,
    hidden_rows: Spans,
    hidden_columns: Spans,
    /// The row that is open, and its cells.
    row: u32,
    cells: Vec<Filled>,
    buffer: String,
    shown: Table,
    hidden: Table,
    /// The first of the widest rows so far, and how many cells it has.
    header: Option<Header>,
    header_cells: usize,
    /// Rows that came after later ones, cells beyond the limits, cells that were cut: how many and the first.
    late: Tally,
    far: Tally,
    long: Tally,
    full: Option<&'static str>,
}

#[derive(Debug)]
struct Filled {
    column: u32,
    start: usize,
    end: usize,
}

/// The row that names the columns, as far as can be told: hidden rows need it too.
#[derive(Debug)]
struct Header {
    row: u32,
    line: String,
    width: u32,
}

#[derive(Debug, Default)]
struct Tally {
    count: u64,
    first: String,
}

impl Tally {
    fn add(&mut self, row: u32, column: u32) {
        if self.count == 0 {
            self.first = cell_name(row, column);
        }
        self.count += 1;
    }
}

/// What a sheet came to.
pub(crate) struct Tables {
    pub(crate) shown: Option<String>,
    pub(crate) hidden: Option<String>,
    pub(crate) problems: Vec<Problem>,
}

impl Grid {
    /// For a sheet of that name; its tables together may grow to `bytes`.
    pub(crate) fn new(name: &str, bytes: usize, limits: &Limits) -> Self {
        Self {
            name: name.into(),
            bytes,
            cell_bytes: limits.cell_bytes,
            columns: u32::try_from(limits.columns).unwrap_or(u32::MAX),
            hidden_rows: Spans::default(),
            hidden_columns: Spans::default(),
            row: 0,
            cells: Vec::new(),
            buffer: String::new(),
            shown: Table::default(),
            hidden: Table::default(),
            header: None,
            header_cells: 1,
            late: Tally::default(),
            far: Tally::default(),
            long: Tally::default(),
            full: None,
        }
    }

    /// Rows from 0 that the sheet does not show; said before their cells come.
    pub(crate) fn hide_rows(&mut self, first: u32, last: u32) {
        self.hidden_rows.add(first, last);
    }

    pub(crate) fn hide_columns(&mut self, first: u32, last: u32) {
        self.hidden_columns.add(first, last);
    }

    /// Whether no more cells are wanted.
    pub(crate) fn is_full(&self) -> bool {
        self.full.is_some()
    }

    /// Takes a cell; row and column count from 0.
    pub(crate) fn cell(&mut self, row: u32, column: u32, text: &str) {
        let text = text.trim();
        if text.is_empty() || self.is_full() {
            return;
        }
        if row >= ROWS || column >= self.columns {
            return self.far.add(row, column);
        }
        if row < self.row {
            return self.late.add(row, column);
        }
        if row > self.row {
            self.end_row();
            self.row = row;
        }
        let start = self.buffer.len();
        field(&mut self.buffer, text, self.cell_bytes);
        if text.len() > self.cell_bytes {
            self.long.add(row, column);
        }
        let end = self.buffer.len();
        self.cells.push(Filled { column, start, end });
    }

    pub(crate) fn finish(mut self) -> Tables {
        self.end_row();
        let mut problems = Vec::new();
        let mut tell = |tally: &Tally, severity, what: &str, because: &str, hint: &str| {
            if tally.count > 0 {
                problems.push(Problem {
                    code: Code::InputTooLarge,
                    severity,
                    place: format!("{}!{}", self.name, tally.first),
                    what: what.replace("{}", &tally.count.to_string()),
                    because: because.into(),
                    hint: hint.into(),
                });
            }
        };
        tell(
            &self.late,
            Severity::Unit,
            "{} cells left out: their rows come after later ones",
            "a sheet has its rows in order, so that a row has one place",
            "open the workbook and save it again",
        );
        tell(
            &self.far,
            Severity::Unit,
            "{} cells left out: they lie beyond the edge of a sheet",
            "no program makes a sheet of more than 1,048,576 rows or 16,384 columns",
            "open the workbook and save it again",
        );
        tell(
            &self.long,
            Severity::Unit,
            "{} cells are cut: they are too long",
            "the limit is cell-bytes",
            "raise the limit, or read these cells by hand",
        );
        if let Some(because) = self.full {
            problems.push(Problem {
                code: Code::InputTooLarge,
                severity: Severity::Input,
                place: format!("{}!{}", self.name, cell_name(self.row, 0)),
                what: "the sheet is too large to be written as a table".into(),
                because: because.into(),
                hint: "delete columns that are empty, or save the sheet as CSV (UTF-8) and give that".into(),
            });
        }
        Tables {
            shown: self.shown.finish(),
            hidden: self.hidden.finish(),
            problems,
        }
    }

    fn end_row(&mut self) {
        if self.cells.is_empty() {
            return;
        }
        if !self.cells.is_sorted_by_key(|cell| cell.column) {
            self.cells.sort_by_key(|cell| cell.column);
        }
        let row = self.row;
        if self.hidden_rows.contains(row) {
            if let Some(header) = self.header.take() {
                self.hidden.copy(header.row, &header.line, header.width);
            }
            self.hidden.open_row(row);
            for cell in &self.cells {
                self.hidden.push(
                    cell.column,
                    self.buffer.get(cell.start..cell.end).unwrap_or_default(),
                );
            }
        } else {
            let hides = |cell: &Filled| self.hidden_columns.contains(cell.column);
            let heads = row < HEADED && self.cells.len() > self.header_cells;
            let some_hidden = self.cells.iter().any(hides);
            let start = self.shown.open_row(row);
            for cell in &self.cells {
                let text = self.buffer.get(cell.start..cell.end).unwrap_or_default();
                let hidden = hides(cell);
                if hidden || heads && some_hidden {
                    self.hidden.open_row(row);
                    self.hidden.push(cell.column, text);
                }
                if !hidden {
                    self.shown.push(cell.column, text);
                }
            }
            if heads {
                self.header_cells = self.cells.len();
                // With hidden cells it stands among them already.
                self.header = (!some_hidden).then(|| Header {
                    row,
                    line: self.shown.text.get(start..).unwrap_or_default().into(),
                    width: self.shown.width,
                });
            }
        }
        if self.shown.gaps + self.hidden.gaps > GAPS {
            self.full = Some("more than 67,108,864 empty cells stand before filled ones");
        } else if self.shown.text.len() + self.hidden.text.len() > self.bytes {
            self.full = Some("its cells say far more than a file of this size should hold");
        }
        self.cells.clear();
        self.buffer.clear();
    }
}

/// Lines of CSV.
#[derive(Debug, Default)]
struct Table {
    text: String,
    /// Cells of each line.
    widths: Vec<u32>,
    /// Cells of the last line.
    width: u32,
    gaps: usize,
}

impl Table {
    /// Goes on to a row, once; gives where its line starts.
    fn open_row(&mut self, row: u32) -> usize {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        if self.widths.len() <= rows {
            for _ in self.widths.len()..rows {
                self.end_line();
            }
            if !self.widths.is_empty() {
                self.text.push('\n');
            }
            self.widths.push(0);
            self.width = 0;
        }
        self.text.rfind('\n').map_or(0, |at| at + 1)
    }

    fn end_line(&mut self) {
        if !self.widths.is_empty() {
            self.text.push('\n');
        }
        self.widths.push(0);
        self.width = 0;
    }

    fn push(&mut self, column: u32, text: &str) {
        // Of two cells at one place the first stays.
        if self.width > column {
            return;
        }
        let commas = column + 1 - self.width - u32::from(self.width == 0);
        for _ in 0..commas {
            self.text.push(',');
        }
        self.gaps += usize::try_from(commas.saturating_sub(1)).unwrap_or(usize::MAX);
        self.text.push_str(text);
        self.width = column + 1;
        if let Some(width) = self.widths.last_mut() {
            *width = self.width;
        }
    }

    fn copy(&mut self, row: u32, line: &str, width: u32) {
        let rows = usize::try_from(row).unwrap_or(usize::MAX);
        if self.widths.len() > rows {
            return;
        }
        self.open_row(row);
        self.text.push_str(line);
        self.width = width;
        if let Some(last) = self.widths.last_mut() {
            *last = width;
        }
    }

    /// The lines, all with as many cells where that does not make them much longer.
    fn finish(self) -> Option<String> {
        let widest = self.widths.iter().copied().max().filter(|widest| *widest > 0)?;
        let lacking = |width: u32| {
            let commas = if width == 0 { widest - 1 } else { widest - width };
            usize::try_from(commas).unwrap_or(usize::MAX)
        };
        let padding: usize = self.widths.iter().map(|width| lacking(*width)).sum();
        if padding == 0 || padding > (1 << 20) + 2 * self.text.len() || self.text.len() > PADDED {
            return Some(self.text + "\n");
        }
        let mut padded = String::with_capacity(self.text.len() + padding + 1);
        for (line, width) in self.text.split('\n').zip(self.widths) {
            padded.push_str(line);
            padded.extend(std::iter::repeat_n(',', lacking(width)));
            padded.push('\n');
        }
        Some(padded)
    }
}

/// Writes a cell as CSV has it, on one line.
fn field(out: &mut String, text: &str, limit: usize) {
    let text = text
        .get(..text.floor_char_boundary(limit.min(text.len())))
        .unwrap_or_default();
    let plain = |b: &u8| *b >= b' ' && !matches!(*b, b',' | b'"' | 0x7f) && *b != 0xc2;
    if text.as_bytes().iter().all(plain) {
        out.push_str(text);
        return;
    }
    let quoted = text.contains([',', '"']);
    if quoted {
        out.push('"');
    }
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' => out.push_str("\"\""),
            '\n' if before == '\r' => {}
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = c;
    }
    if quoted {
        out.push('"');
    }
}

/// Ranges of rows or columns, in any order.
#[derive(Debug, Default)]
struct Spans(Vec<(u32, u32)>);

impl Spans {
    fn add(&mut self, first: u32, last: u32) {
        match self.0.last_mut() {
            Some((_, end)) if first == end.saturating_add(1) => *end = last,
            Some((_, end)) if first <= *end => {
                self.0.push((first, last));
                self.merge();
            }
            _ => self.0.push((first, last)),
        }
    }

    /// Puts them in order again.
    fn merge(&mut self) {
        self.0.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.0.len());
        for (first, last) in self.0.drain(..) {
            match merged.last_mut() {
                Some((_, end)) if first <= *end => *end = last.max(*end),
                _ => merged.push((first, last)),
            }
        }
        self.0 = merged;
    }

    fn contains(&self, at: u32) -> bool {
        let next = self.0.partition_point(|(first, _)| *first <= at);
        next > 0 && self.0.get(next - 1).is_some_and(|(_, last)| at <= *last)
    }
}

/// `B7` for row 6 and column 1.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(make: impl FnOnce(&mut Grid)) -> Tables {
        let mut grid = Grid::new("Sheet1", 1 << 30, &Limits::default());
        make(&mut grid);
        grid.finish()
    }

    #[test]
    fn lines_are_rows_and_phantoms_are_not_there() {
        let sheet = tables(|grid| {
            grid.cell(2, 1, "Maker");
            grid.cell(2, 2, "Cams, all");
            grid.cell(4, 1, "say \"Hik\"\r\nvision\u{0}");
            grid.cell(9, 30, "  ");
        });
        let want = ",,\n,,\n,Maker,\"Cams, all\"\n,,\n,\"say \"\"Hik\"\" vision \",\n";
        assert_eq!(sheet.shown.as_deref(), Some(want));
        assert_eq!((sheet.hidden, sheet.problems), (None, vec![]));
    }

    #[test]
    fn what_is_hidden_stands_apart_at_its_place_under_the_header() {
        let sheet = tables(|grid| {
            grid.hide_rows(2, 2);
            grid.hide_columns(1, 1);
            for (row, cells) in [
                ["Site", "Maker", "No"],
                ["Depot", "Dahua", "2"],
                ["Hall", "Hik", "3"],
            ]
            .iter()
            .enumerate()
            {
                for (column, text) in cells.iter().enumerate() {
                    grid.cell(row as u32, column as u32, text);
                }
            }
        });
        assert_eq!(sheet.shown.as_deref(), Some("Site,,No\nDepot,,2\n"));
        assert_eq!(
            sheet.hidden.as_deref(),
            Some("Site,Maker,No\n,Dahua,\nHall,Hik,3\n")
        );
    }

    #[test]
    fn far_cells_cost_no_more_than_their_lines() {
        let sheet = tables(|grid| {
            grid.cell(0, 0, "a");
            grid.cell(ROWS - 1, 16_383, "z");
            grid.cell(ROWS, 0, "beyond");
            grid.cell(5, 0, "late");
        });
        let text = sheet.shown.expect("there are cells");
        assert_eq!(text.lines().count(), 1 << 20);
        assert!(text.len() < 2 << 20, "{}", text.len());
        let places: Vec<_> = sheet
            .problems
            .iter()
            .map(|problem| problem.place.as_str())
            .collect();
        assert_eq!(places, ["Sheet1!A6", "Sheet1!A1048577"]);
    }

    #[test]
    fn cells_are_named_as_people_do() {
        for (row, column, name) in [(0, 0, "A1"), (6, 27, "AB7"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(cell_name(row, column), name);
        }
    }
}
