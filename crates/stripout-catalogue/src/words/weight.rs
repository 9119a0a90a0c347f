//! `data/words/stance-weights.csv`: how far words around a name lean to each stance.

use serde::{Deserialize, Serialize};
use stripout_model::Stance;

/// One row: words and their weight for each stance, in hundredths of a natural logarithm of odds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StanceWeight {
    /// Where, then one to three words: `around come out`, `before rid of`, `after remain`, `foi refusal`, `kind foi`.
    pub words: String,
    pub has: i16,
    pub had: i16,
    pub removed: i16,
    pub planned_removal: i16,
    pub denies: i16,
    pub refuses: i16,
    pub prohibits: i16,
    pub mentions: i16,
}

impl StanceWeight {
    /// In the order of [`Stance::ALL`].
    pub fn new(words: String, weights: [i16; Stance::ALL.len()]) -> Self {
        let [
            has,
            had,
            removed,
            planned_removal,
            denies,
            refuses,
            prohibits,
            mentions,
        ] = weights;
        Self {
            words,
            has,
            had,
            removed,
            planned_removal,
            denies,
            refuses,
            prohibits,
            mentions,
        }
    }

    /// In the order of [`Stance::ALL`].
    pub fn weights(&self) -> [i16; Stance::ALL.len()] {
        [
            self.has,
            self.had,
            self.removed,
            self.planned_removal,
            self.denies,
            self.refuses,
            self.prohibits,
            self.mentions,
        ]
    }
}
