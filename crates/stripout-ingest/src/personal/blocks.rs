//! Which bytes of a row end a string or may belong to contact data: told thirty-two bytes at a time, before anything is looked
//! at closely. Most strings are short, and looking at each on its own took longer than reading the row.
#![allow(
    clippy::inline_always,
    clippy::cast_possible_truncation,
    reason = "what is not inlined is compiled for a machine without wide registers; thirty-two bytes fill a u32"
)]

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd, dispatch, u8x32};

const LANES: usize = 32;

/// Thirty-two bytes, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    /// Quotes and backslashes.
    stops: u32,
    digits: u32,
    /// What may stand between the digits of a number, and digits.
    runs: u32,
    at_signs: u32,
}

pub(super) struct Blocks(Vec<Block>);

impl Blocks {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut blocks = Vec::with_capacity(bytes.len() / LANES + 1);
        let level = Level::new();
        dispatch!(level, simd => tell(simd, bytes, &mut blocks));
        Self(blocks)
    }

    /// The first quote or backslash from here on.
    #[inline]
    pub(super) fn stop(&self, from: usize) -> Option<usize> {
        let mut number = from / LANES;
        let mut stops = self.0.get(number)?.stops & (u32::MAX << (from % LANES));
        while stops == 0 {
            number += 1;
            stops = self.0.get(number)?.stops;
        }
        Some(number * LANES + stops.trailing_zeros() as usize)
    }

    /// An at sign stands in this range, or as many digits as `fewest` with nothing between them but what may part the digits
    /// of a number. Of a long range it may say so where fewer of them stand together.
    #[inline]
    pub(super) fn tells(&self, range: Range<usize>, fewest: u32) -> bool {
        let first = range.start / LANES;
        let blocks = self.0.get(first..).unwrap_or_default();
        let (shift, length) = (range.start % LANES, range.len());
        if length <= LANES {
            // Two blocks hold it.
            let within = !(u64::MAX << length);
            let both = |of: fn(&Block) -> u32| {
                let mut bits = blocks.iter().map(|block| u64::from(of(block)));
                let (low, high) = (bits.next().unwrap_or(0), bits.next().unwrap_or(0));
                (low | high << LANES) >> shift & within
            };
            let digits = both(|block| block.digits);
            return both(|block| block.at_signs) != 0
                || digits.count_ones() >= fewest && stand_together(digits, both(|block| block.runs), fewest);
        }
        let last = (range.end - 1) / LANES - first;
        let mut digits = 0;
        for (i, block) in blocks.iter().take(last + 1).enumerate() {
            let mut within = u32::MAX;
            if i == 0 {
                within <<= shift;
            }
            if i == last {
                within &= u32::MAX >> (LANES - 1 - (range.end - 1) % LANES);
            }
            digits += (block.digits & within).count_ones();
            if block.at_signs & within != 0 || digits >= fewest {
                return true;
            }
        }
        false
    }
}

/// As many digits as `fewest` stand in one run.
fn stand_together(digits: u64, mut runs: u64, fewest: u32) -> bool {
    while runs != 0 {
        // The lowest run: what carries into it, and what it does not change, are others.
        let lowest = runs & !(runs.wrapping_add(runs & runs.wrapping_neg()));
        if (digits & lowest).count_ones() >= fewest {
            return true;
        }
        runs &= !lowest;
    }
    false
}

#[inline(always)]
fn tell<S: Simd>(simd: S, bytes: &[u8], blocks: &mut Vec<Block>) {
    let (chunks, rest) = bytes.as_chunks::<LANES>();
    let mut last = [b' '; LANES];
    if let Some(to) = last.get_mut(..rest.len()) {
        to.copy_from_slice(rest);
    }
    for part in [chunks, &[last]] {
        for chunk in part {
            let bytes = u8x32::simd_from(simd, *chunk);
            let stops = bytes.simd_eq(b'"') | bytes.simd_eq(b'\\');
            let digits = bytes.simd_ge(b'0') & bytes.simd_le(b'9');
            // White space of Unicode may part the digits as well.
            let between = bytes.simd_eq(b' ')
                | bytes.simd_eq(b'(')
                | bytes.simd_eq(b')')
                | bytes.simd_eq(b'-')
                | bytes.simd_eq(b'+')
                | bytes.simd_ge(0x80);
            blocks.push(Block {
                stops: stops.to_bitmask() as u32,
                digits: digits.to_bitmask() as u32,
                runs: (digits | between).to_bitmask() as u32,
                at_signs: bytes.simd_eq(b'@').to_bitmask() as u32,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `tells`, a byte at a time.
    fn plainly(bytes: &[u8], fewest: usize) -> bool {
        let mut runs =
            bytes.split(|byte| !matches!(byte, b'0'..=b'9' | b' ' | b'(' | b')' | b'-' | b'+' | 0x80..));
        bytes.contains(&b'@')
            || runs.any(|run| run.iter().filter(|byte| byte.is_ascii_digit()).count() >= fewest)
    }

    #[test]
    fn every_place_and_every_range_is_told_as_byte_by_byte() {
        let mut seed = 7_u32;
        for length in [0, 1, 31, 32, 33, 64, 97, 200] {
            let bytes: Vec<u8> = std::iter::repeat_with(|| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                b"/0129 - (:@x\"\\!+)\xc3"[(seed >> 16) as usize % 18]
            })
            .take(length)
            .collect();
            let blocks = Blocks::of(&bytes);
            for from in 0..=length {
                let stop = bytes.iter().skip(from).position(|byte| b"\"\\".contains(byte));
                assert_eq!(blocks.stop(from), stop.map(|at| from + at), "{bytes:?} {from}");
                for to in from..=length {
                    for fewest in [1, 3, 9] {
                        let told = blocks.tells(from..to, fewest);
                        let want = plainly(&bytes[from..to], fewest as usize);
                        assert!(told || !want, "{bytes:?} {from}..{to}");
                        assert!(told == want || to - from > LANES, "{bytes:?} {from}..{to}");
                    }
                }
            }
        }
    }
}
