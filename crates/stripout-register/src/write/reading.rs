//! What a reading leaves besides records: problems and tallies.

use stripout_model::Problem;

use super::insert::{Rows, Table};
use crate::{Result, RowId, Tally};

pub(super) const PROBLEM: Table = Table {
    name: "problem",
    columns: &[
        "reading", "position", "code", "severity", "place", "what", "because", "hint",
    ],
    conflict: "",
};

pub(super) const TALLY: Table = Table {
    name: "tally",
    columns: &["reading", "what", "body", "year", "currency", "rows", "sum_minor"],
    conflict: "",
};

pub(super) fn problem(rows: &mut Rows, reading: RowId, position: u64, problem: &Problem) -> Result<()> {
    let Problem {
        code,
        severity,
        place,
        what,
        because,
        hint,
    } = problem;
    rows.shown(reading);
    rows.natural("position", position)?;
    rows.text(code.as_str());
    rows.text(severity.as_str());
    rows.text(&**place);
    rows.text(&**what);
    rows.text(&**because);
    rows.text(&**hint);
    Ok(())
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
