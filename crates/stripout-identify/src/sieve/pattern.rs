//! What the sieve looks for: every way a name, number or camera word can be written, as runs of classes.

use std::collections::BTreeSet;

use super::class::{AMPERSAND, BACKSLASH, CLASSES, DIGIT, HIGH, SEPARATOR, class, of_text};
use crate::exact::SHORTEST_GLUED;
use crate::fuzzy::LONG;
use crate::spelling::Spelling;

/// A run of this many classes is seen whatever its place: every second window of four is looked at.
pub(super) const SHORTEST: usize = 5;

/// What may stand around a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// What stands around a whole word.
    Word,
    /// The start of a word before, anything behind: numbers go on.
    Number,
    Anything,
}

/// All patterns, each as its run of classes.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    pub(super) runs: BTreeSet<Vec<u8>>,
}

impl Patterns {
    /// A word or phrase by itself: camera words, subjects of leads.
    pub(super) fn word(&mut self, text: &str) {
        let words: Vec<Vec<u8>> = text
            .split([' ', '-'])
            .filter(|w| w.is_ascii() && !w.is_empty())
            .map(of_text)
            .collect();
        if words.is_empty() || !text.is_ascii() {
            return;
        }
        self.joined(&words, false);
    }

    /// The beginning of a number.
    pub(super) fn prefix(&mut self, prefix: &str) {
        self.add(of_text(prefix), Around::Number);
    }

    pub(super) fn spelling(&mut self, spelling: &Spelling) {
        if !spelling.words.iter().all(|w| w.is_ascii()) {
            // Other scripts are looked at wherever bytes beyond ASCII stand.
            return;
        }
        let words: Vec<Vec<u8>> = spelling.words.iter().map(|w| of_text(w)).collect();
        self.joined(&words, spelling.length() >= SHORTEST_GLUED);
        if spelling.typos > 0 {
            let name: Vec<u8> = words.concat();
            self.misspelt(&name);
            self.split(&name);
            self.spaced_out(&name);
        }
        if spelling.typos > 0 && spelling.length() >= LONG {
            let letters = words.concat();
            for length in crate::fuzzy::SHORTEST_STUMP..letters.len() {
                self.runs.extend(letters.get(..length).map(<[u8]>::to_vec));
            }
        }
    }

    /// Words with every separator that may stand between them.
    fn joined(&mut self, words: &[Vec<u8>], gluable: bool) {
        let whole = words.len() == 1;
        for gap in gaps().iter().filter(|gap| gluable || !gap.is_empty()) {
            self.add(
                words.join(gap.as_slice()),
                if gluable { Around::Anything } else { Around::Word },
            );
            if whole {
                return;
            }
        }
    }

    /// One letter dropped, doubled, added, changed or swapped with the next; the first one kept or swapped.
    fn misspelt(&mut self, name: &[u8]) {
        for at in 1..=name.len() {
            let (head, tail) = name.split_at(at);
            for class in 1..=DIGIT {
                self.add([head, &[class], tail].concat(), Around::Word);
            }
            if let [_, rest @ ..] = tail {
                self.add([head, rest].concat(), Around::Word);
                for class in 1..=DIGIT {
                    self.add([head, &[class], rest].concat(), Around::Word);
                }
            }
        }
        for at in 0..name.len().saturating_sub(1) {
            let mut swapped = name.to_vec();
            swapped.swap(at, at + 1);
            self.add(swapped, Around::Word);
        }
    }

    /// In two or three pieces.
    fn split(&mut self, name: &[u8]) {
        for first in 1..name.len() {
            let (head, tail) = name.split_at(first);
            for gap in gaps().iter().filter(|gap| !gap.is_empty()) {
                self.add([head, gap, tail].concat(), Around::Word);
            }
            for second in 1..tail.len() {
                let (middle, end) = tail.split_at(second);
                self.add(
                    [head, &[SEPARATOR], middle, &[SEPARATOR], end].concat(),
                    Around::Word,
                );
            }
        }
    }

    fn spaced_out(&mut self, name: &[u8]) {
        for gap in [&[SEPARATOR][..], &[SEPARATOR, SEPARATOR]] {
            self.add(
                name.iter().map(|&c| vec![c]).collect::<Vec<_>>().join(gap),
                Around::Word,
            );
        }
    }

    /// A run too short to be seen at every place takes in what may stand around it.
    fn add(&mut self, run: Vec<u8>, around: Around) {
        if run.len() >= SHORTEST {
            self.runs.insert(run);
            return;
        }
        let all = || (0..CLASSES).collect::<Vec<u8>>();
        let before = if around == Around::Anything {
            all()
        } else {
            starts().collect()
        };
        let after = if around == Around::Word {
            ends().collect()
        } else {
            all()
        };
        for class in before {
            let longer = [&[class], run.as_slice()].concat();
            if longer.len() >= SHORTEST {
                self.runs.insert(longer);
            } else {
                self.runs
                    .extend(after.iter().map(|&end| [longer.as_slice(), &[end]].concat()));
            }
        }
    }
}

/// Separators between words: up to three, or a line break, perhaps escaped.
fn gaps() -> [Vec<u8>; 8] {
    let n = class(b'n');
    let r = class(b'r');
    [
        vec![],
        vec![SEPARATOR],
        vec![SEPARATOR; 2],
        vec![SEPARATOR; 3],
        vec![BACKSLASH, n],
        vec![SEPARATOR, BACKSLASH, n],
        vec![BACKSLASH, r, BACKSLASH, n],
        vec![BACKSLASH, n, SEPARATOR],
    ]
}

/// What may stand before a whole word: nothing of a word, a count (`4x`), the letter of an escape (`\n`).
fn starts() -> impl Iterator<Item = u8> {
    let glued = b"0123456789xnrtbf".iter().map(|&b| class(b));
    [SEPARATOR, HIGH, BACKSLASH, AMPERSAND].into_iter().chain(glued)
}

/// What may stand after a whole word: nothing of a word, or a plural.
fn ends() -> impl Iterator<Item = u8> {
    [SEPARATOR, HIGH, BACKSLASH, AMPERSAND, DIGIT, class(b's')].into_iter()
}
