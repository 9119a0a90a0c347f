//! The register as a whole.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{Sqlite, SqlitePool, Transaction};
use stripout_model::BlobId;

use crate::open::{Pools, READERS, open};
use crate::sql::fault;
use crate::unit::{Begun, Group, Unit};
use crate::{Error, Filter, NewSource, OpenMode, Result, SourceRow};

/// How long to wait for another writer before giving up.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open register. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Register {
    pub(crate) path: Arc<Path>,
    writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
    /// It has no log yet, as this is the first run over it.
    filling: bool,
}

impl Register {
    pub async fn open(path: impl AsRef<Path>, mode: OpenMode) -> Result<Self> {
        Self::open_within(path, mode, PATIENCE).await
    }

    /// Waits at most `patience` for another program that is writing, here and at every `begin`.
    pub async fn open_within(path: impl AsRef<Path>, mode: OpenMode, patience: Duration) -> Result<Self> {
        let path: Arc<Path> = path.as_ref().into();
        let Pools {
            writer,
            readers,
            filling,
        } = open(&path, mode, patience).await?;
        Ok(Self {
            path,
            writer,
            readers,
            filling,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens all connections that read. They stay open, and keep the priority of the thread that asks.
    pub async fn open_readers(&self) -> Result<()> {
        let mut all = Vec::new();
        for _ in 0..READERS {
            let one = self.readers.acquire().await;
            all.push(one.map_err(|error| fault(&self.path, &error))?);
        }
        Ok(())
    }

    /// Closes the connections; the last writer to leave folds the log into the file.
    pub async fn close(self) {
        self.readers.close().await;
        if let Some(writer) = self.writer {
            if self.filling {
                // Where that cannot be now, as when somebody reads it, it is the next writer who gives it its log.
                drop(sqlx::query("PRAGMA journal_mode = WAL").execute(&writer).await);
            }
            writer.close().await;
        }
    }

    /// What is known of these bytes; `None` when they were never read.
    pub async fn source(&self, blob: &BlobId) -> Result<Option<SourceRow>> {
        let filter = Filter {
            source: Some(blob.to_string()),
            ..Filter::default()
        };
        Ok(self.list::<SourceRow>(&filter).await?.into_iter().next())
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

    pub(crate) async fn transaction(&self) -> Result<Transaction<'static, Sqlite>> {
        let Some(writer) = &self.writer else {
            return Err(Error::ReadOnly {
                path: self.path.to_path_buf(),
                because: "it was opened for reading".into(),
            });
        };
        // A transaction that starts by reading cannot turn writer while another one writes.
        writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(|error| fault(&self.path, &error))
    }
}

#[cfg(test)]
mod tests {
    use stripout_model::Provenance;

    use super::*;
    use crate::{Batch, Keeping, SourceEnd};

    fn source(last: u8) -> NewSource {
        NewSource {
            blob: BlobId::from_digest([last; 32]),
            size: 1,
            provenance: Provenance::Stdin,
            keeping: Keeping::Reference,
            reader: "r".into(),
            catalogue: "c".into(),
            read_at: "2026-11-21T10:00:00Z".parse().unwrap(),
        }
    }

    fn problems(count: usize) -> Batch {
        let problem = stripout_model::Problem {
            code: stripout_model::Code::InputNumber,
            severity: stripout_model::Severity::Warning,
            place: String::new(),
            what: "x".repeat(1000),
            because: String::new(),
            hint: String::new(),
        };
        Batch {
            problems: vec![problem; count],
            ..Batch::default()
        }
    }

    async fn number(register: &Register, pragma: &'static str) -> i64 {
        sqlx::query_scalar(pragma)
            .fetch_one(register.writer.as_ref().unwrap())
            .await
            .unwrap()
    }

    async fn opened(path: &Path) -> Register {
        Register::open(path, OpenMode::Create).await.unwrap()
    }

    #[tokio::test]
    async fn the_writer_is_durable_and_checks_references() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        // The first run with a rollback journal, whose removal is made durable too; every later one with a log.
        for (journal, synchronous) in [("delete", 3), ("wal", 2), ("wal", 2)] {
            let register = opened(&path).await;
            assert_eq!(number(&register, "PRAGMA synchronous").await, synchronous);
            assert_eq!(number(&register, "PRAGMA foreign_keys").await, 1);
            let writer = register.writer.as_ref().unwrap();
            let mode = sqlx::query_scalar::<_, String>("PRAGMA journal_mode").fetch_one(writer);
            assert_eq!(mode.await.unwrap(), journal);
            register.close().await;
        }
    }

    #[tokio::test]
    async fn a_first_run_that_was_killed_is_taken_back_by_whoever_comes_next() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("r.db"), folder.path().join("copy.db"));
        let register = opened(&path).await;
        let Begun::New(unit) = register.begin(&source(1)).await.unwrap() else {
            panic!("known")
        };
        unit.commit(&SourceEnd::default()).await.unwrap();
        sqlx::query("PRAGMA cache_size = 10")
            .execute(register.writer.as_ref().unwrap())
            .await
            .unwrap();
        let Begun::New(mut unit) = register.begin(&source(2)).await.unwrap() else {
            panic!("known")
        };
        unit.write(problems(500)).await.unwrap();
        // As the disk stands when the run is killed here: pages of the unfinished unit are in the file.
        std::fs::copy(&path, &copy).unwrap();
        std::fs::copy(
            folder.path().join("r.db-journal"),
            folder.path().join("copy.db-journal"),
        )
        .unwrap();
        assert!(std::fs::metadata(&copy).unwrap().len() > 500_000);
        for mode in [OpenMode::Read, OpenMode::Create] {
            let register = Register::open(&copy, mode).await.unwrap();
            assert!(register.source(&source(1).blob).await.unwrap().is_some());
            assert_eq!(register.source(&source(2).blob).await.unwrap(), None);
            assert!(!folder.path().join("copy.db-journal").exists());
            register.close().await;
        }
    }

