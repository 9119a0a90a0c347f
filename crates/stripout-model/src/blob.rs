//! A blob is the bytes of one source; its identity is their SHA-256.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::write_hex;

/// SHA-256 of the bytes as they lay on disk (of the archive, for a member of one). As JSON a string of 64 hex digits, or
/// `null` where a search did not hash its sources.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Option<String>", into = "Option<String>")]
pub struct BlobId([u8; 32]);

impl BlobId {
    /// Stands where nobody hashed the source: a search keeps no evidence.
    pub const UNHASHED: Self = Self([0; 32]);

    pub fn from_digest(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    pub fn digest(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 12 hex digits, as error messages show it.
    pub fn short(&self) -> String {
        self.to_string().chars().take(12).collect()
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobId({})", self.short())
    }
}

impl FromStr for BlobId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no SHA-256: 64 hex digits wanted");
        if text.len() != 64 || !text.is_ascii() {
            return Err(wrong());
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_error| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_error| wrong())?;
        }
        Ok(Self(digest))
    }
}

impl TryFrom<Option<String>> for BlobId {
    type Error = String;
    fn try_from(text: Option<String>) -> Result<Self, String> {
        text.map_or(Ok(Self::UNHASHED), |text| text.parse())
    }
}

impl From<BlobId> for Option<String> {
    fn from(id: BlobId) -> Self {
        (id != BlobId::UNHASHED).then(|| id.to_string())
    }
}

/// How a blob reached us. Many per blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Provenance {
    /// A file on disk, by the path it was given as.
    File { path: String },
    /// Standard input.
    Stdin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_round_trip() {
        let id = BlobId::from_digest(std::array::from_fn(|i| u8::try_from(i * 7 % 256).unwrap()));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(
            "xyz".parse::<BlobId>(),
            Err("`xyz` is no SHA-256: 64 hex digits wanted".to_string())
        );
    }
}
