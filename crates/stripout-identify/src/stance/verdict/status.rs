//! What the other cells of a row tell of the maker that it names: `X | 7 | taken out by the contractor`, `Plan | decommission`.

use std::ops::Range;

use stripout_catalogue::Scope;
use stripout_model::Stance;

use super::super::row::{Row, row_around, rows_before, words};
use super::super::token::{COMMA, MENTION};
use super::cell::{Said, written};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// What became of it, or is to become of it, by the words that open another cell of its row, or part of one.
    pub(super) fn status(&self, reading: &Reading<'_>, at: usize) -> Option<Verdict> {
        let row = row_around(reading.tokens, at);
        let own = row.iter().position(|cell| cell.contains(&at))?;
        let above = rows_before(reading.tokens, &row);
        let header = above
            .last()
            .filter(|header| !header.iter().any(|cell| named(reading, cell)));
        if let Some(verdict) = header.and_then(|header| self.planned(reading, header, &row, own)) {
            return Some(verdict);
        }
        let here = reading.sentences.iter().find(|s| s.tokens.contains(&at))?;
        // In registers and payments a semicolon parts cells, too.
        let cells = reading
            .sentences
            .iter()
            .filter(|s| s.cell && s.paragraph == here.paragraph);
        let mut others = cells.map(|s| &s.tokens).filter(|cell| !cell.contains(&at));
        // Another maker in the row may be the one that is meant.
        if others.clone().any(|cell| named(reading, cell)) {
            return None;
        }
        others.find_map(|cell| {
            let opens = |start: usize| {
                start == cell.start
                    || start
                        .checked_sub(1)
                        .and_then(|before| reading.tokens.get(before))
                        .is_some_and(|t| t.word == COMMA)
            };
            let told = reading.page.found.iter().filter(|found| {
                let rule = self.cues.rules.get(found.rule);
                let ends = matches!(
                    self.cues.says(found),
                    Some(Stance::Removed | Stance::PlannedRemoval)
                );
                cell.contains(&found.tokens.start)
                    && opens(found.tokens.start)
                    && ends
                    && rule.is_some_and(|r| {
                        matches!(r.scope, Scope::Before | Scope::Row)
                            && !self.cues.is_last_resort(found)
                            && !r.asks
                    })
            });
            let found = told.min_by_key(|found| found.rule)?;
            Some(self.by_cue(reading, found))
        })
    }

    /// `Plan`, `Proposed action` over what is to be done with it.
    fn planned(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        let mut columns = header.iter().zip(row).enumerate();
        columns.find_map(|(column, (head, cell))| {
            if column == own || !self.headings.is_plan(&written(reading, head)) {
                return None;
            }
            let (from, to) = bytes(reading.tokens, cell)?;
            let reason = Reason::Value(from, to);
            let said = written(reading, cell);
            if self.headings.is_done(&said) {
                return Some(Verdict::new(Stance::Removed, reason));
            }
            if !matches!(self.cell(reading, cell), Said::Open) || self.headings.is_kept(&said) {
                return None;
            }
            let goes = reading.page.found.iter().any(|found| {
                let says = self.cues.says(found);
                cell.contains(&found.tokens.start)
                    && matches!(says, Some(Stance::Removed | Stance::PlannedRemoval))
            });
            let other = named(reading, cell) || self.headings.tells_removal(&said);
            (goes || other).then_some(Verdict::new(Stance::PlannedRemoval, reason))
        })
    }
}

fn named(reading: &Reading<'_>, cell: &Range<usize>) -> bool {
    words(reading.tokens, cell).iter().any(|t| t.word == MENTION)
}
