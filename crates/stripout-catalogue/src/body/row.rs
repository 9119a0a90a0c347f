//! Rows of the tables in `data/bodies/`.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use stripout_model::BodyId;

use super::alias::{Alias, AliasKind};
use super::bodies::Succession;
use super::public_body::{Identifier, Position, PublicBody};
use crate::Verification;
use crate::list::optional_text;

/// Columns of a table of bodies that hold a number of a register, in the register's own name.
const IDENTIFIERS: [&str; 6] = ["gss", "ods", "slug", "register", "companies-house", "wdtk"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AliasRow {
    body: BodyId,
    alias: String,
    kind: AliasKind,
    #[serde(deserialize_with = "optional_date")]
    from: Option<Date>,
    #[serde(deserialize_with = "optional_date")]
    until: Option<Date>,
    #[serde(deserialize_with = "optional_text")]
    source: Option<String>,
    verification: Verification,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SuccessionRow {
    predecessor: BodyId,
    successor: BodyId,
    date: Date,
    #[serde(deserialize_with = "optional_text")]
    source: Option<String>,
    verification: Verification,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainRow {
    pub(super) domain: String,
    pub(super) body: BodyId,
    #[serde(deserialize_with = "optional_text")]
    pub(super) source: Option<String>,
    #[serde(rename = "verification")]
    _verification: Verification,
}

/// A number of a register that has a table of its own: from another source than the body's row, or under another licence.
#[derive(Deserialize)]
pub(super) struct IdentifierRow {
    pub(super) body: BodyId,
    scheme: String,
    value: String,
    pub(super) source: String,
}

/// Where a body's seat is, where another source than the body's row says so.
#[derive(Deserialize)]
pub(super) struct PositionRow {
    pub(super) body: BodyId,
    lat: f64,
    long: f64,
    pub(super) source: String,
}

fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    optional_text(deserializer)?
        .map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

impl From<AliasRow> for Alias {
    fn from(row: AliasRow) -> Self {
        Self {
            body: row.body,
            alias: row.alias,
            kind: row.kind,
            from: row.from,
            until: row.until,
            source: row.source,
            verification: row.verification,
        }
    }
}

impl From<SuccessionRow> for Succession {
    fn from(row: SuccessionRow) -> Self {
        Self {
            predecessor: row.predecessor,
            successor: row.successor,
            date: row.date,
            source: row.source,
            verification: row.verification,
        }
    }
}

impl From<IdentifierRow> for Identifier {
    fn from(row: IdentifierRow) -> Self {
        Self {
            scheme: row.scheme,
            value: row.value,
            source: Some(row.source),
        }
    }
}

impl From<PositionRow> for Position {
    fn from(row: PositionRow) -> Self {
        Self {
            lat: row.lat,
            long: row.long,
        }
    }
}

/// One row of a table of bodies.
pub(super) fn body(row: &HashMap<String, String>) -> Result<PublicBody, String> {
    let cell = |column: &str| {
        row.get(column)
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
    };
    let text = |column: &str| {
        cell(column)
            .map(str::to_owned)
            .ok_or_else(|| format!("`{column}` is empty"))
    };
    let date = |column: &str| -> Result<Option<Date>, String> {
        cell(column)
            .map(|text| text.parse().map_err(|error| format!("`{column}`: {error}")))
            .transpose()
    };
    let degrees = |column: &str| -> Result<Option<f64>, String> {
        cell(column)
            .map(|text| text.parse().map_err(|error| format!("`{column}`: {error}")))
            .transpose()
    };
    let mut identifiers = Vec::new();
    for column in IDENTIFIERS {
        if let Some(value) = cell(column) {
            identifiers.push(match (column, value.split_once(':')) {
                // The register's own column holds `register:number`, as there are several.
                ("register", Some((scheme, value))) => identifier(scheme, value),
                _ => identifier(column, value),
            });
        }
    }
    Ok(PublicBody {
        id: text("id")?.parse().map_err(|error| format!("{error}"))?,
        kind: text("kind")?,
        name: text("name")?,
        nation: text("nation")?,
        region: cell("region").map(str::to_owned),
        from: date("from")?,
        until: date("until")?,
        identifiers,
        position: degrees("lat")?
            .zip(degrees("long")?)
            .map(|(lat, long)| Position { lat, long }),
        position_source: None,
        source: cell("source").map(str::to_owned),
        verification: verification(&text("verification")?)?,
    })
}

fn identifier(scheme: &str, value: &str) -> Identifier {
    Identifier {
        scheme: scheme.to_owned(),
        value: value.to_owned(),
        source: None,
    }
}

fn verification(text: &str) -> Result<Verification, String> {
    Verification::ALL
        .into_iter()
        .find(|v| v.as_str() == text)
        .ok_or_else(|| format!("`{text}` is no value of the vocabulary `verification`"))
}
