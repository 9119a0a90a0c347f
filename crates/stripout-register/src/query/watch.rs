//! Whether another program has changed the register.

use sqlx::sqlite::SqliteConnection;

use crate::sql::fault;
use crate::{Register, Result};

/// A connection of its own: the engine counts changes by others as each connection sees them.
pub struct Watch {
    register: Register,
    connection: SqliteConnection,
}

impl Register {
    pub async fn watch(&self) -> Result<Watch> {
        let connection = self.readers.acquire().await;
        let connection = connection.map_err(|error| fault(&self.path, &error))?;
        Ok(Watch {
            register: self.clone(),
            connection: connection.detach(),
        })
    }
}

impl Watch {
    /// A number that differs from the last one when something was committed in between.
    pub async fn version(&mut self) -> Result<i64> {
        let version = sqlx::query_scalar("PRAGMA data_version");
        version
            .fetch_one(&mut self.connection)
            .await
            .map_err(|error| fault(&self.register.path, &error))
    }
}
