//! Facts of publishers' registers to rows.

use sqlx::SqliteConnection;

use super::insert::{Rows, Table};
use crate::ReferenceFact;

const POSTCODE: Table = Table {
    name: "reference_postcode",
    columns: &[
        "postcode",
        "introduced",
        "ended",
        "district",
        "county",
        "constituency",
        "force",
        "care_board",
        "country",
        "region",
        "lat",
        "long",
        "file",
    ],
    conflict: "ON CONFLICT (postcode) DO UPDATE SET introduced = excluded.introduced, ended = excluded.ended, \
        district = excluded.district, county = excluded.county, constituency = excluded.constituency, \
        force = excluded.force, care_board = excluded.care_board, country = excluded.country, \
        region = excluded.region, lat = excluded.lat, long = excluded.long, file = excluded.file",
};

const ORGANISATION: Table = Table {
    name: "reference_organisation",
    columns: &[
        "register",
        "code",
        "name",
        "short",
        "kind",
        "status",
        "opened",
        "closed",
        "postcode",
        "area",
        "parent",
        "successors",
        "url",
        "file",
    ],
    conflict: "ON CONFLICT (register, code) DO UPDATE SET name = excluded.name, short = excluded.short, \
        kind = excluded.kind, status = excluded.status, opened = excluded.opened, closed = excluded.closed, \
        postcode = excluded.postcode, area = excluded.area, parent = excluded.parent, \
        successors = excluded.successors, url = excluded.url, file = excluded.file",
};

const AREA: Table = Table {
    name: "reference_area",
    columns: &["code", "name", "geometry", "file"],
    conflict: "ON CONFLICT (code) DO UPDATE SET name = excluded.name, geometry = excluded.geometry, \
        file = excluded.file",
};

pub(crate) async fn write(
    connection: &mut SqliteConnection,
    file: &str,
    facts: Vec<ReferenceFact>,
) -> Result<(), sqlx::Error> {
    let mut postcodes = Rows::of(&POSTCODE);
    let mut organisations = Rows::of(&ORGANISATION);
    let mut areas = Rows::of(&AREA);
    for fact in facts {
        match fact {
            ReferenceFact::Postcode(row) => {
                postcodes.text(row.postcode);
                for cell in [
                    row.introduced,
                    row.ended,
                    row.district,
                    row.county,
                    row.constituency,
                    row.force,
                    row.care_board,
                    row.country,
                    row.region,
                ] {
                    postcodes.optional(cell);
                }
                postcodes.maybe_integer(row.position.map(|(lat, _)| lat));
                postcodes.maybe_integer(row.position.map(|(_, long)| long));
                postcodes.text(file);
            }
            ReferenceFact::Organisation(row) => {
                organisations.text(row.register);
                organisations.text(row.code);
                organisations.text(row.name);
                for cell in [
                    row.short,
                    row.kind,
                    row.status,
                    row.opened,
                    row.closed,
                    row.postcode,
                    row.area,
                    row.parent,
                ] {
                    organisations.optional(cell);
                }
                let codes = row.successors.into_iter().map(serde_json::Value::from);
                let successors: serde_json::Value = codes.collect();
                let some = successors.as_array().is_some_and(|codes| !codes.is_empty());
                organisations.optional(some.then_some(successors));
                organisations.optional(row.url);
                organisations.text(file);
            }
            ReferenceFact::Area(row) => {
                areas.text(row.code);
                areas.text(row.name);
                areas.text(row.geometry);
                areas.text(file);
            }
        }
    }
    for rows in [postcodes, organisations, areas] {
        rows.flush(connection).await?;
    }
    Ok(())
}
