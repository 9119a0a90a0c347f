//! A table with a header line, its columns told by the words of `data/requests/words.toml`.

use stripout_catalogue::{RequestColumns, plain};
use stripout_model::{Code, Problem};

use super::{Placed, Row};
use crate::reference::cell::{some, text};
use crate::reference::problem;

/// Rows with their places.
pub(super) fn rows(bytes: &[u8], columns: &RequestColumns) -> Result<Vec<Placed>, Problem> {
    let delimiter = delimiter(bytes);
    let mut table = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let refused = |what: String| {
        let hint = "name the columns `body` and `asked`; docs/requests.md shows a list";
        problem(Code::InputNotUnderstood, "line 1", what, hint)
    };
    let header = table
        .byte_headers()
        .map_err(|error| refused(error.to_string()))?
        .iter()
        .map(|cell| plain(&text(cell)))
        .collect::<Vec<_>>();
    let place = |names: &[String]| {
        names
            .iter()
            .find_map(|name| header.iter().position(|column| column == name))
    };
    let of = [
        &columns.body,
        &columns.asked,
        &columns.subject,
        &columns.reference,
        &columns.url,
        &columns.state,
        &columns.answered,
    ]
    .map(|names| place(names));
    let [body, asked, ..] = of;
    if body.is_none() || asked.is_none() {
        let which = if body.is_none() {
            "the body"
        } else {
            "the day of the request"
        };
        return Err(refused(format!("no column holds {which}")));
    }
    let mut rows = Vec::new();
    let mut record = csv::ByteRecord::new();
    loop {
        let place = format!("line {}", table.position().line());
        match table.read_byte_record(&mut record) {
            Ok(false) => return Ok(rows),
            Ok(true) => {
                let cells = of.map(|at| some(&text(at.and_then(|at| record.get(at)).unwrap_or_default())));
                let [body, asked, subject, reference, url, state, answered] = cells;
                let row = Row {
                    body,
                    asked,
                    subject,
                    reference,
                    url,
                    state,
                    answered,
                };
                rows.push((place, Ok(row)));
            }
            Err(error) => {
                rows.push((place, Err(error.to_string())));
                return Ok(rows);
            }
        }
    }
}

/// What parts most cells of the first line: comma, semicolon or tab.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: &u8| memchr::memchr_iter(*delimiter, line).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}
