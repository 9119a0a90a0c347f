//! Tables that are only aligned, without lines between the cells.

use super::band::Band;
use super::flow::{edges, join};
use super::row::Row;
use super::table_row;

/// Rows of cells. A row whose first cell is empty, closely under another, goes on with the cells of that one.
pub(super) fn aligned(band: &Band) -> String {
    /// Step down to a line of the same cell, in heights of the font.
    const CLOSE: f64 = 1.4;
    let columns: Vec<(f64, f64)> = edges(band).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut before: Option<&Row> = None;
    for row in &band.rows {
        let cells: Vec<String> = columns
            .iter()
            .map(|(from, to)| row.between(*from, *to).text())
            .collect();
        let close = before
            .replace(row)
            .is_some_and(|before| row.base - before.base < CLOSE * before.size.max(row.size));
        let goes_on = |last: &Vec<String>| {
            close
                && cells.first().is_some_and(String::is_empty)
                && cells.iter().zip(last).all(|(more, cell)| more.is_empty() || !cell.is_empty())
        };
        match rows.last_mut().filter(|last| goes_on(last)) {
            Some(last) => {
                for (cell, more) in last.iter_mut().zip(&cells).filter(|(_, more)| !more.is_empty()) {
                    join(cell, more);
                }
            }
            None => rows.push(cells),
        }
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|row| table_row(&row.iter().map(|cell| cell.replace('\n', " ")).collect::<Vec<_>>()))
        .collect();
    lines.join("\n")
}
