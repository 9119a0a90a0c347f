//! Records, whose documents they are, and the payments they state.

use stripout_model::{BlobId, Letterhead, Payment};

use super::insert::{Rows, Table};
use crate::id::Identity;
use crate::{KeptRecord, Result, RowId};

pub(super) const RECORD: Table = Table {
    name: "record",
    columns: &[
        "id", "reading", "member", "number", "line", "byte", "kind", "whole",
    ],
    conflict: "ON CONFLICT (id) DO UPDATE SET reading = excluded.reading WHERE reading <> excluded.reading",
};

pub(super) const LETTERHEAD: Table = Table {
    name: "letterhead",
    columns: &[
        "record",
        "reading",
        "author",
        "how",
        "place",
        "written_on",
        "sender",
    ],
    conflict: "ON CONFLICT (record, reading) DO NOTHING",
};

pub(super) const PAYMENT: Table = Table {
    name: "payment",
    columns: &[
        "id",
        "record",
        "body",
        "supplier",
        "amount_minor",
        "currency",
        "date",
        "purpose",
        "category",
        "reference",
    ],
    conflict: "ON CONFLICT (id) DO NOTHING",
};

/// The content is part of the id: should another version of the reader cut or write the record differently, it is
/// another record, and what rests on the old one keeps it.
pub(super) fn push(
    rows: &mut Rows,
    blob: &BlobId,
    reading: RowId,
    record: &KeptRecord,
    whole: String,
) -> Result<RowId> {
    let id = Identity::of("record")
        .blob(blob)
        .optional(record.member.as_deref())
        .number(record.place.number)
        .number(record.place.byte)
        .text(&whole)
        .finish();
    rows.shown(id);
    rows.shown(reading);
    rows.optional(record.member.as_deref());
    rows.natural("record number", record.place.number)?;
    rows.natural("line", record.place.line)?;
    rows.natural("byte offset", record.place.byte)?;
    rows.text(record.kind.as_str());
    rows.text(whole);
    Ok(id)
}

pub(super) fn payment(rows: &mut Rows, record: RowId, payment: &Payment) {
    let Payment {
        body,
        supplier,
        amount,
        date,
        purpose,
        category,
        reference,
    } = payment;
    rows.shown(Identity::of("payment").id(record).finish());
    rows.shown(record);
    rows.optional(body.as_deref());
    rows.optional(supplier.as_deref());
    rows.money(*amount);
    rows.optional(date.as_ref());
    rows.optional(purpose.as_deref());
    rows.optional(category.as_deref());
    rows.optional(reference.as_deref());
}

/// Nothing for a record that says nothing of itself.
pub(super) fn letterhead(rows: &mut Rows, record: RowId, reading: RowId, letterhead: &Letterhead) {
    let Letterhead {
        author,
        sender,
        written,
    } = letterhead;
    if author.is_none() && sender.is_none() && written.is_none() {
        return;
    }
    rows.shown(record);
    rows.shown(reading);
    rows.optional(author.as_ref().map(|author| &author.name));
    rows.optional(author.as_ref().map(|author| author.how));
    rows.optional(author.as_ref().map(|author| &author.place));
    rows.optional(*written);
    rows.optional(sender.as_ref());
}
