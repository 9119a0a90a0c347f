//! From letters and where they stand to text in reading order.

mod band;
mod flow;
mod grid;
mod row;
mod table;
mod word;

use std::collections::BTreeMap;

use crate::area::Rule;
use crate::glyph::Glyph;
use grid::Grid;
use word::Word;

/// The text of these letters: paragraphs parted by blank lines, rows of tables as `| a | b |`.
pub(crate) fn text(glyphs: &[Glyph], rules: &[Rule]) -> String {
    let mut text = String::new();
    for (angle, glyphs) in directions(glyphs) {
        let words = word::words(&glyphs, angle);
        let rules: Vec<Rule> = rules.iter().filter_map(|rule| rule.turned(angle)).collect();
        push(&mut text, &blocks(words, &rules));
    }
    text
}

fn push(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

/// Letters by the direction they run in, in whole degrees clockwise; the direction of most of them first.
fn directions(glyphs: &[Glyph]) -> Vec<(i32, Vec<&Glyph>)> {
    let mut by_angle: BTreeMap<i32, Vec<&Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        by_angle.entry(angle(glyph)).or_default().push(glyph);
    }
    let mut directions: Vec<_> = by_angle.into_iter().collect();
    directions.sort_by_key(|(angle, glyphs)| (std::cmp::Reverse(glyphs.len()), *angle));
    directions
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of a circle")]
fn angle(glyph: &Glyph) -> i32 {
    /// Nearer to an axis than this is on it.
    const SLACK: f64 = 3.0;
    let (dx, dy) = (glyph.end.0 - glyph.start.0, glyph.end.1 - glyph.start.1);
    if dx == 0.0 && dy == 0.0 {
        return 0;
    }
    let degrees = dy.atan2(dx).to_degrees();
    let axis = (degrees / 90.0).round() * 90.0;
    let degrees = if (degrees - axis).abs() < SLACK {
        axis
    } else {
        degrees.round()
    };
    degrees.rem_euclid(360.0) as i32
}

/// Ruled tables are taken out first; what is left falls into rows, bands of columns and paragraphs.
fn blocks(words: Vec<Word>, rules: &[Rule]) -> String {
    let (grids, words) = grid::split(words, rules);
    let rows = row::rows(words, grids.into_iter().map(Grid::into_piece).collect());
    flow::text(&rows, 0)
}

/// What a row of a table looks like.
fn table_row(cells: &[String]) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        // The sign that parts cells cannot stand inside one.
        line.push_str(&cell.replace('|', "\u{A6}"));
        line.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    line
}

/// Median of the values, if there are any.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
