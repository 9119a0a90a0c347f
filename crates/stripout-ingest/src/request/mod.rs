//! Lists of requests for information: a table that somebody keeps, or requests as `WhatDoTheyKnow` gives them as JSON.
//! Names of those who asked are not read.

mod alaveteli;
mod table;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use jiff::civil::Date;
use stripout_catalogue::{RequestRules, StateWord};
use stripout_model::{Code, OutcomeKind, Problem, Request, RequestList, Severity};

use crate::reference::cell::day;
use crate::reference::problem;

/// Largest list, in bytes: it is read whole.
const LIMIT: u64 = 64 << 20;

/// What reading a list came to.
#[derive(Debug, Default)]
pub struct RequestsRead {
    pub requests: Vec<Request>,
    /// Rows that could not be read.
    pub bad: u64,
    pub problems: Vec<Problem>,
}

/// One row, before it is known to be a request. Texts are trimmed and not empty.
#[derive(Debug, Default)]
struct Row {
    body: Option<String>,
    asked: Option<String>,
    subject: Option<String>,
    reference: Option<String>,
    url: Option<String>,
    state: Option<String>,
    answered: Option<String>,
}

/// A place in the list, and the row there or what is wrong with it.
type Placed = (String, Result<Row, String>);

/// Reads a whole list. `Err` holds what to say to the user; a row that cannot be read is told and left out.
pub fn read_requests(path: &Path, list: &RequestList, rules: &RequestRules) -> Result<RequestsRead, Problem> {
    let unreadable =
        |error: std::io::Error| problem(Code::InputUnreadable, "", error.to_string(), "check the path");
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LIMIT {
        let what = format!("more than {LIMIT} bytes; a list of requests is read whole");
        return Err(problem(Code::InputTooLarge, "", what, "import it in parts"));
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii();
    let rows = match text.first() {
        None => {
            return Err(problem(
                Code::InputEmpty,
                "",
                "the file is empty".into(),
                "get the file again",
            ));
        }
        Some(b'{' | b'[') => alaveteli::rows(text)?,
        Some(_) => table::rows(text, &rules.words.columns)?,
    };
    let mut read = RequestsRead::default();
    let mut assumed = false;
    for (place, row) in rows {
        // Told once: a list writes all its days alike.
        if let (false, Ok(row)) = (assumed, &row)
            && let Some(cell) = [&row.asked, &row.answered]
                .into_iter()
                .flatten()
                .find(|cell| is_ambiguous(cell))
        {
            assumed = true;
            let what = format!("`{cell}` and days like it are read with the day first");
            read.problems.push(Problem {
                severity: Severity::Warning,
                ..problem(Code::InputDate, &place, what, "write days as 2024-03-28")
            });
        }
        match row.and_then(|row| request(row, &place, list, rules)) {
            Ok(request) => read.requests.push(request),
            Err(what) => {
                read.bad += 1;
                let hint = "correct the row; docs/requests.md shows a list";
                read.problems.push(Problem {
                    severity: Severity::Unit,
                    ..problem(Code::InputNotUnderstood, &place, what, hint)
                });
            }
        }
    }
    Ok(read)
}

fn request(row: Row, place: &str, list: &RequestList, rules: &RequestRules) -> Result<Request, String> {
    let date = |cell: Option<String>| -> Result<Option<Date>, String> {
        let Some(iso) = day(&cell.unwrap_or_default())? else {
            return Ok(None);
        };
        iso.parse()
            .map(Some)
            .map_err(|error: jiff::Error| error.to_string())
    };
    let answered = date(row.answered)?;
    let state = match row.state {
        None => None,
        Some(word) => {
            let known = rules.words.state(&word);
            Some(known.ok_or_else(|| format!("`{word}` is no word for how a request stands"))?)
        }
    };
    let outcome = match state {
        Some(StateWord::Answered(outcome)) => Some(outcome),
        // A day of an answer without a word for it: something was given.
        None => answered.map(|_| OutcomeKind::Held),
        Some(StateWord::Waiting | StateWord::Withdrawn) => None,
    };
    Ok(Request {
        id: String::new(),
        body: row.body.ok_or("the body is not named")?,
        asked: date(row.asked)?.ok_or("the day of the request is not given")?,
        subject: row.subject,
        reference: row.reference,
        url: row.url,
        outcome,
        answered,
        withdrawn: state == Some(StateWord::Withdrawn),
        list: list.clone(),
        place: place.to_owned(),
    })
}

/// Whether a day could be meant with the month first: `03/04/2024`.
fn is_ambiguous(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['/', '-']).collect();
    let [first, second, year] = parts.as_slice() else {
        return false;
    };
    let month = |text: &str| text.parse::<u8>().ok().filter(|month| (1..=12).contains(month));
    year.len() == 4 && month(first).zip(month(second)).is_some_and(|(a, b)| a != b)
}
