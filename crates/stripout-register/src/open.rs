//! Opens a register, and refuses what is none before touching it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::create::{create, migrate};
use crate::part::{Taken, sweep};
use crate::sql::{fault, io_fault};
use crate::{Error, Result};

/// `STRP` as a big-endian number, in the header of every register.
const APPLICATION: i64 = 0x5354_5250;
/// What `PRAGMA user_version` says after the last migration.
const SCHEMA: i64 = 13;
/// Of the writer, in KiB: indexes over random ids want room, all of `screen` must stay under 256 MiB.
const WRITER_CACHE_KIB: u32 = 48 * 1024;
pub(crate) const READERS: u32 = 3;
/// Of pages that one reader keeps, of those that it cannot look at in place: what the log has of them.
const READER_CACHE_KIB: u32 = 16 << 10;

/// Bytes of a register that readers look at where the system keeps them, without a copy of their own: rows are found by ids that
/// lie anywhere, and copies of pages came and went.
const MAPPED: u64 = 64 << 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenMode {
    /// Makes the register when there is none, and fills it.
    Create,
    /// Writes into one that is there.
    Write,
    Read,
}

pub(crate) struct Pools {
    /// One connection: the engine takes one writer at a time.
    pub(crate) writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
    /// The first run over a new register: with a rollback journal, which writes new pages once, where a log writes them
    /// twice. Readers may have to wait for it; whoever closes it gives the register its log.
    pub(crate) filling: bool,
}

pub(crate) async fn open(path: &Path, mode: OpenMode, wait: Duration) -> Result<Pools> {
    make_ready(path, mode).await?;
    let base = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(wait)
        .disable_statement_logging();
    let writing = base.clone();
    let (base, mut connection) = connect(path, mode, base).await?;
    let found = check(path, &mut connection).await?;
    let filling = mode == OpenMode::Create && !has_log(path, &mut connection).await?;
    if mode != OpenMode::Read {
        migrate(path, &mut connection).await?;
    }
    connection.close().await.map_err(|error| fault(path, &error))?;
    if mode == OpenMode::Read && found < SCHEMA {
        // Whoever reads what an earlier program wrote brings it up to date first.
        let mut connection = writing.connect().await.map_err(|error| fault(path, &error))?;
        migrate(path, &mut connection).await?;
        connection.close().await.map_err(|error| fault(path, &error))?;
    }

    let pool = |size| {
        // A caller that waits longer than this for a connection waits for itself.
        SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(wait + Duration::from_secs(1))
    };
    let writer = match mode {
        OpenMode::Create | OpenMode::Write => {
            // NORMAL, and with a rollback journal FULL as well, loses acknowledged rows at a power cut.
            let (journal, synchronous) = if filling {
                (SqliteJournalMode::Delete, SqliteSynchronous::Extra)
            } else {
                (SqliteJournalMode::Wal, SqliteSynchronous::Full)
            };
            let options = base
                .clone()
                .journal_mode(journal)
                .synchronous(synchronous)
                // A statement of many rows keeps what it changes until it is through, so that it can take itself back. In
                // a file, as is the default, that was a quarter of the time of a bulk insert.
                .pragma("temp_store", "memory")
                .pragma("cache_size", format!("-{WRITER_CACHE_KIB}"))
                .statement_cache_capacity(200);
            let pool = pool(1)
                .connect_with(options)
                .await
                .map_err(|error| fault(path, &error))?;
            Some(pool)
        }
        OpenMode::Read => None,
    };
    let reading = base
        .read_only(true)
        .pragma("cache_size", format!("-{READER_CACHE_KIB}"))
        .pragma("mmap_size", MAPPED.to_string());
    // A connection's thread keeps the priority of whoever opened it: none is opened in passing.
    let readers = pool(READERS)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_lazy_with(reading);
    Ok(Pools {
        writer,
        readers,
        filling,
    })
}

/// Whether what is written goes to a log first; so it is from the end of the first run on.
async fn has_log(path: &Path, connection: &mut SqliteConnection) -> Result<bool> {
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(connection)
        .await
        .map_err(|error| fault(path, &error))?;
    Ok(mode == "wal")
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Sees to it that there is a file to open, or says why not.
async fn make_ready(path: &Path, mode: OpenMode) -> Result<()> {
    if mode != OpenMode::Read {
        // A folder that cannot be listed or does not exist will be named by what follows.
        match sweep(path) {
            Ok(()) => {}
            Err(error) if mode == OpenMode::Write && error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(io_fault(path, &error)),
        }
    }
    let not_one = |because: &str| {
        Err(Error::NotARegister {
            path: path.into(),
            because: because.into(),
        })
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => not_one("it is a folder"),
        Ok(found) if !found.is_file() => not_one("it is no regular file"),
        Ok(found) if found.len() == 0 && mode == OpenMode::Create => create(path, Taken::Replace).await,
        Ok(found) if found.len() == 0 => not_one("it is empty"),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound && mode == OpenMode::Create => {
            create(path, Taken::Keep).await
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::Missing { path: path.into() }),
        Err(error) => Err(io_fault(path, &error)),
    }
}

async fn connect(
    path: &Path,
    mode: OpenMode,
    base: SqliteConnectOptions,
) -> Result<(SqliteConnectOptions, SqliteConnection)> {
    if mode != OpenMode::Read {
        let connection = base.connect().await.map_err(|error| fault(path, &error))?;
        return Ok((base, connection));
    }
    let (log, journal) = (beside(path, "-wal"), beside(path, "-journal"));
    if journal.exists() {
        // A first run that was killed left what only a writer can take back. Where nobody may write, what follows says so.
        match tried(&base).await.map_err(|error| fault(path, &error)) {
            Ok(writer) => writer.close().await.map_err(|error| fault(path, &error))?,
            Err(locked @ Error::Locked { .. }) => return Err(locked),
            Err(_) => {}
        }
    }
    let ways = [
        base.clone().read_only(true),
        // In a folder that cannot be written to, SQLite cannot make its shared memory. With nothing beside the file
        // nobody has unfinished business in it, and it can be read as it lies.
        base.read_only(true).immutable(true),
    ];
    let settled = !log.exists() && !journal.exists();
    let mut last = None;
    for way in ways.into_iter().take(if settled { 2 } else { 1 }) {
        match tried(&way).await {
            Ok(connection) => return Ok((way, connection)),
            Err(error) => last = Some(fault(path, &error)),
        }
        if !matches!(last, Some(Error::Io { .. } | Error::ReadOnly { .. })) {
            break;
        }
    }
    Err(last.unwrap_or_else(|| Error::Missing { path: path.into() }))
}

/// A connection that has read something.
async fn tried(way: &SqliteConnectOptions) -> Result<SqliteConnection, sqlx::Error> {
    let mut connection = way.connect().await?;
    sqlx::query("SELECT count(*) FROM sqlite_schema")
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

/// The version of the schema.
async fn check(path: &Path, connection: &mut SqliteConnection) -> Result<i64> {
    let of = |error: sqlx::Error| fault(path, &error);
    let application: i64 = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *connection)
        .await
        .map_err(of)?;
    if application != APPLICATION {
        let because = "it is a database of another program".into();
        return Err(Error::NotARegister {
            path: path.into(),
            because,
        });
    }
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *connection)
        .await
        .map_err(of)?;
    if found > SCHEMA {
        return Err(Error::Newer {
            path: path.into(),
            found,
            known: SCHEMA,
        });
    }
    Ok(found)
}
