//! Tables with lines between their cells.

use super::flow::join;
use super::row::{self, Content, Piece, Row};
use super::word::Word;
use crate::area::{Axis, Rule};

/// A ruled table with its words.
pub(super) struct Grid {
    /// Heights of the lines across, from the top.
    heights: Vec<f64>,
    /// One for each band between two heights.
    bands: Vec<Vec<Cell>>,
    left: f64,
    right: f64,
}

struct Cell {
    from: f64,
    to: f64,
    /// Whether no line parts it from the cell above it.
    open_above: bool,
    words: Vec<Word>,
}

/// Lines nearer than this are one, in points.
const NEAR: f64 = 2.0;
/// Lines may miss each other by this much where they meet.
const REACH: f64 = 3.0;
/// More lines than this make a drawing.
const LINES: usize = 3_000;
/// The part of a cell's side that a line must cover.
const COVERED: f64 = 0.6;

/// Finds the ruled tables and puts the words into their cells; gives back the words that are in none.
pub(super) fn split(words: Vec<Word>, rules: &[Rule]) -> (Vec<Grid>, Vec<Word>) {
    let across = merged(rules, Axis::Across);
    let down = merged(rules, Axis::Down);
    if across.len() < 2 || down.len() < 2 || across.len() > LINES || down.len() > LINES {
        return (Vec::new(), words);
    }
    let mut grids: Vec<Grid> = components(&across, &down)
        .into_iter()
        .filter_map(|(across, down)| Grid::new(&across, &down))
        .collect();
    // The smallest first: a table inside a frame is the table.
    grids.sort_by(|a, b| a.area().total_cmp(&b.area()));
    let mut rest = Vec::new();
    for word in words {
        let at = word.middle();
        match grids.iter_mut().find_map(|grid| grid.cell_at(at)) {
            Some(cell) => cell.words.push(word),
            None => rest.push(word),
        }
    }
    grids.retain(|grid| grid.bands.iter().flatten().any(|cell| !cell.words.is_empty()));
    (grids, rest)
}

/// Lines along one axis, those that touch in one line made one; by where they cross the other axis.
fn merged(rules: &[Rule], axis: Axis) -> Vec<Rule> {
    let mut rules: Vec<Rule> = rules.iter().filter(|rule| rule.axis == axis).copied().collect();
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    // First those at one height, then along it.
    let mut level = f64::NEG_INFINITY;
    for rule in &mut rules {
        if rule.at - level > NEAR {
            level = rule.at;
        }
        rule.at = level;
    }
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut merged: Vec<Rule> = Vec::new();
    for rule in rules {
        match merged.last_mut() {
            Some(last) if last.at.total_cmp(&rule.at).is_eq() && rule.from - last.to <= REACH => {
                last.to = last.to.max(rule.to);
            }
            _ => merged.push(rule),
        }
    }
    merged
}

