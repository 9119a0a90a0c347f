//! The only admissible proof: these bytes of this source say so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::{BlobId, Locator};

/// Blob, place and verbatim excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub blob: BlobId,
    pub locator: Locator,
    /// Verbatim: `passage[start .. start + excerpt.len()]`, where passage is what the locator's bytes decode to.
    pub excerpt: String,
    /// Byte offset of the excerpt in the passage.
    pub start: usize,
    /// The words that were recognised, as a byte range of the excerpt.
    pub mark: Range<usize>,
}

impl Evidence {
    /// The recognised words themselves; `None` when the mark does not fit the excerpt.
    pub fn marked(&self) -> Option<&str> {
        self.excerpt.get(self.mark.clone())
    }

    /// The mark in characters instead of bytes.
    pub fn mark_chars(&self) -> Option<Range<usize>> {
        let before = self.excerpt.get(..self.mark.start)?.chars().count();
        Some(before..before + self.marked()?.chars().count())
    }
}
