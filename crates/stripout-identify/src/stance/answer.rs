//! Questions and their answers: what `Yes`, `None` or `47` says depends on what was asked.

use std::ops::Range;

use stripout_catalogue::StanceWords;
use stripout_model::Stance;

use super::phrase::Compiler;
use super::sentence::{Sentence, Side};
use super::set::PhraseSet;
use super::token::{
    BREAK, CELL, CLOSE, COLON, COMMA, DASH, EQUALS, MENTION, NUMBER, OPEN, SEMICOLON, STOP, Token,
};

/// What an answer, or the value after a colon, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    Yes,
    No,
    Number(u32),
}

#[derive(Debug)]
pub(crate) struct AnswerRules {
    yes: PhraseSet,
    no: PhraseSet,
    how_many: PhraseSet,
    others_only: PhraseSet,
    presumes: PhraseSet,
    takes_up: PhraseSet,
    stands_for: PhraseSet,
    asked: PhraseSet,
    labels: Vec<super::token::Word>,
    says: Vec<(Stance, Stance)>,
    numbers: Vec<(super::token::Word, u32)>,
}

/// Sentences that one answer may span.
const LONGEST: usize = 3;
/// Words between a name and the mark before its value: `number of X cameras currently in use: 4`.
const BEFORE_VALUE: usize = 8;

impl AnswerRules {
    pub(crate) fn new(words: &StanceWords, compiler: &mut Compiler) -> Self {
        let asked = words
            .question
            .iter()
            .enumerate()
            .flat_map(|(i, q)| q.phrases.iter().map(move |phrase| (i, phrase.as_str())));
        let asked = PhraseSet::numbered(compiler, asked);
        let numbers = words
            .count
            .numbers
            .iter()
            .map(|(word, n)| (compiler.vocabulary.intern(word), *n))
            .collect();
        let labels = words.answer.question_labels.iter();
        let labels = labels.map(|label| compiler.vocabulary.intern(label)).collect();
        Self {
            labels,
            yes: PhraseSet::new(compiler, &words.answer.yes),
            no: PhraseSet::new(compiler, &words.answer.no),
            how_many: PhraseSet::new(compiler, &words.answer.how_many),
            others_only: PhraseSet::new(compiler, &words.answer.others_only),
            presumes: PhraseSet::new(compiler, &words.answer.presumes),
            takes_up: PhraseSet::new(compiler, &words.sentence.takes_up),
            stands_for: PhraseSet::new(compiler, &words.sentence.stands_for),
            asked,
            says: words.question.iter().map(|q| (q.yes, q.no)).collect(),
            numbers,
        }
    }

    /// Sentences that answer sentence `asked`.
    pub(crate) fn answer_to(sentences: &[Sentence], asked: usize) -> Option<Range<usize>> {
        let question = sentences.get(asked)?;
        let label = question.label.or_else(|| {
            // `1. Do you use X? How many?`: the second question stands under the first one's number.
            let before = sentences.get(..asked)?.iter().rev().take(2);
            before
                .take_while(|s| s.paragraph == question.paragraph)
                .find_map(|s| s.label)
        });
        let later = || sentences.iter().enumerate().skip(asked + 1);
        if let Some(number) = label.and_then(|l| l.number) {
            let same = later().find(|(_, s)| {
                s.label
                    .is_some_and(|l| l.number == Some(number) && l.side != Side::Question)
            });
            if let Some((at, _)) = same {
                return Some(at..Self::answer_end(sentences, at));
            }
        }
        // Otherwise what follows, past questions that belong to the same one.
        let (at, _) = later().find(|(i, s)| {
            !s.asks || s.label.is_some_and(|l| l.side == Side::Answer) || *i > asked + LONGEST
        })?;
        let answer = sentences.get(at)?;
        let near = answer.paragraph <= question.paragraph + 1 && !answer.asks;
        let own = answer
            .label
            .is_none_or(|l| l.side != Side::Question && (l.side == Side::Answer || at == asked + 1));
        // A bare number after a numbered question is the next item of the same list, not its answer.
        let next_item = answer.label.is_some_and(|l| l.side == Side::Plain)
            && label.is_some_and(|l| l.side == Side::Plain);
        (near && own && !next_item).then(|| at..Self::answer_end(sentences, at))
    }

    /// `1. None. (Question 1 asked about X.)`: the answer by number that stands before the words that explain it. `at` is
    /// the token of the mention in sentence `place`.
    pub(crate) fn answer_before(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        at: usize,
    ) -> Option<Range<usize>> {
        let own = sentences.get(place)?;
        let here = own.tokens.start;
        let named = (here + 1..at).rev().find_map(|i| {
            let label = tokens.get(i - 1)?;
            tokens
                .get(i)?
                .number
                .filter(|_| self.labels.iter().any(|l| label.is(*l)))
        });
        let labelled = || own.label.filter(|l| l.side == Side::Question)?.number;
        let number = named.or_else(labelled)?;
        let mut earlier = sentences.iter().enumerate().take(place);
        let (answer, _) = earlier.find(|(_, s)| {
            !s.asks
                && s.label
                    .is_some_and(|l| l.number == Some(number) && l.side != Side::Question)
        })?;
        Some(answer..answer + 1)
    }

    fn answer_end(sentences: &[Sentence], start: usize) -> usize {
        let paragraph = sentences.get(start).map(|s| s.paragraph);
        let more = sentences.iter().skip(start + 1).take(LONGEST - 1);
        start
            + 1
            + more
                .take_while(|s| !s.asks && s.label.is_none() && Some(s.paragraph) == paragraph)
                .count()
    }

