//! Findings as a table.

use stripout_model::Finding;
use stripout_register::Format;
use stripout_register::export::{Cell, Column, ColumnKind, write};

use super::Export;
use crate::list::FindingQuery;
use crate::trouble::Trouble;
use crate::view::View;

const fn column(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind }
}

/// In the order in which exports have them.
pub const COLUMNS: &[Column] = &[
    column("id", ColumnKind::Text),
    column("body", ColumnKind::Text),
    column("maker", ColumnKind::Text),
    column("site", ColumnKind::Text),
    column("sensitive", ColumnKind::Boolean),
    column("kinds", ColumnKind::Json),
    column("status", ColumnKind::Text),
    column("first", ColumnKind::Text),
    column("last", ColumnKind::Text),
    column("stated", ColumnKind::Text),
    column("devices", ColumnKind::Integer),
    column("counted", ColumnKind::Text),
    column("bought", ColumnKind::Integer),
    column("money", ColumnKind::Json),
    column("purchases", ColumnKind::Json),
    column("repeated", ColumnKind::Integer),
    column("confidence", ColumnKind::Text),
    column("public", ColumnKind::Boolean),
    column("sentence", ColumnKind::Text),
    column("sightings", ColumnKind::Json),
    column("contradicted_by", ColumnKind::Json),
];

pub fn cells(finding: &Finding) -> serde_json::Result<Vec<Cell>> {
    let text = |text: &dyn ToString| Cell::Text(text.to_string());
    let count = |count: Option<u32>| count.map_or(Cell::Null, |count| Cell::Integer(count.into()));
    let maybe = |text: Option<String>| text.map_or(Cell::Null, Cell::Text);
    Ok(vec![
        text(&finding.id),
        text(&finding.body),
        text(&finding.maker),
        maybe(finding.site.clone()),
        finding.sensitive.map_or(Cell::Null, Cell::Boolean),
        Cell::Json(serde_json::to_string(&finding.kinds)?),
        text(&finding.status),
        maybe(finding.first.map(|day| day.to_string())),
        maybe(finding.last.map(|day| day.to_string())),
        maybe(finding.stated.map(|day| day.to_string())),
        count(finding.devices),
        maybe(finding.counted.map(|day| day.to_string())),
        count(finding.bought),
        Cell::Json(serde_json::to_string(&finding.money)?),
        Cell::Json(serde_json::to_string(&finding.purchases)?),
        Cell::Integer(finding.repeated.into()),
        text(&finding.confidence),
        Cell::Boolean(finding.public),
        text(&finding.sentence),
        Cell::Json(serde_json::to_string(&finding.sightings)?),
        Cell::Json(serde_json::to_string(&finding.contradicted_by)?),
    ])
}

pub(super) const CSV: Export = Export {
    name: "findings.csv",
    title: "Findings as CSV",
    kind: "text/csv; charset=utf-8",
    columns: Some(COLUMNS),
    make: |view, query| table(view, query, Format::Csv),
};

pub(super) const JSONL: Export = Export {
    name: "findings.jsonl",
    title: "Findings as JSON Lines",
    kind: "application/jsonl; charset=utf-8",
    columns: Some(COLUMNS),
    make: |view, query| table(view, query, Format::Jsonl),
};

#[cfg(feature = "parquet")]
pub(super) const PARQUET: Export = Export {
    name: "findings.parquet",
    title: "Findings as Parquet",
    kind: "application/vnd.apache.parquet",
    columns: Some(COLUMNS),
    make: |view, query| table(view, query, Format::Parquet),
};

fn table(view: &View, query: &FindingQuery, format: Format) -> Result<Vec<u8>, Trouble> {
    let failed = |error: &dyn std::error::Error| Trouble::Failed(error.to_string());
    let rows = query
        .of(view)
        .into_iter()
        .map(cells)
        .collect::<Result<Vec<_>, _>>();
    let rows = rows.map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    write("findings", COLUMNS, rows, format, &mut bytes).map_err(|error| failed(&error))?;
    Ok(bytes)
}
