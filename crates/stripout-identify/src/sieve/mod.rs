//! The first look at a record's bytes: could anything in them matter?
//!
//! Every way a name, a number or a camera word can be written shows windows of four bytes that are seldom met. Every second
//! place is looked at for one of them, thirty-two bytes at a time (`lanes`). Where one is known, and so is the window that
//! follows it, the place is compared with the whole pattern, and then the few words around are read by the same code that
//! will judge them. Bytes beyond ASCII and escapes are decoded where they stand.

mod class;
mod frequency;
mod lanes;
mod pattern;
mod reader;
mod window;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use fearless_simd::{Level, dispatch};

use frequency::Frequency;
use lanes::Places;
pub(crate) use pattern::Patterns;
use pattern::{Around, Run, SHORTEST};
use reader::{BEYOND, Reader};
use window::{Known, WINDOW, key, keys};

use crate::identifier::Identifier;
use crate::normal::broken_word;

/// Words in the set of windows that follow others, one bit for each hash of two.
const WORDS: usize = 1 << 14;
/// In place of a window that follows: nothing is said of it.
const ANYTHING: u32 = u32::MAX;
/// Fewer classes than this are worth telling apart.
const FEW: usize = 10;

/// The compiled patterns.
pub(crate) struct Sieve {
    /// What this machine can look at in one step.
    level: Level,
    known: Known,
    /// Windows with those that stand two bytes on, hashed together.
    followers: Box<[u64; WORDS]>,
    by_window: HashMap<u32, Shown, BuildHasherDefault<Spread>>,
    runs: Vec<Run>,
}

/// What a window may be part of.
#[derive(Debug, Default)]
struct Shown {
    /// Patterns, and at what place of theirs the window begins: -1 for one byte before.
    runs: Vec<(u32, i8)>,
    /// A misspelt name.
    token: bool,
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
        let mut sieve = Self {
            level: Level::new(),
            known: Known::new(),
            followers: vec![0; WORDS]
                .into_boxed_slice()
                .try_into()
                .expect("a set of this size"),
            by_window: HashMap::default(),
            runs: Vec::new(),
        };
        let frequency = Frequency::new();
        for (index, run) in runs.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let (forms, before) = run.in_full();
            for form in forms {
                let to_the_end = form.len() == run.classes.len() + usize::from(before > 0);
                let after = to_the_end.then(|| run.around.after());
                let best = sieve.cheapest(&frequency, &form);
                for at in [best, best + 1] {
                    let Ok(place) = i8::try_from(at).map(|at| at - before) else {
                        continue;
                    };
                    let Some(shown) = sieve.show(&form, at, after) else {
                        continue;
                    };
                    if !shown.runs.contains(&(index, place)) {
                        shown.runs.push((index, place));
                    }
                }
            }
        }
        for token in &tokens {
            let best = sieve.cheapest(&frequency, token);
            for at in [best, best + 1] {
                if let Some(shown) = sieve.show(token, at, Some(Around::Token.after())) {
                    shown.token = true;
                }
            }
        }
        sieve.runs = runs;
        sieve
    }

    /// Where in a run the two neighbouring windows begin that are met least often: one of them is at an even place.
    fn cheapest(&self, frequency: &Frequency, run: &[u8]) -> usize {
        let cost = |at: usize| -> f64 {
            let windows = run.get(at..at + SHORTEST).unwrap_or_default();
            // A window that is looked for anyway costs little more.
            let weight = |window: [u8; WINDOW]| {
                if self.by_window.contains_key(&key(window)) {
                    0.1
                } else {
                    1.0
                }
            };
            let rare: f64 = windows
                .array_windows()
                .map(|&window| weight(window) * frequency.of(&window))
                .sum();
            // What follows narrows it down only as far as the run goes.
            let open = (at + SHORTEST + 2).saturating_sub(run.len());
            rare * [1.0, 4.0, 12.0][open.min(2)]
        };
        let costs = (0..=run.len().saturating_sub(SHORTEST)).map(|at| (at, cost(at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Puts in a window of a run and every window that may stand two bytes on.
    fn show(&mut self, run: &[u8], at: usize, after: Option<&[u8]>) -> Option<&mut Shown> {
        let window = *run.get(at..)?.first_chunk::<WINDOW>()?;
        self.known.add(window);
        let first = key(window);
        let rest = run.get(at + 2..)?;
        let next: Option<Vec<u32>> = match (after, rest) {
            (Some(_), [_, _, _, _, ..]) => Some(keys(rest)),
            (Some(after), _) if rest.len() == 3 || after.len() < FEW => {
                let followed = |&class| keys(&[rest, &[class]].concat());
                Some(after.iter().flat_map(followed).collect())
            }
            // What follows may be nearly anything.
            _ => None,
        };
        match next {
            Some(next) => next.into_iter().for_each(|next| self.follow(first, next)),
            None => self.follow(first, ANYTHING),
        }
        Some(self.by_window.entry(first).or_default())
    }

    fn follow(&mut self, first: u32, next: u32) {
        let (word, bit) = place(first, next);
        self.followers[word] |= bit;
    }

    /// The first place in these bytes that could matter to the identifier, or one near it in the same word.
    pub(crate) fn first(&self, identifier: &Identifier, raw: &[u8]) -> Option<usize> {
        let mut reader = Reader::new(identifier, raw);
        let mut look = |places| self.look(&mut reader, places);
        let found = dispatch!(self.level, simd => lanes::scan(simd, &self.known, raw, &mut look));
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
        let (first, second) = reader.windows(start);
        let follows = |next| {
            let (word, bit) = place(first, next);
            self.followers[word] & bit != 0
        };
        (follows(second) || follows(ANYTHING))
            && self
                .by_window
                .get(&first)
                .is_some_and(|shown| self.reads(reader, shown, start))
    }

    /// Whether something that shows the window at `start` (counted from `BEYOND` before the first byte) is there and
    /// matters.
    fn reads(&self, reader: &mut Reader<'_>, shown: &Shown, start: usize) -> bool {
        if shown.token && reader.misspells((start + 1).saturating_sub(BEYOND)) {
            return true;
        }
        shown.runs.iter().any(|&(run, place)| {
            let run = usize::try_from(run).ok().and_then(|i| self.runs.get(i));
            let (Some(run), Some(start)) = (run, start.checked_add_signed(-isize::from(place))) else {
                return false;
            };
            reader.shows(start, run) && reader.matters(start.saturating_sub(BEYOND), run.classes.len())
        })
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

/// Windows are few and not chosen by anyone: a multiplication spreads them well enough.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(byte.into());
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 ^ u64::from(key)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// Word and bit of a window, with the one two bytes on, in the set of followers.
fn place(first: u32, next: u32) -> (usize, u64) {
    let mixed = (u64::from(first) << 32 | u64::from(next)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - 20);
    // Twenty bits fit a `usize` everywhere.
    let place = mixed as usize;
    (place >> 6, 1 << (place & 63))
}
