//! The file that accounts are kept in, beside the register.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::AccountError;
use crate::person::Role;

/// Each brings the file from the version before to its own, the first from nothing.
const MIGRATIONS: [&str; 2] = [
    include_str!("../../migrations/0001_accounts.sql"),
    include_str!("../../migrations/0002_passphrases.sql"),
];
const APPLICATION: i64 = 0x5354_5241;
const PATIENCE: Duration = Duration::from_secs(5);
/// Entries of the log that a page shows.
const SHOWN: i64 = 100;

/// Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Accounts {
    path: Arc<Path>,
    pub(super) pool: SqlitePool,
}

/// An account as owners see it.
pub(crate) struct Member {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) made_at: Timestamp,
    pub(crate) ended: bool,
}

/// An invitation that nobody has used.
pub(crate) struct Pending {
    pub(crate) role: Role,
    pub(crate) made_by: String,
    pub(crate) expires_at: Timestamp,
}

/// A line of the log.
pub(crate) struct Audited {
    pub(crate) at: Timestamp,
    pub(crate) who: String,
    pub(crate) act: String,
    pub(crate) about: String,
}

impl Accounts {
    /// The accounts of a register; the file is made when there is none.
    pub async fn beside(register: &Path) -> Result<Self, AccountError> {
        Self::open(register.with_extension("accounts")).await
    }

    async fn open(path: PathBuf) -> Result<Self, AccountError> {
        let failed = |error: sqlx::Error| AccountError::Store {
            path: path.clone(),
            because: error.to_string(),
        };
        guard(&path).map_err(|error| failed(sqlx::Error::Io(error)))?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options);
        let pool = pool.await.map_err(failed)?;
        let application: i64 = sqlx::query_scalar("PRAGMA application_id")
            .fetch_one(&pool)
            .await
            .map_err(failed)?;
        let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
            .fetch_one(&pool)
            .await
            .map_err(failed)?;
        if application != APPLICATION && (application, tables) != (0, 0) {
            return Err(AccountError::NotAccounts { path });
        }
        let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        let version: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut *transaction)
            .await
            .map_err(failed)?;
        let done = usize::try_from(version).unwrap_or_default();
        let Some(to_do) = MIGRATIONS.get(done..) else {
            // A later program's: what it holds is not known here.
            return Err(AccountError::NotAccounts { path });
        };
        for migration in to_do {
            sqlx::raw_sql(*migration)
                .execute(&mut *transaction)
                .await
                .map_err(failed)?;
        }
        transaction.commit().await.map_err(failed)?;
        Ok(Self {
            path: path.into(),
            pool,
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn failed(&self, error: &sqlx::Error) -> AccountError {
        AccountError::Store {
            path: self.path.to_path_buf(),
            because: error.to_string(),
        }
    }

    /// Appends to the log.
    pub(super) async fn note(&self, who: &str, act: &'static str, about: &str) -> Result<(), AccountError> {
        sqlx::query("INSERT INTO audit (at, who, act, about) VALUES ($1, $2, $3, $4)")
            .bind(Timestamp::now().as_second())
            .bind(who)
            .bind(act)
            .bind(about)
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        Ok(())
    }

    pub async fn has_owner(&self) -> Result<bool, AccountError> {
        let owners = "SELECT count(*) FROM account WHERE role = 'owner' AND ended_at IS NULL";
        let owners: i64 = sqlx::query_scalar(owners)
            .fetch_one(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        Ok(owners > 0)
    }

    pub(crate) async fn members(&self) -> Result<Vec<Member>, AccountError> {
        let rows = sqlx::query("SELECT id, name, role, made_at, ended_at FROM account ORDER BY id")
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        let member = |row: sqlx::sqlite::SqliteRow| {
            Ok(Member {
                id: row.try_get("id")?,
                name: row.try_get("name")?,
                role: role(row.try_get("role")?),
                made_at: second(row.try_get("made_at")?),
                ended: row.try_get::<Option<i64>, _>("ended_at")?.is_some(),
            })
        };
        let members: Result<_, sqlx::Error> = rows.into_iter().map(member).collect();
        members.map_err(|error| self.failed(&error))
    }

    pub(crate) async fn pending(&self) -> Result<Vec<Pending>, AccountError> {
        let rows = sqlx::query(
            "SELECT role, made_by, expires_at FROM invitation WHERE used_at IS NULL AND expires_at > $1 ORDER BY made_at",
        )
        .bind(Timestamp::now().as_second())
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.failed(&error))?;
        let pending = |row: sqlx::sqlite::SqliteRow| {
            Ok(Pending {
                role: role(row.try_get("role")?),
                made_by: row.try_get("made_by")?,
                expires_at: second(row.try_get("expires_at")?),
            })
        };
        let pending: Result<_, sqlx::Error> = rows.into_iter().map(pending).collect();
        pending.map_err(|error| self.failed(&error))
    }

    /// Newest first.
    pub(crate) async fn audited(&self) -> Result<Vec<Audited>, AccountError> {
        let rows = sqlx::query("SELECT at, who, act, about FROM audit ORDER BY id DESC LIMIT $1")
            .bind(SHOWN)
            .fetch_all(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        let audited = |row: sqlx::sqlite::SqliteRow| {
            Ok(Audited {
                at: second(row.try_get("at")?),
                who: row.try_get("who")?,
                act: row.try_get("act")?,
                about: row.try_get("about")?,
            })
        };
        let audited: Result<_, sqlx::Error> = rows.into_iter().map(audited).collect();
        audited.map_err(|error| self.failed(&error))
    }

    /// Ends an account and all its sessions. The last owner stays.
    pub(crate) async fn end(&self, id: i64, by: &str) -> Result<(), AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(of)?;
        let ended: Option<String> = sqlx::query_scalar(
            "UPDATE account SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL AND (role <> 'owner' OR \
             (SELECT count(*) FROM account WHERE role = 'owner' AND ended_at IS NULL) > 1) RETURNING name",
        )
        .bind(Timestamp::now().as_second())
        .bind(id)
        .fetch_optional(&mut *transaction)
        .await
        .map_err(of)?;
        let Some(name) = ended else {
            return Err(AccountError::Refused(
                "there is no such account, it has ended, or it is the last owner's".into(),
            ));
        };
        sqlx::query("DELETE FROM session WHERE account = $1")
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        transaction.commit().await.map_err(of)?;
        self.note(by, "ended", &name).await
    }
}

/// A value that the table's own check allows.
pub(super) fn role(text: &str) -> Role {
    Role::ALL
        .into_iter()
        .find(|role| role.as_str() == text)
        .unwrap_or(Role::Reader)
}

pub(super) fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or_default()
}

/// For its owner's eyes only, before anything stands in it.
fn guard(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_file| ())
}