    /// The reply that the sentence opens with.
    pub(crate) fn reply(&self, tokens: &[Token]) -> Option<(Reply, usize)> {
        let no = self.no.at_start(tokens).map(|m| (Reply::No, m.length));
        let yes = self.yes.at_start(tokens).map(|m| (Reply::Yes, m.length));
        if let Some(found) = no.max_by_length(yes) {
            return Some(found);
        }
        let first = tokens.first()?;
        let value = first.number.or_else(|| {
            self.numbers
                .iter()
                .find(|(word, _)| first.is(*word))
                .map(|(_, n)| *n)
        })?;
        Some((
            if value == 0 {
                Reply::No
            } else {
                Reply::Number(value)
            },
            1,
        ))
    }

    /// What the question is about, as (`yes`, `no`).
    pub(crate) fn asks_for(&self, tokens: &[Token]) -> (Stance, Stance) {
        let mut best: Option<usize> = None;
        for at in 0..tokens.len() {
            self.asked
                .each_at_start(tokens.get(at..).unwrap_or_default(), |entry, _| {
                    best = Some(best.map_or(entry, |b| b.min(entry)));
                });
        }
        let (yes, no) = best
            .and_then(|b| self.says.get(b).copied())
            .unwrap_or((Stance::Has, Stance::Denies));
        // `Have all been removed? No` says that there are some; `Have any been removed? No` does not.
        if yes == Stance::Removed && self.presumes.found_in(tokens) {
            (yes, Stance::Has)
        } else {
            (yes, no)
        }
    }

    pub(crate) fn asks_how_many(&self, tokens: &[Token]) -> bool {
        self.how_many.found_in(tokens)
    }

    /// `We only use Y`, as an answer that does not name what was asked about: where it says so.
    pub(crate) fn names_others_only(&self, tokens: &[Token]) -> Option<Range<usize>> {
        (0..tokens.len()).find_map(|at| {
            let found = self.others_only.at_start(tokens.get(at..)?)?;
            Some(at..at + found.length)
        })
    }

    pub(crate) fn takes_up(&self, tokens: &[Token]) -> bool {
        self.takes_up.at_start(tokens).is_some()
    }

    /// `(will remove) this equipment`: the words right after a verb stand for what was named before.
    pub(crate) fn stands_for(&self, tokens: &[Token]) -> bool {
        self.stands_for.at_start(tokens).is_some()
    }

    /// `X N/A`: nothing but the name and its value. Words of the value.
    fn bare_no(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let mark = |t: Option<&Token>| t.is_none_or(|t| super::token::is_mark(t.word));
        let after = tokens.get(at + 1..)?;
        let (reply, length) = self.reply(after)?;
        let value = after.get(length..)?;
        let ends = match value {
            [stop, next, ..] if stop.word == STOP => next.word == BREAK,
            [next, ..] => matches!(next.word, STOP | SEMICOLON | COMMA | CELL | BREAK),
            [] => true,
        };
        let alone = mark(at.checked_sub(1).and_then(|before| tokens.get(before)));
        (reply == Reply::No && ends && alone).then_some(length)
    }

    /// `X: nil`, `X cameras - none`, `| X | 0 |`: the value given right after the mention at token `at`, and its place.
    pub(crate) fn value_after(&self, tokens: &[Token], at: usize) -> Option<(Reply, Range<usize>)> {
        let after = tokens.get(at + 1..)?;
        let goes_on = |t: &&Token| !super::token::is_mark(t.word) && !matches!(t.word, MENTION | NUMBER);
        let mut words = after.iter().take(BEFORE_VALUE).take_while(goes_on).count();
        // `Response to Q4 (X): zero`: the bracket around the name ends before the mark.
        if after.get(words).is_some_and(|t| t.word == CLOSE) {
            words += 1;
            after
                .get(words)
                .filter(|t| matches!(t.word, COLON | DASH | EQUALS))?;
        }
        if let Some(length) = self.bare_no(tokens, at) {
            return Some((Reply::No, at + 1..at + 1 + length));
        }
        after
            .get(words)
            .filter(|t| matches!(t.word, COLON | DASH | EQUALS | CELL | OPEN))?;
        let mark = at + 1 + words;
        let value = tokens.get(mark + 1..)?;
        let (reply, length) = self.reply(value)?;
        // Nothing but the value may follow: `X - no longer made` has none.
        let next = |i: usize| value.get(length + i);
        // `No. of units` is no answer.
        let abbreviation =
            next(0).is_some_and(|t| t.word == STOP) && next(1).is_some_and(|t| !t.capital && t.word != BREAK);
        let ends = !abbreviation
            && next(0).is_none_or(|t| {
                t.opens_line || super::token::is_mark(t.word) && !matches!(t.word, DASH | COLON | OPEN)
            });
        let closed = tokens.get(mark).is_none_or(|t| t.word != OPEN)
            || value.get(length).is_some_and(|t| t.word == CLOSE);
        (ends && closed).then_some((reply, mark + 1..mark + 1 + length))
    }
}

trait Longer {
    fn max_by_length(self, other: Self) -> Self;
}

impl Longer for Option<(Reply, usize)> {
    fn max_by_length(self, other: Self) -> Self {
        match (self, other) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        }
    }
}
