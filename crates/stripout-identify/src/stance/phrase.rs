//! The little language of phrases in `data/words/stance.toml`, compiled to word numbers.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::token::{
    CELL, EXCLAMATION, MENTION, NUMBER, QUESTION, SEMICOLON, STOP, Token, UNKNOWN, Vocabulary, Word,
    ideographs, is_token,
};

/// One phrase.
#[derive(Debug)]
pub(crate) struct Phrase {
    items: Vec<Item>,
    /// What a sentence must hold for the phrase to match anywhere in it.
    needs: Holds,
}

/// Which classes a sentence holds, and of its words one bit each: tells most phrases that cannot match without trying.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Holds {
    classes: u128,
    words: u128,
}

impl Holds {
    pub(crate) fn of(tokens: &[Token]) -> Self {
        tokens.iter().fold(Self::default(), |held, token| Self {
            classes: held.classes | token.classes.holds | token.classes.starts,
            words: held.words | Self::bit(token.word) | Self::bit(token.exact),
        })
    }

    fn needed(items: &[Item]) -> Self {
        let sure = items.iter().filter(|item| !item.optional);
        sure.fold(Self::default(), |needs, item| match &item.what {
            What::Class(class) => Self {
                classes: needs.classes | class.bit,
                ..needs
            },
            What::Word(word) => Self {
                words: needs.words | Self::bit(*word),
                ..needs
            },
            What::Mention => Self {
                words: needs.words | Self::bit(MENTION),
                ..needs
            },
            What::Number | What::Name | What::Gap(_) | What::End => needs,
        })
    }

    fn bit(word: Word) -> u128 {
        1 << (word % 128)
    }

    pub(crate) fn covers(self, phrase: &Phrase) -> bool {
        phrase.needs.classes & !self.classes == 0 && phrase.needs.words & !self.words == 0
    }
}

#[derive(Debug)]
struct Item {
    what: What,
    optional: bool,
}

#[derive(Debug)]
enum What {
    Word(Word),
    Class(Arc<Class>),
    Mention,
    Number,
    /// A capitalised word that no phrase knows.
    Name,
    Gap(usize),
    End,
}

/// Phrases that may stand for one another.
#[derive(Debug)]
struct Class {
    bit: u128,
    words: Vec<Word>,
    /// Of two words and more, the longest first, so that `has not been` is not taken for `has not`.
    phrases: Vec<Vec<Word>>,
}

/// Compiles phrases; owns the vocabulary while it grows.
#[derive(Debug, Default)]
pub(crate) struct Compiler {
    pub(crate) vocabulary: Vocabulary,
    /// Phrases of each class, until one asks for it.
    unused: BTreeMap<String, Vec<Vec<Word>>>,
    classes: BTreeMap<String, Arc<Class>>,
    numbers: Vec<Word>,
    /// Phrases that no text matches, each with the reason: for whoever writes them.
    pub(crate) mute: Vec<String>,
}

impl Compiler {
    pub(crate) fn new<'a>(
        classes: &BTreeMap<String, Vec<String>>,
        numbers: impl Iterator<Item = &'a String>,
    ) -> Self {
        let mut new = Self::default();
        new.numbers = numbers.map(|word| new.vocabulary.intern(word)).collect();
        new.numbers.sort_unstable();
        for (name, phrases) in classes {
            let words = phrases.iter().map(|phrase| new.words(phrase)).collect();
            new.unused.insert(name.clone(), words);
        }
        new
    }

    /// A class takes one of the bits when the first phrase asks for it.
    fn class(&mut self, name: &str) -> Option<Arc<Class>> {
        if let Some(all) = self.unused.remove(name) {
            // Past 128 classes there is no bit left.
            let bit = u32::try_from(self.classes.len()).map_or(0, |n| 1_u128.checked_shl(n).unwrap_or(0));
            let (words, mut phrases): (Vec<_>, Vec<_>) =
                all.into_iter().partition(|phrase| phrase.len() == 1);
            let words: Vec<Word> = words.into_iter().flatten().collect();
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            for word in &words {
                if let Some(classes) = self.vocabulary.classes_mut(*word) {
                    classes.holds |= bit;
                }
            }
            for word in phrases.iter().filter_map(|phrase| phrase.first()) {
                if let Some(classes) = self.vocabulary.classes_mut(*word) {
                    classes.starts |= bit;
                }
            }
            if bit == 0 {
                self.mute
                    .push(format!("`{name}` is one class too many, and is never found"));
            }
            self.classes
                .insert(name.into(), Arc::new(Class { bit, words, phrases }));
        }
        self.classes.get(name).map(Arc::clone)
    }

    pub(crate) fn words(&mut self, text: &str) -> Vec<Word> {
        let words: Vec<&str> = text
            .split([' ', '-'])
            .flat_map(ideographs)
            .filter(|w| !w.is_empty())
            .collect();
        if words.is_empty() {
            self.mute.push(format!("`{text}` holds no word"));
        }
        for word in words.iter().filter(|word| !is_token(word)) {
            self.mute
                .push(format!("`{text}`: text is never read as the one word `{word}`"));
        }
        words.iter().map(|w| self.vocabulary.intern(w)).collect()
    }

    /// What no text can match is passed over and told in `mute`.
    pub(crate) fn phrase(&mut self, text: &str) -> Phrase {
        let mut items = Vec::new();
        for part in text.split_whitespace() {
            let inner = part.strip_prefix('[').and_then(|p| p.strip_suffix(']'));
            let optional = inner.is_some();
            let part = inner.unwrap_or(part);
            if let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                match self.class(name) {
                    Some(class) => items.push(Item {
                        what: What::Class(class),
                        optional,
                    }),
                    None => self
                        .mute
                        .push(format!("`{text}` names the class `{name}`, and there is none")),
                }
                continue;
            }
            let what = match part {
                "@" => What::Mention,
                "#" => What::Number,
                "^" => What::Name,
                "$" => What::End,
                ".." => What::Gap(3),
                "..." => What::Gap(8),
                _ => {
                    for word in self.words(part) {
                        items.push(Item {
                            what: What::Word(word),
                            optional,
                        });
                    }
                    continue;
                }
            };
            items.push(Item { what, optional });
        }
        let needs = Holds::needed(&items);
        let phrase = Phrase { items, needs };
        if phrase.first_words(&self.numbers).is_empty() {
            self.mute.push(format!("`{text}` begins with no word"));
        }
        phrase
    }

    pub(crate) fn numbers(&self) -> &[Word] {
        &self.numbers
    }
}

