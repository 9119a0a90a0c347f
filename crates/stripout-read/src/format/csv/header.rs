//! Which row names the columns: publishers put titles, queries and blank lines before it, or leave it out.

use crate::Layout;
use crate::amount::AmountCell;
use crate::date::DateCell;
use crate::layout::Sources;
use stripout_model::Currency;

/// Rows looked at, the first data rows with them; longer preambles were not met.
pub(super) const ROWS: usize = 100;
/// Rows that are enough where the header is among the first of them.
pub(super) const FEW: usize = 20;

/// Rows that may be the header.
const PREAMBLE: usize = 60;

/// A header found among the first rows.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) layout: Layout,
    /// Its first row, and how many rows it is written over.
    pub(super) row: usize,
    pub(super) rows: usize,
}

/// Finds the header in the first rows of a table; `None` when they are all data.
pub(super) fn find(rows: &[Vec<String>], sources: &Sources) -> Option<Header> {
    let candidates = rows
        .iter()
        .enumerate()
        .take(PREAMBLE)
        .filter(|(_, row)| reads_like_names(row));
    let by_words = candidates
        .map(|(at, row)| (at, layout(row, sources)))
        // A row of names that says more beats one that says less; of equals, the first.
        .rev()
        .max_by_key(|(_, layout)| layout.known())
        .filter(|(at, layout)| {
            layout.known() >= 2 || layout.known() == 1 && (contrasts(rows, *at) || rows.len() == *at + 1)
        });
    let (row, found) = match by_words {
        Some(found) => found,
        None => by_contrast(rows, sources)?,
    };
    let second = rows
        .get(row + 1)
        .filter(|next| goes_on(rows, row, next, &found, sources));
    Some(match second {
        Some(next) => {
            let joined: Vec<String> = (0..rows.get(row)?.len().max(next.len()))
                .map(|at| {
                    format!("{} {}", cell(rows.get(row), at), cell(Some(next), at))
                        .trim()
                        .to_owned()
                })
                .collect();
            Header {
                layout: layout(&joined, sources),
                row,
                rows: 2,
            }
        }
        None => Header {
            layout: found,
            row,
            rows: 1,
        },
    })
}

fn layout(row: &[String], sources: &Sources) -> Layout {
    Layout::from_header(&row.iter().map(String::as_str).collect::<Vec<_>>(), sources)
}

fn cell(row: Option<&Vec<String>>, at: usize) -> &str {
    row.and_then(|row| row.get(at)).map_or("", |cell| cell.trim())
}

/// At least two cells, none of which is a value, none a sentence.
fn reads_like_names(row: &[String]) -> bool {
    let cells: Vec<&str> = row
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    // One `No` is the number of something, two are answers.
    let answers = cells.iter().filter(|cell| is_answer(cell)).count();
    cells.len() >= 2
        && answers < 2
        && cells
            .iter()
            .all(|cell| !is_value(cell) && cell.chars().count() <= 80)
}

fn is_value(cell: &str) -> bool {
    // Most cells are words; to find that they are no date costs more than to see that they have no digit.
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    matches!(
        AmountCell::read(cell, crate::amount::DecimalMark::Point, Currency::GBP),
        AmountCell::Money(_)
    ) || matches!(
        DateCell::read(cell),
        DateCell::Exact(_) | DateCell::Numbers { .. }
    )
}

/// The first row of names over columns of values, where the words say nothing.
fn by_contrast(rows: &[Vec<String>], sources: &Sources) -> Option<(usize, Layout)> {
    let width = rows.iter().map(Vec::len).max()?;
    let wide = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count() * 2 > width;
    let at = rows.iter().take(PREAMBLE).position(|row| wide(row))?;
    let row = rows.get(at)?;
    (reads_like_names(row) && contrasts(rows, at)).then(|| (at, layout(row, sources)))
}

/// What stands below a question: `Yes`, `n`, `none`.
fn is_answer(cell: &str) -> bool {
    const ANSWERS: [&str; 10] = [
        "yes", "no", "y", "n", "true", "false", "none", "nil", "unknown", "n/a",
    ];
    ANSWERS.iter().any(|answer| cell.eq_ignore_ascii_case(answer))
}

/// Whether some column below a row of names holds mostly values, or answers.
fn contrasts(rows: &[Vec<String>], at: usize) -> bool {
    let width = rows.get(at).map_or(0, Vec::len);
    (0..width)
        .filter(|column| {
            let name = cell(rows.get(at), *column);
            !name.is_empty() && !is_answer(name)
        })
        .any(|column| {
            let below = rows
                .iter()
                .skip(at + 1)
                .map(|row| cell(Some(row), column))
                .filter(|cell| !cell.is_empty());
            let (values, all) = below.take(50).fold((0, 0), |(v, n), cell| {
                (v + usize::from(is_value(cell) || is_answer(cell)), n + 1)
            });
            all > 0 && values * 2 > all
        })
}

/// Whether the row after the header belongs to it: it has words that headers are made of where the column has values.
fn goes_on(rows: &[Vec<String>], row: usize, next: &[String], found: &Layout, sources: &Sources) -> bool {
    let typed = [found.columns.amount, found.columns.date];
    reads_like_names(next)
        && layout(next, sources).known() > 0
        && typed.into_iter().flatten().any(|column| {
            let word = next.get(column).is_some_and(|cell| !cell.trim().is_empty());
            let below = rows
                .iter()
                .skip(row + 2)
                .map(|r| cell(Some(r), column))
                .find(|cell| !cell.is_empty());
            word && below.is_some_and(is_value)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<(usize, usize, String)> {
        let rows: Vec<Vec<String>> = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        let header = find(&rows, &Sources::default())?;
        Some((header.row, header.rows, header.layout.header.join("|")))
    }

    #[test]
    fn headers_are_found() {
        let some = |row, rows, names: &str| Some((row, rows, names.to_owned()));
        for (text, want) in [
            (
                "Supplier Name,Amount\nA Ltd,1.50",
                some(0, 1, "Supplier Name|Amount"),
            ),
            (
                "Sum of Invoice Nett Amount,\nSupplier Name,Total\nA Ltd,5.00",
                some(1, 1, "Supplier Name|Total"),
            ),
            (
                "sql select x,\nquery,\nTestshire Council,,,\nx,text servdesc,name,amount\n,Directorate,Supplier,Amount\nD,R,A,5",
                some(4, 1, "|Directorate|Supplier|Amount"),
            ),
            (
                "Supplier,Net,Paid\nName,Amount,Date\nA Ltd,1.50,2020-01-02",
                some(0, 2, "Supplier Name|Net Amount|Paid Date"),
            ),
            ("a,b,c\n1,2,3", some(0, 1, "a|b|c")),
            (
                "Site,Examplecam,Other\nHall,Yes,No\nDepot,No,No",
                some(0, 1, "Site|Examplecam|Other"),
            ),
            ("Hall,Yes,No\nDepot,No,No", None),
            ("A Ltd,1.50\nB Ltd,2.50", None),
            ("hello,goodbye\nhello2,goodbye2", None),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }
}
