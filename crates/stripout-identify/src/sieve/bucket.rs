//! Windows sorted into a few buckets, so that the union of each still says much.
//!
//! A bucket lets a place pass when every class there is met at that place in one of its windows: the more alike its
//! windows, the less passes. Windows go where they widen a bucket least, and once more when all buckets are known.

use super::class::CLASSES;
use super::frequency::Frequency;
use super::lanes::{BUCKETS, REACH};

/// The classes that may stand at each place of a window, one bit a class.
pub(super) type Window = [u32; REACH];

/// Any class.
pub(super) const ANY: u32 = u32::MAX >> 1;
/// How often all windows are put in again.
const ROUNDS: usize = 3;

/// Which bucket each window goes into.
pub(super) fn sort(windows: &[Window], frequency: &Frequency) -> Vec<usize> {
    let mut buckets = vec![Bucket::new(); BUCKETS];
    let mut chosen: Vec<Option<usize>> = vec![None; windows.len()];
    // What is met often by itself shapes the buckets.
    let mut order: Vec<usize> = (0..windows.len()).collect();
    let alone = |&i: &usize| windows.get(i).map_or(0.0, |w| chance(w, frequency));
    order.sort_by(|a, b| alone(b).total_cmp(&alone(a)));
    for _ in 0..ROUNDS {
        for &index in &order {
            let (Some(window), Some(place)) = (windows.get(index), chosen.get_mut(index)) else {
                continue;
            };
            if let Some(bucket) = place.and_then(|at| buckets.get_mut(at)) {
                bucket.count(window, -1);
            }
            let widening = buckets.iter().map(|bucket| bucket.widening(window, frequency));
            let best = widening
                .enumerate()
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .map_or(0, |(at, _)| at);
            if let Some(bucket) = buckets.get_mut(best) {
                bucket.count(window, 1);
            }
            *place = Some(best);
        }
    }
    chosen.into_iter().map(Option::unwrap_or_default).collect()
}

/// How many of a bucket's windows have each class at each place.
#[derive(Debug, Clone)]
struct Bucket {
    counts: [[i32; CLASSES as usize]; REACH],
}

impl Bucket {
    fn new() -> Self {
        Self {
            counts: [[0; CLASSES as usize]; REACH],
        }
    }

    fn count(&mut self, window: &Window, by: i32) {
        for (counts, &set) in self.counts.iter_mut().zip(window) {
            for (class, count) in counts.iter_mut().enumerate() {
                *count += by * i32::from(set >> class & 1 == 1);
            }
        }
    }

    fn union(&self) -> Window {
        self.counts.map(|counts| {
            let met = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            met.fold(0, |set, (class, _)| set | 1 << class)
        })
    }

    /// How much more would pass with this window in it.
    fn widening(&self, window: &Window, frequency: &Frequency) -> f64 {
        let now = self.union();
        let mut then = now;
        for (set, &more) in then.iter_mut().zip(window) {
            *set |= more;
        }
        chance(&then, frequency) - chance(&now, frequency)
    }
}

/// The share of places that pass, were letters independent of each other.
fn chance(window: &Window, frequency: &Frequency) -> f64 {
    window.iter().map(|&set| frequency.share(set)).product()
}
