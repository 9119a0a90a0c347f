//! How often four classes are met in a row in notices and payments, estimated from a page of invented ones.

use super::class::{CLASSES, SEPARATOR, class};
use super::window::{Known, WINDOW, key};

const SAMPLE: &str = include_str!("sample.txt");
/// A window that the sample shows costs far more than one that its pairs of letters only make likely.
const SHOWN: f64 = 20.0;
/// Runs of spaces are how pages are laid out.
const GAPS: f64 = 200.0;

/// Counts of the sample.
pub(super) struct Frequency {
    /// By the number of the window.
    windows: Vec<u16>,
    pairs: Vec<f64>,
    singles: Vec<f64>,
}

impl Default for Frequency {
    fn default() -> Self {
        let classes: Vec<u8> = SAMPLE.bytes().map(class).collect();
        let size = usize::from(CLASSES);
        // Nothing is impossible.
        let mut made = Self {
            windows: vec![0; 1 << (5 * WINDOW)],
            pairs: vec![0.1; size * size],
            singles: vec![1.0; size],
        };
        for &[a, b, c, d] in classes.array_windows() {
            made.windows[key([a, b, c, d]) as usize] += 1;
            made.pairs[pair(a, b)] += 1.0;
            made.singles[usize::from(a)] += 1.0;
        }
        made
    }
}

impl Frequency {
    /// Expected sightings of a window in a text as long as the sample.
    pub(super) fn of(&self, window: [u8; WINDOW]) -> f64 {
        let [a, b, c, d] = window;
        let shown = self.windows[key(window) as usize];
        let two = |a, b| self.pairs[pair(a, b)];
        let one = |a: u8| self.singles[usize::from(a)];
        let gaps: u8 = window.iter().map(|class| u8::from(*class == SEPARATOR)).sum();
        let laid_out = if gaps > 1 { GAPS } else { 0.0 };
        laid_out + SHOWN * f64::from(shown) + two(a, b) * two(b, c) * two(c, d) / (one(b) * one(c))
    }

    /// How many windows of the sample are known, and how many it has.
    pub(super) fn met(&self, known: &Known) -> (f64, f64) {
        let (mut met, mut all) = (0.0, 0.0);
        for (window, count) in (0..).zip(&self.windows).filter(|(_, count)| **count > 0) {
            all += f64::from(*count);
            if known.has(window) {
                met += f64::from(*count);
            }
        }
        (met, all)
    }
}

fn pair(a: u8, b: u8) -> usize {
    usize::from(a) * usize::from(CLASSES) + usize::from(b)
}
