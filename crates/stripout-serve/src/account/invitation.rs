//! Links that make one account each.

use jiff::Timestamp;
use serde::Deserialize;
use sqlx::Row as _;

use super::passphrase::{complaint, hashed};
use super::store::role;
use super::totp::Secret;
use super::{AccountError, Accounts, Token};
use crate::person::Role;

/// Seconds that a link may wait.
const HOLDS: i64 = 48 * 60 * 60;
/// Characters of a name.
const LONGEST_NAME: usize = 80;

/// What a link offers.
pub(crate) struct Offer {
    pub(crate) role: Role,
    /// Of the authenticator app, as people type it.
    pub(crate) secret: String,
    /// The same as a picture: a path and its size.
    pub(crate) picture: Option<(String, i32)>,
    kept: Secret,
}

/// What somebody enters who follows it.
#[derive(Deserialize)]
pub(crate) struct Joining {
    pub(crate) token: String,
    pub(crate) name: String,
    pub(crate) passphrase: String,
    pub(crate) code: String,
}

impl Accounts {
    /// The link's token for an owner to begin with; those made before are worth nothing.
    pub async fn first_owner(&self) -> Result<String, AccountError> {
        sqlx::query("DELETE FROM invitation WHERE made_by = '' AND used_at IS NULL")
            .execute(&self.pool)
            .await
            .map_err(|error| self.failed(&error))?;
        let token = self.invite(Role::Owner, "").await?;
        Ok(token.as_str().to_owned())
    }

    pub(crate) async fn invite(&self, role: Role, by: &str) -> Result<Token, AccountError> {
        let (token, secret) = (Token::new()?, Secret::new()?);
        let now = Timestamp::now().as_second();
        sqlx::query(
            "INSERT INTO invitation (token, role, totp, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(token.kept())
        .bind(role.as_str())
        .bind(secret.0.to_vec())
        .bind(by)
        .bind(now)
        .bind(now + HOLDS)
        .execute(&self.pool)
        .await
        .map_err(|error| self.failed(&error))?;
        self.note(by, "invited", role.as_str()).await?;
        Ok(token)
    }

    /// What the link with this token offers; `None` when it is worth nothing.
    pub(crate) async fn offer(&self, token: &Token) -> Result<Option<Offer>, AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let row = sqlx::query(
            "SELECT role, totp FROM invitation WHERE token = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(token.kept())
        .bind(Timestamp::now().as_second())
        .fetch_optional(&self.pool)
        .await
        .map_err(of)?;
        let Some(row) = row else {
            return Ok(None);
        };
        let secret: Vec<u8> = row.try_get("totp").map_err(of)?;
        let Ok(secret) = secret.try_into() else {
            return Ok(None);
        };
        let kept = Secret(secret);
        Ok(Some(Offer {
            role: role(row.try_get("role").map_err(of)?),
            secret: kept.words(),
            picture: kept.picture(),
            kept,
        }))
    }

    /// Makes the account and signs it in.
    pub(crate) async fn join(
        &self,
        offer: &Offer,
        token: &Token,
        joining: &Joining,
    ) -> Result<Token, AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        let refused = |why: &str| AccountError::Refused(why.to_owned());
        let name = joining.name.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if !fits || stripout_model::printable(name) != name {
            return Err(refused("the name must have 1 to 80 characters that can be seen"));
        }
        if let Some(why) = complaint(&joining.passphrase, name) {
            return Err(refused(&format!("the passphrase will not do: {why}")));
        }
        let now = Timestamp::now().as_second();
        let Some(step) = offer.kept.step_of(&joining.code, now, 0) else {
            return Err(refused("the code is not the one that the app shows now"));
        };
        let passphrase = hashed(joining.passphrase.clone()).await?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(of)?;
        let used = sqlx::query("UPDATE invitation SET used_at = $1 WHERE token = $2 AND used_at IS NULL")
            .bind(now)
            .bind(token.kept())
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        if used.rows_affected() == 0 {
            return Err(refused("the link was used already"));
        }
        let made: Option<i64> = sqlx::query_scalar(
            "INSERT INTO account (name, role, passphrase, totp, totp_step, made_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (name) DO NOTHING RETURNING id",
        )
        .bind(name)
        .bind(offer.role.as_str())
        .bind(passphrase)
        .bind(offer.kept.0.to_vec())
        .bind(step)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await
        .map_err(of)?;
        let Some(id) = made else {
            return Err(refused("somebody has that name already"));
        };
        transaction.commit().await.map_err(of)?;
        self.note(name, "joined", offer.role.as_str()).await?;
        self.begin(id).await
    }
}
