//! JSON pointers (RFC 6901).

use std::borrow::Cow;

/// A key as a reference token.
pub(crate) fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        key.replace('~', "~0").replace('/', "~1").into()
    } else {
        key.into()
    }
}
