//! The first look at a record's bytes: could anything in them matter?
//!
//! Every way a name, a number or a camera word can be written shows windows of four bytes that are seldom met. Every second
//! place is looked at for one of them, thirty-two bytes at a time (`lanes`). Where one is known, what stands around it is
//! compared at once with all that it may be part of (`shown`), then with the whole pattern, and then the few words around
//! are read by the same code that will judge them. Bytes beyond ASCII and escapes are decoded where they stand.

mod class;
mod frequency;
mod lanes;
mod pattern;
mod reader;
mod shown;
mod window;

use std::collections::HashSet;

use fearless_simd::{Level, dispatch};

use frequency::Frequency;
use lanes::Places;
pub(crate) use pattern::Patterns;
use pattern::{Run, SHORTEST};
use reader::{BEYOND, Reader};
use shown::{Index, Of, Shown};
use window::WINDOW;

use crate::identifier::Identifier;
use crate::normal::broken_word;

/// The compiled patterns.
pub(crate) struct Sieve {
    /// What this machine can look at in one step.
    level: Level,
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
        let mut windows = Windows::default();
        for (number, run) in (0..).zip(&runs) {
            let (forms, before) = run.in_full();
            for form in forms {
                windows.show(&form, |at| Shown::run(number, run, at - before));
            }
        }
        for token in &tokens {
            windows.show(token, |at| vec![Shown::token(token, at)]);
        }
        Self {
            level: Level::new(),
            index: Index::new(windows.shown),
            runs,
        }
    }

    /// The first place in these bytes that could matter to the identifier, or one near it in the same word.
    pub(crate) fn first(&self, identifier: &Identifier, raw: &[u8]) -> Option<usize> {
        let mut reader = Reader::new(identifier, raw);
        let mut look = |places| self.look(&mut reader, places);
        let found = dispatch!(self.level, simd => lanes::scan(simd, &self.index.known, raw, &mut look));
        // A word broken at the end of a line has windows of its own.
        let before = raw.get(..found.unwrap_or(raw.len())).unwrap_or_default();
        memchr::memchr_iter(b'\n', before)
            .find(|&at| broken_word(raw, at) && reader.matters(at, 1))
            .or(found)
    }

    /// Looks closely at the windows that may be known, and at what may have to be decoded.
    #[inline(never)]
    fn look(&self, reader: &mut Reader<'_>, places: Places) -> Option<usize> {
        // The first place is one before the first byte.
        let first = places.at + BEYOND - 1;
        each(places.windows, first)
            .find(|&start| self.shows(reader, start))
            // The second byte of the window is one of the word, whatever was put before it.
            .map(|start| (start + 1).saturating_sub(BEYOND))
            .or_else(|| {
                each(places.decode, first)
                    .filter_map(|place| place.checked_sub(BEYOND))
                    .find(|&at| reader.decodes(at) && reader.matters(at, 1))
            })
    }

    /// Whether a known window is part of something that is there and matters.
    fn shows(&self, reader: &mut Reader<'_>, start: usize) -> bool {
        let view = reader.view(start);
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
                let (Some(run), Some(start)) = (run, start.checked_add_signed(-isize::from(place))) else {
                    return false;
                };
                reader.shows(start, run) && reader.matters(start.saturating_sub(BEYOND), run.classes.len())
            }
        }
    }
}

/// The windows by which patterns show themselves.
#[derive(Default)]
struct Windows {
    shown: Vec<([u8; WINDOW], Shown)>,
    known: HashSet<[u8; WINDOW]>,
    frequency: Frequency,
}

impl Windows {
    /// Puts in the two windows of a run, by their places in it, with what they show.
    fn show(&mut self, run: &[u8], shown: impl Fn(i8) -> Vec<Shown>) {
        let best = self.cheapest(run);
        for at in [best, best + 1] {
            let window = run.get(at..).and_then(|rest| rest.first_chunk().copied());
            if let (Some(window), Ok(place)) = (window, i8::try_from(at)) {
                self.known.insert(window);
                self.shown
                    .extend(shown(place).into_iter().map(|shown| (window, shown)));
            }
        }
    }

    /// Where in a run the two neighbouring windows begin that are met least often: one of them is at an even place.
    fn cheapest(&self, run: &[u8]) -> usize {
        let cost = |at: usize| -> f64 {
            let windows = run.get(at..at + SHORTEST).unwrap_or_default();
            // A window that is looked for anyway costs little more.
            let weight = |window| if self.known.contains(window) { 0.1 } else { 1.0 };
            let rare: f64 = windows
                .array_windows()
                .map(|window| weight(window) * self.frequency.of(*window))
                .sum();
            // What follows narrows it down only as far as the run goes.
            let open = (at + SHORTEST + 2).saturating_sub(run.len());
            rare * [1.0, 4.0, 12.0][open.min(2)]
        };
        let costs = (0..=run.len().saturating_sub(SHORTEST)).map(|at| (at, cost(at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
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
