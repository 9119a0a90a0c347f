//! What the first rows decide for the whole file: order of day and month, decimal mark, which amount is meant.

use std::ops::Range;

use stripout_model::{Code, Currency, Problem, Role, Severity};

use super::record::{Cell, Dialect, Scanner, split, trim_end};
use crate::amount::{AmountCell, DecimalMark, decimal_mark};
use crate::date::{DateCell, DayOrder};
use crate::encoding::{Coding, decode};
use crate::{Layout, Options};

/// Rows looked at where dates are hard to tell.
const ROWS: usize = 4096;
/// Rows after which a clear case is clear.
const CLEAR: usize = 128;

/// How the values of this file are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) order: Option<DayOrder>,
    /// The date column holds numbers of days.
    pub(super) serials: bool,
    pub(super) mark: DecimalMark,
}

/// The start of a table.
#[derive(Clone, Copy)]
pub(super) struct Sample<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) dialect: Dialect,
    pub(super) coding: Coding,
    /// Whether nothing follows.
    pub(super) ended: bool,
}

impl Sample<'_> {
    /// Calls `each` with place, text and cells of its first rows that are not blank.
    pub(super) fn rows(&self, most: usize, mut each: impl FnMut(Range<usize>, &str, &[Cell])) {
        let mut scanner = Scanner::new(self.bytes, self.dialect, self.ended);
        let mut cells = Vec::new();
        let (mut at, mut rows) = (0, 0);
        while at < self.bytes.len() && rows < most {
            let Some(extent) = scanner.extent(at) else { break };
            let record = trim_end(self.bytes.get(at..at + extent.len).unwrap_or_default());
            if record
                .iter()
                .any(|b| *b != self.dialect.delimiter && !b.is_ascii_whitespace())
            {
                let text = decode(record, self.coding.in_memory());
                split(text.as_bytes(), self.dialect.delimiter, &mut cells);
                each(at..at + record.len(), &text, &cells);
                rows += 1;
            }
            at += extent.len;
        }
    }
}

impl Profile {
    /// From the data rows; may drop or change the layout's amount column when its cells are no amounts.
    pub(super) fn of(
        sample: &Sample<'_>,
        layout: &mut Layout,
        options: &Options,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mark = amounts(sample, layout, problems);
        let mut seen = Dates::of(sample, layout, CLEAR);
        if !seen.is_clear() {
            seen = Dates::of(sample, layout, ROWS);
        }
        let serials = seen.serials > 0 && seen.others == 0;
        Self {
            order: seen.order(layout, options, problems),
            serials,
            mark,
        }
    }
}

/// What one amount column looks like.
#[derive(Default)]
struct Amounts {
    column: usize,
    point: usize,
    comma: usize,
    /// Cells that are amounts with a decimal point, with a comma, and all that say something.
    with_point: usize,
    with_comma: usize,
    all: usize,
}

impl Amounts {
    fn add(&mut self, cell: &str) {
        let read = |mark| AmountCell::read(cell, mark, Currency::GBP);
        let with_point = read(DecimalMark::Point);
        if with_point == AmountCell::Blank {
            return;
        }
        self.all += 1;
        let money = |cell| usize::from(matches!(cell, AmountCell::Money(_)));
        self.with_point += money(with_point);
        if with_point != AmountCell::No && memchr::memchr(b',', cell.as_bytes()).is_none() {
            // Without a comma it speaks for neither, or for the point.
            self.with_comma += 1;
            self.point += usize::from(decimal_mark(cell) == Some(DecimalMark::Point));
            return;
        }
        self.with_comma += money(read(DecimalMark::Comma));
        match decimal_mark(cell) {
            Some(DecimalMark::Point) => self.point += 1,
            Some(DecimalMark::Comma) => self.comma += 1,
            None => {}
        }
    }

    fn mark(&self) -> DecimalMark {
        // One file, one mark: where both occur, the sign of the language of the place stays.
        if self.comma > 1 && self.point == 0 {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        }
    }

    fn numbers(&self) -> usize {
        if self.mark() == DecimalMark::Comma {
            self.with_comma
        } else {
            self.with_point
        }
    }
}

