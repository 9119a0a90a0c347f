//! Publishers' registers: one file is one transaction, and the same bytes twice change nothing.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use sqlx::{Row as _, Sqlite, Transaction};
use stripout_model::BlobId;

use crate::sql::fault;
use crate::write::reference::write;
use crate::write::source::stamp;
use crate::{Register, Result};

/// A file to import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReferenceFile {
    pub blob: BlobId,
    /// As given by the user.
    pub path: String,
    /// `postcodes`, `schools`, `nhs`, `government`, `authorities`, `councils` or `boundaries`.
    pub layout: String,
    /// The publisher's date or edition, where the file states it.
    pub vintage: Option<String>,
    pub imported_at: Timestamp,
}

/// One fact of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReferenceFact {
    Postcode(Box<ReferencePostcode>),
    Organisation(Box<ReferenceOrganisation>),
    Area(ReferenceArea),
}

/// Codes are of the Office for National Statistics; months are `YYYY-MM`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferencePostcode {
    pub postcode: String,
    pub introduced: Option<String>,
    pub ended: Option<String>,
    pub district: Option<String>,
    pub county: Option<String>,
    pub constituency: Option<String>,
    pub force: Option<String>,
    pub care_board: Option<String>,
    pub country: Option<String>,
    pub region: Option<String>,
    /// Latitude and longitude in millionths of a degree.
    pub position: Option<(i64, i64)>,
}

impl ReferencePostcode {
    /// A postcode as the tables have it: with one space before the last three characters, a digit and two letters, behind
    /// letters and digits. `None` for what has not the shape of one.
    pub fn written(text: &str) -> Option<String> {
        let parts = text.trim().chars().filter(|c| !c.is_whitespace());
        let bare: String = parts.collect::<String>().to_ascii_uppercase();
        let split = bare
            .len()
            .checked_sub(3)
            .filter(|split| (2..=4).contains(split))?;
        let (out, inward) = bare.split_at_checked(split)?;
        let shaped = out.starts_with(|c: char| c.is_ascii_alphabetic())
            && out.bytes().all(|it| it.is_ascii_alphanumeric())
            && out.bytes().any(|it| it.is_ascii_digit())
            && matches!(inward.as_bytes(), [b'0'..=b'9', b'A'..=b'Z', b'A'..=b'Z']);
        shaped.then(|| format!("{out} {inward}"))
    }
}

/// A body as one register has it. Days are `YYYY-MM-DD`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceOrganisation {
    pub register: &'static str,
    pub code: String,
    pub name: String,
    pub short: Option<String>,
    pub kind: Option<String>,
    pub status: Option<String>,
    pub opened: Option<String>,
    pub closed: Option<String>,
    pub postcode: Option<String>,
    pub area: Option<String>,
    pub parent: Option<String>,
    pub successors: Vec<String>,
    pub url: Option<String>,
}

/// A boundary as a geometry of `GeoJSON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceArea {
    pub code: String,
    pub name: String,
    pub geometry: String,
}

/// A file being imported: nothing of it is visible before `commit`, and a dropped one leaves nothing.
pub struct ReferenceImport {
    store: Arc<Path>,
    transaction: Transaction<'static, Sqlite>,
    file: String,
    units: u64,
}

impl Register {
    /// Starts an import; `None` when these bytes were imported before.
    pub async fn import(&self, file: &ReferenceFile) -> Result<Option<ReferenceImport>> {
        let mut transaction = self.transaction().await?;
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let sha256 = file.blob.to_string();
        let new = sqlx::query(
            "INSERT INTO reference_file (sha256, path, layout, vintage, imported_at, units, bad) \
             VALUES ($1, $2, $3, $4, $5, 0, 0) ON CONFLICT (sha256) DO NOTHING",
        )
        .bind(&sha256)
        .bind(&file.path)
        .bind(&file.layout)
        .bind(&file.vintage)
        .bind(stamp(file.imported_at))
        .execute(&mut *transaction)
        .await
        .map_err(of)?;
        Ok((new.rows_affected() > 0).then(|| ReferenceImport {
            store: self.path.clone(),
            transaction,
            file: sha256,
            units: 0,
        }))
    }

    /// When these bytes were imported, if they were.
    pub async fn imported_at(&self, blob: &BlobId) -> Result<Option<String>> {
        let row = sqlx::query("SELECT imported_at FROM reference_file WHERE sha256 = $1")
            .bind(blob.to_string())
            .fetch_optional(&self.readers)
            .await
            .map_err(|error| fault(&self.path, &error))?;
        row.map(|row| row.try_get(0))
            .transpose()
            .map_err(|error| fault(&self.path, &error))
    }
}

impl ReferenceImport {
    /// Later facts take the place of earlier ones with the same key.
    pub async fn write(&mut self, facts: Vec<ReferenceFact>) -> Result<()> {
        self.units += facts.len() as u64;
        write(&mut self.transaction, &self.file, facts)
            .await
            .map_err(|error| fault(&self.store, &error))
    }

    /// `bad`: units that could not be read.
    pub async fn commit(mut self, bad: u64) -> Result<()> {
        let of = |error: sqlx::Error| fault(&self.store, &error);
        sqlx::query("UPDATE reference_file SET units = $1, bad = $2 WHERE sha256 = $3")
            .bind(i64::try_from(self.units).unwrap_or(i64::MAX))
            .bind(i64::try_from(bad).unwrap_or(i64::MAX))
            .bind(&self.file)
            .execute(&mut *self.transaction)
            .await
            .map_err(of)?;
        self.transaction.commit().await.map_err(of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_told_by_their_shape() {
        for (text, want) in [
            ("LS1 1UR", Some("LS1 1UR")),
            (" sw1a1aa ", Some("SW1A 1AA")),
            ("m 1 1 a e", Some("M1 1AE")),
            ("LS1", None),
            ("Leeds", None),
            ("123 4AB", None),
            ("LS1 1U1", None),
            ("ABCDE 1AA", None),
            ("\u{e9}S1 1UR", None),
            ("", None),
        ] {
            assert_eq!(ReferencePostcode::written(text).as_deref(), want, "{text}");
        }
    }
}
