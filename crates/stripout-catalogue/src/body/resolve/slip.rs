//! Words of form that are misspelt: `Ministery of Defence`, `Conwy County Burough Council`.

use rapidfuzz::distance::osa;

use super::fold::phrases;
use crate::body::bodies::Bodies;

/// Fewest letters of a word that may be a misspelling.
const SHORTEST: usize = 6;

impl Bodies {
    /// The words with those put right that no name has and that are one slip away from one word of form. `None`: all are as they were.
    /// Read so, phrases and short forms are told that a misspelling hides.
    pub(super) fn mended(&self, folded: &[String]) -> Option<Vec<String>> {
        let mut changed = false;
        let mended = folded
            .iter()
            .map(|word| match self.form_near(word) {
                Some(right) => {
                    changed = true;
                    right
                }
                None => word.clone(),
            })
            .collect();
        changed.then(|| phrases(mended, &self.words))
    }

    fn form_near(&self, word: &str) -> Option<String> {
        let words = &self.words;
        let is_known = self.index.vocabulary.contains_key(word)
            || words.short.contains_key(word)
            || words.ignore.contains(word)
            || words.places.contains(word)
            || words.parts.contains(word)
            || words.own.contains(word);
        if is_known {
            return None;
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < SHORTEST {
            return None;
        }
        let within = osa::Args::default().score_cutoff(1);
        let mut near = self
            .index
            .near(*letters.first()?)
            .iter()
            .filter_map(|token| self.index.token(*token))
            .filter(|facts| facts.form && facts.text.len().abs_diff(letters.len()) <= 1)
            .filter(|facts| {
                osa::distance_with_args(letters.iter().copied(), facts.text.iter().copied(), &within)
                    .is_some()
            });
        let right = near.next()?;
        let right: String = near.next().is_none().then(|| right.text.iter().collect())?;
        // Council offices are no office.
        (word.strip_suffix('s') != Some(right.as_str())).then_some(right)
    }
}
