//! Numbers that are a part or the whole of another, and labels before a number.

use std::ops::Range;

use super::super::token::{COLON, COMMA, DASH, EQUALS, Token, Word};
use super::CountRules;

impl CountRules {
    /// The 60 of `15 of our 60 cameras`, `15 out of 60` and `Of our 60 cameras, 15 are X`.
    pub(super) fn is_whole_of_part(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let word = |back: usize| start.checked_sub(back).filter(|b| *b >= range.start);
        let is = |back: usize, which: Word| {
            word(back)
                .and_then(|b| tokens.get(b))
                .is_some_and(|t| t.is(which))
        };
        let part = |back: usize| word(back).is_some_and(|b| self.value(tokens, b, range.end).is_some());
        let of = if is(1, self.of) { 1 } else { 2 };
        is(of, self.of)
            && (part(of + 1)
                || is(of + 1, self.out) && part(of + 2)
                || word(of) == Some(range.start) && self.names_things_only(tokens, start, range))
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
        is(of, self.of) && (number(of + 1) || Self::is(&self.between, tokens.get(of + 1)) && number(of + 2))
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
}
