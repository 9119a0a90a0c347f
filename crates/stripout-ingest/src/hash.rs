//! SHA-256 of a file: its identity.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};
use stripout_model::BlobId;

/// Reads the whole file once, as long as `go_on` says so.
pub fn blob_id(path: &Path, mut go_on: impl FnMut() -> bool) -> io::Result<BlobId> {
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    // What fits the cache is hashed from there.
    let mut buffer = vec![0; 1 << 17];
    loop {
        if !go_on() {
            return Err(io::Error::new(io::ErrorKind::Interrupted, "stopped"));
        }
        match file.read(&mut buffer) {
            Ok(0) => return Ok(BlobId::from_digest(digest.finalize().into())),
            Ok(n) => digest.update(buffer.get(..n).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        assert_eq!(
            blob_id(&path, || true).unwrap().to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
