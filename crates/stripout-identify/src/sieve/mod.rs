//! The first look at a record's bytes: could anything in them matter?
//!
//! Every second window of four bytes is looked up in a bitmap of all windows that a name, a number or a camera word can
//! show. What is met there is compared with the whole pattern, and then read by the same code that will judge it, on
//! the few words around. Bytes beyond ASCII and escapes are decoded where they stand.

mod class;
mod pattern;
mod reader;

use std::collections::HashMap;
use std::ops::Range;

use class::{AMPERSAND, BACKSLASH, CLASS, CLASSES, HIGH, commonness};
use pattern::{Patterns, SHORTEST};
use reader::{BEYOND, Reader};

use crate::identifier::Identifier;
use crate::spelling::Spelling;

/// Words of 64 bits in a bitmap of all windows of four classes.
const WORDS: usize = 1 << 14;
const WINDOW: usize = 4;
/// Bytes looked at between two branches.
const BLOCK: usize = 16;

/// The compiled patterns.
pub(crate) struct Sieve {
    windows: Box<[u64; WORDS]>,
    /// For each window the patterns that show it, and at what place of theirs.
    by_window: HashMap<u32, Vec<(u32, u8)>>,
    runs: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Sieve {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sieve").field("patterns", &self.runs.len()).finish_non_exhaustive()
    }
}

impl Sieve {
    pub(crate) fn new<'a>(
        spellings: impl Iterator<Item = &'a Spelling>,
        prefixes: impl Iterator<Item = &'a String>,
        words: impl Iterator<Item = &'a String>,
    ) -> Self {
        let mut patterns = Patterns::default();
        spellings.for_each(|spelling| patterns.spelling(spelling));
        prefixes.for_each(|prefix| patterns.prefix(prefix));
        words.for_each(|word| patterns.word(word));
        let mut sieve = Self {
            windows: vec![0; WORDS].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; WORDS])),
            by_window: HashMap::new(),
            runs: patterns.runs.into_iter().collect(),
        };
        let runs = std::mem::take(&mut sieve.runs);
        for (index, run) in runs.iter().enumerate() {
            sieve.add(u32::try_from(index).unwrap_or(u32::MAX), run);
        }
        sieve.runs = runs;
        sieve.add_decoding();
        sieve
    }

    /// Puts in the two neighbouring windows of a run that are met least often: one of them is at an even place.
    fn add(&mut self, index: u32, run: &[u8]) {
        let cost = |at: usize| {
            let classes = run.get(at..at + SHORTEST).unwrap_or_default();
            let known = classes.windows(WINDOW).filter(|w| self.by_window.contains_key(&key(w))).count();
            let product: u64 = classes.iter().map(|&c| u64::from(commonness(c))).product();
            // A window that is in the bitmap anyway costs nothing more.
            product >> (10 * known)
        };
        let Some(best) = (0..=run.len().saturating_sub(SHORTEST)).min_by_key(|&at| cost(at)) else { return };
        for at in [best, best + 1] {
            let Some(window) = run.get(at..at + WINDOW) else { continue };
            let key = key(window);
            self.set(key);
            self.by_window.entry(key).or_default().push((index, u8::try_from(at).unwrap_or(u8::MAX)));
        }
    }

    /// Windows that end in something to decode.
    fn add_decoding(&mut self) {
        for special in [HIGH, BACKSLASH, AMPERSAND] {
            for first in 0..CLASSES {
                for second in 0..CLASSES {
                    for last in 0..CLASSES {
                        self.set(key(&[first, second, special, last]));
                        self.set(key(&[first, second, last, special]));
                    }
                }
            }
        }
    }

    fn set(&mut self, key: u32) {
        let (word, bit) = place(key);
        self.windows[word] |= bit;
    }

    /// Whether anything in these bytes could matter to the identifier.
    pub(crate) fn passes(&self, identifier: &Identifier, raw: &[u8]) -> bool {
        let mut before = pair(b' ', b' ');
        let mut reader = Reader::new(identifier, raw);
        let mut blocks = raw.chunks_exact(BLOCK);
        let mut at = 0;
        for block in blocks.by_ref() {
            let (last, any) = self.block(block, before);
            if any && self.look(&mut reader, at..at + BLOCK, before) {
                return true;
            }
            before = last;
            at += BLOCK;
        }
        // Separators stand beyond the end.
        let mut tail = [b' '; BLOCK + WINDOW];
        for (to, from) in tail.iter_mut().zip(blocks.remainder()) {
            *to = *from;
        }
        let (_, any) = self.block(&tail, before);
        any && self.look(&mut reader, at..at + tail.len(), before)
    }

    /// The last pair of a block, and whether any window that ends in the block is known.
    fn block(&self, block: &[u8], before: u32) -> (u32, bool) {
        let mut last = before;
        let mut any = 0;
        for two in block.chunks_exact(2) {
            let &[a, b] = two else { continue };
            let now = pair(a, b);
            let (word, bit) = place(last << 10 | now);
            any |= self.windows[word] & bit;
            last = now;
        }
        (last, any != 0)
    }

    /// Looks closely at the windows that end in a block.
    #[cold]
    #[inline(never)]
    fn look(&self, reader: &mut Reader<'_>, block: Range<usize>, before: u32) -> bool {
        let mut last = before;
        for at in block.step_by(2) {
            let now = pair(reader.byte(at), reader.byte(at + 1));
            let window = last << 10 | now;
            last = now;
            let (word, bit) = place(window);
            if self.windows[word] & bit == 0 {
                continue;
            }
            for &(run, offset) in self.by_window.get(&window).into_iter().flatten() {
                let Some(run) = usize::try_from(run).ok().and_then(|i| self.runs.get(i)) else { continue };
                // The window begins two bytes before `at`, the run `offset` bytes before the window.
                let Some(start) = (at + BEYOND).checked_sub(2 + usize::from(offset)) else { continue };
                if reader.shows(start, run) && reader.matters(start.saturating_sub(BEYOND), run.len()) {
                    return true;
                }
            }
            for place in [at, at + 1] {
                if reader.decodes(place) && reader.matters(place, 1) {
                    return true;
                }
            }
        }
        false
    }
}

/// Two bytes as ten bits.
fn pair(a: u8, b: u8) -> u32 {
    u32::from(CLASS[usize::from(a)]) << 5 | u32::from(CLASS[usize::from(b)])
}

/// Four classes as twenty bits.
fn key(window: &[u8]) -> u32 {
    window.iter().fold(0, |key, &class| key << 5 | u32::from(class))
}

/// Word and bit of a window in the bitmap.
fn place(key: u32) -> (usize, u64) {
    let key = (key & 0xf_ffff) as usize;
    (key >> 6, 1 << (key & 63))
}
