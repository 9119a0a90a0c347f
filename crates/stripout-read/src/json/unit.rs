//! One record as it lies in its block, whatever it holds.

use std::borrow::Cow;

use encoding_rs::Encoding;
use stripout_model::RecordPlace;

use super::compact::compact;
use super::cursor::{Container, Cursor, Fault, Walk};
use super::parse::Ignore;
use super::text::decode;

#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) place: RecordPlace,
    /// From the root of the document to the record.
    pub(crate) pointer: String,
    pub(crate) encoding: &'static Encoding,
    /// `bytes` is a run of members of the object at the top, without its braces.
    pub(crate) members: bool,
    pub(crate) depth: usize,
}

impl<'a> Unit<'a> {
    /// Walks over the record, which was found well formed before.
    pub(crate) fn walk(&self, walk: &mut impl Walk<'a>) -> Result<(), Fault> {
        let mut cursor = Cursor::new(self.bytes, self.depth);
        if !self.members {
            return cursor.value(walk);
        }
        walk.enter(Container::Object);
        while cursor.next_member() {
            let key = cursor.key()?;
            walk.key(key);
            cursor.value(walk)?;
        }
        walk.leave();
        Ok(())
    }

    /// The record as one line of JSON.
    pub(crate) fn whole(&self) -> Cow<'a, str> {
        let json = decode(self.bytes, self.encoding, false);
        if !self.members {
            return compact(json);
        }
        let mut members = String::with_capacity(json.len() + 2);
        let mut cursor = Cursor::new(json.as_bytes(), self.depth);
        while cursor.next_member() {
            let from = cursor.at();
            if cursor.key().and_then(|_| cursor.value(&mut Ignore)).is_err() {
                break;
            }
            // One comma, where the text has none or several, too.
            members.push(if members.is_empty() { '{' } else { ',' });
            members.push_str(&compact(json.get(from..cursor.at()).unwrap_or_default().into()));
        }
        if members.is_empty() {
            members.push('{');
        }
        members.push('}');
        members.into()
    }
}
