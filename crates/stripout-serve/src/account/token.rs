//! Secrets of links and cookies: 256 random bits, of which only the hash is kept.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// Hexadecimal, as a link or a cookie holds it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let mut text = String::new();
        for byte in bytes {
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// From outside; `None` when it cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let fits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        fits.then(|| Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept. The bits are random, so a plain hash is enough and a look-up by it tells nothing by its time.
    pub(super) fn kept(&self) -> Vec<u8> {
        sum(&self.0)
    }
}

pub(super) fn sum(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}
