//! Counts in the columns of a table that stands in running text, by the words of its header.

use std::ops::Range;

use super::super::row::{Row, row_around, rows_after, rows_before, words};
use super::super::sentence::Sentence;
use super::super::token::{MENTION, STOP, Token};
use super::CountRules;

/// Words of the heading of a column.
const HEADING: usize = 5;

/// What a table with headings says of a maker.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) count: Option<u32>,
}

impl CountRules {
    /// What the row of the mention at token `at` gives in the column of counts, or the column that it heads in all; `None`
    /// when nothing is known of the columns.
    pub(super) fn table(&self, tokens: &[Token], sentence: &Sentence, at: usize) -> Option<Told> {
        if !sentence.cell {
            return None;
        }
        let row = row_around(tokens, at);
        let is_heading = |row: &Row| row.iter().all(|cell| self.cell_value(tokens, cell).is_none());
        if let Some(header) = rows_before(tokens, &row).last() {
            let names = |cell: &Range<usize>| words(tokens, cell).iter().any(|t| t.word == MENTION);
            if !is_heading(header) || header.iter().any(names) {
                return None;
            }
            let column = self.counting_column(tokens, header);
            let count = match column {
                Some(column) => row.get(column).and_then(|cell| self.cell_value(tokens, cell)),
                None => self.told_in_cell(tokens, &row),
            };
            // Under headings that are known, another number counts something else.
            return Some(Told { count });
        }
        let column = row.iter().position(|cell| cell.contains(&at))?;
        let heads = self.heads_counts(tokens, row.get(column)?, column) && is_heading(&row);
        let count = self
            .sum(tokens, &rows_after(tokens, &row), column)
            .filter(|_| heads)?;
        Some(Told { count: Some(count) })
    }

    /// `camera x5`: a number with what it counts, in one cell and no other.
    pub(super) fn told_in_cell(&self, tokens: &[Token], row: &Row) -> Option<u32> {
        let mut told = row.iter().filter_map(|cell| {
            let unit = words(tokens, cell)
                .iter()
                .any(|t| Self::is(&self.units, Some(t)) || Self::is(&self.quantity, Some(t)));
            let all = self.candidates(tokens, cell);
            let marked: Vec<u32> = all.iter().filter(|c| c.marked).map(|c| c.value).collect();
            let [only] = marked.as_slice() else { return None };
            unit.then_some(*only)
        });
        // `12 | EA`
        let each = || {
            let mut pairs = row.windows(2).filter_map(|pair| {
                let [number, unit] = pair else { return None };
                let word = tokens.get(unit.start).filter(|_| unit.len() == 1);
                let counts = Self::is(&self.item_units, word);
                self.cell_value(tokens, number).filter(|_| counts)
            });
            pairs.next().filter(|_| pairs.next().is_none())
        };
        let only = told.next().filter(|_| told.next().is_none());
        only.or_else(each)
    }

    /// The sum that the table itself gives, or the sum of its rows. Nothing when a cell is no number.
    fn sum(&self, tokens: &[Token], rows: &[Row], column: usize) -> Option<u32> {
        let mut sum = 0_u32;
        for row in rows {
            let value = self.cell_value(tokens, row.get(column)?)?;
            let heading = row.iter().find(|cell| !cell.is_empty())?;
            if Self::is(&self.sums, tokens.get(heading.start)) {
                return Some(value);
            }
            sum = sum.checked_add(value)?;
        }
        (!rows.is_empty()).then_some(sum)
    }

    /// The column headed by a word for a quantity, else the first one headed by things that are counted.
    fn counting_column(&self, tokens: &[Token], header: &Row) -> Option<usize> {
        // Bars around a row leave an empty cell before the first.
        let first = header
            .iter()
            .position(|cell| !cell.is_empty())
            .unwrap_or_default();
        let heads = |amount: bool| {
            header.iter().enumerate().skip(first).find_map(|(column, cell)| {
                let amounts = words(tokens, cell)
                    .iter()
                    .any(|t| Self::is(&self.amounts, Some(t)) || Self::is(&self.quantity, Some(t)));
                (amounts == amount && self.heads_counts(tokens, cell, column - first)).then_some(column)
            })
        };
        heads(true).or_else(|| heads(false))
    }

    /// `Qty`, `Number of cameras`, `X cameras`; not `Serial number`, `Camera` or the `No.` of the first column, which name.
    fn heads_counts(&self, tokens: &[Token], cell: &Range<usize>, column: usize) -> bool {
        let words = words(tokens, cell);
        // `How many`, `If yes, how many?`
        if words
            .windows(2)
            .any(|pair| matches!(pair, [how, many] if how.is(self.how) && many.is(self.many)))
        {
            return words.len() <= HEADING + 2;
        }
        let any = |list: &[_]| words.iter().any(|t| Self::is(list, Some(t)));
        let known = |t: &Token| {
            let lists = [
                &self.quantity,
                &self.amounts,
                &self.units,
                &self.between,
                &self.multipliers,
            ];
            lists.iter().any(|list| Self::is(list, Some(t))) || matches!(t.word, STOP | MENTION)
        };
        let plain = any(&self.quantity);
        let things = words
            .iter()
            .any(|t| Self::is(&self.units, Some(t)) && !Self::is(&self.naming, Some(t)));
        let numbered = any(&self.amounts) || any(&self.multipliers);
        words.len() <= HEADING && words.iter().all(known) && (plain || things || numbered && column > 0)
    }

    /// Nothing but a number, or a number and its unit.
    pub(in super::super) fn cell_value(&self, tokens: &[Token], cell: &Range<usize>) -> Option<u32> {
        let (value, length) = self.value(tokens, cell.start, cell.end)?;
        let rest = cell.len() - length;
        let unit = Self::is(&self.units, tokens.get(cell.start + length));
        (value <= super::MOST && (rest == 0 || rest == 1 && unit)).then_some(value)
    }
}
