//! Every string of a record, with its pointer and its bytes.

use std::borrow::Cow;

use stripout_model::{Decoding, Escape, Locator, Passage, Place, Role};

use super::cursor::{Container, Str, Walk};
use super::pointer;
use super::unit::Unit;

/// The strings of a record in order. `role` is asked with the keys above a string, outermost first, and its own key.
pub(crate) fn passages<'a>(
    unit: &'a Unit<'_>,
    role: &dyn Fn(&[Cow<'_, str>], &str) -> Role,
) -> Vec<Passage<'a>> {
    let mut collect = Collect {
        unit,
        role,
        pointer: unit.pointer.clone(),
        frames: Vec::new(),
        keys: Vec::new(),
        found: Vec::new(),
    };
    // The parser has refused what is not well formed; up to a fault all strings are good in any case.
    let _well_formed = unit.walk(&mut collect);
    collect.found
}

struct Collect<'a, 'r> {
    unit: &'a Unit<'a>,
    role: &'r dyn Fn(&[Cow<'_, str>], &str) -> Role,
    pointer: String,
    frames: Vec<Frame>,
    /// The key at which each open object stands.
    keys: Vec<Cow<'a, str>>,
    found: Vec<Passage<'a>>,
}

struct Frame {
    object: bool,
    /// Length of the pointer of the container.
    pointer: usize,
    /// Elements met.
    index: usize,
}

impl Collect<'_, '_> {
    fn step(&mut self, token: &str) {
        if let Some(frame) = self.frames.last() {
            self.pointer.truncate(frame.pointer);
        }
        self.pointer.push('/');
        self.pointer.push_str(token);
    }
}

impl<'a> Walk<'a> for Collect<'a, '_> {
    fn key(&mut self, key: Str<'a>) {
        let key = key.text(self.unit.encoding);
        self.step(&pointer::escape(&key));
        self.keys.pop();
        self.keys.push(key);
    }

    fn text(&mut self, text: Str<'a>) {
        if text.raw.is_empty() {
            return;
        }
        let (name, parents) = match self.keys.split_last() {
            Some((name, parents)) => (name.clone(), parents),
            None => (Cow::Borrowed(""), &[][..]),
        };
        let start = self.unit.place.byte + super::window::wide(text.at);
        self.found.push(Passage {
            text: text.text(self.unit.encoding),
            role: (self.role)(parents, &name),
            name,
            locator: Locator {
                member: None,
                place: Place::Json {
                    line: self.unit.place.line,
                    pointer: self.pointer.clone(),
                },
                bytes: start..start + super::window::wide(text.raw.len()),
                decoding: Decoding {
                    encoding: self.unit.encoding.name().into(),
                    escape: Escape::Json,
                },
            },
        });
    }

    fn enter(&mut self, container: Container) {
        let object = container == Container::Object;
        self.frames.push(Frame {
            object,
            pointer: self.pointer.len(),
            index: 0,
        });
        if object {
            self.keys.push(Cow::Borrowed(""));
        }
    }

    fn leave(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.pointer.truncate(frame.pointer);
            if frame.object {
                self.keys.pop();
            }
        }
    }

    fn element(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let index = frame.index;
        frame.index += 1;
        self.step(&index.to_string());
    }
}
