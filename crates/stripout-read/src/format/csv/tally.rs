//! Counts of what rows had wrong, told once for the whole file instead of once a row.

use std::collections::BTreeMap;

use stripout_model::{Code, Problem, Severity};

/// Places named in one problem; the rest is counted.
const NAMED: usize = 5;

/// What may be wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// Fewer cells than the header.
    Short,
    /// More.
    Long,
    Amount,
    Date,
    /// Bytes that are no character, shown as U+FFFD.
    Bytes,
    /// Bytes that are no UTF-8 in a file that was plain ASCII so far.
    Fallback,
    Nul,
    /// A quote that never closes.
    Quote,
}

/// Counts by fault. Merging is commutative, so the order in which threads finish does not show.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally(BTreeMap<Fault, (u64, BTreeMap<u64, String>)>);

impl Tally {
    pub(super) fn add(&mut self, fault: Fault, line: u64, detail: impl FnOnce() -> String) {
        let (count, named) = self.0.entry(fault).or_default();
        *count += 1;
        if named.len() < NAMED && !named.contains_key(&line) {
            named.insert(line, detail());
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (fault, (count, named)) in other.0 {
            let mine = self.0.entry(fault).or_default();
            mine.0 += count;
            mine.1.extend(named);
            while mine.1.len() > NAMED {
                mine.1.pop_last();
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn problems(&self) -> Vec<Problem> {
        self.0
            .iter()
            .map(|(fault, (count, named))| problem(*fault, *count, named))
            .collect()
    }
}

fn problem(fault: Fault, count: u64, named: &BTreeMap<u64, String>) -> Problem {
    let places: Vec<String> = named
        .iter()
        .map(|(line, detail)| {
            if detail.is_empty() {
                line.to_string()
            } else {
                format!("{line} ({detail})")
            }
        })
        .collect();
    let more = count.saturating_sub(places.len() as u64);
    let and_more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let lines = if count == 1 { "line" } else { "lines" };
    let (rows, cells) = if count == 1 {
        ("row", "cell")
    } else {
        ("rows", "cells")
    };
    let (code, what, hint) = match fault {
        Fault::Short => (
            Code::InputRagged,
            format!("{count} {rows} with fewer cells than the header; the missing ones are taken as empty"),
            "look at these rows in the file; a line break inside a cell needs quotes around the cell",
        ),
        Fault::Long => (
            Code::InputRagged,
            format!("{count} {rows} with more cells than the header; screened, but not counted as payments"),
            "look at these rows in the file; a delimiter inside a cell needs quotes around the cell",
        ),
        Fault::Amount => (
            Code::InputNumber,
            format!("{count} {cells} of the amount column left out: not read as a number"),
            "look at these cells in the file; amounts are read like 1,234.50, (1,234.50) or -1234.5",
        ),
        Fault::Date => (
            Code::InputDate,
            format!("{count} {cells} of the date column left out: not read as a date"),
            "look at these cells in the file; if they have the month first, say `--month-first`",
        ),
        Fault::Bytes => (
            Code::InputEncoding,
            format!("{count} {rows} with bytes that are no character; shown as U+FFFD"),
            "if names look wrong, say the right encoding with `--encoding`",
        ),
        Fault::Fallback => (
            Code::InputEncoding,
            format!("{count} {rows} that are no UTF-8, read as windows-1252"),
            "if names or pound signs look wrong, say the right encoding with `--encoding`",
        ),
        Fault::Nul => (
            Code::InputEncoding,
            format!("{count} {rows} with NUL characters; shown as U+FFFD"),
            "the file may be damaged or UTF-16; if so say it with `--encoding utf-16le`",
        ),
        Fault::Quote => (
            Code::InputRagged,
            format!("{count} {cells} with a quote that never closes; the row is taken to end with its line"),
            "look at these rows in the file; a quote inside a quoted cell is written twice",
        ),
    };
    Problem {
        code,
        severity: Severity::Warning,
        place: format!("{lines} {}{and_more}", places.join(", ")),
        what,
        because: because(fault).into(),
        hint: hint.into(),
    }
}

fn because(fault: Fault) -> &'static str {
    match fault {
        Fault::Short | Fault::Long => "rows and header must have the same columns to say which cell is what",
        Fault::Amount => "an amount that is not certain is worse than none",
        Fault::Date => "a date that is not certain is worse than none",
        Fault::Bytes | Fault::Fallback => "the bytes do not fit the encoding that the rest of the file has",
        Fault::Nul => "NUL is no character of any text",
        Fault::Quote => "the lines after it are rows of the table, or the file ends",
    }
}
