//! Rows of a table that stands in running text: lines of cells parted by marks.

use std::ops::Range;

use super::token::{BREAK, CELL, DASH, Token};

/// The cells of one line, parted by marks.
pub(super) type Row = Vec<Range<usize>>;

/// Rows of a table that are looked at.
const LONGEST: usize = 500;

pub(super) fn words<'a>(tokens: &'a [Token], cell: &Range<usize>) -> &'a [Token] {
    tokens.get(cell.clone()).unwrap_or_default()
}

pub(super) fn row_around(tokens: &[Token], at: usize) -> Row {
    let breaks = |t: &Token| t.word == BREAK;
    let start = tokens
        .get(..at)
        .and_then(|t| t.iter().rposition(breaks))
        .map_or(0, |i| i + 1);
    let end = tokens
        .iter()
        .skip(at)
        .position(breaks)
        .map_or(tokens.len(), |i| at + i);
    let mut out = Vec::new();
    let mut from = start;
    for mark in (start..end).filter(|i| tokens.get(*i).is_some_and(|t| t.word == CELL)) {
        out.push(from..mark);
        from = mark + 1;
    }
    out.push(from..end);
    out
}

/// Upwards; the last is the header.
pub(super) fn rows_before(tokens: &[Token], row: &Row) -> Vec<Row> {
    let before = |row: &Row| Some(row_around(tokens, row.first()?.start.checked_sub(2)?));
    rows(tokens, row, before)
}

pub(super) fn rows_after(tokens: &[Token], row: &Row) -> Vec<Row> {
    let after = |row: &Row| {
        let next = row.last()?.end + 1;
        (next < tokens.len()).then(|| row_around(tokens, next))
    };
    rows(tokens, row, after)
}

/// Rows of as many cells; a line of dashes under the header is none.
fn rows(tokens: &[Token], row: &Row, next: impl Fn(&Row) -> Option<Row>) -> Vec<Row> {
    let mut out = Vec::new();
    let mut here = row.clone();
    while let Some(other) = next(&here).filter(|other| other.len() == row.len() && out.len() < LONGEST) {
        let rule = |t: &Token| matches!(t.word, CELL | DASH);
        let all = other
            .first()
            .zip(other.last())
            .map(|(first, last)| first.start..last.end);
        if all.is_some_and(|all| !words(tokens, &all).iter().all(rule)) {
            out.push(other.clone());
        }
        here = other;
    }
    out
}
