//! Tables with a column for each maker: `Site | X | Y` over `Depot | 3 | 0`.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::heading::Head;
use super::super::row::{Row, row_around, rows_after, rows_before, words};
use super::super::token::MENTION;
use super::cell::{Cells, Said, is_empty, written};
use super::{Reading, Reason, Verdict, Verdicts};

/// Words of a heading.
const HEADING: usize = 10;

/// What the rows under the name of a maker say, by their labels.
#[derive(Debug, Default)]
struct Column {
    /// Under places, or under whatever no list knows.
    parts: Cells,
    sum: Cells,
    /// Rows that say what is counted in them: `Cameras`, `Decommissioned`.
    counted: Cells,
    stated: Vec<(Stance, Cells)>,
    /// Years and months: which of them speaks of today is not known.
    dated: bool,
}

impl Verdicts {
    /// What the column says that the mention at token `at` heads: none where every cell says so; open where no cell tells a
    /// number or yes or no, or where it is not known of what.
    pub(super) fn across(&self, reading: &Reading<'_>, at: usize) -> Option<Verdict> {
        let head = row_around(reading.tokens, at);
        let rows = rows_after(reading.tokens, &head);
        let column = head.iter().position(|cell| cell.contains(&at))?;
        let labelled = (0..column).find(|at| {
            let filled = |row: &Row| row.get(*at).is_some_and(|cell| !is_empty(reading, cell));
            filled(&head) || rows.iter().any(filled)
        });
        let label = labelled.or((column > 0).then_some(0))?;
        if !self.is_header(reading, &head, label) {
            return None;
        }
        let heading = self.head(reading, head.get(column)?);
        let named = written(reading, head.get(label)?);
        let labels = self.headings.of(&named);
        let speaks = matches!(heading, Head::Blank | Head::Things | Head::Says(_));
        if !speaks || labels == Head::Other && !self.headings.is_place(&named) {
            return None;
        }
        let mut told = Column {
            dated: labels == Head::Time,
            ..Column::default()
        };
        // In another column a maker may be the answer of the row.
        let named_in = |row: &Row| {
            let mut own = [label, column].into_iter().filter_map(|at| row.get(at));
            own.any(|cell| names(reading, cell))
        };
        let mut equipment = self.headings.is_place(&named) || self.counts_things(reading, &head);
        for row in rows.iter().take_while(|row| !named_in(row)) {
            equipment |= self.add_row(reading, &mut told, row.get(label)?, row.get(column)?);
        }
        let known = !matches!(reading.kind, DocumentKind::Contract | DocumentKind::Web);
        if !(known || equipment) {
            return told.first(reading);
        }
        let state = match heading {
            Head::Says(state) => state,
            _ => Stance::Has,
        };
        told.verdict(reading, state).or_else(|| {
            // Other columns have values, this one has none.
            let said = |cell| !matches!(self.cell(reading, cell), Said::Open | Said::Blank);
            let table = rows.iter().any(|row| row.iter().skip(label + 1).any(said));
            table.then_some(Verdict::new(Stance::Mentions, Reason::Nothing))
        })
    }

    /// Whether a row names columns: none of its cells is a value, the first names no maker, and no row above names them.
    fn is_header(&self, reading: &Reading<'_>, row: &Row, label: usize) -> bool {
        let filled = |row: &Row| row.iter().filter(|cell| !is_empty(reading, cell)).count();
        let values = |row: &Row| {
            row.iter()
                .any(|cell| !matches!(self.cell(reading, cell), Said::Open | Said::Blank))
        };
        let above = || rows_before(reading.tokens, row);
        !row.get(label).is_some_and(|cell| names(reading, cell))
            && row.iter().all(|cell| cell.len() <= HEADING)
            && !values(row)
            && !above().iter().any(|row| filled(row) > 1)
    }

    /// Whether a heading speaks of cameras or other devices.
    fn counts_things(&self, reading: &Reading<'_>, row: &Row) -> bool {
        row.iter()
            .any(|cell| self.headings.names_things(&written(reading, cell)))
    }

