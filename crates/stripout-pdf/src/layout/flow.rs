//! Rows to text: paragraphs, columns one after the other, aligned tables row by row.

use super::band::{Band, bands};
use super::row::{Content, Row};
use super::table;
use super::{median, push};

/// Columns inside columns inside columns.
const DEEPEST: usize = 3;

/// The text of the rows in reading order.
pub(super) fn text(rows: &[Row], depth: usize) -> String {
    let mut text = String::new();
    for band in bands(rows) {
        if band.gutters.is_empty() || depth >= DEEPEST {
            push(&mut text, &paragraphs(&band.rows));
        } else if is_prose(&band) {
            for column in columns(&band) {
                push(&mut text, &self::text(&column, depth + 1));
            }
        } else {
            push(&mut text, &table::aligned(&band));
        }
    }
    text
}

/// The rows of each column; those with nothing in it are left out.
pub(super) fn columns(band: &Band) -> Vec<Vec<Row>> {
    edges(band)
        .map(|(from, to)| {
            let part = band.rows.iter().map(|row| row.between(from, to));
            part.filter(|row| !row.pieces.is_empty()).collect()
        })
        .collect()
}

/// Where each column begins and ends: in the middle of the gutters.
pub(super) fn edges(band: &Band) -> impl Iterator<Item = (f64, f64)> {
    let middles = band.gutters.iter().map(|(from, to)| f64::midpoint(*from, *to));
    let starts = std::iter::once(f64::NEG_INFINITY).chain(middles.clone());
    starts.zip(middles.chain([f64::INFINITY]))
}

/// Whether the columns hold running text to be read one after the other, not cells to be read across.
fn is_prose(band: &Band) -> bool {
    const MOST_COLUMNS: usize = 4;
    /// Words a line has in running text, and the part of the column that it fills.
    const WORDS: f64 = 3.0;
    const FULL: f64 = 0.62;
    const ROWS: usize = 4;
    let columns = columns(band);
    if columns.len() > MOST_COLUMNS {
        return false;
    }
    columns.iter().all(|rows| {
        let from = rows.iter().map(Row::from).fold(f64::MAX, f64::min);
        let to = rows.iter().map(Row::to).fold(0.0, f64::max);
        let lines = rows.iter().filter(|row| !row.is_table());
        let words = mean(lines.clone().map(|row| count(row.pieces.len())));
        let full = mean(
            lines
                .clone()
                .map(|row| (row.to() - row.from()) / (to - from).max(1.0)),
        );
        rows.iter().any(Row::is_table) || (rows.len() >= ROWS && words >= WORDS && full >= FULL)
    })
}

#[expect(clippy::cast_precision_loss, reason = "words of a line")]
fn count(n: usize) -> f64 {
    n as f64
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let n = values.clone().count();
    if n == 0 {
        0.0
    } else {
        values.sum::<f64>() / count(n)
    }
}

/// Rows of one column: a wider step down, or letters of another size, begin a new paragraph.
fn paragraphs(rows: &[Row]) -> String {
    /// Wider than the usual step by this much.
    const STEP: f64 = 1.35;
    const OTHER_SIZE: f64 = 1.2;
    let usual = usual_step(rows);
    let mut text = String::new();
    let mut before: Option<&Row> = None;
    for row in rows {
        let line = row.text();
        let Some(last) = before.replace(row) else {
            text = line;
            continue;
        };
        let size = last.size.max(row.size);
        let step = (row.base - last.base) / size;
        let other = size > OTHER_SIZE * last.size.min(row.size);
        if row.is_table() || last.is_table() || other || step > STEP * usual {
            push(&mut text, &line);
        } else {
            join(&mut text, &line);
        }
    }
    text
}

/// From one line of a paragraph to the next, in heights of the font. Letters are full of paragraphs of one line, so that most
/// steps are between paragraphs: where lines go on in the middle of a sentence, those steps are asked alone. Elsewhere no
/// sentence can be cut, and the smaller steps tell.
fn usual_step(rows: &[Row]) -> f64 {
    /// Of text set in one line after the other, where the rows do not tell.
    const SINGLE: f64 = 1.2;
    let steps = rows.iter().zip(rows.iter().skip(1)).map(|(a, b)| {
        let step = (b.base - a.base) / a.size.max(b.size);
        (step, goes_on(b))
    });
    let steps: Vec<(f64, bool)> = steps.filter(|(step, _)| (0.7..2.6).contains(step)).collect();
    let inside = steps.iter().filter(|(_, inside)| *inside).map(|(step, _)| *step);
    let smaller = || {
        let mut steps: Vec<f64> = steps.iter().map(|(step, _)| *step).collect();
        steps.sort_by(f64::total_cmp);
        steps.get(steps.len() / 4).copied()
    };
    median(inside.collect()).or_else(smaller).unwrap_or(SINGLE)
}

/// Whether the row begins with a word in small letters; `a)`, `ii.` and the bullet `o` begin an item of a list.
fn goes_on(row: &Row) -> bool {
    let Some(Content::Word(word)) = row.pieces.first().map(|piece| &piece.content) else {
        return false;
    };
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_lowercase)
        && chars.next().is_some_and(char::is_alphabetic)
        && !word.ends_with([')', '.'])
}

/// Puts the next line of a paragraph or cell under the text. A word broken by its own hyphen is not parted from it.
pub(super) fn join(text: &mut String, line: &str) {
    let first = line.chars().next();
    let mut end = text.chars().rev();
    match (end.next(), end.next()) {
        (Some('\u{AD}'), _) => {
            text.pop();
        }
        (Some('-' | '\u{2010}' | '\u{2011}'), Some(before))
            if before.is_alphanumeric() && first.is_some_and(char::is_alphanumeric) => {}
        (Some(_), _) => text.push('\n'),
        (None, _) => {}
    }
    text.push_str(line);
}
