//! The first pass over the bytes, thirty-two places at a time: which windows of four are known?
//!
//! Every second or fourth place is looked at. What was found is looked at closely some steps later: whether a step finds
//! anything cannot be foreseen, and a machine that has to guess loses more time than the step takes.
#![allow(
    clippy::inline_always,
    clippy::cast_possible_truncation,
    reason = "what is not inlined is compiled for a machine without wide registers; thirty-two places fill a u32"
)]

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x32, u32x8};

use super::class::{BACKSLASH, HIGH, SEPARATOR, class};
use super::shown::{BEFORE, SEEN};
use super::window::Known;

const LANES: usize = 32;

/// Thirty-two places of which some want a closer look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places<'a> {
    /// The first of them, counted from one before the first byte.
    pub(super) at: usize,
    /// Where a known window starts, one bit a place.
    pub(super) windows: u32,
    /// What may have to be decoded.
    pub(super) decode: u32,
    /// The classes of as many places before them, of them, and behind them.
    around: &'a [u8],
}

impl Places<'_> {
    /// The classes around one of the places, from `BEFORE` before it on.
    #[inline]
    pub(super) fn seen(&self, place: usize) -> &[u8; SEEN] {
        let from = (place + LANES - BEFORE).saturating_sub(self.at);
        let seen = self.around.get(from..).and_then(<[u8]>::first_chunk);
        seen.unwrap_or(&[SEPARATOR; SEEN])
    }
}

/// Steps that are taken before what they found is looked at.
const STEPS: usize = 32;

/// Shows `look` every place that may matter, in order, until it returns something. Every second place is looked at, or
/// every fourth (`APART`). Separators stand around the bytes.
///
/// Plain loops and no closures, as those are not inlined.
#[inline(always)]
pub(super) fn scan<S: Simd, T, const APART: usize>(
    simd: S,
    known: &Known,
    raw: &[u8],
    mut look: impl FnMut(Places<'_>) -> Option<T>,
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
    let mut steps = [(0_u32, 0_u32); STEPS];
    // The classes of one step before those, of those, and of one behind.
    let mut around = [[SEPARATOR; LANES]; STEPS + 2];
    for part in [chunks, &[tail], behind] {
        for some in part.chunks(STEPS) {
            let mut found = 0_u32;
            here.store_slice(&mut around[1]);
            for (i, (chunk, step)) in some.iter().zip(&mut steps).enumerate() {
                let next = classes.of(u8x32::simd_from(simd, *chunk));
                next.store_slice(&mut around[i + 2]);
                let mut windows = fours(known, here);
                if APART == 2 {
                    windows |= fours(known, here.slide::<2>(next)) << 2;
                }
                let decode = here.simd_ge(HIGH).to_bitmask() as u32;
                *step = (windows, decode);
                found |= u32::from(windows | decode != 0) << i;
                here = next;
            }
            while found != 0 {
                let i = found.trailing_zeros() as usize;
                found &= found - 1;
                let (windows, decode) = steps[i % STEPS];
                let found = look(Places {
                    at: at + i * LANES,
                    windows,
                    decode,
                    around: around.get(i..).unwrap_or_default().as_flattened(),
                });
                if found.is_some() {
                    return found;
                }
            }
            at += some.len() * LANES;
            around[0] = around[some.len() % around.len()];
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

    /// Where a scan finds the one window that it knows, in texts that hold it once, anywhere.
    fn places_found<const APART: usize>() {
        let mut known = Known::default();
        known.insert(key(b"key ".map(class)));
        for length in (0..200_usize).chain(2100..2110) {
            for at in 0..length {
                let mut raw = vec![b'-'; length];
                for (to, from) in raw.iter_mut().skip(at).zip(b"Key") {
                    *to = *from;
                }
                let mut found = Vec::new();
                let mut look = |places: Places<'_>| {
                    let set = (0..32).filter(|i| places.windows >> i & 1 == 1);
                    found.extend(set.map(|i| places.at + i - 1));
                    None::<()>
                };
                dispatch!(Level::new(), simd => scan::<_, _, APART>(simd, &known, &raw, &mut look));
                let looked_at = (at + 1).is_multiple_of(APART) && at + 3 <= length;
                let expected: Vec<usize> = looked_at.then_some(at).into_iter().collect();
                assert_eq!(found, expected, "at {at} of {length}");
            }
        }
    }

    #[test]
    fn every_second_or_fourth_place_is_looked_at_once() {
        places_found::<2>();
        places_found::<4>();
    }
}
