//! What stands around a number and tells whether it counts devices: `Cameras connected: 6`, `in the 14 corporate offices`.

use std::ops::Range;

use super::super::token::{COLON, EQUALS, MENTION, STOP, Token, is_mark};
use super::CountRules;

impl CountRules {
    /// Whether the label before the number at `start` is one of devices or of their number.
    pub(super) fn is_labelled(&self, tokens: &[Token], start: usize, range: &Range<usize>) -> bool {
        let before = |n: usize| start.checked_sub(n).filter(|b| *b >= range.start);
        let mark = before(1).and_then(|b| tokens.get(b));
        let colon = mark.is_some_and(|m| matches!(m.word, COLON | EQUALS));
        let Some(at) = before(2).filter(|_| colon || mark.is_some_and(|m| m.word == STOP)) else {
            return false;
        };
        let label = tokens.get(at);
        // `Cameras connected: 6`
        let thing = Self::is(&self.units, label)
            || Self::is(&self.between, label)
                && Self::is(&self.units, at.checked_sub(1).and_then(|u| tokens.get(u)));
        // `Make: X / Number: 19`, but `Asset number: 19`
        let opens = at == range.start || tokens.get(at - 1).is_some_and(|t| is_mark(t.word));
        let amount = Self::is(&self.amounts, label) && opens;
        // `No. off: 12`
        let off = label.is_some_and(|t| t.is(self.off));
        Self::is(&self.quantity, label) || (thing || amount || off) && colon
    }

    /// Whether the number before token `end` counts places, of a sort that a word before theirs tells: `the 14 corporate
    /// offices`.
    pub(super) fn tells_places(
        &self,
        tokens: &[Token],
        start: usize,
        end: usize,
        range: &Range<usize>,
    ) -> bool {
        let within = |at: usize| tokens.get(at).filter(|_| at < range.end);
        let definite = start
            .checked_sub(1)
            .filter(|b| *b >= range.start)
            .and_then(within);
        definite.is_some_and(|t| t.is(self.the))
            && within(end).is_some_and(|t| !is_mark(t.word) && t.word != MENTION)
            && Self::is(&self.measures, within(end + 1))
    }
}
