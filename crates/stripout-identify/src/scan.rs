//! One pass over a text with one automaton: where registered words, model prefixes and camera words stand.

use std::collections::BTreeMap;
use std::ops::Range;

use daachorse::DoubleArrayAhoCorasick;
use stripout_catalogue::ContextWords;

use crate::normal::Normal;
use crate::spelling::Spelling;
use crate::token::{word_after, word_before};

/// What a word of the automaton stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// The anchor of a spelling.
    Anchor(usize),
    /// How numbers of a model family begin.
    Prefix(usize),
    Camera,
    CameraMeasure,
    Equipment,
}

/// Looks for every word at once.
pub(crate) struct Scanner {
    automaton: Option<DoubleArrayAhoCorasick<u32>>,
    meanings: Vec<Vec<Meaning>>,
}

impl std::fmt::Debug for Scanner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scanner")
            .field("words", &self.meanings.len())
            .finish_non_exhaustive()
    }
}

/// What one pass found. Positions are bytes of the normal text.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Spelling and where its anchor stands.
    pub(crate) anchors: Vec<(usize, Range<usize>)>,
    /// Model family and where its prefix starts.
    pub(crate) prefixes: Vec<(usize, usize)>,
    pub(crate) cameras: Vec<Range<usize>>,
    /// Channel counts and resolutions.
    pub(crate) measures: Vec<Range<usize>>,
    pub(crate) equipment: Vec<Range<usize>>,
}

impl Scanner {
    /// `prefixes`: how numbers of each model family begin, in lower case.
    pub(crate) fn new(spellings: &[Spelling], prefixes: &[Vec<String>], words: &ContextWords) -> Self {
        let mut meanings: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
        let mut add = |word: String, meaning| {
            let list = meanings.entry(word).or_default();
            if !list.contains(&meaning) {
                list.push(meaning);
            }
        };
        for (index, spelling) in spellings.iter().enumerate() {
            if let Some(word) = spelling.words.get(spelling.anchor) {
                add(word.clone(), Meaning::Anchor(index));
            }
        }
        for (family, prefixes) in prefixes.iter().enumerate() {
            for prefix in prefixes {
                add(prefix.clone(), Meaning::Prefix(family));
            }
        }
        let lists = [
            (&words.camera, Meaning::Camera),
            (&words.equipment, Meaning::Equipment),
            (&words.camera_measures, Meaning::CameraMeasure),
        ];
        for (list, meaning) in lists {
            for phrase in list {
                let phrase = Normal::new(phrase).text;
                if phrase.contains([' ', '-']) {
                    add(phrase.replace('-', " "), meaning);
                    add(phrase.replace(' ', "-"), meaning);
                }
                add(phrase, meaning);
            }
        }
        let words = meanings
            .keys()
            .enumerate()
            .map(|(index, word)| (word.clone(), u32::try_from(index).unwrap_or(u32::MAX)));
        let automaton = DoubleArrayAhoCorasick::with_values(words).ok();
        Self {
            automaton,
            meanings: meanings.into_values().collect(),
        }
    }

    pub(crate) fn scan(&self, text: &str) -> Marks {
        let mut marks = Marks::default();
        let Some(automaton) = &self.automaton else {
            return marks;
        };
        for hit in automaton.find_overlapping_iter(text) {
            let span = hit.start()..hit.end();
            let index = usize::try_from(hit.value()).unwrap_or(usize::MAX);
            for meaning in self.meanings.get(index).into_iter().flatten() {
                match *meaning {
                    Meaning::Anchor(spelling) => marks.anchors.push((spelling, span.clone())),
                    Meaning::Prefix(family) => marks.prefixes.push((family, span.start)),
                    Meaning::Camera if is_word(text, &span) => marks.cameras.push(span.clone()),
                    Meaning::Equipment if is_word(text, &span) => marks.equipment.push(span.clone()),
                    Meaning::CameraMeasure if is_measure(text, &span) => marks.measures.push(span.clone()),
                    Meaning::Camera | Meaning::Equipment | Meaning::CameraMeasure => {}
                }
            }
        }
        marks
    }
}

/// Whole, or with a plural ending. A number may be glued in front: `16nvr`.
pub(crate) fn is_word(text: &str, span: &Range<usize>) -> bool {
    let digit_before = text
        .get(..span.start)
        .is_some_and(|t| t.ends_with(|c: char| c.is_ascii_digit()));
    if word_before(text, span.start) && !digit_before && !unspaced_at(text, span.start) {
        return false;
    }
    let rest = text.get(span.end..).unwrap_or_default();
    let rest = rest
        .strip_prefix("'s")
        .or_else(|| rest.strip_prefix('s'))
        .unwrap_or(rest);
    !word_after(rest, 0) || unspaced_at(text, span.start)
}

fn unspaced_at(text: &str, at: usize) -> bool {
    text.get(at..)
        .and_then(|t| t.chars().next())
        .is_some_and(crate::token::unspaced)
}

/// After a number, glued to it or one space away.
fn is_measure(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let before = before.strip_suffix([' ', '-']).unwrap_or(before);
    before.ends_with(|c: char| c.is_ascii_digit()) && is_word(text, &(span.start..span.end))
        || before.ends_with(|c: char| c.is_ascii_digit()) && !word_after(text, span.end)
}
