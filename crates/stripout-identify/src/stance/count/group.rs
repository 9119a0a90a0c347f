//! Numbers that are told by groups: `2 packs of 4`, `8 towers, each with one X`, `both X cameras`, `cameras 1 to 8`.

use std::ops::Range;

use super::super::token::{COMMA, CURRENCY, DASH, Joint, MENTION, NUMBER, OPEN, SLASH, Token, is_mark};
use super::{Candidate, CountRules, MOST};

/// Words from a group to `each`: `8 solar powered towers, each`.
const GROUP: usize = 6;
/// Words from a number to `at each`: `two X dome cameras at each`.
const NEAR: usize = 6;
/// Words from `each of` to the number of places: `each of our four`.
const OF: usize = 3;

/// What a number is told of.
enum Told {
    All,
    /// Of each of so many.
    EachOf(u32),
    /// Of each; of how many is not said.
    Each,
}

impl CountRules {
    /// A group at `at` that tells a number of its own.
    pub(super) fn group(&self, tokens: &[Token], at: usize, range: &Range<usize>) -> Option<Candidate> {
        let (value, length) = self
            .packed(tokens, at, range.end)
            .or_else(|| self.both(tokens, at, range.end))
            .or_else(|| self.numbered(tokens, at, range.end))?;
        (value <= MOST).then_some(Candidate {
            start: at,
            end: at + length,
            value,
            marked: true,
        })
    }

    /// `pk of 4`, `2 packs of 4`, `3 x box of 10`: as many as are in all of them.
    fn packed(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let (packs, length) = self.value(tokens, at, end).unwrap_or((1, 0));
        let times = length > 0 && Self::is(&self.multipliers, tokens.get(at + length));
        let pack = at + length + usize::from(times);
        let of = tokens.get(pack + 1).filter(|_| pack + 1 < end)?;
        if !(Self::is(&self.packs, tokens.get(pack)) && of.is(self.of)) {
            return None;
        }
        let (each, more) = self.value(tokens, pack + 2, end)?;
        let behind = pack + 2 + more;
        // `pack of 4 batteries`
        let devices = tokens.get(behind).filter(|_| behind < end).is_none_or(|t| {
            let known = [&self.units, &self.between].iter().any(|l| Self::is(l, Some(t)));
            known || is_mark(t.word) || matches!(t.word, MENTION | NUMBER | CURRENCY)
        });
        devices.then(|| (packs.saturating_mul(each), behind - at))
    }

    /// The two of `both X cameras` and `both cameras`, not of `both X and Y`.
    fn both(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let within = |at: usize| tokens.get(at).filter(|_| at < end);
        within(at).filter(|t| t.is(self.both))?;
        let describes = |t: &Token| Self::is(&self.between, Some(t)) && !t.is(self.and);
        let mut next = at + 1;
        while within(next).is_some_and(|t| t.word == MENTION || describes(t) && !self.is_plural(t)) {
            next += 1;
        }
        let things = within(next).is_some_and(|t| self.is_plural(t));
        let joined = within(next + 1).is_some_and(|t| t.is(self.and) || matches!(t.word, SLASH | COMMA));
        (things && !joined).then_some((2, 1))
    }

    fn is_plural(&self, token: &Token) -> bool {
        Self::is(&self.units, Some(token)) && !Self::is(&self.singles, Some(token))
    }

    /// The eight of `cameras 1 to 8` and `C1-C8`.
    fn numbered(&self, tokens: &[Token], at: usize, end: usize) -> Option<(u32, usize)> {
        let within = |at: usize| tokens.get(at).filter(|_| at < end);
        let names = |t: &Token| Self::is(&self.units, Some(t)) || t.is(self.c);
        let thing = within(at).filter(|t| names(t))?;
        let first = within(at + 1)?.number?;
        let to = within(at + 2)?;
        let apart = to.word == DASH || to.is(self.to);
        let mut last = at + 2 + usize::from(apart);
        if within(last).is_some_and(|t| t.word == thing.word) {
            last += 1;
        }
        let joined = apart || to.joint == Joint::Hyphen;
        let last_number = within(last)?.number?;
        let goes_on = within(last + 1).is_some_and(|t| matches!(t.joint, Joint::Hyphen | Joint::Dot));
        (joined && !goes_on && first > 0 && last_number > first)
            .then(|| (last_number - first + 1, last + 1 - at))
    }

    /// What a number tells in all that is told of each of several things; `None` where it is not said of how many.
    pub(super) fn in_all(
        &self,
        tokens: &[Token],
        number: Candidate,
        range: &Range<usize>,
    ) -> Option<Candidate> {
        let groups = match self.told_of(tokens, &number, range) {
            Told::All => return Some(number),
            Told::EachOf(groups) => groups,
            Told::Each => return None,
        };
        let value = number.value.checked_mul(groups).filter(|value| *value <= MOST)?;
        Some(Candidate {
            value,
            marked: true,
            ..number
        })
    }

    /// Whether a number is of all or of each, and of how many: `8 towers, each with one X`, `two X at each of our four depots`.
    fn told_of(&self, tokens: &[Token], number: &Candidate, range: &Range<usize>) -> Told {
        let back = |n: usize| number.start.checked_sub(n).filter(|b| *b >= range.start);
        let is_each = |at: usize| at < range.end && tokens.get(at).is_some_and(|t| t.is(self.each));
        let holds = |n: usize| back(n).is_some_and(|b| Self::is(&self.holding, tokens.get(b)));
        let before = (2..4).find(|n| back(*n).is_some_and(is_each) && (1..*n).all(holds));
        if let Some(each) = before.and_then(back) {
            let from = each.saturating_sub(GROUP + 1).max(range.start);
            let group = (from..each).rev().find_map(|at| {
                let (value, length) = self.value(tokens, at, each)?;
                let between = tokens.get(at + length..each)?;
                let named = between.iter().any(|t| matches!(t.word, MENTION | OPEN));
                (!named && value > 1).then_some(value)
            });
            return group.map_or(Told::Each, Told::EachOf);
        }
        // `one X each`
        let limit = range.end.min(number.end + NEAR);
        let Some(each) = (number.end..limit).find(|at| is_each(*at)) else {
            return Told::All;
        };
        let between = tokens.get(number.end..each).unwrap_or_default();
        let parted = between.iter().any(|t| is_mark(t.word));
        let at_each = Self::is(&self.places, tokens.get(each - 1));
        let of = tokens.get(each + 1).is_some_and(|t| t.is(self.of));
        match (at_each && each > number.end, of) {
            _ if parted => Told::All,
            (true, true) => {
                let mut at = each + 2..range.end.min(each + 2 + OF);
                let places = at.find_map(|at| Some(self.value(tokens, at, range.end)?.0));
                places.map_or(Told::Each, Told::EachOf)
            }
            (true, false) => Told::Each,
            (false, _) if number.value == 1 && each > number.end => Told::Each,
            (false, _) => Told::All,
        }
    }
}
