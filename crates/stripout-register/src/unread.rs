//! Inputs of which nothing could be read: they are no sources, and must not be lost in silence either.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection};
use stripout_model::{BlobId, Problem};

use crate::row::{Fields, problem_of};
use crate::sql::fault;
use crate::write::source::stamp;
use crate::write::unread_problems;
use crate::{Error, Group, Register, Result};

/// An input as it was last tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// As given by the user.
    pub path: String,
    /// `None` when its bytes could not be read to the end.
    pub blob: Option<BlobId>,
    pub tried_at: Timestamp,
    /// Why, at least one.
    pub problems: Vec<Problem>,
    /// Problems met in all; some may not be listed.
    pub met: u64,
}

impl Unread {
    /// As the register has it.
    pub(crate) fn sha256(&self) -> String {
        self.blob.map(|blob| blob.to_string()).unwrap_or_default()
    }
}

impl Register {
    /// In the order of their paths.
    pub async fn unread(&self) -> Result<Vec<Unread>> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let rows = sqlx::query("SELECT path, sha256, tried_at, problems FROM unread ORDER BY path, sha256")
            .fetch_all(&self.readers)
            .await
            .map_err(of)?;
        let mut problems: BTreeMap<(String, String), Vec<Problem>> = BTreeMap::new();
        for row in sqlx::query("SELECT * FROM unread_problem ORDER BY path, sha256, position")
            .fetch_all(&self.readers)
            .await
            .map_err(of)?
        {
            let of_row = || -> Result<_, sqlx::Error> {
                Ok((
                    row.try_get("path")?,
                    row.try_get("sha256")?,
                    problem_of(&Fields::Row(&row))?,
                ))
            };
            let (path, sha256, problem) = of_row().map_err(of)?;
            problems.entry((path, sha256)).or_default().push(problem);
        }
        let mut unread = |row: &sqlx::sqlite::SqliteRow| {
            let row = Fields::Row(row);
            let (path, sha256) = (row.text("path")?, row.text("sha256")?);
            Ok(Unread {
                blob: row.filled_word("sha256")?,
                tried_at: row.word("tried_at")?,
                met: row.number("problems")?,
                problems: problems.remove(&(path.clone(), sha256)).unwrap_or_default(),
                path,
            })
        };
        rows.iter()
            .map(&mut unread)
            .collect::<Result<_, sqlx::Error>>()
            .map_err(of)
    }

    /// Writes them down, all or none.
    pub async fn keep_unread(&self, all: &[Unread]) -> Result<()> {
        let mut group = self.group().await?;
        for unread in all {
            group.unread(unread).await?;
        }
        group.commit().await
    }
}

impl Group {
    /// Writes down that an input could not be read, in place of what its path was before this run.
    pub async fn unread(&mut self, unread: &Unread) -> Result<()> {
        let (store, connection) = self.parts();
        let of = |error: sqlx::Error| fault(store, &error);
        let sha256 = unread.sha256();
        sqlx::query("DELETE FROM unread WHERE path = $1 AND (sha256 = $2 OR tried_at <> $3)")
            .bind(&unread.path)
            .bind(&sha256)
            .bind(stamp(unread.tried_at))
            .execute(&mut *connection)
            .await
            .map_err(of)?;
        let met = i64::try_from(unread.met).map_err(|_too_large| Error::OutOfRange {
            what: "problems",
            value: unread.met.to_string(),
        })?;
        sqlx::query("INSERT INTO unread (path, sha256, tried_at, problems) VALUES ($1, $2, $3, $4)")
            .bind(&unread.path)
            .bind(&sha256)
            .bind(stamp(unread.tried_at))
            .bind(met)
            .execute(&mut *connection)
            .await
            .map_err(of)?;
        unread_problems(connection, store, unread).await
    }

    /// What lies under this path now has been read, in this run or before it.
    pub async fn read_after_all(&mut self, path: &str, blob: &BlobId, at: Timestamp) -> Result<()> {
        let (store, connection) = self.parts();
        forget(connection, path, blob, at)
            .await
            .map_err(|error| fault(store, &error))
    }
}

/// Two inputs whose names are no text may have the same path: what this run said of the other one stays.
pub(crate) async fn forget(
    connection: &mut SqliteConnection,
    path: &str,
    blob: &BlobId,
    at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM unread WHERE sha256 = $1 OR (path = $2 AND tried_at <> $3)")
        .bind(blob.to_string())
        .bind(path)
        .bind(stamp(at))
        .execute(connection)
        .await?;
    Ok(())
}
