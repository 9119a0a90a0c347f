//! A new passphrase in place of the old one.

use serde::Deserialize;

use super::passphrase::{complaint, hashed};
use super::{AccountError, Accounts, Token};

#[derive(Deserialize)]
pub(crate) struct Changing {
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) code: String,
}

impl Accounts {
    /// Whoever knows the old one and has the app sets a new one. All their other sessions end.
    pub(crate) async fn change(
        &self,
        who: &str,
        session: &Token,
        changing: Changing,
    ) -> Result<(), AccountError> {
        let of = |error: sqlx::Error| self.failed(&error);
        if let Some(why) = complaint(&changing.new, who) {
            return Err(AccountError::Refused(format!(
                "the new passphrase will not do: {why}"
            )));
        }
        if changing.new == changing.old {
            return Err(AccountError::Refused("the new passphrase is the old one".into()));
        }
        let id = self.proven(who, changing.old, &changing.code).await?.id;
        let passphrase = hashed(changing.new).await?;
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(of)?;
        sqlx::query("UPDATE account SET passphrase = $1 WHERE id = $2")
            .bind(passphrase)
            .bind(id)
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        sqlx::query("DELETE FROM session WHERE account = $1 AND token <> $2")
            .bind(id)
            .bind(session.kept())
            .execute(&mut *transaction)
            .await
            .map_err(of)?;
        transaction.commit().await.map_err(of)?;
        self.note(who, "changed-passphrase", who).await
    }
}
