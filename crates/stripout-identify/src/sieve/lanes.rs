//! The first pass over the bytes, thirty-two places at a time.
//!
//! For each place of a window a table says in which of the buckets a class may stand there. One shuffle looks up
//! thirty-two bytes at once, and what is left of a bucket after all places is a window that may be known.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, u8x32};

use super::bucket::Window;
use super::class::{BACKSLASH, HIGH, SEPARATOR, class};

/// Classes that are compared, from the start of a window on.
pub(super) const REACH: usize = 6;
/// Tables hold eight buckets each.
const GROUPS: usize = 2;
pub(super) const BUCKETS: usize = 8 * GROUPS;
const LANES: usize = 32;

/// For each group of buckets and each place: the buckets of a class, one bit each.
#[derive(Debug, Clone)]
pub(super) struct Tables([[[u8; LANES]; REACH]; GROUPS]);

/// Thirty-two places that want a closer look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// Place of the first, counted from one before the first byte.
    pub(super) at: usize,
    /// Where a known window may start, one bit a place.
    pub(super) windows: u32,
    /// What may have to be decoded.
    pub(super) decode: u32,
}

impl Tables {
    pub(super) fn new(windows: &[Window], buckets: &[usize]) -> Self {
        let mut tables = [[[0; LANES]; REACH]; GROUPS];
        for (window, bucket) in windows.iter().zip(buckets) {
            let Some(group) = tables.get_mut(bucket / 8) else { continue };
            for (table, &set) in group.iter_mut().zip(window) {
                for (class, buckets) in table.iter_mut().enumerate() {
                    *buckets |= u8::from(set >> class & 1 == 1) << (bucket % 8);
                }
            }
        }
        Self(tables)
    }

    /// Shows `look` every place that may matter, in order, until it returns something. Separators stand around the bytes.
    ///
    /// Plain loops and no closures: what is not inlined here is compiled for a machine without wide registers.
    #[inline(always)]
    pub(super) fn scan<S: Simd, T>(
        &self,
        simd: S,
        raw: &[u8],
        mut look: impl FnMut(Places) -> Option<T>,
    ) -> Option<T> {
        let [left, right] = &self.0;
        let (left, right) = (Group::new(simd, left), Group::new(simd, right));
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
                let shown = left.shown(here, next) | right.shown(here, next);
                // A mask of thirty-two places is as wide as a `u32`.
                let windows = !shown.simd_eq(0).to_bitmask() as u32;
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
}

/// Eight buckets: the tables of the places of a window.
struct Group<S: Simd>([u8x32<S>; REACH]);

impl<S: Simd> Group<S> {
    #[inline(always)]
    fn new(simd: S, [a, b, c, d, e, f]: &[[u8; LANES]; REACH]) -> Self {
        Self([
            u8x32::simd_from(simd, *a),
            u8x32::simd_from(simd, *b),
            u8x32::simd_from(simd, *c),
            u8x32::simd_from(simd, *d),
            u8x32::simd_from(simd, *e),
            u8x32::simd_from(simd, *f),
        ])
    }

    /// The buckets that have a window like the one at each place.
    #[inline(always)]
    fn shown(&self, here: u8x32<S>, next: u8x32<S>) -> u8x32<S> {
        let [a, b, c, d, e, f] = self.0;
        a.swizzle_dyn(here)
            & b.swizzle_dyn(here.slide::<1>(next))
            & c.swizzle_dyn(here.slide::<2>(next))
            & d.swizzle_dyn(here.slide::<3>(next))
            & e.swizzle_dyn(here.slide::<4>(next))
            & f.swizzle_dyn(here.slide::<5>(next))
    }
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
        bytes
            .simd_ge(0x80)
            .select(u8x32::splat(self.simd, HIGH), known)
    }
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;
    use crate::sieve::bucket::ANY;

    #[test]
    fn thirty_two_classes_are_those_of_one_byte() {
        let bytes: Vec<u8> = (0..=u8::MAX).collect();
        for chunk in bytes.as_chunks::<LANES>().0 {
            let all = dispatch!(Level::new(), simd => {
                let mut all = [0; LANES];
                Classes::new(simd).of(u8x32::simd_from(simd, *chunk)).store_slice(&mut all);
                all
            });
            assert_eq!(all, chunk.map(class));
        }
    }

    #[test]
    fn every_place_is_looked_at_once() {
        let window = [1 << class(b'k'), 1 << class(b'e'), 1 << class(b'y'), 1 << SEPARATOR, ANY, ANY];
        let tables = Tables::new(&[window], &[9]);
        for length in 0..200 {
            for at in 0..length {
                let mut raw = vec![b'-'; length];
                for (to, from) in raw.iter_mut().skip(at).zip(b"Key") {
                    *to = *from;
                }
                let mut found = Vec::new();
                let mut look = |places: Places| {
                    found.extend((0..32).filter(|i| places.windows >> i & 1 == 1).map(|i| places.at + i - 1));
                    None::<()>
                };
                dispatch!(Level::new(), simd => tables.scan(simd, &raw, &mut look));
                let expected: Vec<usize> = (at + 3 <= length).then_some(at).into_iter().collect();
                assert_eq!(found, expected, "at {at} of {length}");
            }
        }
    }
}