    /// Adds what one row says; true when its label speaks of devices.
    fn add_row(
        &self,
        reading: &Reading<'_>,
        told: &mut Column,
        label: &Range<usize>,
        cell: &Range<usize>,
    ) -> bool {
        let said = self.cell(reading, cell);
        let head = self.head(reading, label);
        match head {
            Head::Sum => told.sum.add(said, cell),
            Head::Things => told.counted.add(said, cell),
            Head::Says(state) => {
                if !told.stated.iter().any(|(known, _)| *known == state) {
                    told.stated.push((state, Cells::default()));
                }
                let mut known = told.stated.iter_mut();
                if let Some((_, cells)) = known.find(|(known, _)| *known == state) {
                    cells.add(said, cell);
                }
            }
            Head::Time => {
                told.dated |= said != Said::Blank;
                told.parts.add(said, cell);
            }
            Head::Other => {}
            Head::Blank | Head::Name => told.parts.add(said, cell),
        }
        matches!(head, Head::Things | Head::Says(_))
    }
}

impl Column {
    fn verdict(mut self, reading: &Reading<'_>, state: Stance) -> Option<Verdict> {
        if self.dated {
            return self.first(reading);
        }
        if state == Stance::Has && !self.stated.is_empty() {
            self.stated.push((Stance::Has, self.counted));
            return by_state(reading, &self.stated);
        }
        let parts = if self.counted.is_empty() {
            self.parts
        } else {
            self.counted
        };
        let whole = self.sum.verdict(reading, state);
        let Some(verdict) = parts.verdict(reading, state) else {
            return whole;
        };
        // The table's own sum stands, where it has one.
        let sum = self
            .sum
            .sum()
            .filter(|_| self.sum.any() && verdict.stance == state);
        Some(Verdict {
            count: sum.or(verdict.count),
            ..verdict
        })
    }

    /// Named beside a value of which nothing is known.
    fn first(&self, reading: &Reading<'_>) -> Option<Verdict> {
        let all = [&self.parts, &self.counted, &self.sum];
        let stated = self.stated.iter().map(|(_, cells)| cells);
        let verdict = all
            .into_iter()
            .chain(stated)
            .find_map(|cells| cells.verdict(reading, Stance::Mentions))?;
        Some(Verdict {
            count: None,
            ..verdict
        })
    }
}

/// What cells say that each speak of a state of their own: what is there now before what is gone. All that is there and due
/// to go is due to go.
pub(super) fn by_state(reading: &Reading<'_>, stated: &[(Stance, Cells)]) -> Option<Verdict> {
    let of = |state: Stance| {
        let mut all = stated.iter().filter(move |(known, _)| *known == state);
        all.next()
            .map(|(_, cells)| cells)
            .filter(|_| all.next().is_none())
    };
    let several = |state: Stance| {
        stated
            .iter()
            .filter(|(known, cells)| *known == state && !cells.is_empty())
            .count()
            > 1
    };
    let any = |state: Stance| stated.iter().any(|(known, cells)| *known == state && cells.any());
    let say = |state: Stance| {
        let cells = stated
            .iter()
            .find(|(known, cells)| *known == state && cells.any());
        let verdict = cells?.1.verdict(reading, state)?;
        Some(Verdict {
            // Two columns of one state may count the same things.
            count: verdict.count.filter(|_| !several(state)),
            ..verdict
        })
    };
    let sum = |state: Stance| of(state).and_then(Cells::sum);
    let leaving = any(Stance::PlannedRemoval)
        && sum(Stance::PlannedRemoval)
            .zip(sum(Stance::Has))
            .is_none_or(|(leaving, there)| leaving >= there);
    let order = if leaving {
        [Stance::PlannedRemoval, Stance::Has, Stance::Removed, Stance::Had]
    } else {
        [Stance::Has, Stance::PlannedRemoval, Stance::Removed, Stance::Had]
    };
    if let Some(verdict) = order.into_iter().filter(|state| any(*state)).find_map(say) {
        return Some(verdict);
    }
    if any(Stance::Mentions) {
        return say(Stance::Mentions).map(|verdict| Verdict {
            count: None,
            ..verdict
        });
    }
    of(Stance::Has)?.verdict(reading, Stance::Has)
}

fn names(reading: &Reading<'_>, cell: &Range<usize>) -> bool {
    words(reading.tokens, cell)
        .iter()
        .any(|token| token.word == MENTION)
}
