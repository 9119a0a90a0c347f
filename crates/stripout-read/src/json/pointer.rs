//! JSON pointers (RFC 6901).

/// A key as a reference token.
pub(crate) fn escape(key: &str) -> String {
    if key.contains(['~', '/']) {
        key.replace('~', "~0").replace('/', "~1")
    } else {
        key.into()
    }
}
