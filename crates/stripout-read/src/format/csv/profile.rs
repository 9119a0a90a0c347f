//! What the first rows decide for the whole file: order of day and month, decimal mark, which amount is meant.

use stripout_model::{Code, Currency, Problem, Severity};

use crate::amount::{AmountCell, DecimalMark, decimal_mark};
use crate::date::{DateCell, DayOrder};
use crate::{Layout, Options};

/// Rows looked at.
pub(super) const ROWS: usize = 4096;

/// How the values of this file are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) order: Option<DayOrder>,
    /// The date column holds numbers of days.
    pub(super) serials: bool,
    pub(super) mark: DecimalMark,
}

impl Profile {
    /// From the data rows; may drop or change the layout's amount column when its cells are no amounts.
    pub(super) fn of(rows: &[Vec<String>], layout: &mut Layout, options: &Options, problems: &mut Vec<Problem>) -> Self {
        let mark = Self::decimal(rows, layout);
        choose_amount(rows, layout, mark, problems);
        let (order, serials) = dates(rows, layout, options, problems);
        Self { order, serials, mark }
    }

    fn decimal(rows: &[Vec<String>], layout: &Layout) -> DecimalMark {
        let Some(column) = layout.columns.amount else { return DecimalMark::Point };
        let votes = cells(rows, column).filter_map(decimal_mark);
        let (mut point, mut comma) = (0, 0);
        votes.for_each(|mark| match mark {
            DecimalMark::Point => point += 1,
            DecimalMark::Comma => comma += 1,
        });
        // One file, one mark: where both occur, the sign of the language of the place stays.
        if comma > 1 && point == 0 { DecimalMark::Comma } else { DecimalMark::Point }
    }
}

fn cells(rows: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

fn choose_amount(rows: &[Vec<String>], layout: &mut Layout, mark: DecimalMark, problems: &mut Vec<Problem>) {
    let Some(first) = layout.columns.amount else { return };
    // (cells that are amounts, cells that say something)
    let count = |column: usize| {
        let read = |cell: &str| AmountCell::read(cell, mark, Currency::GBP);
        cells(rows, column).map(read).filter(|c| *c != AmountCell::Blank).fold(
            (0_usize, 0_usize),
            |(amounts, all), cell| (amounts + usize::from(matches!(cell, AmountCell::Money(_))), all + 1),
        )
    };
    let holds_amounts = |column: usize| {
        let (amounts, all) = count(column);
        all == 0 || amounts * 2 > all
    };
    let others = layout.roles.iter().enumerate().filter(|(at, r)| **r == stripout_model::Role::Amount && *at != first);
    let all: Vec<usize> = [first].into_iter().chain(others.map(|(at, _)| at)).collect();
    let chosen = all.iter().copied().find(|column| holds_amounts(*column)).or((count(first).0 > 0).then_some(first));
    layout.columns.amount = chosen;
    let taken = chosen.map_or("", |column| layout.name(column)).to_owned();
    if all.len() > 1 && chosen.is_some() {
        let others: Vec<String> = layout.other_amounts().map(|name| format!("`{name}`")).collect();
        problems.push(Problem {
            code: Code::InputNumber,
            severity: Severity::Warning,
            place: format!("column \"{taken}\""),
            what: format!("amounts are taken from `{taken}`, not from {}", others.join(", ")),
            because: "several columns hold amounts; the net one is preferred".into(),
            hint: "to take another, describe this publisher's columns in a file of `data/sources`".into(),
        });
    } else if chosen.is_none() {
        let name = layout.name(first).to_owned();
        problems.push(Problem {
            code: Code::InputNumber,
            severity: Severity::Warning,
            place: format!("column \"{name}\""),
            what: format!("`{name}` is named like an amount but holds none; payments have no amount"),
            because: "none of its first cells is a number".into(),
            hint: "if it does hold amounts, describe this publisher's columns in a file of `data/sources`".into(),
        });
    }
}

/// Order of day and month, and whether the dates are numbers of days.
fn dates(
    rows: &[Vec<String>],
    layout: &Layout,
    options: &Options,
    problems: &mut Vec<Problem>,
) -> (Option<DayOrder>, bool) {
    let Some(column) = layout.columns.date else { return (None, false) };
    let (mut day, mut month, mut either, mut serials, mut others) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
    let columns = layout.roles.iter().enumerate().filter(|(_, role)| **role == stripout_model::Role::Date);
    for (at, _) in columns {
        for cell in cells(rows, at).map(DateCell::read) {
            match cell {
                DateCell::Numbers { month_first: None, .. } => day += 1,
                DateCell::Numbers { day_first: None, .. } => month += 1,
                DateCell::Numbers { day_first, month_first } if day_first != month_first => either += 1,
                DateCell::Serial(_) if at == column => serials += 1,
                DateCell::Exact(_) | DateCell::No if at == column => others += 1,
                _ => {}
            }
        }
    }
    let serials = serials > 0 && others == 0;
    // A slip of the keyboard must not lose the file's dates: one in a hundred is out-voted, and counted as unread.
    let decided = if day > month * 100 {
        Some(DayOrder::DayFirst)
    } else if month > day * 100 {
        Some(DayOrder::MonthFirst)
    } else {
        None
    };
    let told = |day_first: bool| if day_first { DayOrder::DayFirst } else { DayOrder::MonthFirst };
    let order = decided.or(options.day_first.map(told)).or(layout.day_first.map(told));
    if order.is_none() && either + day + month > 0 {
        let name = layout.name(column);
        let because = if day + month > 0 {
            format!("{day} of the first dates can only have the day first and {month} only the month")
        } else {
            format!("none of the first {either} dates has a number above 12 that would decide it")
        };
        problems.push(Problem {
            code: Code::InputDate,
            severity: Severity::Warning,
            place: format!("column \"{name}\""),
            what: "dates like 03/04/2022 are left out: day or month first is not known".into(),
            because,
            hint: "say it with `--day-first` or `--month-first`".into(),
        });
    }
    (order, serials)
}
