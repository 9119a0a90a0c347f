//! Tables with a column for each maker: `Site | X | Y` over `Depot | 3 | 0`.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::answer::Reply;
use super::super::token::{BREAK, CELL, MENTION, NUMBER};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// What the column says that the mention at token `at` heads: none where every cell says so; open where a cell tells
    /// neither a number nor yes or no.
    pub(super) fn across(&self, reading: &Reading<'_>, at: usize) -> Option<Verdict> {
        if matches!(reading.kind, DocumentKind::Contract | DocumentKind::Web) {
            return None;
        }
        let head = line_around(reading, at)?;
        let cells = cells(reading, &head);
        let column = cells.iter().position(|cell| cell.contains(&at))?;
        let names = |cell: &Range<usize>| {
            let mut tokens = reading.tokens.get(cell.clone()).unwrap_or_default().iter();
            tokens.any(|t| t.word == MENTION)
        };
        let value = |cell: &Range<usize>| {
            let tokens = reading.tokens.get(cell.clone())?;
            let (reply, length) = self.answers.reply(tokens)?;
            (length == tokens.len()).then_some(reply)
        };
        let heads = column > 0
            && cells.len() > 2
            && !cells.first().is_some_and(names)
            && cells.get(column).is_some_and(|cell| cell.len() <= WORDS)
            && cells.iter().all(|cell| value(cell).is_none());
        if !heads {
            return None;
        }
        let mut said: Vec<Reply> = Vec::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        let mut next = head.end;
        while let Some(line) = line_from(reading, next) {
            let row = self::cells(reading, &line);
            if row.len() != cells.len() || row.iter().any(names) {
                break;
            }
            let cell = row.get(column)?;
            said.push(value(cell)?);
            places.push(cell.clone());
            next = line.end;
        }
        let (from, to) = bytes(reading.tokens, places.first()?)?;
        let some = said.iter().any(|reply| *reply != Reply::No);
        let number = |reply: &Reply| match reply {
            Reply::Number(number) => Some(*number),
            Reply::No => Some(0),
            Reply::Yes => None,
        };
        let sum = said
            .iter()
            .try_fold(0_u32, |sum, reply| sum.checked_add(number(reply)?));
        let in_figures = || {
            let mut tokens = places.iter().filter_map(|cell| reading.tokens.get(cell.start));
            tokens.all(|t| t.word == NUMBER)
        };
        Some(Verdict {
            count: sum.filter(|_| some || in_figures()),
            ..Verdict::new(
                if some { Stance::Has } else { Stance::Denies },
                Reason::Value(from, to),
            )
        })
    }
}

/// Words of a cell that names a maker and no more: `X cameras`.
const WORDS: usize = 3;

/// Tokens of the row in which token `at` stands.
fn line_around(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let before = reading.tokens.get(..at)?;
    let start = before
        .iter()
        .rposition(|t| t.word == BREAK)
        .map_or(0, |it| it + 1);
    line_from(reading, start)
}

/// The row from token `start` on, past the break before it.
fn line_from(reading: &Reading<'_>, start: usize) -> Option<Range<usize>> {
    let breaks = |at: &usize| reading.tokens.get(*at).is_some_and(|t| t.word == BREAK);
    let start = start + usize::from(breaks(&start));
    let end = (start..reading.tokens.len())
        .find(breaks)
        .unwrap_or(reading.tokens.len());
    (start < end).then_some(start..end)
}

/// The cells of a row; a mark at its beginning or end parts nothing.
fn cells(reading: &Reading<'_>, line: &Range<usize>) -> Vec<Range<usize>> {
    let parts = |at: &usize| reading.tokens.get(*at).is_some_and(|t| t.word == CELL);
    let mut cells = Vec::new();
    let mut start = line.start;
    for mark in line.clone().filter(parts) {
        if mark > line.start {
            cells.push(start..mark);
        }
        start = mark + 1;
    }
    if start < line.end {
        cells.push(start..line.end);
    }
    cells
}
