//! JSON Lines: cut at line ends alone, as fast as memory goes.

use super::{Cut, LINES, State};
use crate::Block;
use crate::json::lines;
use crate::json::window::wide;

/// About how many bytes of lines a block holds: what is read, cut, parsed and forgotten at once stays in the cache.
const BLOCK: usize = 1 << 17;

impl Cut<'_> {
    pub(super) fn go_by_lines(&mut self) {
        self.state = State::Lines;
        self.window.read_in_steps_of(BLOCK);
    }

    pub(super) fn lines(&mut self) {
        self.making.cut = self.at;
        self.window.fill(self.at, self.at, BLOCK);
        let end = loop {
            let seen = self.window.from(self.at);
            match memchr::memrchr(b'\n', seen) {
                _ if self.window.ended() => break self.window.end(),
                Some(last) => break self.at + wide(last) + 1,
                None if seen.len() > self.limits.record_bytes => return self.skip_line(),
                None => self.window.more(self.at),
            };
        };
        let bytes = self.window.range(self.at, end);
        if bytes.len() > self.limits.record_bytes {
            // Only the first line of a block can be this long: the others fit in what was read last.
            let first = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
            if first > self.limits.record_bytes {
                return self.skip_line();
            }
        }
        let (ends, records) = lines::count(bytes);
        let records = wide(records);
        let line = self.window.line(self.at);
        self.window.know(end, line + wide(ends));
        if records > 0 {
            self.ready.push_back(Block {
                bytes: self.window.take(self.at, end),
                offset: self.at,
                line,
                record: self.record,
                path: LINES.into(),
            });
        }
        self.record += records;
        self.at = end;
        if end == self.window.end() && !self.window.more(end) {
            self.end_of_stream(None);
        }
    }

    /// Passes over a line that is too long for a record.
    pub(super) fn skip_line(&mut self) {
        self.too_large("");
        self.record += 1;
        loop {
            if let Some(n) = memchr::memchr(b'\n', self.window.from(self.at)) {
                self.at += wide(n) + 1;
                return;
            }
            self.at = self.window.end();
            if !self.window.more(self.at) {
                return self.end_of_stream(None);
            }
        }
    }
}
