//! Requests of programs that are answered once, however often they are sent.

use jiff::{SignedDuration, Timestamp};
use sqlx::Row as _;
use stripout_model::Decision;

use crate::sql::fault;
use crate::write::source::stamp;
use crate::{Register, Result};

/// How long a request is known by its key.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request by the key that a program gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    pub key: String,
    pub who: String,
    /// SHA-256 of what was sent, in hex.
    pub request: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The decision of this id was appended.
    First(i64),
    /// It was before, and nothing was done now.
    Before(i64),
    /// Something else was sent under this key.
    Other,
}

impl Register {
    /// What came of this request within the last day; `None`: it was not sent.
    pub async fn answered(&self, once: &Once, now: Timestamp) -> Result<Option<Answered>> {
        let old = stamp(now.checked_sub(KEPT).unwrap_or(Timestamp::MIN));
        before(once, &old, &self.readers)
            .await
            .map_err(|error| fault(&self.path, &error))
    }

    /// Appends a decision, unless this very request did so within the last day.
    pub async fn decide_once(&self, once: &Once, decision: &Decision) -> Result<Answered> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        let now: Timestamp = decision.when;
        let old = stamp(now.checked_sub(KEPT).unwrap_or(Timestamp::MIN));
        sqlx::query("DELETE FROM answered WHERE at <= $1")
            .bind(&old)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        if let Some(before) = before(once, &old, &mut *transaction).await.map_err(of)? {
            return Ok(before);
        }
        let id = crate::write::decision::append(&mut transaction, decision)
            .await
            .map_err(of)?;
        sqlx::query("INSERT INTO answered (key, who, request, decision, at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&once.key)
            .bind(&once.who)
            .bind(&once.request)
            .bind(id)
            .bind(stamp(now))
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        transaction.commit().await.map_err(of)?;
        Ok(Answered::First(id))
    }
}

async fn before(
    once: &Once,
    old: &str,
    connection: impl sqlx::SqliteExecutor<'_>,
) -> Result<Option<Answered>, sqlx::Error> {
    let row = sqlx::query("SELECT request, decision FROM answered WHERE who = $1 AND key = $2 AND at > $3")
        .bind(&once.who)
        .bind(&once.key)
        .bind(old)
        .fetch_optional(connection)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let request: String = row.try_get("request")?;
    Ok(Some(if request == once.request {
        Answered::Before(row.try_get("decision")?)
    } else {
        Answered::Other
    }))
}
