//! Content-addressed ids: the same statement at the same place has the same id in every register.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stripout_model::{BlobId, write_hex};

/// The first 8 bytes of a SHA-256, shown as 16 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowId([u8; 8]);

impl RowId {
    /// A source's id is the head of its blob's hash.
    pub fn of_blob(blob: &BlobId) -> Self {
        Self::head(blob.digest())
    }

    fn head(digest: &[u8; 32]) -> Self {
        let mut head = [0; 8];
        head.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
        Self(head)
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_hex(f, &self.0)
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RowId({self})")
    }
}

impl FromStr for RowId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no id: 16 hex digits wanted");
        if text.len() != 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        u64::from_str_radix(text, 16)
            .map(|bits| Self(bits.to_be_bytes()))
            .map_err(|_no_hex| wrong())
    }
}

impl TryFrom<String> for RowId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<RowId> for String {
    fn from(id: RowId) -> Self {
        id.to_string()
    }
}

/// Hashes the fields that make a row what it is. Every field goes in with its length, so no two lists of fields
/// run together into the same bytes.
pub(crate) struct Identity(Sha256);

impl Identity {
    /// `table` keeps ids of different tables apart.
    pub(crate) fn of(table: &str) -> Self {
        Self(Sha256::new()).text(table)
    }

    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.bytes(text.as_bytes())
    }

    /// Nothing differs from the empty text.
    pub(crate) fn optional(mut self, text: Option<&str>) -> Self {
        self.0.update([u8::from(text.is_some())]);
        self.text(text.unwrap_or_default())
    }

    pub(crate) fn number(mut self, number: u64) -> Self {
        self.0.update(number.to_le_bytes());
        self
    }

    pub(crate) fn id(mut self, id: RowId) -> Self {
        self.0.update(id.0);
        self
    }

    pub(crate) fn blob(mut self, blob: &BlobId) -> Self {
        self.0.update(blob.digest());
        self
    }

    pub(crate) fn finish(self) -> RowId {
        RowId::head(&self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        let id = Identity::of("x").text("a").finish();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 16);
        assert_eq!("0000000000000001".parse(), Ok(RowId([0, 0, 0, 0, 0, 0, 0, 1])));
        for bad in [
            "",
            "1",
            "000000000000000g",
            "+000000000000001",
            "00000000000000001",
        ] {
            assert!(bad.parse::<RowId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn fields_do_not_run_together() {
        let ids = [
            Identity::of("x").text("ab").text("c").finish(),
            Identity::of("x").text("a").text("bc").finish(),
            Identity::of("x").text("abc").text("").finish(),
            Identity::of("xa").text("b").text("c").finish(),
            Identity::of("x").optional(None).finish(),
            Identity::of("x").optional(Some("")).finish(),
        ];
        for (i, a) in ids.iter().enumerate() {
            assert!(!ids.iter().skip(i + 1).any(|b| a == b), "{i}");
        }
    }
}
