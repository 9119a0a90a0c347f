//! The queue as a table for a spreadsheet, and back.

use std::collections::HashSet;
use std::io::{self, Write};

use stripout_judge::{Pending, Reviews};
use stripout_model::{Alert, Code, Decision, Problem, Severity, Sighting, Statement};
use stripout_register::export::{self, Cell, Column, ColumnKind, Format};
use stripout_serve::{Said, Thing, Unsaid, Words};

use crate::judged::Judging;

const fn text(name: &'static str) -> Column {
    Column {
        name,
        kind: ColumnKind::Text,
    }
}

/// To be filled in, then what helps to decide.
const COLUMNS: &[Column] = &[
    text("thing"),
    text("verdict"),
    text("why"),
    text("body"),
    text("maker"),
    text("copies"),
    text("says"),
    text("excerpt"),
    text("source"),
    text("place"),
    text("body_found"),
    text("maker_found"),
    text("confidence"),
    text("found_by"),
];
/// Those of them without which no table is read back.
const READ: [&str; 5] = ["thing", "verdict", "why", "body", "maker"];

/// Every sighting in the order of the queue, then every alert, with what this reviewer has said so far.
pub(super) fn write(
    judging: &Judging,
    queue: &[Thing],
    reviews: &Reviews<'_>,
    who: &str,
    out: &mut (dyn Write + Send),
) -> io::Result<u64> {
    let rows = queue.iter().filter_map(|thing| {
        let mut cells = filled(thing.id(), reviews.last(thing.id(), who));
        // Of the same payment in other sources: what is said of a row is said of them as well.
        let copies = thing.ids().into_iter().skip(1).collect::<Vec<_>>().join(" ");
        cells.push(maybe(Some(copies).filter(|copies| !copies.is_empty())));
        cells.extend(match thing {
            Thing::Sighting(one) => of_sighting(one, judging.sighting(&one.sighting)?),
            Thing::Alert(alert) => of_alert(alert),
        });
        Some(cells)
    });
    export::write("review", COLUMNS, rows, Format::Csv, out)
}

fn shown(text: &dyn ToString) -> Cell {
    Cell::Text(text.to_string())
}

fn maybe(text: Option<String>) -> Cell {
    text.map_or(Cell::Null, Cell::Text)
}

/// The columns that every table has.
fn filled(id: &str, last: Option<&Decision>) -> Vec<Cell> {
    vec![
        shown(&id),
        maybe(last.map(|last| last.verdict.to_string())),
        maybe(last.map(|last| last.why.clone())),
        maybe(last.and_then(|last| last.body.as_ref()).map(ToString::to_string)),
        maybe(last.and_then(|last| last.maker.as_ref()).map(ToString::to_string)),
    ]
}

fn of_sighting(one: &Pending, said: &Statement<Sighting>) -> Vec<Cell> {
    let evidence = &said.what.evidence;
    vec![
        shown(&one.sentence),
        shown(&evidence.excerpt),
        shown(&said.source),
        shown(&evidence.locator),
        maybe(one.name.clone()),
        shown(&one.maker),
        shown(&said.what.confidence),
        shown(&said.what.why),
    ]
}

/// What was said; what came after it stands in the sentence.
fn of_alert(alert: &Alert) -> Vec<Cell> {
    vec![
        shown(&alert.sentence),
        shown(&alert.said.quote),
        shown(&alert.said.source),
        maybe(alert.seen.as_ref().map(|seen| seen.source.clone())),
        shown(&alert.body),
        maybe(alert.maker.as_ref().map(ToString::to_string)),
        Cell::Null,
        shown(&alert.kind),
    ]
}

/// What stands between its columns: spreadsheets of some countries save semicolons or tabs.
fn delimiter(bytes: &[u8]) -> u8 {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let times = |mark: u8| header.split(|byte| *byte == mark).count();
    // The comma wins where they are as many.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|mark| times(*mark))
        .unwrap_or(b',')
}

/// The decisions of a filled-in table, and every row that is wrong. Rows without a verdict are left for later.
pub(super) fn read(bytes: &[u8], judging: &Judging, alerts: &[Alert]) -> (Vec<(String, Said)>, Vec<Problem>) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut rows = Vec::new();
    let mut decided = HashSet::new();
    let mut problems = Vec::new();
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_lowercase()).collect(),
        Err(error) => return (rows, vec![unreadable(1, &error)]),
    };
    let missing: Vec<&str> = READ
        .into_iter()
        .filter(|name| !header.iter().any(|column| column == name))
        .collect();
    if !missing.is_empty() {
        let what = format!("the table has no column `{}`", missing.join("`, `"));
        return (
            rows,
            vec![wrong(1, "", what, "keep the header that --export wrote")],
        );
    }
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(unreadable(line, &error));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.len() != header.len() {
            let what = format!("{} cells, {} wanted", record.len(), header.len());
            problems.push(Problem {
                code: Code::InputRagged,
                ..wrong(line, "", what, "quote cells that hold a comma")
            });
            continue;
        }
        let cell = |name: &str| {
            let at = header.iter().position(|column| column == name);
            let text = at.and_then(|at| record.get(at)).unwrap_or_default();
            plain(text).trim()
        };
        match row(&cell, judging, alerts) {
            Ok(None) => {}
            Ok(Some((things, said))) => {
                for thing in things {
                    if decided.insert(thing.clone()) {
                        rows.push((thing, said.clone()));
                    } else {
                        let what = format!("a second decision on `{thing}`");
                        problems.push(wrong(line, "thing", what, "keep one row for each thing"));
                    }
                }
            }
            Err((column, what, hint)) => problems.push(wrong(line, column, what, hint)),
        }
    }
    (rows, problems)
}

type Wrong = (&'static str, String, &'static str);

fn row<'t>(
    cell: &dyn Fn(&str) -> &'t str,
    judging: &Judging,
    alerts: &[Alert],
) -> Result<Option<(Vec<String>, Said)>, Wrong> {
    let verdict = cell("verdict").to_lowercase();
    if verdict.is_empty() {
        return Ok(None);
    }
    let thing = cell("thing");
    let is_alert = alerts.iter().any(|alert| alert.id == thing);
    let things: Vec<&str> = std::iter::once(thing)
        .chain(cell("copies").split_whitespace())
        .collect();
    let stranger = things.iter().find(|thing| judging.sighting(thing).is_none());
    if let Some(thing) = stranger.filter(|_| !is_alert) {
        let what = format!("`{thing}` is no sighting and no alert of this register");
        return Err(("thing", what, "export the table again"));
    }
    let words = Words {
        verdict: &verdict,
        why: cell("why"),
        body: cell("body"),
        maker: cell("maker"),
    };
    let said =
        Said::of(words, judging, is_alert).map_err(|Unsaid { field, what, hint }| (field, what, hint))?;
    Ok(Some((things.into_iter().map(str::to_owned).collect(), said)))
}

/// Takes off the `'` that keeps a spreadsheet from running a cell.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest)
            if rest
                .trim_start_matches('\'')
                .starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) =>
        {
            rest
        }
        _ => text,
    }
}

fn unreadable(line: u64, error: &csv::Error) -> Problem {
    Problem {
        because: error.to_string(),
        ..wrong(
            line,
            "",
            "the row cannot be read".into(),
            "save the table as CSV in UTF-8",
        )
    }
}

fn wrong(line: u64, column: &str, what: String, hint: &str) -> Problem {
    let column = if column.is_empty() {
        String::new()
    } else {
        format!(", column \"{column}\"")
    };
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: format!("line {line}{column}"),
        what,
        because: "nothing of the table was taken".into(),
        hint: hint.into(),
    }
}
