//! The first look at a record's bytes: could anything in them matter?
//!
//! Every second window of four bytes is looked up in a table of all windows that a name, a number or a camera word can
//! show, and so is the window that follows it. Where both are known the place is compared with the whole pattern, and
//! then the few words around are read by the same code that will judge them. Bytes beyond ASCII and escapes are decoded
//! where they stand.

mod class;
mod frequency;
mod pattern;
mod reader;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use class::{AS_BEGINNING, AS_END, CLASSES, DECODE, FIRST_OF_PAIR, SECOND_OF_PAIR, class, quick};
use frequency::Frequency;
pub(crate) use pattern::Patterns;
use pattern::{Around, Run, SHORTEST};
use reader::{BEYOND, Reader};

use crate::identifier::Identifier;

/// Words of the quick filter: one bit for each window, told apart coarsely; it fits the nearest cache.
const FILTER: usize = 1 << 12;
/// Words in the set of windows that follow others, one bit for each hash of two.
const WORDS: usize = 1 << 14;
/// Words in the set of all windows: twenty bits make a place.
const KNOWN: usize = 1 << 14;
/// Fewer classes than this are worth telling apart.
const FEW: usize = 10;
const WINDOW: usize = 4;
/// Bytes looked at between two branches.
const BLOCK: usize = 64;

