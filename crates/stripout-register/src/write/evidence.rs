//! The columns that every table resting on evidence shares.

use stripout_model::{Evidence, Row};

use super::insert::Rows;
use crate::Result;
use crate::id::Identity;

/// Same order as `push` and `row` fill them.
macro_rules! columns {
    (proof $($own:literal),* $(,)?) => {
        &[$($own,)* "locator", "byte", "excerpt", "start", "mark_from", "mark_to"]
    };
    ($($own:literal),* $(,)?) => {
        &[$($own,)* "locator", "byte", "excerpt", "start", "mark_from", "mark_to",
          "body", "supplier", "amount_minor", "currency", "date"]
    };
}
pub(super) use columns;

pub(super) fn push(rows: &mut Rows, evidence: &Evidence, row: &Row) -> Result<()> {
    proof(rows, evidence)?;
    let Row {
        body,
        supplier,
        amount,
        date,
    } = row;
    rows.optional(body.as_deref());
    rows.optional(supplier.as_deref());
    rows.money(*amount);
    rows.optional(date.as_ref());
    Ok(())
}

/// The evidence alone.
pub(super) fn proof(rows: &mut Rows, evidence: &Evidence) -> Result<()> {
    let Evidence {
        blob: _,
        locator,
        excerpt,
        start,
        mark,
    } = evidence;
    rows.json(locator)?;
    rows.natural("byte offset", locator.bytes.start)?;
    rows.text(&**excerpt);
    rows.natural("offset", *start)?;
    rows.natural("offset", mark.start)?;
    rows.natural("offset", mark.end)
}

/// The marked words at their place. How much is quoted around them is left out: it does not change what is claimed.
pub(super) fn identity(table: &str, evidence: &Evidence) -> Identity {
    let Evidence {
        blob,
        locator,
        start,
        mark,
        excerpt: _,
    } = evidence;
    let column = match locator.decoding.escape {
        stripout_model::Escape::Csv { column, .. } | stripout_model::Escape::Headed { column, .. } => {
            Some(column.to_string())
        }
        stripout_model::Escape::Plain | stripout_model::Escape::Json => None,
    };
    Identity::of(table)
        .blob(blob)
        .optional(locator.member.as_deref())
        .number(locator.bytes.start)
        .number(locator.bytes.end)
        .optional(column.as_deref())
        .number((start + mark.start) as u64)
        .number((start + mark.end) as u64)
}
