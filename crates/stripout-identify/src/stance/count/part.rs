//! Numbers that are a part or the whole of another, and labels before a number.

use std::ops::Range;

use super::super::sentence::Sentence;
use super::super::token::{COLON, COMMA, DASH, EQUALS, MENTION, NUMBER, Token, Word, is_mark};
use super::CountRules;

/// Words from `of` to the whole: `of the hospital's 203`.
const WORDS: usize = 3;
/// Words of `per cent of our`.
const LONGEST_BOUND: usize = 4;
/// Words from a number to the time in which it is reached.
const RATE: usize = 5;

impl CountRules {
    /// `Not one of the 52`, `dozens of X at one of them`, `X cameras of one make`: no number of devices.
    pub(super) fn is_any_one(&self, token: &Token, before: Option<&Token>, after: Option<&Token>) -> bool {
        let counted = after.is_some_and(|t| t.word == MENTION || Self::is(&self.units, Some(t)));
        let of_places = |t: &Token| Self::is(&self.places, Some(t)) || t.is(self.of);
        let one = token.word != NUMBER && !counted && before.is_some_and(of_places);
        one || before.is_some_and(|t| t.is(self.not))
    }

    /// The 60 of `15 of our 60 cameras`, `15 out of 60` and `Of our 60 cameras, 15 are X`.
    pub(super) fn is_whole_of_part(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let word = |back: usize| start.checked_sub(back).filter(|b| *b >= range.start);
        let is = |back: usize, which: Word| {
            word(back)
                .and_then(|b| tokens.get(b))
                .is_some_and(|t| t.is(which))
        };
        let part = |back: usize| word(back).is_some_and(|b| self.value(tokens, b, range.end).is_some());
        // `47 of the hospital's 203`
        let of = (1..=WORDS).find(|back| is(*back, self.of));
        let plain = |of: usize| {
            let mut between = (1..of).filter_map(|back| tokens.get(start.checked_sub(back)?));
            between.all(|t| self.describes(t))
        };
        let Some(of) = of.filter(|of| plain(*of)) else {
            return false;
        };
        part(of + 1)
            || is(of + 1, self.out) && part(of + 2)
            || of <= 2 && word(of) == Some(range.start) && self.names_things_only(tokens, start, range)
    }

    /// `60 cameras,`: up to the comma no maker is named.
    fn names_things_only(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let rest = (start + 1..range.end).filter_map(|at| tokens.get(at));
        let mut after =
            rest.skip_while(|t| Self::is(&self.units, Some(t)) || Self::is(&self.between, Some(t)));
        after.next().is_some_and(|t| t.word == COMMA)
    }

    /// The 15 of `15 of our 60 cameras`.
    pub(super) fn is_part_of_whole(&self, tokens: &[Token], end: usize, range: &Range<usize>) -> bool {
        let is = |at: usize, which: Word| at < range.end && tokens.get(at).is_some_and(|t| t.is(which));
        let of = end + usize::from(is(end, self.out));
        // `Two of the four depots` are no devices.
        let number = |at: usize| {
            let whole = self.value(tokens, at, range.end).filter(|_| at < range.end);
            let what = |length: usize| tokens.get(at + length).filter(|_| at + length < range.end);
            whole.is_some_and(|(_, length)| !Self::is(&self.measures, what(length)))
        };
        let plain = |words: Range<usize>| self.describe(tokens, words);
        is(of, self.of) && (1..=WORDS).any(|words| number(of + words) && plain(of + 1..of + words))
    }

    /// `101 units of which X 44`
    pub(super) fn of_which(&self, tokens: &[Token], sentence: &Sentence, at: usize) -> Option<(usize, u32)> {
        let [.., of, which] = tokens.get(sentence.tokens.start..at)? else {
            return None;
        };
        let (value, _) = self.value(tokens, at + 1, sentence.tokens.end)?;
        let told = of.is(self.of) && which.is(self.which) && value <= super::MOST;
        told.then_some((at + 1, value))
    }

    /// Behind the whole that a part is told of: of `47 of the hospital's 203 cameras` behind 203.
    pub(super) fn past_whole(&self, tokens: &[Token], end: usize) -> usize {
        let opens = tokens.get(end).is_some_and(|t| t.is(self.of));
        let limit = tokens.len().min(end + WORDS + 2);
        let whole = (end + 1..limit)
            .find_map(|at| Some(at + self.value(tokens, at, limit)?.1))
            .filter(|past| self.describe(tokens, end + 1..past.saturating_sub(1)));
        whole.filter(|_| opens).unwrap_or(end)
    }

    /// Behind whose things a number counts: of `63 of the Trust's cameras` behind `Trust's`.
    pub(super) fn past_owner(&self, tokens: &[Token], end: usize) -> usize {
        let opens = tokens.get(end).is_some_and(|t| t.is(self.of));
        let things = (end + 1..=end + WORDS + 1).find(|at| Self::is(&self.units, tokens.get(*at)));
        let things = things.filter(|at| opens && self.describe(tokens, end + 1..*at));
        things.unwrap_or(end)
    }

    /// `fewer than five`: how many there are is not said.
    pub(super) fn is_bound(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let from = start.saturating_sub(LONGEST_BOUND).max(range.start);
        (from..start).any(|at| {
            let before = tokens.get(at..start).unwrap_or_default();
            let found = self.bounds.at_start(before);
            // `no fewer than 60` are 60 at least.
            let not = at
                .checked_sub(1)
                .filter(|b| *b >= range.start)
                .and_then(|b| tokens.get(b));
            let denied = not.is_some_and(|t| t.is(self.no) || t.is(self.not));
            !denied && found.is_some_and(|found| found.length == before.len())
        })
    }

    /// `100 X cameras a year`: as many as that are no stock.
    pub(super) fn is_rate(&self, tokens: &[Token], end: usize, range: &Range<usize>) -> bool {
        (end..range.end.min(end + RATE)).any(|at| {
            let rest = tokens.get(at..range.end).unwrap_or_default();
            self.rates.at_start(rest).is_some()
                && !tokens
                    .get(end..at)
                    .unwrap_or_default()
                    .iter()
                    .any(|t| t.number.is_some() || is_mark(t.word))
        })
    }

    /// `Number of cameras - 22`
    pub(super) fn is_amount(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let word = |back: usize| {
            start
                .checked_sub(back)
                .filter(|b| *b >= range.start)
                .and_then(|b| tokens.get(b))
        };
        word(1).is_some_and(|t| matches!(t.word, COLON | DASH | EQUALS))
            && Self::is(&self.units, word(2))
            && word(3).is_some_and(|t| t.is(self.of))
            && Self::is(&self.amounts, word(4))
    }

    /// `Number of sites (with X)`
    pub(super) fn is_amount_of_others(&self, words: &[Token]) -> bool {
        let amount = words.iter().skip_while(|t| !Self::is(&self.amounts, Some(t)));
        let mut of =
            amount.skip_while(|t| Self::is(&self.amounts, Some(t)) || Self::is(&self.between, Some(t)));
        of.next().is_some_and(|t| Self::is(&self.measures, Some(t)))
    }

    /// Whether only words that describe the whole stand there: `the hospital's`, not `these are X and`.
    fn describe(&self, tokens: &[Token], words: Range<usize>) -> bool {
        let words = tokens.get(words).unwrap_or_default();
        words.iter().all(|t| self.describes(t))
    }

    fn describes(&self, token: &Token) -> bool {
        let links = Self::is(&self.equals, Some(token)) || token.is(self.and);
        !links && !is_mark(token.word) && token.word != MENTION && token.number.is_none()
    }
}
