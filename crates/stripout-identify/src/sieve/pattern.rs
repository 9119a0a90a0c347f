//! What the sieve looks for: every way a name, number or camera word can be written, as runs of classes.

use stripout_catalogue::NameRule;

use super::class::{AMPERSAND, BACKSLASH, CLASSES, DIGIT, HIGH, SEPARATOR, class, letter, of_text};
use crate::exact::SHORTEST_GLUED;
use crate::fuzzy::{LONG, SHORTEST_STUMP};
use crate::spelling::Spelling;

/// What may stand around a run. Ordered from strict to loose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Around {
    /// Nothing of a word on either side; a count or the letter of an escape may stand before.
    Token,
    /// As `Token`, and a plural may follow.
    Word,
    /// The start of a word before, anything behind: numbers go on.
    Number,
    Anything,
}

impl Around {
    /// The classes that may follow. `!` and `|` are of the class of `i`, and may stand behind a word.
    pub(super) fn after(self) -> &'static [u8] {
        const LETTER_I: u8 = letter(b'i');
        const LETTER_S: u8 = letter(b's');
        const TOKEN: &[u8] = &[SEPARATOR, HIGH, BACKSLASH, AMPERSAND, LETTER_I];
        const WORD: &[u8] = &[SEPARATOR, HIGH, BACKSLASH, AMPERSAND, LETTER_I, LETTER_S];
        match self {
            Self::Token => TOKEN,
            Self::Word => WORD,
            Self::Number | Self::Anything => &ALL,
        }
    }
}

const ALL: [u8; CLASSES as usize] = {
    let mut all = [0; CLASSES as usize];
    let mut class = 0;
    while class < CLASSES {
        all[class as usize] = class;
        class += 1;
    }
    all
};

/// One pattern.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) classes: Vec<u8>,
    pub(super) around: Around,
    /// The exact bytes in lower case, any of them, where classes alone would say too little: a digit of a number is no
    /// letter. Empty where classes are enough.
    pub(super) literals: Vec<Vec<u8>>,
}

/// The classes that may stand at a place counted from the first of a pattern: one inside it, others around it.
pub(super) fn around(classes: &[u8], around: Around, place: isize) -> &[u8] {
    let inside = usize::try_from(place).ok();
    match inside.and_then(|at| classes.get(at..=at)) {
        Some(one) => one,
        None if place == -1 && around != Around::Anything => &STARTS,
        None if inside == Some(classes.len()) => around.after(),
        None => &ALL,
    }
}

/// What may stand before a whole word: nothing of a word, a count (`4x`), the letter of an escape (`\n`).
const STARTS: [u8; 15] = [
    SEPARATOR,
    HIGH,
    BACKSLASH,
    AMPERSAND,
    DIGIT,
    letter(b'i'),
    letter(b'o'),
    letter(b's'),
    letter(b'z'),
    letter(b'b'),
    letter(b'x'),
    letter(b'n'),
    letter(b'r'),
    letter(b't'),
    letter(b'f'),
];

/// All patterns.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    runs: Vec<Run>,
    /// Misspelt names: single tokens, to be compared with the names themselves.
    tokens: Vec<Vec<u8>>,
}

impl Patterns {
    /// The patterns and the misspelt names, each once.
    pub(super) fn finish(mut self) -> (Vec<Run>, Vec<Vec<u8>>) {
        self.runs
            .sort_unstable_by(|a, b| (&a.classes, &a.literals).cmp(&(&b.classes, &b.literals)));
        // Of equal ones the loosest counts.
        self.runs.dedup_by(|run, kept| {
            let same = run.classes == kept.classes;
            if same {
                kept.around = kept.around.max(run.around);
                if kept.literals.is_empty() || run.literals.is_empty() {
                    kept.literals.clear();
                } else {
                    kept.literals.append(&mut run.literals);
                }
            }
            same
        });
        self.tokens.sort_unstable();
        self.tokens.dedup();
        (self.runs, self.tokens)
    }

    /// A word or phrase by itself: camera words, subjects of leads.
    pub(crate) fn word(&mut self, text: &str) {
        if text.is_ascii() {
            let words: Vec<Vec<u8>> = text
                .split([' ', '-'])
                .filter(|w| !w.is_empty())
                .map(of_text)
                .collect();
            // Phrases have one space or hyphen between their words.
            match words.as_slice() {
                [_] => self.add(of_text(text), Around::Word, Some(text)),
                _ => self.add(words.join(&SEPARATOR), Around::Word, None),
            }
        }
    }

    /// A code by its first digits.
    pub(crate) fn code(&mut self, digits: &str) {
        self.add(of_text(digits), Around::Number, Some(digits));
    }

