//! Where sources can be read, and whether everybody may have their originals.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::Serialize;
use stripout_model::BlobId;

use crate::row::Fields;
use crate::sql::fault;
use crate::write::source::stamp;
use crate::{Register, Result};

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourcePage {
    pub sha256: BlobId,
    /// The page that it was published on.
    pub link: Option<String>,
    /// Everybody may have the original as it came.
    pub open: bool,
    pub who: String,
    pub when: Timestamp,
    pub why: String,
}

/// What holds of each source.
#[derive(Debug, Clone, Default)]
pub struct SourcePages(HashMap<BlobId, SourcePage>);

impl SourcePages {
    /// Of the log, in its order: the last entry on a source holds.
    pub fn of(log: Vec<SourcePage>) -> Self {
        Self(log.into_iter().map(|entry| (entry.sha256, entry)).collect())
    }

    pub fn get(&self, source: &BlobId) -> Option<&SourcePage> {
        self.0.get(source)
    }

    /// Ordered by the hashes.
    pub fn entries(&self) -> Vec<&SourcePage> {
        let mut entries: Vec<&SourcePage> = self.0.values().collect();
        entries.sort_by_key(|entry| entry.sha256);
        entries
    }
}

impl Register {
    /// The whole log, oldest first.
    pub async fn source_pages(&self) -> Result<Vec<SourcePage>> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let rows = sqlx::query("SELECT sha256, link, open, who, at, why FROM source_page ORDER BY id")
            .fetch_all(&self.readers)
            .await
            .map_err(of)?;
        let entry = |row: &sqlx::sqlite::SqliteRow| {
            let row = Fields::Row(row);
            Ok(SourcePage {
                sha256: row.word("sha256")?,
                link: row.maybe_text("link")?,
                open: row.flag("open")?,
                who: row.text("who")?,
                when: row.word("at")?,
                why: row.text("why")?,
            })
        };
        let log = rows.iter().map(entry).collect::<Result<_, sqlx::Error>>();
        log.map_err(of)
    }

    /// Appends to the log, all or none.
    pub async fn keep_source_pages(&self, entries: &[SourcePage]) -> Result<()> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        for entry in entries {
            sqlx::query(
                "INSERT INTO source_page (sha256, link, open, who, at, why) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(entry.sha256.to_string())
            .bind(entry.link.as_deref())
            .bind(entry.open)
            .bind(&entry.who)
            .bind(stamp(entry.when))
            .bind(&entry.why)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        }
        transaction.commit().await.map_err(of)
    }
}