impl Phrase {
    /// Words a match can start with.
    pub(crate) fn first_words(&self, numbers: &[Word]) -> Vec<Word> {
        let mut first = Vec::new();
        for item in &self.items {
            match &item.what {
                What::Word(word) => first.push(*word),
                What::Class(class) => {
                    first.extend(&class.words);
                    first.extend(class.phrases.iter().filter_map(|p| p.first()));
                }
                What::Mention => first.push(MENTION),
                What::Number => {
                    first.push(NUMBER);
                    first.extend(numbers);
                }
                What::Name | What::Gap(_) | What::End => {}
            }
            if !item.optional {
                break;
            }
        }
        first.retain(|word| *word != UNKNOWN);
        first.sort_unstable();
        first.dedup();
        first
    }

    /// Tokens taken when the phrase matches at the start of `tokens`, and the place of the mention in it.
    pub(crate) fn matches(&self, tokens: &[Token], numbers: &[Word]) -> Option<Match> {
        step(&self.items, tokens, 0, None, numbers)
    }
}

/// How far a phrase reached.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub(crate) length: usize,
    pub(crate) mention: Option<usize>,
}

fn step(
    items: &[Item],
    tokens: &[Token],
    at: usize,
    mention: Option<usize>,
    numbers: &[Word],
) -> Option<Match> {
    let Some((item, rest)) = items.split_first() else {
        return Some(Match { length: at, mention });
    };
    let go = |to: usize, mention| step(rest, tokens, to, mention, numbers);
    let token = tokens.get(at);
    let read = match &item.what {
        What::Word(word) => token.filter(|t| t.is(*word)).and_then(|_| go(at + 1, mention)),
        What::Mention => token
            .filter(|t| t.word == MENTION)
            .and_then(|_| go(at + 1, Some(at))),
        What::Number => token
            .filter(|t| t.word == NUMBER || numbers.binary_search(&t.word).is_ok())
            .and_then(|_| go(at + 1, mention)),
        What::Class(class) => token.and_then(|t| {
            let starts = t.classes.starts & class.bit != 0;
            let longer = class.phrases.iter().filter(|_| starts).find_map(|phrase| {
                let here = tokens.get(at..at + phrase.len())?;
                let fits = here.iter().zip(phrase).all(|(t, w)| t.is(*w));
                fits.then(|| go(at + phrase.len(), mention)).flatten()
            });
            longer.or_else(|| {
                (t.classes.holds & class.bit != 0)
                    .then(|| go(at + 1, mention))
                    .flatten()
            })
        }),
        What::Name => token
            .filter(|t| t.word == UNKNOWN && t.capital)
            .and_then(|_| go(at + 1, mention)),
        What::End => token
            .is_none_or(|t| ends(t.word))
            .then(|| go(at, mention))
            .flatten(),
        What::Gap(most) => (0..=*most)
            .take_while(|n| *n == 0 || tokens.get(at + n - 1).is_some_and(|t| !ends(t.word)))
            .find_map(|n| go(at + n, mention)),
    };
    read.or_else(|| item.optional.then(|| go(at, mention)).flatten())
}

fn ends(word: Word) -> bool {
    matches!(word, STOP | QUESTION | EXCLAMATION | SEMICOLON | CELL)
}
