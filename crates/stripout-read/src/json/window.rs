//! The part of a stream that is in memory, addressed by offsets in the stream.

use std::io::Read;

use stripout_model::Problem;

use crate::piece::{Held, More, Piece};
use crate::stream::problem_of;

/// Bytes that one read appends, where nobody says otherwise.
const STEP: usize = 1 << 20;
/// How much of what was read stays, to look back at.
const TAIL: u64 = 64;

pub(crate) struct Window<'a> {
    stream: Box<dyn Read + Send + 'a>,
    held: Held,
    /// Offset of the first byte held.
    base: u64,
    step: usize,
    ended: bool,
    /// A place whose line is known.
    mark: (u64, u64),
    /// Why the stream broke off.
    broken: Option<Problem>,
}

impl<'a> Window<'a> {
    pub(crate) fn new(stream: Box<dyn Read + Send + 'a>) -> Self {
        Self {
            stream,
            held: Held::default(),
            base: 0,
            step: STEP,
            ended: false,
            mark: (0, 1),
            broken: None,
        }
    }

    /// Reads in steps of so many bytes from now on.
    pub(crate) fn read_in_steps_of(&mut self, bytes: usize) {
        self.step = bytes;
    }

    /// What is in memory from `at` on.
    pub(crate) fn from(&self, at: u64) -> &[u8] {
        self.held.bytes().get(self.index(at)..).unwrap_or_default()
    }

    pub(crate) fn range(&self, from: u64, to: u64) -> &[u8] {
        self.held
            .bytes()
            .get(self.index(from)..self.index(to))
            .unwrap_or_default()
    }

    /// Offset just past what is in memory.
    pub(crate) fn end(&self) -> u64 {
        self.base + wide(self.held.len())
    }

    /// Whether nothing follows what is in memory.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Why the stream ended too early, once.
    pub(crate) fn take_broken(&mut self) -> Option<Problem> {
        self.broken.take()
    }

    /// Reads on; `false` when nothing is left. What lies before `keep`, but for a few bytes, may be forgotten. Always reads
    /// the same amount, so that what follows does not depend on how the stream hands out its bytes.
    pub(crate) fn more(&mut self, keep: u64) -> bool {
        if self.ended {
            return false;
        }
        self.mark = (keep.max(self.mark.0), self.line(keep));
        let gone = self.index(keep.saturating_sub(TAIL));
        let More {
            came,
            forgotten,
            error,
        } = self.held.read(&mut self.stream, self.step, gone);
        self.base += wide(forgotten);
        self.ended = came < self.step;
        self.broken = error.map(problem_of);
        came > 0
    }

    /// Hands out the bytes between two places and forgets them and all before, without copying more than what follows.
    pub(crate) fn take(&mut self, from: u64, to: u64) -> Piece {
        self.mark = (to, self.line(to));
        let range = self.index(from)..self.index(to);
        self.base = to;
        self.held.cut(range, self.step)
    }

    /// Has at least `wanted` bytes from `at` on in memory, or all there are; keeps what lies from `keep` on.
    pub(crate) fn fill(&mut self, keep: u64, at: u64, wanted: usize) {
        while self.from(at).len() < wanted && self.more(keep) {}
    }

    /// Takes the line of a place from somebody who counted.
    pub(crate) fn know(&mut self, at: u64, line: u64) {
        self.mark = (at, line);
    }

    /// The line of a place in memory, from 1.
    pub(crate) fn line(&self, at: u64) -> u64 {
        let (known, line) = self.mark;
        line + wide(memchr::memchr_iter(b'\n', self.range(known.min(at), at)).count())
    }

    /// The white space just before a place, as far as it is remembered.
    pub(crate) fn blank_before(&self, at: u64) -> &[u8] {
        let before = self.range(at.saturating_sub(TAIL), at);
        let blank = before
            .iter()
            .rev()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        before.get(before.len() - blank..).unwrap_or_default()
    }

    fn index(&self, at: u64) -> usize {
        let held = self.held.len();
        usize::try_from(at.saturating_sub(self.base)).map_or(held, |i| i.min(held))
    }
}

pub(crate) fn wide(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
