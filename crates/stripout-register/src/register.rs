//! The register as a whole.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::{Sqlite, SqlitePool, Transaction};
use stripout_model::{BlobId, Provenance};

use crate::open::{Pools, open};
use crate::sql::fault;
use crate::unit::{Begun, Group, Unit};
use crate::{Error, Filter, NewSource, OpenMode, Result, RowId, SourceRow};

/// How long to wait for another writer before giving up.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open register. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Register {
    pub(crate) path: Arc<Path>,
    writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
}

impl Register {
    pub async fn open(path: impl AsRef<Path>, mode: OpenMode) -> Result<Self> {
        Self::open_within(path, mode, PATIENCE).await
    }

    /// Waits at most `patience` for another program that is writing, here and at every `begin`.
    pub async fn open_within(path: impl AsRef<Path>, mode: OpenMode, patience: Duration) -> Result<Self> {
        let path: Arc<Path> = path.as_ref().into();
        let Pools { writer, readers } = open(&path, mode, patience).await?;
        Ok(Self { path, writer, readers })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes the connections; the last writer to leave folds the log into the file.
    pub async fn close(self) {
        self.readers.close().await;
        if let Some(writer) = self.writer {
            writer.close().await;
        }
    }

    /// What is known of these bytes; `None` when they were never read.
    pub async fn source(&self, blob: &BlobId) -> Result<Option<SourceRow>> {
        let filter = Filter { source: Some(blob.to_string()), ..Filter::default() };
        Ok(self.list::<SourceRow>(&filter).await?.into_iter().next())
    }

    /// Notes one more way by which known bytes came to us. `false` when nothing was new.
    pub async fn seen(&self, blob: &BlobId, provenance: &Provenance, at: Timestamp) -> Result<bool> {
        let mut transaction = self.transaction().await?;
        let new =
            crate::write::source::provenance(&mut transaction, RowId::of_blob(blob), provenance, at).await;
        let new = new.map_err(|error| fault(&self.path, &error))?;
        transaction.commit().await.map_err(|error| fault(&self.path, &error))?;
        Ok(new)
    }

    /// Starts the one transaction of one input: nothing of it is visible before `Unit::commit`, and a dropped unit
    /// leaves nothing. Waits for the unit or group that is open; one task must not hold two.
    pub async fn begin(&self, source: &NewSource) -> Result<Begun<'static>> {
        let transaction = self.transaction().await?;
        Unit::start(&self.path, transaction, source).await
    }

    /// Several small inputs in one transaction: one fsync for all, and still each input whole or not at all.
    pub async fn group(&self) -> Result<Group> {
        Ok(Group::new(&self.path, self.transaction().await?))
    }

    async fn transaction(&self) -> Result<Transaction<'static, Sqlite>> {
        let Some(writer) = &self.writer else {
            return Err(Error::ReadOnly { path: self.path.to_path_buf(), because: "it was opened for reading".into() });
        };
        // A transaction that starts by reading cannot turn writer while another one writes.
        writer.begin_with("BEGIN IMMEDIATE").await.map_err(|error| fault(&self.path, &error))
    }
}