/// Lines that touch each other, directly or through others.
fn components(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut of_across: Vec<usize> = (0..across.len()).collect();
    let mut of_down: Vec<usize> = (across.len()..across.len() + down.len()).collect();
    loop {
        let mut changed = false;
        for (a, mine) in across.iter().zip(&mut of_across) {
            for (d, theirs) in down.iter().zip(&mut of_down) {
                if mine != theirs && crosses(a, d) {
                    let least = (*mine).min(*theirs);
                    (*mine, *theirs) = (least, least);
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut ids = of_across.clone();
    ids.sort_unstable();
    ids.dedup();
    let of = |rules: &[Rule], ids: &[usize], id: usize| -> Vec<Rule> {
        let mine = rules.iter().zip(ids).filter(|(_, other)| **other == id);
        mine.map(|(rule, _)| *rule).collect()
    };
    ids.into_iter()
        .map(|id| (of(across, &of_across, id), of(down, &of_down, id)))
        .collect()
}

fn crosses(across: &Rule, down: &Rule) -> bool {
    across.from - REACH <= down.at
        && down.at <= across.to + REACH
        && down.from - REACH <= across.at
        && across.at <= down.to + REACH
}

/// How much of `from..to` the lines at `at` cover.
fn covered(rules: &[Rule], at: f64, from: f64, to: f64) -> bool {
    let length: f64 = rules
        .iter()
        .filter(|rule| (rule.at - at).abs() <= NEAR)
        .map(|rule| (rule.to.min(to) - rule.from.max(from)).max(0.0))
        .sum();
    length >= COVERED * (to - from)
}

fn levels(rules: &[Rule]) -> Vec<f64> {
    let mut levels: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup_by(|a, b| (*a - *b).abs() <= NEAR);
    levels
}

impl Grid {
    /// A table has at least two rows, and two columns in one of them; less is a frame or a box.
    fn new(across: &[Rule], down: &[Rule]) -> Option<Self> {
        let heights = levels(across);
        let edges = levels(down);
        let (left, right) = (*edges.first()?, *edges.last()?);
        if heights.len() < 3 || edges.len() < 3 {
            return None;
        }
        let mut bands = Vec::new();
        for (top, bottom) in heights.iter().zip(heights.iter().skip(1)) {
            let mut borders: Vec<f64> = edges
                .iter()
                .copied()
                .filter(|at| covered(down, *at, *top, *bottom))
                .collect();
            // The outer sides need not be drawn.
            if borders.first().is_none_or(|first| first - left > NEAR) {
                borders.insert(0, left);
            }
            if borders.last().is_none_or(|last| right - last > NEAR) {
                borders.push(right);
            }
            let cells: Vec<Cell> = borders
                .iter()
                .zip(borders.iter().skip(1))
                .map(|(from, to)| Cell {
                    from: *from,
                    to: *to,
                    open_above: !covered(across, *top, *from, *to),
                    words: Vec::new(),
                })
                .collect();
            bands.push(cells);
        }
        bands.iter().any(|cells| cells.len() > 1).then_some(Self {
            heights,
            bands,
            left,
            right,
        })
    }

    fn area(&self) -> f64 {
        let height = self
            .heights
            .last()
            .zip(self.heights.first())
            .map_or(0.0, |(b, a)| b - a);
        (self.right - self.left) * height
    }

    fn cell_at(&mut self, (along, across): (f64, f64)) -> Option<&mut Cell> {
        if along < self.left || along > self.right {
            return None;
        }
        let band = self
            .heights
            .partition_point(|height| *height <= across)
            .checked_sub(1)?;
        self.bands
            .get_mut(band)?
            .iter_mut()
            .find(|cell| cell.from <= along && along <= cell.to)
    }

    /// The table as one thing on the page.
    pub(super) fn into_piece(self) -> Piece {
        let top = self.heights.first().copied().unwrap_or_default();
        let mut size: f64 = 1.0;
        // Text, and the column it stands in, of every row.
        let mut rows: Vec<Vec<(f64, f64, String)>> = Vec::new();
        for cells in self.bands {
            let mut row = Vec::new();
            for cell in cells {
                size = cell.words.iter().map(|word| word.size).fold(size, f64::max);
                let text = cell_text(cell.words);
                let above = rows.last_mut().and_then(|above: &mut Vec<(f64, f64, String)>| {
                    let same = |(from, to, _): &&mut (f64, f64, String)| {
                        (*from - cell.from).abs() <= NEAR && (*to - cell.to).abs() <= NEAR
                    };
                    above.iter_mut().find(same)
                });
                match above {
                    Some((_, _, above)) if cell.open_above => {
                        if !text.is_empty() {
                            join(above, &text);
                        }
                        row.push((cell.from, cell.to, String::new()));
                    }
                    _ => row.push((cell.from, cell.to, text)),
                }
            }
            if row.iter().any(|(_, _, text)| !text.is_empty()) {
                rows.push(row);
            }
        }
        let rows = rows
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .map(|(_, _, text)| text.replace('\n', " "))
                    .collect()
            })
            .collect();
        Piece {
            from: self.left,
            to: self.right,
            top,
            size,
            content: Content::Table(rows),
        }
    }
}

fn cell_text(words: Vec<Word>) -> String {
    let mut text = String::new();
    for row in row::rows(words, Vec::new()) {
        join(&mut text, &Row::text(&row));
    }
    text
}
