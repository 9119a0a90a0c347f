//! Signing in: name, passphrase and code, and the same answer whichever of them is wrong.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Row as _;

use super::passphrase::is_right;
use super::token::sum;
use super::totp::Secret;
use super::{AccountError, Accounts, Token};

/// Attempts under one name in `WINDOW` seconds.
const MOST: i64 = 5;
const WINDOW: i64 = 15 * 60;
/// Under all names together: a list of names does not help either.
const MOST_OF_ALL: i64 = 200;

#[derive(Deserialize)]
pub(crate) struct Entered {
    pub(crate) name: String,
    pub(crate) passphrase: String,
    pub(crate) code: String,
}

/// Who proved to be whom.
pub(super) struct Proven {
    pub(super) id: i64,
    name: String,
}

impl Accounts {
    /// The token of a new session.
    pub(crate) async fn sign_in(&self, entered: Entered) -> Result<Token, AccountError> {
        let Entered {
            name,
            passphrase,
            code,
        } = entered;
        let proven = self.proven(&name, passphrase, &code).await?;
        self.note(&proven.name, "signed-in", &proven.name).await?;
        self.begin(proven.id).await
    }

    /// Whose name, passphrase and code these are. The code is taken by it.
    pub(super) async fn proven(
        &self,
        name: &str,
        passphrase: String,
        code: &str,
    ) -> Result<Proven, AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let name = name.trim();
        let now = Timestamp::now().as_second();
        let key = sum(&name.to_lowercase());
        self.attempt(&key, now).await?;
        let row = sqlx::query(
            "SELECT id, name, passphrase, totp, totp_step FROM account WHERE name = $1 AND ended_at IS NULL",
        )
        .bind(name)
        .fetch_optional(&self.pool)
        .await
        .map_err(of)?;
        let hash = row
            .as_ref()
            .map(|row| row.try_get("passphrase"))
            .transpose()
            .map_err(of)?;
        let right = is_right(passphrase, hash).await?;
        let refused = || AccountError::Refused("name, passphrase or code is not right".into());
        let Some(row) = row else {
            self.note("", "refused", "").await?;
            return Err(refused());
        };
        let (id, name): (i64, String) = (row.try_get("id").map_err(of)?, row.try_get("name").map_err(of)?);
        let secret: Vec<u8> = row.try_get("totp").map_err(of)?;
        let secret: Option<[u8; 20]> = secret.try_into().ok();
        let last: i64 = row.try_get("totp_step").map_err(of)?;
        let step = secret.and_then(|it| Secret(it).step_of(code, now, last));
        let (true, Some(step)) = (right, step) else {
            self.note("", "refused", &name).await?;
            return Err(refused());
        };
        // Of two who send the same code at once, one is first.
        let taken = sqlx::query("UPDATE account SET totp_step = $1 WHERE id = $2 AND totp_step < $1")
            .bind(step)
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(of)?;
        if taken.rows_affected() == 0 {
            return Err(refused());
        }
        sqlx::query("DELETE FROM attempt WHERE name = $1 OR at <= $2")
            .bind(key)
            .bind(now - WINDOW)
            .execute(&self.pool)
            .await
            .map_err(of)?;
        Ok(Proven { id, name })
    }

    /// Counts before anything is looked at, one attempt after the other.
    async fn attempt(&self, key: &[u8], now: i64) -> Result<(), AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(of)?;
        let row = sqlx::query(
            "SELECT count(*) FILTER (WHERE name = $1) AS own, min(at) FILTER (WHERE name = $1) AS first, \
             count(*) AS every, min(at) AS earliest FROM attempt WHERE at > $2",
        )
        .bind(key)
        .bind(now - WINDOW)
        .fetch_one(&mut *transaction)
        .await
        .map_err(of)?;
        let own: i64 = row.try_get("own").map_err(of)?;
        let every: i64 = row.try_get("every").map_err(of)?;
        let first = if own >= MOST {
            row.try_get::<Option<i64>, _>("first").map_err(of)?
        } else if every >= MOST_OF_ALL {
            row.try_get::<Option<i64>, _>("earliest").map_err(of)?
        } else {
            None
        };
        if let Some(first) = first {
            drop(transaction);
            self.note("", "throttled", "").await?;
            let seconds = (first + WINDOW - now).max(1);
            return Err(AccountError::Throttled { seconds });
        }
        sqlx::query("INSERT INTO attempt (name, at) VALUES ($1, $2)")
            .bind(key)
            .bind(now)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        transaction.commit().await.map_err(of)
    }
}
