//! In which file an address is: `/bodies/x` in `bodies/x.html`, so that it opens on any host and from a disk.

use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;

/// Ends of addresses that say what is there. All else is a page, or JSON under `/api/`.
const KINDS: &[&str] = &[
    "atom", "bib", "cff", "css", "csv", "geojson", "ico", "js", "json", "jsonl", "parquet", "pdf", "png",
    "svg", "txt", "woff2", "xml",
];

/// The file of an address: `/bodies?page=2` is in `bodies~page=2.html`.
pub(super) fn file_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = path.trim_matches('/');
    if path.starts_with("assets/") || path.starts_with("sources/") {
        // The query of an asset changes with its bytes, for those who keep them; an original has no kind that is known.
        return path.to_owned();
    }
    let path = if path.is_empty() { "index" } else { path };
    let (stem, kind) = match path.rsplit_once('.') {
        Some((stem, kind)) if KINDS.contains(&kind) => (stem, kind),
        _ if path.starts_with("api/") || path.starts_with("oembed/") => (path, "json"),
        _ => (path, "html"),
    };
    let stem = plain(stem);
    if query.is_empty() {
        format!("{stem}.{kind}")
    } else {
        format!("{stem}~{}.{kind}", plain(&query.replace('&', ",")))
    }
}

/// A path as it is on a site of files.
pub(crate) fn shown_at(path: &str) -> String {
    format!("/{}", file_of(path))
}

/// Only what stands for itself in file names and addresses; what had to be replaced is told apart by its hash.
fn plain(text: &str) -> String {
    let may = |c: char| c.is_ascii_alphanumeric() || "/-_.=,".contains(c);
    if text.chars().all(may) {
        return text.to_owned();
    }
    let kept: String = text.chars().map(|c| if may(c) { c } else { '_' }).collect();
    let hash = BlobId::from_digest(Sha256::digest(text).into()).short();
    format!("{kept}_{hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_its_file() {
        for (address, file) in [
            ("/", "index.html"),
            ("/bodies", "bodies.html"),
            ("/bodies/x-y", "bodies/x-y.html"),
            ("/bodies/x-y.atom", "bodies/x-y.atom"),
            ("/bodies?status=any&page=2", "bodies~status=any,page=2.html"),
            ("/api/v1/bodies/x", "api/v1/bodies/x.json"),
            ("/api/v1/bodies?page=2", "api/v1/bodies~page=2.json"),
            ("/findings.csv?status=any", "findings~status=any.csv"),
            ("/policies/x-2.1", "policies/x-2.1.html"),
            ("/oembed/bodies/x", "oembed/bodies/x.json"),
            ("/assets/a.css?v=1", "assets/a.css"),
            ("/sources/ab12/original", "sources/ab12/original"),
        ] {
            assert_eq!(file_of(address), file);
        }
        assert_ne!(file_of("/gap?by=a%20b"), file_of("/gap?by=a+b"));
    }
}
