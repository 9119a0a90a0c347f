//! Getting over one value, however long, and over what is none.

use super::{BLOCK, Cut, Kind, Value};
use crate::json::structure::Structure;
use crate::json::window::wide;

impl Cut<'_> {
    /// Reads the value at this place to its end; `unit` is where the record or member that it belongs to begins. What
    /// the block in the making already holds is let go before the window grows over it.
    pub(super) fn value(&mut self, unit: u64, pointer: &str) -> Value {
        let mut structure = Structure::default();
        let mut seen = self.at;
        let limit = wide(self.limits.record_bytes);
        loop {
            if let Some(n) = structure.read(self.window.from(seen)) {
                let end = seen + wide(n);
                if end - self.at > limit {
                    return self.skip(structure, end, true, unit, pointer);
                }
                // A byte that can begin no value is passed over, for the parser to refuse.
                self.at = end.max(self.at + 1);
                return Value::Whole;
            }
            seen = self.window.end();
            if seen - self.at > limit {
                return self.skip(structure, seen, false, unit, pointer);
            }
            if seen - self.making.cut > wide(BLOCK) {
                self.flush(unit);
            }
            if !self.window.more(self.making.cut) {
                if structure.may_end() {
                    self.at = seen;
                    return Value::Whole;
                }
                self.flush(unit);
                let place = self.place(pointer);
                self.end_of_stream(Some(place));
                return Value::Truncated;
            }
        }
    }

    /// Passes over a value that is too large, from `seen` on.
    pub(super) fn skip(
        &mut self,
        mut structure: Structure,
        mut seen: u64,
        ended: bool,
        unit: u64,
        pointer: &str,
    ) -> Value {
        self.flush(unit);
        self.too_large(pointer);
        let mut over = ended;
        while !over {
            if !self.window.more(seen) {
                let place = self.place(pointer);
                self.end_of_stream(Some(place));
                return Value::Truncated;
            }
            if let Some(n) = structure.read(self.window.from(seen)) {
                seen += wide(n);
                over = true;
            } else {
                seen = self.window.end();
            }
        }
        self.at = seen;
        self.making.cut = seen;
        Value::Skipped
    }

    /// The next byte that is no white space; `at` stands on it.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let seen = self.window.from(self.at);
            if let Some(n) = seen
                .iter()
                .position(|b| !matches!(b, b' ' | b'\n' | b'\r' | b'\t'))
            {
                self.at += wide(n);
                return self.window.from(self.at).first().copied();
            }
            // A member whose value is still to come must stay; an endless run of blanks must not.
            let unit = self.at;
            self.at = self.window.end();
            let most = if self.making.kind == Kind::Members {
                self.limits.record_bytes
            } else {
                BLOCK
            };
            if self.at - self.making.cut > wide(most) {
                self.flush(unit);
            }
            if !self.window.more(self.making.cut) {
                return None;
            }
        }
    }

    /// Whether a line end lies between the last value and this place.
    pub(super) fn newline_before(&self) -> bool {
        self.window.blank_before(self.at).contains(&b'\n')
    }

    /// Passes on to the next of some bytes.
    pub(super) fn resync(&mut self, stops: &[u8]) {
        self.at += 1;
        loop {
            let seen = self.window.from(self.at);
            if let Some(n) = seen.iter().position(|b| stops.contains(b)) {
                self.at += wide(n);
                break;
            }
            self.at = self.window.end();
            if !self.window.more(self.at) {
                break;
            }
        }
        self.making.cut = self.at;
    }
}