/// The compiled patterns.
pub(crate) struct Sieve {
    filter: Box<[u64; FILTER]>,
    /// Windows with those that stand two bytes on, hashed together.
    followers: Box<[u64; WORDS]>,
    /// Every window that is known, one bit each: the filter says maybe, this says surely.
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
        let followers = vec![0; WORDS]
            .into_boxed_slice()
            .try_into()
            .expect("a set of this size");
        let filter = vec![0; FILTER]
            .into_boxed_slice()
            .try_into()
            .expect("a filter of this size");
        let known = vec![0; KNOWN]
            .into_boxed_slice()
            .try_into()
            .expect("a set of this size");
        let mut sieve = Self {
            filter,
            followers,
            known,
            by_window: HashMap::default(),
            runs: Vec::new(),
        };
        let frequency = Frequency::new();
        for (index, run) in runs.iter().enumerate() {
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let (forms, before) = run.in_full();
            let after = (before == 0).then(|| run.around.after());
            for form in forms {
                let best = sieve.cheapest(&frequency, &form);
                for at in [best, best + 1] {
                    let Ok(place) = i8::try_from(at).map(|at| at - before) else {
                        continue;
                    };
                    let shown = sieve.show(&form, at, after);
                    if !shown.runs.contains(&(index, place)) {
                        shown.runs.push((index, place));
                    }
                }
            }
        }
        for token in &tokens {
            let best = sieve.cheapest(&frequency, token);
            for at in [best, best + 1] {
                sieve.show(token, at, Some(Around::Token.after())).token = true;
            }
        }
        sieve.runs = runs;
        sieve
    }

    /// Where in a run the two neighbouring windows begin that are met least often: one of them is at an even place.
    fn cheapest(&self, frequency: &Frequency, run: &[u8]) -> usize {
        let cost = |at: usize| -> f64 {
            let windows = run.get(at..at + SHORTEST).unwrap_or_default().windows(WINDOW);
            // A window that is looked for anyway costs little more.
            let weight = |w: &[u8]| {
                if self.by_window.contains_key(&key(w)) {
                    0.1
                } else {
                    1.0
                }
            };
            let rare: f64 = windows.map(|w| weight(w) * frequency.of(w)).sum();
            // What follows narrows it down only as far as the run goes.
            let open = (at + SHORTEST + 2).saturating_sub(run.len());
            rare * [1.0, 4.0, 12.0][open.min(2)]
        };
        let costs = (0..=run.len().saturating_sub(SHORTEST)).map(|at| (at, cost(at)));
        costs.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(at, _)| at)
    }

    /// Puts in a window of a run and every window that may stand two bytes on.
    fn show(&mut self, run: &[u8], at: usize, after: Option<&[u8]>) -> &mut Shown {
        let window = run.get(at..at + WINDOW).unwrap_or_default();
        self.filter[quick(window) >> 6] |= 1 << (quick(window) & 63);
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
        let mut last = 0;
        let (blocks, rest) = raw.as_chunks::<BLOCK>();
        let mut at = 0;
        for block in blocks {
            let (known, flags) = self.block(block, &mut last);
            if known | u64::from(flags & DECODE) != 0
                && let Some(place) = self.look(&mut reader, at, known, flags)
            {
                return Some(place);
            }
            at += BLOCK;
        }
        // Separators stand beyond the end.
        let mut tail = [b' '; BLOCK + WINDOW];
        for (to, from) in tail.iter_mut().zip(rest) {
            *to = *from;
        }
        let (known, flags) = self.block(&tail, &mut last);
        self.look(&mut reader, at, known, flags)
    }

    /// One bit for each pair of bytes at which a window that may be known ends, and the flags of all bytes.
    #[inline]
    fn block<const N: usize>(&self, block: &[u8; N], last: &mut u32) -> (u64, u32) {
        let (mut before, mut flags, mut known) = (*last, 0, 0);
        // Eight pairs at a time are few enough for the compiler to write out, with all shifts known to it.
        for (step, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
            let mut eight = 0;
            for (place, &[a, b]) in bytes.as_chunks::<2>().0.iter().enumerate() {
                let pair = FIRST_OF_PAIR[usize::from(a)] | SECOND_OF_PAIR[usize::from(b)];
                flags |= pair;
                let index = (before & AS_BEGINNING | pair & AS_END) as usize;
                eight |= (self.filter[index >> 6] >> (index & 63) & 1) << place;
                before = pair;
            }
            known |= eight << (8 * step);
        }
        for (step, &[a, b]) in block.as_chunks::<16>().1.as_chunks::<2>().0.iter().enumerate() {
            let pair = FIRST_OF_PAIR[usize::from(a)] | SECOND_OF_PAIR[usize::from(b)];
            flags |= pair;
            let index = (before & AS_BEGINNING | pair & AS_END) as usize;
            known |= (self.filter[index >> 6] >> (index & 63) & 1) << (step + N / 16 * 8);
            before = pair;
        }
        *last = before;
        (known, flags)
    }

    /// Looks closely at the windows of a block that may be known, and at what may have to be decoded.
    #[cold]
    #[inline(never)]
    fn look(&self, reader: &mut Reader<'_>, block: usize, mut known: u64, flags: u32) -> Option<usize> {
        while known != 0 {
            // The window begins two bytes before the pair.
            let start = block + BEYOND + 2 * known.trailing_zeros() as usize - 2;
            known &= known - 1;
            let window = |from: usize| match from.checked_sub(BEYOND).and_then(|at| reader.four(at)) {
                Some(four) => four
                    .into_iter()
                    .fold(0, |key, byte| key << 5 | u32::from(class(byte))),
                None => (from..from + WINDOW).fold(0, |key, i| key << 5 | u32::from(class(reader.beyond(i)))),
            };
            let key = window(start);
            if self.known[(key >> 6) as usize] >> (key & 63) & 1 == 0 {
                continue;
            }
            let Some(shown) = self.by_window.get(&key) else {
                continue;
            };
            let follows = || {
                let (word, bit) = place(key, window(start + 2));
                self.followers[word] & bit != 0
            };
            if (shown.alone || follows()) && self.reads(reader, shown, start) {
                // The second byte of the window is one of the word, whatever was put before it.
                return Some((start + 1).saturating_sub(BEYOND));
            }
        }
        if flags & DECODE == 0 {
            return None;
        }
        let end = (block + BLOCK + WINDOW).min(reader.length());
        (block..end).find(|&i| {
            let byte = reader.byte(i);
            (byte >= 0x80 || byte == b'\\' || byte == b'&') && reader.decodes(i) && reader.matters(i, 1)
        })
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
