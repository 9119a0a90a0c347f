//! Bodies of other countries with names like ours: `Ministry of Justice (New Zealand)`.

use std::collections::HashMap;

use super::fold::fold;
use super::words::NameWords;
use crate::body::bodies::Bodies;

/// Folded names of places abroad, by their first word.
pub(super) type Abroad = HashMap<String, Vec<Vec<String>>>;

pub(super) fn index(words: &NameWords) -> Abroad {
    let mut abroad = Abroad::new();
    for place in words.abroad.iter().map(|place| fold(place, words)) {
        if let Some(first) = place.first() {
            abroad.entry(first.clone()).or_default().push(place);
        }
    }
    abroad
}

impl Bodies {
    /// The country, state or city abroad that a name holds and none of the body's own names does.
    pub(super) fn abroad(&self, name: &str, body: usize) -> Option<String> {
        let folded = fold(name, &self.words);
        let own = |place: &&Vec<String>| {
            let mut own = self.index.names.iter().filter(|own| own.body == body);
            own.any(|own| starts(&fold(&own.text, &self.words), place).next().is_some())
        };
        let mut places = folded
            .iter()
            .filter_map(|word| self.index.abroad.get(word))
            .flatten();
        let place = places.find(|place| starts(&folded, place).next().is_some() && !own(place))?;
        Some(place.join(" "))
    }
}

/// Where the words of `part` stand in a row; `Northern Ireland` is not `Ireland`.
fn starts<'w>(words: &'w [String], part: &'w [String]) -> impl Iterator<Item = usize> + 'w {
    let here = move |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        words.get(*at..at + part.len()) == Some(part) && before.is_none_or(|before| before != "northern")
    };
    (0..words.len()).filter(here)
}
