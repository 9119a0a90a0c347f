//! Rows of a table under their headings: columns that are headed by a maker, and headings that say what a cell counts.

use std::ops::Range;

use stripout_model::{DocumentKind, Passage, Role, Shape};

use crate::Identifier;
use crate::stance::{Judged, MentionSpan, StanceRules};
use crate::unit::{Cell, Unit};

/// Headings that are looked at, and the longest of them in bytes: tables by maker are small.
const COLUMNS: usize = 256;
const HEADING: usize = 80;

/// What a table says of a mention in one of its rows.
#[derive(Debug)]
pub(crate) enum InTable {
    /// The table says no more than the words of the row.
    AsText,
    Said(Judged),
    /// The cell under the name is blank.
    Nothing,
}

impl Identifier {
    /// Which of these headings of a table name a maker and no more than what is counted of it: what stands under them
    /// speaks of the maker. The first column names the rows.
    pub fn maker_columns(&self, headings: &[String]) -> Vec<usize> {
        let may = |heading: &&String| heading.len() <= HEADING && self.sieve(heading.as_bytes());
        if headings.len() > COLUMNS || !headings.iter().any(|heading| may(&heading)) {
            return Vec::new();
        }
        let passages: Vec<Passage<'_>> = headings
            .iter()
            .map(|heading| Passage {
                role: Role::Text,
                ..Passage::of_text(heading)
            })
            .collect();
        let found = self.record(DocumentKind::Asset, Shape::Row, &passages, None);
        let mut columns = Vec::new();
        for (column, heading) in headings.iter().enumerate().skip(1) {
            let own = || found.mentions.iter().filter(|mention| mention.passage == column);
            let mut rest = heading.clone();
            let mut spans: Vec<Range<usize>> = own().map(|mention| mention.span.clone()).collect();
            spans.sort_by_key(|span| std::cmp::Reverse(span.start));
            let one = own().all(|mention| Some(&mention.maker) == own().next().map(|first| &first.maker));
            for span in &spans {
                if rest.get(span.clone()).is_some() {
                    rest.replace_range(span.clone(), " ");
                }
            }
            if !spans.is_empty() && one && heading.len() <= HEADING && self.rules().stance.heads_counts(&rest)
            {
                columns.push(column);
            }
        }
        columns
    }
}

/// What the headings of the row add, for each mention in it.
pub(crate) fn in_table(
    rules: &StanceRules,
    kind: DocumentKind,
    unit: &Unit<'_>,
    spans: &[MentionSpan],
) -> Vec<InTable> {
    if unit.cells.iter().all(|cell| cell.name.is_empty()) {
        return Vec::new();
    }
    let table = Lines::of(unit);
    let placed: Vec<Option<MentionSpan>> = spans.iter().map(|span| table.place(unit, span)).collect();
    let known: Vec<MentionSpan> = placed.iter().flatten().cloned().collect();
    let mut judged = rules.in_table(kind, &table.text, &known).into_iter();
    let told = placed.iter().zip(spans).map(|(placed, span)| {
        let judged = placed.as_ref().and_then(|_| judged.next()?);
        let headed = unit.cell(&span.span).filter(|cell| cell.headed);
        match (judged, headed) {
            (_, Some(cell)) if rules.is_blank(value(unit, cell)) => InTable::Nothing,
            (Some(judged), _) => InTable::Said(table.judged(unit, judged)),
            (None, None) => InTable::AsText,
            (None, Some(_)) => InTable::Said(Judged::unknown()),
        }
    });
    told.collect()
}

/// The cell without its heading.
fn value<'u>(unit: &'u Unit<'_>, cell: &Cell<'_>) -> &'u str {
    let text = unit.text.get(cell.span.clone()).unwrap_or_default();
    text.get(before(cell)..).unwrap_or_default()
}

/// Bytes of the heading that a cell is read with.
fn before(cell: &Cell<'_>) -> usize {
    if cell.headed {
        cell.name.len() + ": ".len()
    } else {
        0
    }
}

/// The headings of a row on one line, and its cells on the next.
struct Lines {
    text: String,
    /// Where heading and cell begin, of each cell of the unit.
    headings: Vec<usize>,
    cells: Vec<usize>,
}

impl Lines {
    fn of(unit: &Unit<'_>) -> Self {
        let mut lines = Self {
            text: String::new(),
            headings: Vec::new(),
            cells: Vec::new(),
        };
        // Where the row has no label, the first column is still no maker's.
        let unlabelled = unit.cells.first().is_some_and(|cell| cell.headed);
        if unlabelled {
            lines.add("");
        }
        for cell in &unit.cells {
            let at = lines.add(cell.name);
            lines.headings.push(at);
        }
        lines.text.push_str("|\n");
        if unlabelled {
            lines.add("");
        }
        for cell in &unit.cells {
            let at = lines.add(value(unit, cell));
            lines.cells.push(at);
        }
        lines.text.push('|');
        lines
    }

    /// Where the text begins; what would part cells is blank.
    fn add(&mut self, text: &str) -> usize {
        self.text.push_str("| ");
        let at = self.text.len();
        let plain = |c: char| {
            if matches!(c, '|' | '\t' | '\n' | '\r') {
                ' '
            } else {
                c
            }
        };
        self.text.extend(text.chars().map(plain));
        self.text.push(' ');
        at
    }

    /// Where a mention of the unit stands in the lines: in the heading that its cell is read with, or in the cell.
    fn place(&self, unit: &Unit<'_>, mention: &MentionSpan) -> Option<MentionSpan> {
        let index = unit
            .cells
            .iter()
            .position(|cell| cell.span.start <= mention.span.start && mention.span.end <= cell.span.end)?;
        let cell = unit.cells.get(index)?;
        let (start, end) = (
            mention.span.start - cell.span.start,
            mention.span.end - cell.span.start,
        );
        let skip = before(cell);
        let span = if cell.headed && end <= cell.name.len() {
            let at = self.headings.get(index)?;
            at + start..at + end
        } else {
            let at = self.cells.get(index)?;
            at + start.checked_sub(skip)?..at + end.checked_sub(skip)?
        };
        Some(MentionSpan {
            span,
            ..mention.clone()
        })
    }

    /// The same with the words that decided at their place in the unit.
    fn judged(&self, unit: &Unit<'_>, judged: Judged) -> Judged {
        let index = self.cells.partition_point(|at| *at <= judged.cue.start);
        let place = index.checked_sub(1).and_then(|index| {
            let (at, cell) = (self.cells.get(index)?, unit.cells.get(index)?);
            let from = cell.span.start + before(cell);
            let (start, end) = (
                judged.cue.start.checked_sub(*at)?,
                judged.cue.end.checked_sub(*at)?,
            );
            (from + end <= cell.span.end).then_some(from + start..from + end)
        });
        Judged {
            cue: place.unwrap_or(0..0),
            ..judged
        }
    }
}
