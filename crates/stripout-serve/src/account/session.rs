//! Who is signed in.

use jiff::Timestamp;
use sqlx::Row as _;

use super::store::role;
use super::{AccountError, Accounts, Token};
use crate::person::Person;

/// Seconds without a page after which a session ends.
const IDLE: i64 = 60 * 60;
/// Seconds after which it ends whatever happens.
pub(crate) const WHOLE: i64 = 12 * 60 * 60;
/// How exactly it is known when somebody was last seen, so that reading does not write all the time.
const GRAIN: i64 = 60;

impl Accounts {
    /// Whoever holds this token and is still signed in.
    pub(crate) async fn person(&self, token: &Token) -> Result<Option<Person>, AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let now = Timestamp::now().as_second();
        let row = sqlx::query(
            "SELECT a.name, a.role, s.seen_at FROM session AS s JOIN account AS a ON a.id = s.account \
             WHERE s.token = $1 AND a.ended_at IS NULL AND s.seen_at > $2 AND s.made_at > $3",
        )
        .bind(token.kept())
        .bind(now - IDLE)
        .bind(now - WHOLE)
        .fetch_optional(&self.pool)
        .await
        .map_err(of)?;
        let Some(row) = row else {
            return Ok(None);
        };
        if row.try_get::<i64, _>("seen_at").map_err(of)? + GRAIN < now {
            sqlx::query("UPDATE session SET seen_at = $1 WHERE token = $2")
                .bind(now)
                .bind(token.kept())
                .execute(&self.pool)
                .await
                .map_err(of)?;
        }
        Ok(Some(Person {
            name: Some(row.try_get("name").map_err(of)?),
            role: role(row.try_get("role").map_err(of)?),
        }))
    }

    pub(super) async fn begin(&self, account: i64) -> Result<Token, AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let token = Token::new()?;
        let now = Timestamp::now().as_second();
        sqlx::query("DELETE FROM session WHERE seen_at <= $1 OR made_at <= $2")
            .bind(now - IDLE)
            .bind(now - WHOLE)
            .execute(&self.pool)
            .await
            .map_err(of)?;
        sqlx::query("INSERT INTO session (token, account, made_at, seen_at) VALUES ($1, $2, $3, $3)")
            .bind(token.kept())
            .bind(account)
            .bind(now)
            .execute(&self.pool)
            .await
            .map_err(of)?;
        Ok(token)
    }

    pub(crate) async fn sign_out(&self, token: &Token, who: &str) -> Result<(), AccountError> {
        sqlx::query("DELETE FROM session WHERE token = $1")
            .bind(token.kept())
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        self.note(who, "signed-out", who).await
    }
}
