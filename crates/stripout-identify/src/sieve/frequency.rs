//! How often four classes are met in a row in notices and payments, estimated from a page of invented ones.

use std::collections::HashMap;

use super::class::{CLASSES, SEPARATOR, class};
use super::window::WINDOW;

const SAMPLE: &str = include_str!("sample.txt");
/// A window that the sample shows costs far more than one that its pairs of letters only make likely.
const SHOWN: f64 = 20.0;
const GAPS: f64 = 200.0;

/// Counts of the sample.
pub(super) struct Frequency {
    windows: HashMap<[u8; 4], u32>,
    pairs: Vec<f64>,
    singles: Vec<f64>,
}

impl Default for Frequency {
    fn default() -> Self {
        let classes: Vec<u8> = SAMPLE.bytes().map(class).collect();
        let size = usize::from(CLASSES);
        // Nothing is impossible.
        let mut made = Self {
            windows: HashMap::new(),
            pairs: vec![0.1; size * size],
            singles: vec![1.0; size],
        };
        for window in classes.windows(4) {
            if let &[a, b, c, d] = window {
                *made.windows.entry([a, b, c, d]).or_default() += 1;
                made.pairs[pair(a, b)] += 1.0;
                made.singles[usize::from(a)] += 1.0;
            }
        }
        made
    }
}

impl Frequency {
    /// Expected sightings of a window in a text as long as the sample.
    pub(super) fn of(&self, window: [u8; WINDOW]) -> f64 {
        let [a, b, c, d] = window;
        let shown = self.windows.get(&[a, b, c, d]).copied().unwrap_or_default();
        let two = |a, b| self.pairs[pair(a, b)];
        let one = |a: u8| self.singles[usize::from(a)];
        // Runs of spaces are how pages are laid out.
        let gaps = memchr::memchr_iter(SEPARATOR, &window).count();
        let laid_out = if gaps > 1 { GAPS } else { 0.0 };
        laid_out + SHOWN * f64::from(shown) + two(a, b) * two(b, c) * two(c, d) / (one(b) * one(c))
    }
}

fn pair(a: u8, b: u8) -> usize {
    usize::from(a) * usize::from(CLASSES) + usize::from(b)
}
