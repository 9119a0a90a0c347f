//! Tables that are only aligned, without lines between the cells.

use std::ops::Range;

use super::band::Band;
use super::flow::{edges, join};
use super::row::Row;
use super::table_row;

/// Rows of cells. A line whose first cell is empty, closely by a row, belongs to the cells of that row.
pub(super) fn aligned(band: &Band) -> String {
    let columns: Vec<(f64, f64)> = edges(band).collect();
    let lines: Vec<Line<'_>> = band
        .rows
        .iter()
        .map(|row| Line {
            row,
            cells: columns
                .iter()
                .map(|(from, to)| Cell::new(&row.between(*from, *to)))
                .collect(),
        })
        .collect();
    let widths: Vec<f64> = (0..columns.len()).map(|column| width(&lines, column)).collect();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (owner, line) in owners(&lines, &widths).into_iter().zip(&lines) {
        let texts = line.cells.iter().map(|cell| cell.text.clone());
        match rows.last_mut() {
            Some((last, cells)) if *last == owner => {
                for (cell, more) in cells.iter_mut().zip(texts).filter(|(_, more)| !more.is_empty()) {
                    join(cell, &more);
                }
            }
            _ => rows.push((owner, texts.collect())),
        }
    }
    let rows: Vec<String> = rows
        .into_iter()
        .map(|(_, cells)| {
            table_row(
                &cells
                    .iter()
                    .map(|cell| cell.replace('\n', " "))
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    rows.join("\n")
}

struct Line<'b> {
    row: &'b Row,
    cells: Vec<Cell>,
}

/// A line of a cell; all is 0 where there is none.
struct Cell {
    text: String,
    from: f64,
    to: f64,
    /// Width of its first word.
    first: f64,
}

impl Cell {
    fn new(part: &Row) -> Self {
        Self {
            text: part.text(),
            from: part.from(),
            to: part.to(),
            first: part.pieces.first().map_or(0.0, |word| word.to - word.from),
        }
    }

    fn width(&self) -> f64 {
        self.to - self.from
    }
}

/// From the leftmost to the rightmost letter of a column.
fn width(lines: &[Line<'_>], column: usize) -> f64 {
    let cells = lines.iter().filter_map(|line| line.cells.get(column));
    let (from, to) = cells
        .filter(|cell| !cell.text.is_empty())
        .fold((f64::MAX, f64::MIN), |(from, to), cell| {
            (from.min(cell.from), to.max(cell.to))
        });
    (to - from).max(0.0)
}

impl Line<'_> {
    fn begins_row(&self) -> bool {
        self.cells.first().is_some_and(|cell| !cell.text.is_empty())
    }

    /// Whether the cells of this line cannot go on in those of `next`, in the columns where `part` (one of the two) has
    /// any: nothing wraps from or into an empty cell, nor while the next word still fits.
    fn cannot_wrap_to(&self, next: &Self, part: &Self, widths: &[f64]) -> bool {
        /// A blank and the roundings of a program, in heights of the font.
        const SLACK: f64 = 0.35;
        let cells = self.cells.iter().zip(&next.cells).zip(&part.cells).zip(widths);
        cells
            .filter(|((_, part), _)| !part.text.is_empty())
            .any(|(((cell, next), _), width)| {
                cell.text.is_empty()
                    || next.text.is_empty()
                    || cell.width() + SLACK * self.row.size + next.first <= *width
            })
    }

    fn is_like(&self, other: &Self) -> bool {
        (self.row.size - other.row.size).abs() < 0.03 * self.row.size
    }

    /// Steps down to the other, in heights of the font.
    fn step(&self, other: &Self) -> f64 {
        (other.row.base - self.row.base).abs() / self.row.size.max(other.row.size)
    }
}

/// For each line the line that begins its row. Lines between two such lines belong to the one before or after the widest
/// step between them: cells may stand level with the top of their row, its middle or its bottom.
fn owners(lines: &[Line<'_>], widths: &[f64]) -> Vec<usize> {
    /// Step down to the next line of the same cell, in heights of the font.
    const CLOSE: f64 = 1.5;
    let begins: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(Line::begins_row))
        .collect();
    let mut owners: Vec<usize> = (0..lines.len()).collect();
    let mut own = |from: usize, to: usize, owner: usize| {
        for mine in owners.iter_mut().take(to).skip(from) {
            *mine = owner;
        }
    };
    // Those before the first and after the last have only one side.
    let ends = [None]
        .into_iter()
        .chain(begins.iter().copied().map(Some))
        .zip(begins.iter().copied().map(Some).chain([None]));
    let stretches: Vec<Stretch> = ends
        .map(|(before, after)| Stretch::new(lines, widths, before, after))
        .collect();
    let votes: i32 = stretches.iter().filter_map(|stretch| stretch.vote).sum();
    for stretch in stretches {
        let split = match stretch.vote {
            None if votes < 0 => stretch.first,
            None => stretch.end,
            Some(_) => stretch.split,
        };
        if let Some(before) = stretch.before {
            let mut to = stretch.first;
            while to < split && step(lines, to.checked_sub(1), to) < CLOSE {
                to += 1;
            }
            own(stretch.first, to, before);
        }
        if let Some(after) = stretch.after {
            let mut from = stretch.end;
            while from > split && step(lines, Some(from - 1), from) < CLOSE {
                from -= 1;
            }
            own(from, stretch.end, after);
        }
    }
    owners
}

fn step(lines: &[Line<'_>], above: Option<usize>, below: usize) -> f64 {
    match (above.and_then(|above| lines.get(above)), lines.get(below)) {
        (Some(above), Some(below)) => above.step(below),
        _ => f64::INFINITY,
    }
}

/// Lines between two that begin rows.
struct Stretch {
    before: Option<usize>,
    after: Option<usize>,
    first: usize,
    end: usize,
    /// The first line that belongs to what is after it.
    split: usize,
    /// Above 0 if it goes with the row before, below 0 with the one after, `None` if that cannot be told.
    vote: Option<i32>,
}

impl Stretch {
    fn new(lines: &[Line<'_>], widths: &[f64], before: Option<usize>, after: Option<usize>) -> Self {
        /// A step is the widest if it is by more than the roundings of a program.
        const CLEARLY: f64 = 1.03;
        let first = before.map_or(0, |before| before + 1);
        let end = after.unwrap_or(lines.len());
        let steps = (first..=end).map(|below| (below, step(lines, below.checked_sub(1), below)));
        let mut steps: Vec<(usize, f64)> = steps.collect();
        steps.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (split, widest) = steps.first().copied().unwrap_or((end, f64::INFINITY));
        let next = steps.get(1).map_or(0.0, |(_, step)| *step);
        let by_step = (widest > CLEARLY * next).then_some(match split {
            split if split == end => 1,
            split if split == first => -1,
            _ => 0,
        });
        let vote = if first < end {
            by_step.or_else(|| by_text(lines, widths, before, first..end, after))
        } else {
            None
        };
        // Told by the text, all lines go one way.
        let split = match (by_step, vote) {
            (None, Some(vote)) if vote > 0 => end,
            (None, Some(_)) => first,
            _ => split,
        };
        Self {
            before,
            after,
            first,
            end,
            split,
            vote,
        }
    }
}

/// Where steps do not tell: by the size of the letters, then by what can have been wrapped.
fn by_text(
    lines: &[Line<'_>],
    widths: &[f64],
    before: Option<usize>,
    between: Range<usize>,
    after: Option<usize>,
) -> Option<i32> {
    let line = |at: Option<usize>| at.and_then(|at| lines.get(at));
    let (before, after) = (line(before)?, line(after)?);
    let (first, last) = (line(Some(between.start))?, line(between.end.checked_sub(1))?);
    let for_before = (first.is_like(before), before.cannot_wrap_to(first, first, widths));
    let for_after = (last.is_like(after), last.cannot_wrap_to(after, last, widths));
    match (for_before, for_after) {
        ((true, _), (false, _)) => Some(1),
        ((false, _), (true, _)) => Some(-1),
        ((_, goes_not_on), (_, comes_not_from)) if goes_not_on != comes_not_from => {
            Some(if comes_not_from { 1 } else { -1 })
        }
        _ => None,
    }
}
