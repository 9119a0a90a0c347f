//! Sightings, leads and affiliations.

use stripout_model::{Affiliation, Installation, Lead, Sighting};

use super::evidence::{self, columns};
use super::insert::{Rows, Table};
use crate::{Result, RowId};

/// The same statement twice in one reading is one row.
const ONCE: &str = "ON CONFLICT (id, reading) DO NOTHING";

pub(super) const SIGHTING: Table = Table {
    name: "sighting",
    columns: columns![
        "id",
        "reading",
        "record",
        "maker",
        "brand",
        "model",
        "via",
        "distance",
        "confidence",
        "stance",
        "count",
        "cue",
        "why",
        "site",
        "sensitive",
        "device",
    ],
    conflict: ONCE,
};

pub(super) const LEAD: Table = Table {
    name: "lead",
    columns: columns!["id", "reading", "record", "why"],
    conflict: ONCE,
};

pub(super) const AFFILIATION: Table = Table {
    name: "affiliation",
    columns: columns![
        "id",
        "reading",
        "record",
        "maker",
        "brand",
        "tied_at_the_time",
        "why"
    ],
    conflict: ONCE,
};

/// How sure we are, and how we say why, are not part of the id: a better catalogue may change both, and a decision on
/// the claim stays with it.
pub(super) fn sighting(rows: &mut Rows, reading: RowId, record: RowId, sighting: &Sighting) -> Result<()> {
    let Sighting {
        maker,
        brand,
        model,
        via,
        distance,
        confidence,
        stance,
        count,
        cue,
        why,
        installation,
        evidence,
        row,
    } = sighting;
    let Installation {
        site,
        sensitive,
        device,
    } = installation;
    let id = evidence::identity("sighting", evidence)
        .text(maker.as_str())
        .optional(brand.as_ref().map(stripout_model::BrandId::as_str))
        .optional(model.as_ref().map(stripout_model::ModelId::as_str))
        .text(via.as_str())
        .text(stance.as_str())
        .optional(count.map(|count| count.to_string()).as_deref())
        .finish();
    rows.shown(id);
    rows.shown(reading);
    rows.shown(record);
    rows.shown(maker);
    rows.optional(brand.as_ref());
    rows.optional(model.as_ref());
    rows.text(via.as_str());
    rows.integer((*distance).into());
    rows.text(confidence.as_str());
    rows.text(stance.as_str());
    rows.maybe_integer(count.map(Into::into));
    rows.text(&**cue);
    rows.text(&**why);
    rows.optional(site.as_ref());
    rows.maybe_integer(sensitive.map(i64::from));
    rows.optional(device.as_ref());
    evidence::push(rows, evidence, row)
}

pub(super) fn lead(rows: &mut Rows, reading: RowId, record: RowId, lead: &Lead) -> Result<()> {
    let Lead { why, evidence, row } = lead;
    rows.shown(evidence::identity("lead", evidence).finish());
    rows.shown(reading);
    rows.shown(record);
    rows.text(&**why);
    evidence::push(rows, evidence, row)
}

pub(super) fn affiliation(
    rows: &mut Rows,
    reading: RowId,
    record: RowId,
    affiliation: &Affiliation,
) -> Result<()> {
    let Affiliation {
        maker,
        brand,
        tied_at_the_time,
        why,
        evidence,
        row,
    } = affiliation;
    let tied = match tied_at_the_time {
        Some(true) => "tied",
        Some(false) => "not tied",
        None => "unknown",
    };
    let id = evidence::identity("affiliation", evidence)
        .text(maker.as_str())
        .text(brand.as_str())
        .text(tied)
        .finish();
    rows.shown(id);
    rows.shown(reading);
    rows.shown(record);
    rows.shown(maker);
    rows.shown(brand);
    rows.maybe_integer(tied_at_the_time.map(i64::from));
    rows.text(&**why);
    evidence::push(rows, evidence, row)
}
