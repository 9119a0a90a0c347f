//! Windows of four classes, twenty bits each, and the set of those that are known.

pub(super) const WINDOW: usize = 4;
const WORDS: usize = 1 << (5 * WINDOW - 6);

/// Four classes as one number, the first in the lowest bits.
#[inline]
pub(super) fn key([a, b, c, d]: [u8; WINDOW]) -> u32 {
    u32::from(a) | u32::from(b) << 5 | u32::from(c) << 10 | u32::from(d) << 15
}

/// One bit for each window there can be.
#[derive(Clone)]
pub(super) struct Known {
    bits: Box<[u64; WORDS]>,
    /// How many are known before each word of bits.
    before: Box<[u32; WORDS]>,
}

impl Known {
    pub(super) fn new(keys: impl IntoIterator<Item = u32>) -> Self {
        let mut bits = vec![0_u64; WORDS];
        for key in keys {
            bits[word(key)] |= 1 << (key & 63);
        }
        let counts = bits.iter().scan(0, |sum, word| {
            let before = *sum;
            *sum += word.count_ones();
            Some(before)
        });
        Self {
            before: boxed(counts.collect()),
            bits: boxed(bits),
        }
    }

    /// Whether a key is in the set, as 0 or 1.
    #[inline]
    pub(super) fn bit(&self, key: u32) -> u32 {
        (self.bits[word(key)] >> (key & 63) & 1) as u32
    }

    /// How many of lower keys are in the set.
    #[inline]
    pub(super) fn before(&self, key: u32) -> usize {
        let lower = self.bits[word(key)] & ((1 << (key & 63)) - 1);
        (self.before[word(key)] + lower.count_ones()) as usize
    }
}

/// The word of a key: of its twenty bits six tell the place in it.
#[inline]
fn word(key: u32) -> usize {
    (key >> 6) as usize % WORDS
}

fn boxed<T>(words: Vec<T>) -> Box<[T; WORDS]> {
    words
        .into_boxed_slice()
        .try_into()
        .ok()
        .expect("a set of this size")
}
