//! Makes a new, empty register. It gets its name only when its schema is complete, so a killed run leaves no stump.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::part::{PartFile, Taken};
use crate::sql::{fault, io_fault};
use crate::{Error, Result};

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// `taken` says what to do with a file of that name: an empty one may be replaced.
pub(crate) async fn create(path: &Path, taken: Taken) -> Result<()> {
    let part = PartFile::beside(path).map_err(|error| io_fault(path, &error))?;
    let options = SqliteConnectOptions::new()
        .filename(&part.path)
        // Nobody sees it before it is whole: one fsync, when it gets its name, is enough.
        .synchronous(SqliteSynchronous::Off)
        .journal_mode(SqliteJournalMode::Memory)
        .foreign_keys(true);
    let mut connection = options.connect().await.map_err(|error| fault(path, &error))?;
    migrate(path, &mut connection).await?;
    connection.close().await.map_err(|error| fault(path, &error))?;
    // When another run was first, its register is as good as this one.
    part.finish(taken).map_err(|error| io_fault(path, &error))?;
    Ok(())
}

/// Brings the schema up to what this program knows.
pub(crate) async fn migrate(path: &Path, connection: &mut SqliteConnection) -> Result<()> {
    match MIGRATIONS.run(connection).await {
        Ok(()) => Ok(()),
        Err(
            sqlx::migrate::MigrateError::Execute(error)
            | sqlx::migrate::MigrateError::ExecuteMigration(error, _),
        ) => Err(fault(path, &error)),
        Err(error) => Err(Error::Corrupt {
            path: path.into(),
            because: error.to_string(),
        }),
    }
}
