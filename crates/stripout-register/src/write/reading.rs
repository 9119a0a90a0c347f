//! What a reading leaves besides records: problems and tallies; what an input leaves that could not be read.

use std::path::Path;

use sqlx::SqliteConnection;
use stripout_model::Problem;

use super::insert::{Rows, Table};
use crate::sql::fault;
use crate::{Result, RowId, Tally, Unread};

pub(super) const PROBLEM: Table = Table {
    name: "problem",
    columns: &[
        "reading", "position", "code", "severity", "place", "what", "because", "hint",
    ],
    conflict: "",
};

const UNREAD_PROBLEM: Table = Table {
    name: "unread_problem",
    columns: &[
        "path", "sha256", "position", "code", "severity", "place", "what", "because", "hint",
    ],
    conflict: "",
};

pub(super) const TALLY: Table = Table {
    name: "tally",
    columns: &["reading", "what", "body", "year", "currency", "rows", "sum_minor"],
    conflict: "",
};

pub(super) fn problem(rows: &mut Rows, reading: RowId, position: u64, problem: &Problem) -> Result<()> {
    rows.shown(reading);
    rows.natural("position", position)?;
    said(rows, problem);
    Ok(())
}

/// What `unread` says, once its row is there.
pub(crate) async fn unread_problems(
    connection: &mut SqliteConnection,
    store: &Path,
    unread: &Unread,
) -> Result<()> {
    let mut rows = Rows::of(&UNREAD_PROBLEM);
    for (position, problem) in unread.problems.iter().enumerate() {
        rows.text(&*unread.path);
        rows.text(unread.sha256());
        rows.natural("position", position as u64)?;
        said(&mut rows, problem);
    }
    rows.flush(connection)
        .await
        .map_err(|error| fault(store, &error))?;
    Ok(())
}

fn said(rows: &mut Rows, problem: &Problem) {
    let Problem {
        code,
        severity,
        place,
        what,
        because,
        hint,
    } = problem;
    rows.text(code.as_str());
    rows.text(severity.as_str());
    rows.text(&**place);
    rows.text(&**what);
    rows.text(&**because);
    rows.text(&**hint);
}

pub(super) fn tally(rows: &mut Rows, reading: RowId, tally: &Tally) -> Result<()> {
    let Tally {
        what,
        body,
        year,
        currency,
        rows: count,
        sum_minor,
    } = tally;
    rows.shown(reading);
    rows.text(what.as_str());
    rows.text(body.as_deref().unwrap_or_default());
    rows.integer(year.unwrap_or_default().into());
    rows.text(currency.map(|currency| currency.to_string()).unwrap_or_default());
    rows.natural("count of rows", *count)?;
    rows.maybe_integer(i64::try_from(*sum_minor).ok());
    Ok(())
}
