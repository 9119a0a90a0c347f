//! Numbers in digits and words, and the words before them that hedge: `just over 70`, `half a dozen`.

use std::ops::Range;

use super::super::token::{Joint, NUMBER, Token, UNKNOWN};
use super::CountRules;

/// Parts of a whole that a share tells: `one in five`.
const WHOLE: u32 = 100;

impl CountRules {
    /// Value of the number in digits or words at `at` (`twenty four`, `half a dozen`), and its length.
    pub(super) fn value(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let mut idiom: Option<(u32, usize)> = None;
        self.idioms
            .each_at_start(tokens.get(at..end).unwrap_or_default(), |entry, found| {
                let value = self.idiom_values.get(entry).copied();
                let longer = idiom.is_none_or(|(_, length)| found.length > length);
                idiom = value
                    .filter(|_| longer)
                    .map(|value| (value, found.length))
                    .or(idiom);
            });
        // `a hundred or so`, but `a hundred and forty`
        let written = self.written(tokens, at, end);
        match (idiom, written) {
            (Some(idiom), Some(written)) if written.1 > idiom.1 => Some(written),
            (idiom, written) => idiom.or(written),
        }
    }

    /// `24`, `2 dozen`, `twenty four`, `a hundred and forty`, `three thousand two hundred`.
    fn written(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let (first, length) = self.hundreds(tokens, at, end)?;
        let next = |at: usize| tokens.get(at).filter(|t| at < end && t.joint == Joint::Blank);
        if !next(at + length).is_some_and(|t| t.is(self.thousand)) || first >= 1_000 {
            return Some((first, length));
        }
        let behind = at + length + 1;
        let linked = usize::from(next(behind).is_some_and(|t| t.is(self.and)));
        let rest = self
            .hundreds(tokens, behind + linked, end)
            .filter(|(n, _)| *n < 1_000 && next(behind + linked).is_some_and(|t| t.word != NUMBER));
        Some(rest.map_or((first * 1_000, length + 1), |(n, more)| {
            (first * 1_000 + n, length + 1 + linked + more)
        }))
    }

    /// `two hundred and five`, `two dozen`, `1 doz`
    fn hundreds(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let token = tokens.get(at).filter(|_| at < end)?;
        let word = |i: usize| self.word(tokens.get(i).filter(|_| i < end)?);
        let tens = |at: usize| {
            let first = word(at)?;
            let second =
                word(at + 1).filter(|n| (20..100).contains(&first) && first % 10 == 0 && (1..10).contains(n));
            Some(second.map_or((first, 1), |n| (first + n, 2)))
        };
        let (first, length) = if token.word == NUMBER {
            (token.number?, 1)
        } else if token.is(self.a) {
            let times = tokens.get(at + 1).filter(|_| at + 1 < end);
            let one = times.is_some_and(|t| matches!(self.word(t), Some(12 | 100)) || t.is(self.thousand));
            (Some(1).filter(|_| one)?, 1)
        } else {
            tens(at)?
        };
        let times = match word(at + length) {
            Some(times @ (12 | 100)) if first < 12 => times,
            _ => return Some((first, length)),
        };
        let linked = usize::from(tokens.get(at + length + 1).is_some_and(|t| t.is(self.and)));
        let rest = tens(at + length + 1 + linked).filter(|(n, _)| *n < 100);
        Some(rest.map_or((first * times, length + 1), |(n, more)| {
            (first * times + n, length + 1 + linked + more)
        }))
    }

    /// The value of one word.
    fn word(&self, token: &Token) -> Option<u32> {
        let numbers = &self.numbers;
        let index = numbers
            .binary_search_by_key(&token.word, |(word, _)| *word)
            .ok()?;
        let value = numbers.get(index).map(|(_, n)| *n);
        value.filter(|_| token.word != UNKNOWN)
    }

    /// `Some(0)` when the value says so as a number (`0`, `zero`, `nil`), not by a word like `none`.
    pub(crate) fn zero(&self, tokens: &[Token], value: &Range<usize>) -> Option<u32> {
        let (number, _) = self.value(tokens, value.start, value.end)?;
        Some(number).filter(|n| *n == 0)
    }

    /// Whether the value is a nought, in figures or as `none`: what answers `how many`.
    pub(crate) fn is_none(&self, tokens: &[Token], value: &Range<usize>) -> bool {
        let first = tokens.get(value.start);
        self.zero(tokens, value).is_some() || first.is_some_and(|t| t.is(self.none))
    }

    /// Words of the hedge at `at` that leads to a number: `just over` of `just over 70`.
    pub(super) fn hedge(&self, tokens: &[Token], at: usize, end: usize) -> usize {
        let rest = tokens.get(at..end).unwrap_or_default();
        let length = self.hedges.at_start(rest).map_or(0, |found| found.length);
        // `C500` is a model.
        let apart = tokens.get(at + length).is_some_and(|t| t.joint == Joint::Blank);
        let leads = length > 0 && apart && self.value(tokens, at + length, end).is_some();
        if leads { length } else { 0 }
    }

    /// The two numbers of `one in five`: they tell a share.
    pub(super) fn is_share(&self, tokens: &[Token], start: usize, end: usize, range: &Range<usize>) -> bool {
        let within = |at: usize| tokens.get(at).is_some_and(|t| at < range.end && t.is(self.r#in));
        let pair = |first: usize, of: usize| {
            let part = self
                .value(tokens, first, of)
                .filter(|(_, length)| first + length == of);
            let whole = self.value(tokens, of + 1, range.end);
            part.zip(whole).is_some_and(|((part, _), (whole, length))| {
                let what = tokens
                    .get(of + 1 + length)
                    .filter(|_| of + 1 + length < range.end);
                part < whole && whole <= WHOLE && !Self::is(&self.measures, what)
            })
        };
        let opens = within(end) && pair(end.saturating_sub(1), end);
        let of = start.checked_sub(1).filter(|of| *of > range.start && within(*of));
        opens || of.is_some_and(|of| pair(of - 1, of))
    }
}
