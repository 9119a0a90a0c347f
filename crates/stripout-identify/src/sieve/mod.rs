//! The first look at a record's bytes: could anything in them matter?
//!
//! Every way a name, a number or a camera word can be written shows windows of four bytes that are seldom met (`choice`).
//! Every second or fourth place is looked at for one of them, thirty-two bytes at a time (`lanes`). Where one is known, what
//! stands around it is compared at once with all that it may be part of (`shown`), then with the whole pattern, and then the
//! few words around are read by the same code that will judge them. Bytes beyond ASCII and escapes are decoded where they
//! stand.

mod choice;
mod class;
mod frequency;
mod lanes;
mod pattern;
mod reader;
mod shown;
mod window;

use fearless_simd::{Level, dispatch};

use choice::{Apart, Choice};
use lanes::Places;
pub(crate) use pattern::Patterns;
use pattern::Run;
use reader::{BEYOND, Reader};
use shown::{Index, Of, SEEN, View};

use crate::identifier::Identifier;
use crate::normal::broken_word;

/// The compiled patterns.
pub(crate) struct Sieve {
    /// What this machine can look at in one step.
    level: Level,
    apart: Apart,
    index: Index,
    runs: Vec<Run>,
}

impl std::fmt::Debug for Sieve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sieve")
            .field("patterns", &self.runs.len())
            .finish_non_exhaustive()
    }
}

impl Sieve {
    pub(crate) fn new(patterns: Patterns) -> Self {
        let (runs, tokens) = patterns.finish();
        let choice = Choice::best(&runs, &tokens);
        Self {
            level: Level::new(),
            apart: choice.apart,
            index: Index::new(choice.shown),
            runs,
        }
    }

    /// The first place in these bytes that could matter to the identifier, or one near it in the same word.
    pub(crate) fn first(&self, identifier: &Identifier, raw: &[u8]) -> Option<usize> {
        let mut reader = Reader::new(identifier, raw);
        let mut look = |places: Places<'_>| self.look(&mut reader, places);
        let known = &self.index.known;
        let found = match self.apart {
            Apart::Two => dispatch!(self.level, simd => lanes::scan::<_, _, 2>(simd, known, raw, &mut look)),
            Apart::Four => dispatch!(self.level, simd => lanes::scan::<_, _, 4>(simd, known, raw, &mut look)),
        };
        // A word broken at the end of a line has windows of its own.
        let before = raw.get(..found.unwrap_or(raw.len())).unwrap_or_default();
        memchr::memchr_iter(b'\n', before)
            .find(|&at| broken_word(raw, at) && reader.matters(at, 1))
            .or(found)
    }

    /// Looks closely at the windows that may be known, and at what may have to be decoded.
    #[inline(never)]
    fn look(&self, reader: &mut Reader<'_>, places: Places<'_>) -> Option<usize> {
        // The first place is one before the first byte.
        let first = places.at + BEYOND - 1;
        each(places.windows, first)
            .find(|&start| self.shows(reader, start, places.seen(start + 1 - BEYOND)))
            // The second byte of the window is one of the word, whatever was put before it.
            .map(|start| (start + 1).saturating_sub(BEYOND))
            .or_else(|| {
                each(places.decode, first)
                    .filter_map(|place| place.checked_sub(BEYOND))
                    .find(|&at| reader.decodes(at) && reader.matters(at, 1))
            })
    }

    /// Whether a known window is part of something that is there and matters.
    fn shows(&self, reader: &mut Reader<'_>, start: usize, seen: &[u8; SEEN]) -> bool {
        let view = View::new(seen, reader.written(start));
        let fitting = self.index.of(view).iter().filter(|shown| shown.fits(view));
        fitting
            .into_iter()
            .any(|shown| self.reads(reader, shown.of, start))
    }

    /// Whether what shows itself at `start` (counted from `BEYOND` before the first byte) is there and matters.
    fn reads(&self, reader: &mut Reader<'_>, of: Of, start: usize) -> bool {
        match of {
            Of::Token => reader.misspells((start + 1).saturating_sub(BEYOND)),
            Of::Run(number, place) => {
                let run = usize::try_from(number).ok().and_then(|i| self.runs.get(i));
                let (Some(run), Some(start)) = (run, start.checked_add_signed(-place)) else {
                    return false;
                };
                reader.shows(start, run) && reader.matters(start.saturating_sub(BEYOND), run.classes.len())
            }
        }
    }
}

/// The places whose bits are set, counted from the first.
fn each(mut bits: u32, first: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let next = (bits != 0).then(|| first + bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        next
    })
}
