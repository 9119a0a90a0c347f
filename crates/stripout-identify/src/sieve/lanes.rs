//! The first pass over the bytes, thirty-two places at a time: which windows of four are known?
//!
//! Every second place is looked at, so a pattern shows itself by one of two neighbouring windows.
#![allow(
    clippy::inline_always,
    clippy::cast_possible_truncation,
    reason = "what is not inlined is compiled for a machine without wide registers; thirty-two places fill a u32"
)]

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x32, u32x8};

use super::class::{BACKSLASH, HIGH, SEPARATOR, class};
use super::window::Known;

const LANES: usize = 32;

/// Thirty-two places of which some want a closer look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// The first of them, counted from one before the first byte.
    pub(super) at: usize,
    /// Where a known window starts, one bit a place.
    pub(super) windows: u32,
    /// What may have to be decoded.
    pub(super) decode: u32,
}

/// Shows `look` every place that may matter, in order, until it returns something. Separators stand around the bytes.
///
/// Plain loops and no closures, as those are not inlined.
#[inline(always)]
pub(super) fn scan<S: Simd, T>(
    simd: S,
    known: &Known,
    raw: &[u8],
    mut look: impl FnMut(Places) -> Option<T>,
) -> Option<T> {
    let classes = Classes::new(simd);
    let (first, rest) = raw.split_at(raw.len().min(LANES - 1));
    let mut head = [b' '; LANES];
    if let Some(to) = head.get_mut(1..=first.len()) {
        to.copy_from_slice(first);
    }
    let (chunks, rest) = rest.as_chunks::<LANES>();
    let mut tail = [b' '; LANES];
    if let Some(to) = tail.get_mut(..rest.len()) {
        to.copy_from_slice(rest);
    }
    // Behind the last bytes is one step of nothing but separators.
    let last = [[b' '; LANES]];
    let behind = if rest.is_empty() { &[][..] } else { &last };
    let mut here = classes.of(u8x32::simd_from(simd, head));
    let mut at = 0;
    for part in [chunks, &[tail], behind] {
        for chunk in part {
            let next = classes.of(u8x32::simd_from(simd, *chunk));
            let windows = fours(known, here) | fours(known, here.slide::<2>(next)) << 2;
            let decode = here.simd_ge(HIGH).to_bitmask() as u32;
            if windows | decode != 0 {
                let found = look(Places { at, windows, decode });
                if found.is_some() {
                    return found;
                }
            }
            here = next;
            at += LANES;
        }
    }
    None
}

/// The known ones of the eight windows that start at every fourth place.
#[inline(always)]
fn fours<S: Simd>(known: &Known, classes: u8x32<S>) -> u32 {
    let four: u32x8<S> = classes.bitcast();
    // Four numbers of five bits, eight bits apart, moved together: pairs first.
    let two = four & 0x001f_001f | four >> 3 & 0x03e0_03e0;
    let keys: [u32; 8] = (two & 0x0000_03ff | two >> 6 & 0x000f_fc00).into();
    let mut found = 0;
    for (i, key) in keys.into_iter().enumerate() {
        found |= known.bit(key) << (4 * i);
    }
    found
}

/// The classes of thirty-two signs and digits, and of as many letters and signs.
const SIGNS: [u8; LANES] = classes(0x20);
const LETTERS: [u8; LANES] = classes(0x60);

const fn classes(first: u8) -> [u8; LANES] {
    let mut classes = [0; LANES];
    let mut i = 0;
    while i < LANES as u8 {
        classes[i as usize] = class(first + i);
        i += 1;
    }
    classes
}

/// `class` for thirty-two bytes: letters and signs are told by five bits.
struct Classes<S: Simd> {
    signs: u8x32<S>,
    letters: u8x32<S>,
    simd: S,
}

impl<S: Simd> Classes<S> {
    #[inline(always)]
    fn new(simd: S) -> Self {
        Self {
            signs: u8x32::simd_from(simd, SIGNS),
            letters: u8x32::simd_from(simd, LETTERS),
            simd,
        }
    }

    #[inline(always)]
    fn of(&self, bytes: u8x32<S>) -> u8x32<S> {
        let low = bytes & 0x1f;
        let known = bytes
            .simd_ge(0x40)
            .select(self.letters.swizzle_dyn(low), self.signs.swizzle_dyn(low));
        let known = bytes
            .simd_eq(b'\\')
            .select(u8x32::splat(self.simd, BACKSLASH), known);
        let known = bytes
            .simd_lt(0x20)
            .select(u8x32::splat(self.simd, SEPARATOR), known);
        bytes.simd_ge(0x80).select(u8x32::splat(self.simd, HIGH), known)
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use crate::sieve::window::key;

    use super::*;

    #[test]
    fn thirty_two_classes_are_those_of_one_byte() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        for chunk in bytes.as_chunks::<LANES>().0 {
            let all: [u8; LANES] =
                dispatch!(Level::new(), simd => Classes::new(simd).of(u8x32::simd_from(simd, *chunk)).into());
            assert_eq!(all, chunk.map(class));
        }
    }

    #[test]
    fn every_second_place_is_looked_at_once() {
        let known = Known::new([key(b"key ".map(class))]);
        for length in 0..200_usize {
            for at in 0..length {
                let mut raw = vec![b'-'; length];
                for (to, from) in raw.iter_mut().skip(at).zip(b"Key") {
                    *to = *from;
                }
                let mut found = Vec::new();
                let mut look = |places: Places| {
                    let set = (0..32).filter(|i| places.windows >> i & 1 == 1);
                    found.extend(set.map(|i| places.at + i - 1));
                    None::<()>
                };
                dispatch!(Level::new(), simd => scan(simd, &known, &raw, &mut look));
                let expected: Vec<usize> = (at % 2 == 1 && at + 3 <= length)
                    .then_some(at)
                    .into_iter()
                    .collect();
                assert_eq!(found, expected, "at {at} of {length}");
            }
        }
    }
}
