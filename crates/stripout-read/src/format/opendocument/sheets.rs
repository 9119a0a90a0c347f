//! Spreadsheets: every sheet a table.

use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Reserve, Severity};

use super::cell::{Cell, times};
use super::styles::Styles;
use crate::document::Each;
use crate::format::workbook::{Book, Uncomputed};
use crate::grid::{Grid, Room, cell_name};
use crate::markup::{Element, Node};
use crate::{Limits, Options};

/// Copies of filled cells that repetition may add; a few bytes can ask for any number.
const COPIES: u64 = 1 << 20;

pub(super) struct Sheets<'e, 'f> {
    styles: Styles,
    limits: Limits,
    room: Room,
    book: Book<'e, 'f>,
    sheet: Option<Sheet>,
    uncomputed: Uncomputed,
    copies: u64,
}

/// The sheet that is open.
struct Sheet {
    name: String,
    reserve: Option<Reserve>,
    grid: Grid,
    /// Tables inside this one (of a chart, a comment): passed over.
    inner: usize,
    row: u32,
    row_times: u32,
    /// Filled cells of the row.
    cells: Vec<(u32, u32, String)>,
    column: u32,
    columns: u32,
    cell: Option<Cell>,
    in_comment: bool,
    /// Who wrote a comment and when, and other words that are not the cell's.
    passed: usize,
    comments: String,
    too_many: bool,
}

impl<'e, 'f> Sheets<'e, 'f> {
    /// `room`: what the tables of one sheet may come to.
    pub(super) fn new(styles: Styles, room: Room, options: &Options, each: &'e mut Each<'f>) -> Self {
        Self {
            styles,
            limits: options.limits,
            room,
            book: Book::new(each),
            sheet: None,
            uncomputed: Uncomputed::default(),
            copies: COPIES,
        }
    }

