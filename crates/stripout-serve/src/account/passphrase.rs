//! Passphrases: long enough, of any characters, and kept so that nobody can read them (Argon2id, RFC 9106).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::AccountError;

/// Characters; nothing is asked of which they are.
pub(super) const SHORTEST: usize = 12;
pub(super) const LONGEST: usize = 256;
/// Each takes 19 MiB for a while.
static TURNS: Semaphore = Semaphore::const_new(2);
/// Verified in place of that of a name nobody has, so that both take the same time. Of 32 random bytes that nobody kept.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$7n0wMpPXQqj4bGr0xsAVfqMTaBLbKk0CZZfWv7HYb2I";

/// Why a passphrase will not do.
pub(super) fn complaint(passphrase: &str, name: &str) -> Option<String> {
    let length = passphrase.chars().count();
    let first = passphrase.chars().next();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Some(format!(
            "it must have {SHORTEST} to {LONGEST} characters, whichever you like"
        ));
    }
    if passphrase.chars().all(|c| Some(c) == first)
        || passphrase.to_lowercase().contains(&name.to_lowercase())
    {
        return Some("it must not hold your name or be one character again and again".into());
    }
    None
}

pub(super) async fn hashed(passphrase: String) -> Result<String, AccountError> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt)?;
    aside(move || {
        let hash = Argon2::default().hash_password_with_salt(passphrase.as_bytes(), &salt);
        hash.map(|hash| hash.to_string())
            .map_err(|error| AccountError::Hash(error.to_string()))
    })
    .await?
}

/// `None` is nobody's hash: never right.
pub(super) async fn is_right(passphrase: String, hash: Option<String>) -> Result<bool, AccountError> {
    aside(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let hash = PasswordHash::new(&hash).map_err(|error| AccountError::Hash(error.to_string()))?;
        let verified = Argon2::default().verify_password(passphrase.as_bytes(), &hash);
        Ok(known && verified.is_ok())
    })
    .await?
}

/// It keeps a core busy: not on the threads that answer.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AccountError> {
    let _turn = TURNS.acquire().await;
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| AccountError::Hash(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_same_passphrase_is_right() {
        let hash = hashed("correct horse battery".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(
            is_right("correct horse battery".into(), Some(hash.clone()))
                .await
                .unwrap()
        );
        assert!(
            !is_right("correct horse batterz".into(), Some(hash))
                .await
                .unwrap()
        );
        assert!(!is_right("correct horse battery".into(), None).await.unwrap());
    }

    #[test]
    fn length_is_asked_for_and_nothing_else() {
        for good in [
            "twelve chars",
            "aaaaaaaaaaab",
            "\u{1f600} with a face",
            &"x y".repeat(80),
        ] {
            assert_eq!(complaint(good, "Alex"), None, "{good}");
        }
        for bad in [
            "eleven char",
            "aaaaaaaaaaaaa",
            "I am alexandra",
            &"xy".repeat(200),
        ] {
            assert!(complaint(bad, "Alex").is_some(), "{bad}");
        }
    }
}