/// Settles the amount column of the layout and tells its decimal mark.
fn amounts(sample: &Sample<'_>, layout: &mut Layout, problems: &mut Vec<Problem>) -> DecimalMark {
    let Some(best) = layout.columns.amount else {
        return DecimalMark::Point;
    };
    let others = layout
        .roles
        .iter()
        .enumerate()
        .filter(|(at, role)| **role == Role::Amount && *at != best);
    let columns = [best].into_iter().chain(others.map(|(at, _)| at));
    let mut seen: Vec<Amounts> = columns
        .map(|column| Amounts {
            column,
            ..Amounts::default()
        })
        .collect();
    sample.rows(CLEAR, |_, text, cells| {
        for amounts in &mut seen {
            let Some(cell) = cells.get(amounts.column).map(|cell| cell.text(text)) else {
                continue;
            };
            amounts.add(&cell);
        }
    });
    let holds = |amounts: &&Amounts| amounts.all == 0 || amounts.numbers() * 2 > amounts.all;
    let chosen = seen
        .iter()
        .find(holds)
        .or(seen.first().filter(|amounts| amounts.numbers() > 0));
    layout.columns.amount = chosen.map(|amounts| amounts.column);
    let mark = chosen.map_or(DecimalMark::Point, Amounts::mark);
    let Some(column) = layout.columns.amount else {
        problems.push(no_amounts(layout.name(best)));
        return mark;
    };
    let others: Vec<String> = layout.other_amounts().map(|name| format!("`{name}`")).collect();
    if !others.is_empty() {
        problems.push(several_amounts(layout.name(column), &others.join(", ")));
    }
    if mark == DecimalMark::Comma {
        problems.push(decimal_comma(layout.name(column)));
    }
    mark
}

fn several_amounts(taken: &str, others: &str) -> Problem {
    Problem {
        code: Code::InputNumber,
        severity: Severity::Warning,
        place: format!("column \"{taken}\""),
        what: format!("amounts are taken from `{taken}`, not from {others}"),
        because: "several columns hold amounts; the net one is preferred".into(),
        hint: "to take another, describe this publisher's columns in a file of `data/sources`".into(),
    }
}

fn no_amounts(name: &str) -> Problem {
    Problem {
        code: Code::InputNumber,
        severity: Severity::Warning,
        place: format!("column \"{name}\""),
        what: format!("`{name}` is named like an amount but holds none; payments have no amount"),
        because: "none of its first cells is a number".into(),
        hint: "if it does hold amounts, describe this publisher's columns in a file of `data/sources`".into(),
    }
}

fn decimal_comma(name: &str) -> Problem {
    Problem {
        code: Code::InputNumber,
        severity: Severity::Warning,
        place: format!("column \"{name}\""),
        what: "amounts are read with a decimal comma: 1.234,56".into(),
        because: "the first cells have commas where pence would be, and none has a point there".into(),
        hint: "if that is wrong, save the table with decimal points".into(),
    }
}

/// What the date columns look like.
#[derive(Default)]
struct Dates {
    column: usize,
    rows: usize,
    /// Dates that can only have the day first, only the month first, or either.
    day: usize,
    month: usize,
    either: usize,
    serials: usize,
    others: usize,
}

impl Dates {
    fn of(sample: &Sample<'_>, layout: &Layout, rows: usize) -> Self {
        let Some(column) = layout.columns.date else {
            return Self::default();
        };
        let columns: Vec<usize> = layout
            .roles
            .iter()
            .enumerate()
            .filter(|x| *x.1 == Role::Date)
            .map(|x| x.0)
            .collect();
        let mut seen = Self {
            column,
            ..Self::default()
        };
        sample.rows(rows, |_, text, cells| {
            seen.rows += 1;
            for at in &columns {
                let Some(cell) = cells.get(*at) else { continue };
                seen.add(DateCell::read(&cell.text(text)), *at == column);
            }
        });
        seen
    }

    fn add(&mut self, cell: DateCell, main: bool) {
        match cell {
            DateCell::Numbers {
                month_first: None, ..
            } => self.day += 1,
            DateCell::Numbers { day_first: None, .. } => self.month += 1,
            DateCell::Numbers {
                day_first,
                month_first,
            } if day_first != month_first => self.either += 1,
            DateCell::Serial(_) if main => self.serials += 1,
            DateCell::Exact(_) | DateCell::No if main => self.others += 1,
            _ => {}
        }
    }

    /// Whether more rows would not change the answer.
    fn is_clear(&self) -> bool {
        self.rows < CLEAR || self.either == 0 && self.serials == 0 || self.day.abs_diff(self.month) > 50
    }

    fn order(&self, layout: &Layout, options: &Options, problems: &mut Vec<Problem>) -> Option<DayOrder> {
        let (day, month, either) = (self.day, self.month, self.either);
        // A slip of the keyboard must not lose the file's dates: one in a hundred is out-voted, and counted as unread.
        if day > month * 100 {
            return Some(DayOrder::DayFirst);
        }
        if month > day * 100 {
            return Some(DayOrder::MonthFirst);
        }
        let told = options.day_first.or(layout.day_first);
        let told = told.map(|first| {
            if first {
                DayOrder::DayFirst
            } else {
                DayOrder::MonthFirst
            }
        });
        if told.is_none() && either + day + month > 0 {
            let because = if day + month > 0 {
                format!("{day} of the first dates can only have the day first and {month} only the month")
            } else {
                format!("none of the first {either} dates has a number above 12 that would decide it")
            };
            problems.push(Problem {
                code: Code::InputDate,
                severity: Severity::Warning,
                place: format!("column \"{}\"", layout.name(self.column)),
                what: "dates like 03/04/2022 are left out: day or month first is not known".into(),
                because,
                hint: "say it with `--day-first` or `--month-first`".into(),
            });
        }
        told
    }
}