    /// What other programs see of the locks on a file: no handle of ours on it was closed in between.
    #[cfg(target_os = "linux")]
    #[tokio::test(flavor = "multi_thread")]
    async fn a_long_unit_keeps_its_lock_when_its_bytes_are_sent_ahead() {
        use std::os::unix::fs::MetadataExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.db");
        let register = opened(&path).await;
        sqlx::query("PRAGMA cache_size = 10")
            .execute(register.writer.as_ref().unwrap())
            .await
            .unwrap();
        let inode = format!(":{} ", std::fs::metadata(&path).unwrap().ino());
        let locked = || std::fs::read_to_string("/proc/locks").unwrap().contains(&inode);
        let Begun::New(unit) = register.begin(&source(1)).await.unwrap() else {
            panic!("known")
        };
        let mut unit = unit.long();
        for _ in 0..8 {
            unit = unit.write(problems(500)).await.unwrap();
            assert!(locked());
        }
        assert!(unit.is_ahead());
        unit.commit(&SourceEnd::default()).await.unwrap();
        assert!(!locked());
        register.close().await;
    }

    #[tokio::test]
    async fn a_full_disk_is_named_and_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(folder.path().join("r.db"), OpenMode::Create)
            .await
            .unwrap();
        let Begun::New(unit) = register.begin(&source(1)).await.unwrap() else {
            panic!("known")
        };
        unit.commit(&SourceEnd::default()).await.unwrap();
        // The same error as from a disk without room: SQLITE_FULL.
        let room = number(&register, "PRAGMA page_count").await + 20;
        sqlx::query(crate::sql::trusted(format!("PRAGMA max_page_count = {room}")))
            .execute(register.writer.as_ref().unwrap())
            .await
            .unwrap();
        let Begun::New(mut unit) = register.begin(&source(2)).await.unwrap() else {
            panic!("known")
        };
        let error = unit.write(problems(500)).await.err().unwrap();
        assert_eq!(error.code(), Some(stripout_model::Code::StoreFull), "{error}");
        drop(unit);
        assert!(register.source(&source(1).blob).await.unwrap().is_some());
        assert_eq!(register.source(&source(2).blob).await.unwrap(), None);
        // With room again, writing goes on.
        sqlx::query("PRAGMA max_page_count = 100000")
            .execute(register.writer.as_ref().unwrap())
            .await
            .unwrap();
        let Begun::New(mut unit) = register.begin(&source(2)).await.unwrap() else {
            panic!("known")
        };
        unit.write(problems(500)).await.unwrap();
        unit.commit(&SourceEnd::default()).await.unwrap();
        assert_eq!(
            register.source(&source(2).blob).await.unwrap().unwrap().problems,
            500
        );
    }
}
