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
pub(super) struct Known(Box<[u64; WORDS]>);

impl Default for Known {
    fn default() -> Self {
        Self(boxed(vec![0; WORDS]))
    }
}

impl Known {
    pub(super) fn insert(&mut self, key: u32) {
        self.0[word(key)] |= 1 << (key & 63);
    }

    pub(super) fn has(&self, key: u32) -> bool {
        self.bit(key) == 1
    }

    /// Whether a key is in the set, as 0 or 1.
    #[inline]
    pub(super) fn bit(&self, key: u32) -> u32 {
        (self.0[word(key)] >> (key & 63) & 1) as u32
    }
}

/// How many keys of a set are below one.
pub(super) struct Ranks(Box<[u32; WORDS]>);

impl Ranks {
    pub(super) fn of(known: &Known) -> Self {
        let counts = known.0.iter().scan(0, |sum, word| {
            let before = *sum;
            *sum += word.count_ones();
            Some(before)
        });
        Self(boxed(counts.collect()))
    }

    #[inline]
    pub(super) fn below(&self, known: &Known, key: u32) -> usize {
        let lower = known.0[word(key)] & ((1 << (key & 63)) - 1);
        (self.0[word(key)] + lower.count_ones()) as usize
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
