//! Tables with a row for each maker whose columns say what is counted in them: `Make | In use | Removed`, or where:
//! `Make | Town Hall | Depot`.

use stripout_model::{DocumentKind, Stance};

use super::super::heading::{Head, HeadingRules};
use super::super::row::{Row, row_around, rows_after, rows_before, words};
use super::super::token::{MENTION, tokens};
use super::super::{Judged, MentionSpan};
use super::across::by_state;
use super::cell::{Cells, Said, is_empty, written};
use super::{Page, Reading, Verdict, Verdicts};

/// Words of a cell that names a maker and hardly more.
const NAME: usize = 6;

impl Verdicts {
    /// Of a row that stands alone under its headings. A row of sums claims no number: its parts have been counted.
    pub(in super::super) fn in_table(
        &self,
        kind: DocumentKind,
        text: &str,
        mentions: &[MentionSpan],
    ) -> Vec<Option<Judged>> {
        let mut ordered: Vec<(usize, &MentionSpan)> = mentions.iter().enumerate().collect();
        ordered.sort_by_key(|(index, m)| (m.span.start, std::cmp::Reverse(m.span.end), *index));
        let tokens = tokens(&self.vocabulary, text, 0..text.len(), &ordered);
        let page = Page {
            tokens: &tokens,
            clauses: &[],
            found: &[],
        };
        let reading = Reading {
            kind,
            text,
            author: None,
            tokens: &tokens,
            sentences: &[],
            mentions: &ordered,
            page,
        };
        let told = |index: usize| {
            let at = tokens
                .iter()
                .position(|t| t.word == MENTION && t.mention == index)?;
            let across = self.across(&reading, at).map(|verdict| {
                let sums = self.sums_up(&reading, at) && verdict.stance != Stance::Denies;
                Verdict {
                    count: verdict.count.filter(|_| !sums),
                    ..verdict
                }
            });
            across.or_else(|| self.by_column(&reading, at))
        };
        (0..mentions.len())
            .map(|index| told(index).map(|verdict| verdict.judged(kind, text)))
            .collect()
    }

    pub(in super::super) fn heads_counts(&self, rest: &str) -> bool {
        matches!(self.headings.of(rest), Head::Blank | Head::Things | Head::Says(_))
    }

    pub(in super::super) fn is_blank(&self, cell: &str) -> bool {
        self.headings.is_blank(cell)
    }

    /// Whether the row under a heading sums up others.
    fn sums_up(&self, reading: &Reading<'_>, at: usize) -> bool {
        let rows = rows_after(reading.tokens, &row_around(reading.tokens, at));
        let mut label = rows.iter().flatten().filter(|cell| !is_empty(reading, cell));
        label
            .next()
            .is_some_and(|cell| self.head(reading, cell) == Head::Sum)
    }

    /// What the cells beside the mention at token `at` say under the headings of their columns.
    pub(super) fn by_column(&self, reading: &Reading<'_>, at: usize) -> Option<Verdict> {
        let row = row_around(reading.tokens, at);
        if row.len() < 2 {
            return None;
        }
        let above = rows_before(reading.tokens, &row);
        let header = above.last()?;
        let own = row.iter().position(|cell| cell.contains(&at))?;
        let named = |cell| words(reading.tokens, cell).iter().any(|t| t.word == MENTION);
        let names_columns = header
            .iter()
            .all(|cell| !named(cell) && matches!(self.cell(reading, cell), Said::Open | Said::Blank));
        if !names_columns || row.get(own)?.len() > NAME {
            return None;
        }
        self.described(reading, header, &row, own)
            .or_else(|| self.stated(reading, header, &row, own))
            .or_else(|| self.placed(reading, header, &row, own))
    }

    /// `In use | Decommissioned` over numbers, or over yes and no.
    fn stated(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        let mut stated: Vec<(Stance, Cells)> = Vec::new();
        let mut years: Vec<Option<u32>> = Vec::new();
        let mut told = 0;
        for (column, (head, cell)) in header.iter().zip(row).enumerate() {
            let Head::Says(state) = self.head(reading, head) else {
                continue;
            };
            let said = self.cell(reading, cell);
            // A day or a word under such a heading is told by the cues of the row.
            if column == own || matches!(said, Said::Open) {
                return None;
            }
            let mut cells = Cells::default();
            cells.add(said, cell);
            told += usize::from(said != Said::Blank);
            stated.push((state, cells));
            years.push(HeadingRules::year(&written(reading, head)));
        }
        let before = earlier(&mut stated, &years);
        let verdict = by_state(reading, &stated)?;
        if verdict.stance == Stance::Denies && before.iter().any(|(_, cells)| cells.any()) {
            return Some(Verdict {
                count: None,
                ..Verdict::new(Stance::Had, verdict.reason)
            });
        }
        // `In use | N` in a register of equipment leaves open what became of it.
        let open = reading.kind == DocumentKind::Asset && told == 1;
        if open && verdict.stance == Stance::Denies && verdict.count.is_none() {
            return Some(Verdict::new(Stance::Mentions, verdict.reason));
        }
        Some(verdict)
    }

    /// `Town Hall | Depot | Total` over numbers.
    fn placed(&self, reading: &Reading<'_>, header: &Row, row: &Row, own: usize) -> Option<Verdict> {
        let over = written(reading, header.get(own)?);
        if !(self.headings.is_make(&over) || self.headings.of(&over) == Head::Blank) {
            return None;
        }
        let mut parts = Cells::default();
        let mut sum = Cells::default();
        let (mut columns, mut place) = (0, false);
        for (column, (head, cell)) in header.iter().zip(row).enumerate() {
            if column == own {
                continue;
            }
            let said = self.cell(reading, cell);
            let words = written(reading, head);
            match self.headings.of(&words) {
                Head::Sum => sum.add(said, cell),
                Head::Name => {
                    columns += 1;
                    place |= self.headings.is_place(&words);
                    parts.add(said, cell);
                }
                Head::Blank if said == Said::Blank => {}
                Head::Other => {}
                Head::Blank | Head::Says(_) | Head::Things | Head::Time => return None,
            }
            if matches!(said, Said::Open) && self.headings.of(&words) != Head::Other {
                return None;
            }
        }
        let verdict = parts
            .verdict(reading, Stance::Has)
            .filter(|_| place && columns > 1)?;
        let whole = sum.sum().filter(|_| sum.any() && verdict.stance == Stance::Has);
        Some(Verdict {
            count: whole.or(verdict.count),
            ..verdict
        })
    }
}

/// Takes out what `In use 2017` says where another column says it of a later year.
fn earlier(stated: &mut Vec<(Stance, Cells)>, years: &[Option<u32>]) -> Vec<(Stance, Cells)> {
    let newest = |state: Stance, all: &[(Stance, Cells)]| {
        let same = all.iter().zip(years).filter(|((known, _), _)| *known == state);
        same.filter_map(|(_, year)| *year).max()
    };
    let late: Vec<bool> = stated
        .iter()
        .zip(years)
        .map(|((state, _), year)| year.is_none() || *year == newest(*state, stated))
        .collect();
    let mut kept = late.iter();
    stated
        .extract_if(.., |_| !kept.next().copied().unwrap_or(true))
        .collect()
}