    /// The beginning of a number.
    pub(crate) fn prefix(&mut self, prefix: &str) {
        self.add(of_text(prefix), Around::Number, Some(prefix));
    }

    pub(crate) fn spelling(&mut self, spelling: &Spelling) {
        if !spelling.words.iter().all(|w| w.is_ascii()) {
            // Other scripts are looked at wherever bytes beyond ASCII stand.
            return;
        }
        let words: Vec<Vec<u8>> = spelling.words.iter().map(|w| of_text(w)).collect();
        let around = if spelling.rule == NameRule::Anywhere {
            Around::Anything
        } else {
            Around::Word
        };
        // Letters that scanners mix up are looked for in names that may be misspelt only.
        let letters = spelling.letters();
        self.joined(
            &words,
            spelling.anchor,
            spelling.length() >= SHORTEST_GLUED,
            around,
            &letters,
        );
        if spelling.typos > 0 {
            let name: Vec<u8> = words.concat();
            self.spaced_out(&name);
            // Shorter ones count beside words that the sieve lets through themselves.
            if spelling.length() >= LONG {
                self.misspelt(&name);
                self.split(&name);
                for length in SHORTEST_STUMP..name.len() {
                    self.add(
                        name.get(..length).unwrap_or_default().to_vec(),
                        Around::Token,
                        None,
                    );
                }
            }
        }
    }

    /// Words with every separator that may stand between them. Of a longer name two words are enough: between others it
    /// may have other separators, `Co., Ltd`.
    fn joined(&mut self, words: &[Vec<u8>], anchor: usize, gluable: bool, whole: Around, literal: &str) {
        if let [word] = words {
            self.add(word.clone(), whole, Some(literal));
            return;
        }
        let length = |pair: &[Vec<u8>]| pair.iter().map(Vec::len).sum::<usize>();
        let near = words
            .windows(2)
            .enumerate()
            .filter(|(i, _)| (*i..*i + 2).contains(&anchor));
        let Some((_, pair)) = near.max_by_key(|(i, pair)| (length(pair), *i)) else {
            return;
        };
        let around = if words.len() == 2 { whole } else { Around::Anything };
        let abbreviated = vec![SEPARATOR; 3];
        for gap in gaps()
            .iter()
            .chain([&abbreviated])
            .filter(|gap| gluable || !gap.is_empty())
        {
            self.add(pair.join(gap.as_slice()), around, None);
        }
    }

    /// One letter dropped, doubled, added, changed or swapped with the next; the first one kept or swapped.
    fn misspelt(&mut self, name: &[u8]) {
        self.tokens.push(name.to_vec());
        for at in 1..=name.len() {
            let (head, tail) = name.split_at(at);
            for class in 1..=DIGIT {
                self.tokens.push([head, &[class], tail].concat());
            }
            if let [_, rest @ ..] = tail {
                self.tokens.push([head, rest].concat());
                for class in 1..=DIGIT {
                    self.tokens.push([head, &[class], rest].concat());
                }
            }
        }
        for at in 0..name.len().saturating_sub(1) {
            let mut swapped = name.to_vec();
            swapped.swap(at, at + 1);
            self.tokens.push(swapped);
        }
    }

    /// In two or three pieces.
    fn split(&mut self, name: &[u8]) {
        for first in 1..name.len() {
            let (head, tail) = name.split_at(first);
            for gap in gaps().iter().filter(|gap| !gap.is_empty()) {
                self.add([head, gap, tail].concat(), Around::Token, None);
            }
            for second in 1..tail.len() {
                let (middle, end) = tail.split_at(second);
                self.add(
                    [head, &[SEPARATOR], middle, &[SEPARATOR], end].concat(),
                    Around::Token,
                    None,
                );
            }
        }
    }

    fn spaced_out(&mut self, name: &[u8]) {
        for gap in [&[SEPARATOR][..], &[SEPARATOR, SEPARATOR]] {
            self.add(
                name.iter().map(|&c| vec![c]).collect::<Vec<_>>().join(gap),
                Around::Token,
                None,
            );
        }
    }

    fn add(&mut self, classes: Vec<u8>, around: Around, literal: Option<&str>) {
        let literals = literal.map(|l| l.as_bytes().to_vec()).into_iter().collect();
        self.runs.push(Run {
            classes,
            around,
            literals,
        });
    }
}

/// Separators between words: one or two, or a line break, perhaps escaped.
fn gaps() -> [Vec<u8>; 7] {
    let n = class(b'n');
    let r = class(b'r');
    [
        vec![],
        vec![SEPARATOR],
        vec![SEPARATOR; 2],
        vec![BACKSLASH, n],
        vec![SEPARATOR, BACKSLASH, n],
        vec![BACKSLASH, r, BACKSLASH, n],
        vec![BACKSLASH, n, SEPARATOR],
    ]
}
