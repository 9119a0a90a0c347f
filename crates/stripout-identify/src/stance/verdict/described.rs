//! Tables with a row for each maker whose headings speak of something else than numbers: what is only offered, what takes its
//! place, the day on which it went, and the years that the numbers are of.

use stripout_model::{DocumentKind, Stance};

use super::super::heading::{Head, HeadingRules};
use super::super::row::{Row, row_around, words};
use super::super::token::{MENTION, NUMBER, is_mark};
use super::cell::{Cells, Said, written};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// What the headings say of the maker in column `own` of the row.
    pub(super) fn described(
        &self,
        reading: &Reading<'_>,
        header: &Row,
        row: &Row,
        own: usize,
    ) -> Option<Verdict> {
        self.offered(reading, header, own)
            .or_else(|| self.gone(reading, header, row, own))
            .or_else(|| self.succeeded(reading, header, row, own))
            .or_else(|| self.yearly(reading, header, row, own))
    }

    /// `Brands offered`, `Replacement make` over the maker: nobody has it yet.
    fn offered(&self, reading: &Reading<'_>, header: &Row, own: usize) -> Option<Verdict> {
        let over = header.get(own)?;
        let (from, to) = bytes(reading.tokens, over)?;
        self.headings
            .is_offer(&written(reading, over))
            .then_some(self.settled(Stance::Mentions, Reason::Says(from, to)))
    }

    /// A day under `Date out`; what has none there is still in its place.
    fn gone(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        let listed = matches!(reading.kind, DocumentKind::Asset | DocumentKind::Foi);
        let make = listed && self.headings.is_make(&written(reading, header.get(own)?));
        let mut columns = header.iter().zip(row).enumerate();
        columns.find_map(|(column, (head, cell))| {
            let state = self.headings.day_of(&written(reading, head))?;
            if make && state == Stance::Removed && self.headings.is_blank(&written(reading, cell)) {
                return Some(Verdict::new(Stance::Has, Reason::Kind));
            }
            let dated = words(reading.tokens, cell).iter().any(|t| t.word == NUMBER);
            let (from, to) = bytes(reading.tokens, cell).filter(|_| dated && column != own)?;
            Some(Verdict::new(state, Reason::Value(from, to)))
        })
    }

    /// Another make under `Replacement make`: this one is to go.
    fn succeeded(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        if !self.headings.is_make(&written(reading, header.get(own)?)) {
            return None;
        }
        let mention = words(reading.tokens, row.get(own)?)
            .iter()
            .find(|t| t.word == MENTION)?;
        let mut columns = header.iter().zip(row).enumerate();
        columns.find_map(|(column, (head, cell))| {
            let next = words(reading.tokens, cell);
            let named = next.iter().any(|t| t.capital && !is_mark(t.word));
            let same = next
                .iter()
                .any(|t| t.word == MENTION && reading.maker(t) == reading.maker(mention));
            // A cell that names a maker and no more says nothing else.
            let open = matches!(self.cell(reading, cell), Said::Open | Said::Blank);
            let other = column != own && named && !same && open;
            let (from, to) = bytes(reading.tokens, cell).filter(|_| other)?;
            self.headings
                .is_successor(&written(reading, head))
                .then_some(Verdict::new(Stance::PlannedRemoval, Reason::Value(from, to)))
        })
    }

    /// `2020 | 2021 | 2022` over numbers of what was bought, which add up, or of what was there, of which the last year tells.
    fn yearly(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        if matches!(reading.kind, DocumentKind::Contract | DocumentKind::Web) {
            return None;
        }
        let over = written(reading, header.get(own)?);
        if !(self.headings.is_make(&over) || self.headings.of(&over) == Head::Blank) {
            return None;
        }
        let mut years: Vec<(u32, Said, usize)> = Vec::new();
        let mut sum = Cells::default();
        for (column, (head, cell)) in header.iter().zip(row).enumerate() {
            if column == own {
                continue;
            }
            let said = self.cell(reading, cell);
            let heading = written(reading, head);
            match self.headings.of(&heading) {
                Head::Time => years.push((HeadingRules::year(&heading)?, said, column)),
                Head::Sum => sum.add(said, cell),
                Head::Blank if said == Said::Blank => continue,
                Head::Other => continue,
                Head::Blank | Head::Says(_) | Head::Things | Head::Name => return None,
            }
            if said == Said::Open {
                return None;
            }
        }
        if years.len() < 2 {
            return None;
        }
        years.sort_unstable_by_key(|(year, ..)| *year);
        let cells = |some: &[(u32, Said, usize)]| {
            let mut cells = Cells::default();
            for (_, said, column) in some {
                cells.add(*said, row.get(*column).unwrap_or(&(0..0)));
            }
            cells
        };
        let all = cells(&years);
        if Self::captioned(reading, header, |words| self.headings.tells_purchases(words)) {
            let verdict = all.verdict(reading, Stance::Has)?;
            return Some(match verdict.stance {
                Stance::Has => Verdict {
                    count: sum.sum().filter(|_| sum.any()).or(verdict.count),
                    ..verdict
                },
                // Who bought none in those years may have older ones.
                _ => Verdict {
                    count: None,
                    stance: Stance::Mentions,
                    ..verdict
                },
            });
        }
        // Numbers of what, no other words tell.
        if !Self::captioned(reading, header, |words| self.headings.tells_holdings(words)) {
            return None;
        }
        let told = years.iter().rposition(|(_, said, _)| *said != Said::Blank)?;
        let newest = cells(years.get(told..)?).verdict(reading, Stance::Has)?;
        let before = cells(years.get(..told)?);
        if newest.stance == Stance::Denies && before.any() {
            return before.verdict(reading, Stance::Had).map(|verdict| Verdict {
                count: None,
                ..verdict
            });
        }
        Some(newest)
    }

    /// Whether the headings, or the line over them, say so of the numbers.
    fn captioned(reading: &Reading<'_>, header: &Row, says: impl Fn(&str) -> bool) -> bool {
        let caption = header
            .first()
            .and_then(|cell| cell.start.checked_sub(2))
            .map(|last| row_around(reading.tokens, last))
            .filter(|line| line.len() == 1);
        let told = caption.iter().flatten().chain(header);
        told.into_iter().any(|cell| says(&written(reading, cell)))
    }
}
