//! Contracts as their releases state them.

use stripout_model::{Contract, Party};

use super::insert::{Rows, Table};
use crate::id::Identity;
use crate::{Error, Result, RowId};

pub(super) const CONTRACT: Table = Table {
    name: "contract",
    columns: &[
        "id",
        "record",
        "position",
        "content",
        "ocid",
        "release_id",
        "released",
        "stage",
        "award",
        "title",
        "buyer",
        "buyer_ids",
        "supplier",
        "suppliers",
        "amount_minor",
        "currency",
        "date",
        "signed",
        "starts",
        "ends",
        "status",
        "tags",
        "notices",
        "cpv",
        "documents",
    ],
    conflict: "ON CONFLICT (id) DO NOTHING",
};

pub(super) fn push(rows: &mut Rows, record: RowId, position: u64, contract: &Contract) -> Result<()> {
    let whole = serde_json::to_string(contract).map_err(|error| Error::OutOfRange {
        what: "JSON",
        value: error.to_string(),
    })?;
    let Contract {
        ocid,
        release,
        released,
        stage,
        award,
        title,
        buyer,
        suppliers,
        value,
        signed,
        start,
        end,
        status,
        tags,
        notices,
        cpv,
        documents,
    } = contract;
    rows.shown(Identity::of("contract").id(record).number(position).finish());
    rows.shown(record);
    rows.natural("position", position)?;
    rows.shown(Identity::of("content").text(&whole).finish());
    rows.text(&**ocid);
    rows.optional(release.as_deref());
    rows.text(released.as_deref().unwrap_or_default());
    rows.text(stage.as_str());
    rows.text(award.as_deref().unwrap_or_default());
    rows.optional(title.as_deref());
    rows.optional(buyer.as_ref().map(|buyer| &buyer.name));
    rows.json(
        &buyer
            .as_ref()
            .map(|buyer| buyer.identifiers.as_slice())
            .unwrap_or_default(),
    )?;
    rows.optional(names(suppliers));
    rows.json(suppliers)?;
    rows.money(*value);
    rows.optional(contract.date());
    rows.optional(signed.as_ref());
    rows.optional(start.as_ref());
    rows.optional(end.as_ref());
    rows.optional(status.as_deref());
    rows.json(tags)?;
    rows.json(notices)?;
    rows.json(cpv)?;
    rows.json(documents)
}

fn names(parties: &[Party]) -> Option<String> {
    let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join("; "))
}
