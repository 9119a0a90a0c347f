//! Reads objects as releases, again and again into the same memory.

use super::cursor::{Cursor, Fault};
use super::parse::Ignore;
use crate::format::ocds::Release;

/// Releases whose memory is used again for the next record.
#[derive(Default)]
pub(super) struct Pool<'b> {
    pub(super) releases: Vec<Release<'b>>,
    pub(super) used: usize,
}

impl<'b> Pool<'b> {
    /// Reads an object as a release, and the releases inside it.
    pub(super) fn release(&mut self, cursor: &mut Cursor<'b>, compiled: bool) -> Result<(), Fault> {
        if cursor.peek() != Some(b'{') {
            return cursor.value(&mut Ignore);
        }
        let at = self.used;
        self.used += 1;
        match self.releases.get_mut(at) {
            Some(old) => old.clear(),
            None => self.releases.push(Release::default()),
        }
        if let Some(release) = self.releases.get_mut(at) {
            release.compiled = compiled;
        }
        cursor.object(|cursor, key| {
            if key.is(b"compiledRelease") {
                self.release(cursor, true)
            } else if (key.is(b"releases") || key.is(b"records")) && cursor.peek() == Some(b'[') {
                cursor.array(|cursor| self.release(cursor, false))
            } else {
                match self.releases.get_mut(at) {
                    Some(release) => release.member(cursor, key),
                    None => cursor.value(&mut Ignore),
                }
            }
        })
    }
}