    pub(super) fn see(&mut self, node: &Node<'_>) -> ControlFlow<()> {
        match node {
            Node::Open(element) => self.open(element),
            Node::Close("table:table") => return self.close_table(),
            Node::Close(name) => self.close(name),
            Node::Text(text) => {
                if let Some(sheet) = &mut self.sheet
                    && sheet.inner == 0
                    && sheet.passed == 0
                    && let Some(cell) = &mut sheet.cell
                {
                    if sheet.in_comment {
                        cell.comment.push_str(text);
                    } else {
                        cell.push(text);
                    }
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Layers given.
    pub(super) fn finish(mut self) -> ControlFlow<(), usize> {
        // What a broken file has of its last sheet.
        self.end_sheet()?;
        self.book.finish(&self.uncomputed)
    }

    fn open(&mut self, element: &Element<'_>) {
        let Some(sheet) = &mut self.sheet else {
            self.styles.see(&Node::Open(element));
            if element.name() == "table:table" {
                self.sheet = Some(Sheet::open(element, &self.styles, self.room, &self.limits));
            }
            return;
        };
        if sheet.passed > 0 {
            sheet.passed += 1;
            return;
        }
        if sheet.inner > 0 {
            sheet.inner += usize::from(element.name() == "table:table");
            return;
        }
        match element.name() {
            "table:table" => sheet.inner = 1,
            "table:table-column" => {
                let times = times(element, "table:number-columns-repeated");
                if is_collapsed(element) {
                    sheet
                        .grid
                        .hide_columns(sheet.columns, sheet.columns.saturating_add(times - 1));
                }
                sheet.columns = sheet.columns.saturating_add(times);
            }
            "table:table-row" => {
                sheet.row_times = times(element, "table:number-rows-repeated");
                sheet.column = 0;
                if is_collapsed(element) {
                    sheet
                        .grid
                        .hide_rows(sheet.row, sheet.row.saturating_add(sheet.row_times - 1));
                }
            }
            "table:table-cell" | "table:covered-table-cell" => sheet.cell = Some(Cell::open(element)),
            "office:annotation" => sheet.in_comment = true,
            "dc:creator" | "dc:date" | "meta:creator-initials" | "svg:title" | "svg:desc" => sheet.passed = 1,
            "text:s" => {
                if let Some(cell) = &mut sheet.cell
                    && !sheet.in_comment
                {
                    cell.push(" ");
                }
            }
            "text:line-break" | "text:tab" => {
                if let Some(cell) = &mut sheet.cell {
                    cell.part();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        let Some(sheet) = &mut self.sheet else {
            return;
        };
        if sheet.passed > 0 {
            sheet.passed -= 1;
            return;
        }
        if sheet.inner > 0 {
            return;
        }
        match name {
            "text:p" => {
                if let Some(cell) = &mut sheet.cell {
                    if sheet.in_comment {
                        cell.comment.push(' ');
                    } else {
                        cell.part();
                    }
                }
            }
            "office:annotation" => sheet.in_comment = false,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(cell) = sheet.cell.take() {
                    if cell.lacks_result {
                        self.uncomputed.add(&sheet.name, sheet.row, sheet.column);
                    }
                    sheet.take(&cell);
                }
            }
            "table:table-row" => sheet.end_row(&mut self.copies),
            _ => {}
        }
    }

    fn close_table(&mut self) -> ControlFlow<()> {
        match &mut self.sheet {
            Some(sheet) if sheet.inner > 0 => {
                sheet.inner -= 1;
                ControlFlow::Continue(())
            }
            _ => self.end_sheet(),
        }
    }

    fn end_sheet(&mut self) -> ControlFlow<()> {
        let Some(mut sheet) = self.sheet.take() else {
            return ControlFlow::Continue(());
        };
        sheet.end_row(&mut self.copies);
        let mut tables = sheet.grid.finish();
        if sheet.too_many {
            tables.problems.push(too_many(&sheet.name));
        }
        self.book
            .sheet(&sheet.name, tables, &sheet.comments, sheet.reserve)
    }
}

impl Sheet {
    fn open(element: &Element<'_>, styles: &Styles, room: Room, limits: &Limits) -> Self {
        let name = element.exact("table:name").unwrap_or_default().into_owned();
        let hidden = styles.hide("table", element, "table:style-name");
        Self {
            grid: Grid::new(&name, room, limits),
            name,
            reserve: hidden.then_some(Reserve::Hidden),
            inner: 0,
            row: 0,
            row_times: 1,
            cells: Vec::new(),
            column: 0,
            columns: 0,
            cell: None,
            in_comment: false,
            passed: 0,
            comments: String::new(),
            too_many: false,
        }
    }

    fn take(&mut self, cell: &Cell) {
        let text = cell.text();
        if !text.is_empty() {
            self.cells.push((self.column, cell.times, text.into()));
        }
        let comment = cell.comment.trim();
        if !comment.is_empty() {
            let place = cell_name(self.row, self.column);
            self.comments.extend([
                place.as_str(),
                ": ",
                comment,
                "

",
            ]);
        }
        self.column = self.column.saturating_add(cell.times);
    }

    fn end_row(&mut self, copies: &mut u64) {
        let cells = std::mem::take(&mut self.cells);
        let filled: u64 = cells.iter().map(|(_, times, _)| u64::from(*times)).sum();
        let wanted = filled.saturating_mul(u64::from(self.row_times));
        let added = wanted - u64::try_from(cells.len()).unwrap_or(wanted).min(wanted);
        let allowed = added <= *copies;
        self.too_many |= !allowed;
        *copies = copies.saturating_sub(if allowed { added } else { 0 });
        for nth in 0..if allowed { self.row_times } else { 1 } {
            if cells.is_empty() {
                break;
            }
            for (column, times, text) in &cells {
                for beside in 0..if allowed { *times } else { 1 } {
                    self.grid
                        .cell(self.row.saturating_add(nth), column.saturating_add(beside), text);
                }
            }
        }
        self.row = self.row.saturating_add(self.row_times);
        self.row_times = 0;
    }
}

fn is_collapsed(element: &Element<'_>) -> bool {
    matches!(
        element.exact("table:visibility").as_deref(),
        Some("collapse" | "filter")
    )
}

fn too_many(sheet: &str) -> Problem {
    Problem {
        code: Code::InputTooLarge,
        severity: Severity::Unit,
        place: sheet.into(),
        what: "a row or cell stands too many times; it was read once".into(),
        because: format!("repetition may add {COPIES} filled cells"),
        hint: "look at the sheet by hand".into(),
    }
}
