//! Many phrases at once, looked up by the word they start with.

use super::phrase::{Compiler, Holds, Match, Phrase};
use super::token::{Token, UNKNOWN, Word};

/// Phrases with the number of the entry each belongs to.
#[derive(Debug, Default)]
pub(crate) struct PhraseSet {
    phrases: Vec<(usize, Phrase)>,
    by_first: Vec<Vec<u32>>,
    numbers: Vec<Word>,
}

impl PhraseSet {
    pub(crate) fn new(compiler: &mut Compiler, phrases: &[String]) -> Self {
        Self::numbered(compiler, phrases.iter().map(|phrase| (0, phrase.as_str())))
    }

    pub(crate) fn numbered<'a>(
        compiler: &mut Compiler,
        phrases: impl Iterator<Item = (usize, &'a str)>,
    ) -> Self {
        let phrases: Vec<_> = phrases
            .map(|(entry, text)| (entry, compiler.phrase(text)))
            .collect();
        let mut by_first = vec![Vec::new(); compiler.vocabulary.len()];
        for (index, (_, phrase)) in (0..).zip(&phrases) {
            for word in phrase.first_words(compiler.numbers()) {
                if let Some(list) = by_first.get_mut(usize::from(word)) {
                    list.push(index);
                }
            }
        }
        Self {
            phrases,
            by_first,
            numbers: compiler.numbers().to_vec(),
        }
    }

    /// The longest match at the start of `tokens`, of any entry.
    pub(crate) fn at_start(&self, tokens: &[Token]) -> Option<Match> {
        let mut best: Option<Match> = None;
        self.each_at_start(tokens, |_, found| {
            if best.is_none_or(|b| found.length > b.length) {
                best = Some(found);
            }
        });
        best
    }

    /// Calls back for each phrase that matches at the start of `tokens`.
    pub(crate) fn each_at_start(&self, tokens: &[Token], found: impl FnMut(usize, Match)) {
        self.each_at_start_of(tokens, None, |_| true, found);
    }

    /// The same, of the entries that are wanted; `holds` is what the sentence holds, when it is known.
    pub(crate) fn each_at_start_of(
        &self,
        tokens: &[Token],
        holds: Option<Holds>,
        wanted: impl Fn(usize) -> bool,
        mut found: impl FnMut(usize, Match),
    ) {
        let Some(first) = tokens.first() else { return };
        for word in [first.word, first.exact] {
            if word == UNKNOWN {
                continue;
            }
            for index in self.by_first.get(usize::from(word)).into_iter().flatten() {
                let Some((entry, phrase)) = usize::try_from(*index).ok().and_then(|i| self.phrases.get(i))
                else {
                    continue;
                };
                if holds.is_none_or(|h| h.covers(phrase))
                    && wanted(*entry)
                    && let Some(matched) = phrase.matches(tokens, &self.numbers)
                {
                    found(*entry, matched);
                }
            }
        }
    }

    pub(crate) fn found_in(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| tokens.get(at..).is_some_and(|rest| self.at_start(rest).is_some()))
    }
}
