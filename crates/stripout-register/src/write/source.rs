//! Sources, how they came, and their readings.

use std::path::Path;

use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection};
use stripout_model::{BlobId, DocumentKind, Provenance};

use crate::id::Identity;
use crate::row::{Fields, Select as _, SourceRow};
use crate::sql::{fault, trusted};
use crate::{Error, Keeping, NewSource, Result, RowId, SourceEnd};

/// All with the same number of digits, so that they sort as text.
pub(crate) fn stamp(time: Timestamp) -> String {
    format!("{time:.3}")
}

pub(crate) fn reading_id(source: &NewSource) -> RowId {
    Identity::of("reading")
        .blob(&source.blob)
        .text(&source.reader)
        .text(&source.catalogue)
        .finish()
}

/// Writes the source and its provenance where they are new.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    source: &NewSource,
    store: &Path,
) -> Result<()> {
    let size = i64::try_from(source.size).map_err(|_too_large| Error::OutOfRange {
        what: "size",
        value: source.size.to_string(),
    })?;
    let copy = match &source.keeping {
        Keeping::Copy(path) => Some(path.as_str()),
        Keeping::Reference => None,
    };
    let of = |error: sqlx::Error| fault(store, &error);
    let id = RowId::of_blob(&source.blob);
    // On the whole hash, not the id: another blob with the same first digits must be refused, never merged.
    sqlx::query(
        "INSERT INTO source (id, sha256, size, copy) VALUES ($1, $2, $3, $4) ON CONFLICT (sha256) DO UPDATE \
         SET copy = excluded.copy WHERE source.copy IS NULL AND excluded.copy IS NOT NULL",
    )
    .bind(id.to_string())
    .bind(source.blob.to_string())
    .bind(size)
    .bind(copy)
    .execute(&mut *connection)
    .await
    .map_err(of)?;
    provenance(connection, id, &source.provenance, source.read_at)
        .await
        .map_err(of)?;
    Ok(())
}

/// `false` when it was known.
pub(crate) async fn provenance(
    connection: &mut SqliteConnection,
    source: RowId,
    provenance: &Provenance,
    at: Timestamp,
) -> Result<bool, sqlx::Error> {
    let (kind, path) = way(provenance);
    let done = sqlx::query(
        "INSERT INTO provenance (source, kind, path, seen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (source, kind, path) DO NOTHING",
    )
    .bind(source.to_string())
    .bind(kind)
    .bind(path)
    .bind(stamp(at))
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The same, with the first time it came this way.
pub(crate) async fn came(
    connection: &mut SqliteConnection,
    source: RowId,
    provenance: &Provenance,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    let (kind, path) = way(provenance);
    sqlx::query(
        "INSERT INTO provenance (source, kind, path, seen_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (source, kind, path) DO UPDATE SET seen_at = min(seen_at, excluded.seen_at)",
    )
    .bind(source.to_string())
    .bind(kind)
    .bind(path)
    .bind(stamp(at))
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) fn way(provenance: &Provenance) -> (&'static str, &str) {
    match provenance {
        Provenance::File { path } => ("file", path),
        Provenance::Stdin => ("stdin", ""),
    }
}

pub(crate) async fn is_read(connection: &mut SqliteConnection, reading: RowId) -> Result<bool, sqlx::Error> {
    let found = sqlx::query("SELECT 1 FROM reading WHERE id = $1").bind(reading.to_string());
    Ok(found.fetch_optional(connection).await?.is_some())
}

/// The source as lists show it; `None` when these bytes were never read.
pub(crate) async fn current(
    connection: &mut SqliteConnection,
    blob: &BlobId,
) -> Result<Option<SourceRow>, sqlx::Error> {
    let text = format!("{} AND s.sha256 = $1", SourceRow::SELECT);
    let row = sqlx::query(trusted(text))
        .bind(blob.to_string())
        .fetch_optional(connection)
        .await?;
    row.map(|row| SourceRow::from_row(&Fields::Row(&row))).transpose()
}

/// The counts follow with `end_reading`.
pub(crate) async fn start_reading(
    connection: &mut SqliteConnection,
    source: &NewSource,
    reading: RowId,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO reading (id, source, reader, catalogue, read_at, formats, kinds, records, kept, problems, partial) \
         VALUES ($1, $2, $3, $4, $5, '[]', '[]', 0, 0, 0, 0)",
    )
    .bind(reading.to_string())
    .bind(RowId::of_blob(&source.blob).to_string())
    .bind(&source.reader)
    .bind(&source.catalogue)
    .bind(stamp(source.read_at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Fills in how it went, and lets the reading take the place of those before it.
pub(crate) async fn end_reading(
    connection: &mut SqliteConnection,
    reading: RowId,
    kept: u64,
    problems: u64,
    end: &SourceEnd,
) -> Result<(), sqlx::Error> {
    let number = |number: u64| i64::try_from(number).map_err(|error| sqlx::Error::Encode(error.into()));
    let json = |names: Vec<&str>| serde_json::Value::from(names).to_string();
    let updated = sqlx::query(
        "UPDATE reading SET formats = $2, kinds = $3, records = $4, kept = $5, problems = $6, partial = $7 \
         WHERE id = $1 RETURNING source",
    )
    .bind(reading.to_string())
    .bind(json(end.formats.iter().map(String::as_str).collect()))
    .bind(json(
        end.kinds.iter().copied().map(DocumentKind::as_str).collect(),
    ))
    .bind(number(end.records)?)
    .bind(number(kept)?)
    .bind(number(problems)?)
    .bind(i64::from(end.partial))
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE reading SET superseded_by = $1 WHERE source = $2 AND id <> $1 AND superseded_by IS NULL",
    )
    .bind(reading.to_string())
    .bind(updated.try_get::<String, _>(0)?)
    .execute(connection)
    .await?;
    Ok(())
}
