//! The first look at a record's bytes: could anything in them matter?
//!
//! Every way a name, a number or a camera word can be written shows a window of four bytes that is seldom met. All places
//! are looked at, thirty-two at a time, for windows that are like one of those (`lanes`). Where one is known, and so is the
//! window two bytes on, the place is compared with the whole pattern, and then the few words around are read by the same
//! code that will judge them. Bytes beyond ASCII and escapes are decoded where they stand.

mod bucket;
mod class;
mod frequency;
mod lanes;
mod pattern;
mod reader;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use fearless_simd::{Level, dispatch};

use bucket::{ANY, Window};
use class::{CLASSES, class};
use frequency::Frequency;
use lanes::{Places, REACH, Tables};
pub(crate) use pattern::Patterns;
use pattern::{Around, Run};
use reader::{BEYOND, Reader};

use crate::identifier::Identifier;

/// Words in the set of windows that follow others, one bit for each hash of two.
const WORDS: usize = 1 << 14;
/// Words in the set of all windows: twenty bits make a place.
const KNOWN: usize = 1 << 14;
/// Fewer classes than this are worth telling apart.
const FEW: usize = 10;
const WINDOW: usize = 4;

/// The compiled patterns.
pub(crate) struct Sieve {
    /// What this machine can look at in one step.
    level: Level,
    tables: Tables,
    /// Windows with those that stand two bytes on, hashed together.
    followers: Box<[u64; WORDS]>,
    /// Every window that is known, one bit each: the tables say maybe, this says surely.
    known: Box<[u64; KNOWN]>,
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
    /// A short word shows it, with nothing to say of what follows.
    alone: bool,
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
            tables: Tables::new(&[], &[]),
            followers: empty(),
            known: empty(),
            by_window: HashMap::default(),
            runs: Vec::new(),
        };
        let frequency = Frequency::new();
        let mut windows = Vec::new();
        for (index, run) in runs.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let (forms, before) = run.in_full();
            let after = (before == 0).then(|| run.around.after());
            for form in forms {
                let at = sieve.cheapest(&frequency, &form);
                windows.push(window(&form, at, after));
                let Ok(place) = i8::try_from(at).map(|at| at - before) else {
                    continue;
                };
                let shown = sieve.show(&form, at, after);
                if !shown.runs.contains(&(index, place)) {
                    shown.runs.push((index, place));
                }
            }
        }
        let after = Some(Around::Token.after());
        for token in &tokens {
            let at = sieve.cheapest(&frequency, token);
            windows.push(window(token, at, after));
            sieve.show(token, at, after).token = true;
        }
        windows.sort_unstable();
        windows.dedup();
        sieve.tables = Tables::new(&windows, &bucket::sort(&windows, &frequency));
        sieve.runs = runs;
        sieve
    }

    /// Where in a run the window begins that is met least often.
    fn cheapest(&self, frequency: &Frequency, run: &[u8]) -> usize {
        let cost = |at: usize| -> f64 {
            let shown = run.get(at..(at + REACH).min(run.len())).unwrap_or_default();
            // A window that is looked for anyway costs little more.
            let weight = if self.by_window.contains_key(&key(shown.get(..WINDOW).unwrap_or_default())) {
                0.1
            } else {
                1.0
            };
            weight * frequency.of(shown)
        };
        let costs = (0..=run.len().saturating_sub(WINDOW)).map(|at| (at, cost(at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Puts in a window of a run and every window that may stand two bytes on.
    fn show(&mut self, run: &[u8], at: usize, after: Option<&[u8]>) -> &mut Shown {
        let window = run.get(at..at + WINDOW).unwrap_or_default();
        let first = key(window);
        self.known[(first >> 6) as usize] |= 1 << (first & 63);
        let known = run
            .get(at + 2..(at + 2 + WINDOW).min(run.len()))
            .unwrap_or_default();
        let alone = match (after, known) {
            (Some(_), [_, _, _, _]) => {
                self.follow(first, key(known));
                false
            }
            (Some(after), [_, _, _]) => {
                for &last in after {
                    self.follow(first, key(known) << 5 | u32::from(last));
                }
                false
            }
            (Some(after), _) if after.len() < FEW => {
                for &next in after {
                    let known = key(known) << 5 | u32::from(next);
                    (0..u32::from(CLASSES)).for_each(|last| self.follow(first, known << 5 | last));
                }
                false
            }
            // What follows may be nearly anything.
            _ => true,
        };
        let shown = self.by_window.entry(first).or_default();
        shown.alone |= alone;
        shown
    }

    fn follow(&mut self, first: u32, next: u32) {
        let (word, bit) = place(first, next);
        self.followers[word] |= bit;
    }

    /// The first place in these bytes that could matter to the identifier, or one near it in the same word.
    pub(crate) fn first(&self, identifier: &Identifier, raw: &[u8]) -> Option<usize> {
        let mut reader = Reader::new(identifier, raw);
        let mut look = |places| self.look(&mut reader, places);
        dispatch!(self.level, simd => self.tables.scan(simd, raw, &mut look))
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

    /// Whether a window is known, and what it may be part of is there and matters.
    fn shows(&self, reader: &mut Reader<'_>, start: usize) -> bool {
        let window = |from: usize| match from.checked_sub(BEYOND).and_then(|at| reader.four(at)) {
            Some(four) => four
                .into_iter()
                .fold(0, |key, byte| key << 5 | u32::from(class(byte))),
            None => (from..from + WINDOW).fold(0, |key, i| key << 5 | u32::from(class(reader.beyond(i)))),
        };
        let key = window(start);
        if self.known[(key >> 6) as usize] >> (key & 63) & 1 == 0 {
            return false;
        }
        let Some(shown) = self.by_window.get(&key) else {
            return false;
        };
        let follows = || {
            let (word, bit) = place(key, window(start + 2));
            self.followers[word] & bit != 0
        };
        (shown.alone || follows()) && self.reads(reader, shown, start)
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

/// What may stand at each place from `at` on.
fn window(run: &[u8], at: usize, after: Option<&[u8]>) -> Window {
    std::array::from_fn(|i| match run.get(at + i) {
        Some(class) => 1 << class,
        None if at + i == run.len() => after.map_or(ANY, |after| after.iter().fold(0, |set, class| set | 1 << class)),
        None => ANY,
    })
}

fn empty<const N: usize>() -> Box<[u64; N]> {
    vec![0; N].into_boxed_slice().try_into().expect("a set of this size")
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

/// Four classes as twenty bits.
fn key(window: &[u8]) -> u32 {
    window.iter().fold(0, |key, &class| key << 5 | u32::from(class))
}

/// Word and bit of a window, with the one two bytes on, in the set of followers.
fn place(first: u32, next: u32) -> (usize, u64) {
    let mixed = (u64::from(first) << 32 | u64::from(next)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - 20);
    // Twenty bits fit a `usize` everywhere.
    let place = mixed as usize;
    (place >> 6, 1 << (place & 63))
}
