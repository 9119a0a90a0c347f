//! Windows of four classes, twenty bits each, and the set of those that are known.

use super::class::CLASSES;

pub(super) const WINDOW: usize = 4;
const WORDS: usize = 1 << (5 * WINDOW - 6);

/// Four classes as one number, the first in the lowest bits.
#[inline]
pub(super) fn key([a, b, c, d]: [u8; WINDOW]) -> u32 {
    u32::from(a) | u32::from(b) << 5 | u32::from(c) << 10 | u32::from(d) << 15
}

/// The keys of all windows that begin with these classes.
pub(super) fn keys(begin: &[u8]) -> Vec<u32> {
    let mut keys = vec![0];
    for place in 0..WINDOW {
        let classes = begin.get(place).map_or(0..CLASSES, |&class| class..class + 1);
        keys = keys
            .iter()
            .flat_map(|key| {
                classes
                    .clone()
                    .map(move |class| key | u32::from(class) << (5 * place))
            })
            .collect();
    }
    keys
}

/// One bit for each window there can be.
#[derive(Clone)]
pub(super) struct Known(Box<[u64; WORDS]>);

impl Known {
    pub(super) fn new() -> Self {
        Self(
            vec![0; WORDS]
                .into_boxed_slice()
                .try_into()
                .expect("a set of this size"),
        )
    }

    pub(super) fn add(&mut self, window: [u8; WINDOW]) {
        let key = key(window);
        self.0[(key >> 6) as usize % WORDS] |= 1 << (key & 63);
    }

    /// Whether a key is in the set, as 0 or 1.
    #[inline]
    pub(super) fn bit(&self, key: u32) -> u32 {
        // Twenty bits of which six tell the place in a word.
        (self.0[(key >> 6) as usize % WORDS] >> (key & 63) & 1) as u32
    }
}
