//! Sheets as tables: one line of CSV a row, so that line numbers are row numbers. Cells that the sheet hides make up a
//! table of their own, each at its place.

mod spans;
mod table;

use stripout_model::{Code, Problem, Severity};

use crate::Limits;
use spans::Spans;
use table::{Table, field};

/// Rows of the longest sheet that programs make.
const ROWS: u32 = 1 << 20;
/// Commas for cells that hold nothing, before a sheet counts as made to exhaust us.
const GAPS: usize = 64 << 20;
/// Rows among which one names the columns.
const HEADED: u32 = 100;

/// What the tables of a sheet may come to together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    /// Their bytes.
    pub(crate) bytes: usize,
    /// Without the commas of cells that hold nothing.
    pub(crate) said: usize,
}

impl Room {
    fn is_full(self, tables: &[&Table]) -> bool {
        let bytes: usize = tables.iter().map(|table| table.text.len()).sum();
        let gaps: usize = tables.iter().map(|table| table.gaps).sum();
        bytes > self.bytes || bytes.saturating_sub(gaps) > self.said
    }
}

/// A sheet that is being read; cells come row by row.
pub(crate) struct Grid {
    name: String,
    room: Room,
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
    /// For a sheet of that name.
    pub(crate) fn new(name: &str, room: Room, limits: &Limits) -> Self {
        Self {
            name: name.into(),
            room,
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
        self.hidden_rows.settle();
        self.hidden_columns.settle();
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
        } else if self.room.is_full(&[&self.shown, &self.hidden]) {
            self.full = Some("its cells say far more than a file of this size should hold");
        }
        self.cells.clear();
        self.buffer.clear();
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

    const ROOM: Room = Room {
        bytes: 1 << 30,
        said: 1 << 30,
    };

    fn tables(make: impl FnOnce(&mut Grid)) -> Tables {
        let mut grid = Grid::new("Sheet1", ROOM, &Limits::default());
        make(&mut grid);
        grid.finish()
    }

    #[test]
    fn lines_are_rows_and_phantoms_are_not_there() {
        let sheet = tables(|grid| {
            grid.cell(2, 1, "Maker");
            grid.cell(2, 2, "Cams, all");
            grid.cell(4, 1, "say \"Exa\"\r\nm\u{0}ple\u{7}");
            grid.cell(9, 30, "  ");
        });
        let want = ",,\n,,\n,Maker,\"Cams, all\"\n,,\n,\"say \"\"Exa\"\" mple \",\n";
        assert_eq!(sheet.shown.as_deref(), Some(want));
        assert_eq!((sheet.hidden, sheet.problems), (None, vec![]));
    }

    #[test]
    fn what_is_hidden_stands_apart_at_its_place_under_the_header() {
        let sheet = tables(|grid| {
            grid.hide_rows(2, 2);
            grid.hide_columns(1, 1);
            let rows = [
                ["Site", "Maker", "No"],
                ["Depot", "Examplecam", "2"],
                ["Hall", "Samplecam", "3"],
            ];
            for (row, cells) in (0..).zip(rows) {
                for (column, text) in (0..).zip(cells) {
                    grid.cell(row, column, text);
                }
            }
        });
        assert_eq!(sheet.shown.as_deref(), Some("Site,,No\nDepot,,2\n"));
        assert_eq!(
            sheet.hidden.as_deref(),
            Some("Site,Maker,No\n,Examplecam,\nHall,Samplecam,3\n")
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
