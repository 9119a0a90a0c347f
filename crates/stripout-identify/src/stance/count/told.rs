//! Answers that are a number and little else: `Yes, 22`, `The number is 8`, item 1 of the reply for item 1 of the request.

use std::ops::Range;

use super::super::sentence::{Sentence, Side};
use super::super::token::{CLOSE, COLON, COMMA, DASH, MENTION, NUMBER, OPEN, STOP, Token};
use super::{Candidate, CountRules, ORDINARY, names};

/// Words before the noun in `The total number is 8`.
const OPENING: usize = 3;
/// Sentences after the one that asks or speaks of the number.
const LATER: usize = 3;

impl CountRules {
    /// The 22 of `Yes, 22`: behind the `length` words of the reply, and the last of its sentence, or the only one and set off:
    /// `Yes, 22 units on 3 sites`.
    pub(crate) fn after_yes(&self, tokens: &[Token], sentence: &Sentence, length: usize) -> Option<u32> {
        let mark = sentence.tokens.start + length;
        let parts = tokens
            .get(mark)
            .is_some_and(|t| matches!(t.word, COMMA | DASH | COLON | OPEN));
        let candidates = self.candidates(tokens, &sentence.tokens);
        let number = candidates
            .iter()
            .find(|c| c.start == mark + 1)
            .filter(|_| parts)?;
        let rest = tokens.get(number.end..sentence.tokens.end)?;
        let closes = |t: &Token| matches!(t.word, CLOSE | STOP) || Self::is(&self.units, Some(t));
        let set_off = candidates.len() == 1
            && rest
                .first()
                .is_some_and(|t| t.word == COMMA || Self::is(&self.units, Some(t)))
            // `22, all of them at the depot`, but not `22, of which some are X`
            && !rest.iter().enumerate().any(|(i, t)| {
                t.word == MENTION || t.is(self.of) && !Self::is(&self.subjects, rest.get(i + 1))
            });
        (set_off || rest.iter().all(closes)).then_some(number.value)
    }

    /// `X: the Trust has 20.` The only number, at the end of a sentence that the name opens.
    pub(super) fn closing(tokens: &[Token], sentence: &Sentence, at: usize) -> Option<(usize, u32)> {
        let opens = at == sentence.tokens.start && tokens.get(at + 1).is_some_and(|t| t.word == COLON);
        let mut numbers = sentence
            .tokens
            .clone()
            .filter(|at| tokens.get(*at).is_some_and(|t| t.word == NUMBER));
        let last = numbers.next().filter(|_| opens && numbers.next().is_none())?;
        let ends = last + 1 == sentence.tokens.end;
        let value = tokens.get(last)?.number.filter(|n| *n < ORDINARY)?;
        ends.then_some((last, value))
    }

    /// `You asked for the number of X cameras. The number is 8.`, and the `12` of another list under the same number.
    pub(crate) fn told_later(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        at: usize,
    ) -> Option<u32> {
        let here = sentences.get(place).filter(|s| !s.cell && !s.asks)?;
        if !self.speaks_of_number(tokens, here, at) {
            return None;
        }
        let names = |s: &Sentence| names(tokens, s);
        let next = sentences.iter().skip(place + 1).take(LATER);
        // `1. Number of X cameras`, and the answer in a paragraph of its own.
        let numbered = u32::from(here.label.is_some());
        let reach = here.paragraph..=here.paragraph + numbered;
        let mut near = next.take_while(|s| {
            let apart = s.paragraph > here.paragraph && s.label.is_some();
            reach.contains(&s.paragraph) && !apart && !s.asks && !names(s)
        });
        let alone = || {
            let next = sentences
                .get(place + 1)
                .filter(|s| !s.asks && reach.contains(&s.paragraph))?;
            self.bare(tokens, next)
        };
        near.find_map(|s| self.is_the_number(tokens, s))
            .or_else(alone)
            .or_else(|| {
                let number = here.label.filter(|l| l.side == Side::Plain)?.number?;
                let mut later = sentences.iter().skip(place + 1);
                let same = later.find(|s| {
                    s.label
                        .is_some_and(|l| l.number == Some(number) && l.side != Side::Question)
                })?;
                self.bare(tokens, same)
            })
    }

    /// `number of X`
    fn speaks_of_number(&self, tokens: &[Token], sentence: &Sentence, at: usize) -> bool {
        let amount = self.amount_before(tokens, sentence, at);
        amount.and_then(|of| of.first()).is_some_and(|t| t.is(self.of))
    }

    /// `Number by X`, `Cameras: total X`
    pub(crate) fn heads_number(&self, tokens: &[Token], sentence: &Sentence, at: usize) -> bool {
        self.amount_before(tokens, sentence, at).is_some()
    }

    /// What stands between a word for a number and the name at token `at`, where nothing else is counted.
    fn amount_before<'t>(&self, tokens: &'t [Token], sentence: &Sentence, at: usize) -> Option<&'t [Token]> {
        let before = tokens.get(sentence.tokens.start..at).unwrap_or_default();
        let amount = before.iter().rposition(|t| Self::is(&self.amounts, Some(t)))?;
        let between = before.get(amount + 1..)?;
        let devices = |t: &Token| [&self.between, &self.units].iter().any(|l| Self::is(l, Some(t)));
        between.iter().all(devices).then_some(between)
    }

    /// `The number is 8`
    fn is_the_number(&self, tokens: &[Token], sentence: &Sentence) -> Option<u32> {
        let words = tokens.get(sentence.tokens.clone())?;
        // `There are 8`
        if let Some(found) = self.gives.at_start(words) {
            let at = sentence.tokens.start + found.length;
            let all = self.candidates(tokens, &sentence.tokens);
            let number = all.iter().find(|c| c.start == at)?;
            return self
                .ends_with(tokens, sentence, number.end)
                .then_some(number.value);
        }
        // `It is 29`
        if let [it, is, ..] = words
            && it.is(self.it)
            && Self::is(&self.equals, Some(is))
            && let Some((value, length)) = self.value(tokens, sentence.tokens.start + 2, sentence.tokens.end)
        {
            let ends = self.ends_with(tokens, sentence, sentence.tokens.start + 2 + length);
            return (ends && value <= super::MOST).then_some(value);
        }
        let noun = words
            .iter()
            .take(OPENING)
            .position(|t| Self::is(&self.amounts, Some(t)))?;
        let from = sentence.tokens.start + noun + 1;
        let [number] = self.candidates(tokens, &sentence.tokens)[..] else {
            return None;
        };
        let equals = |t: &Token| Self::is(&self.equals, Some(t)) || t.word == COLON;
        let between = tokens.get(from..number.start)?;
        let ends = self.ends_with(tokens, sentence, number.end);
        (!between.is_empty() && between.iter().all(equals) && ends).then_some(number.value)
    }

    /// `X cameras. There are ten in all`, `X, of which there are 6`, `X. All nineteen came out`, `X. We run 45 of them`: a number
    /// that later words tell of what was named.
    pub(super) fn told_on(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        at: usize,
    ) -> Option<u32> {
        let here = sentences.get(place).filter(|s| !s.cell && !s.asks)?;
        let rest = self.candidates(tokens, &(at + 1..here.tokens.end));
        if let Some(number) = rest
            .iter()
            .find(|c| self.tells_on(tokens, c, at + 1, here.tokens.end))
        {
            return Some(number.value);
        }
        let next = sentences.get(place + 1)?;
        let words = tokens.get(next.tokens.clone())?;
        let follows = next.paragraph == here.paragraph && !next.asks && !next.cell && next.label.is_none();
        if !follows || !rest.is_empty() || words.iter().any(|t| t.word == MENTION) {
            return None;
        }
        let (from, end) = (next.tokens.start, next.tokens.end);
        match self.candidates(tokens, &next.tokens).as_slice() {
            [number] if self.tells_on(tokens, number, from, end) => Some(number.value),
            _ => None,
        }
    }

    /// Whether the words around a number say that it counts what was named before.
    fn tells_on(&self, tokens: &[Token], number: &Candidate, from: usize, end: usize) -> bool {
        let behind = tokens.get(number.end..end).unwrap_or_default();
        // `45 of them`, `45 such cameras`, `ten in all`
        let words = tokens.get(from..number.start).unwrap_or_default();
        // `X cameras on the network, being 210 at the start`, `none by X save two`, `X, of which 33 remain`
        let numbered = match words {
            [.., comma, being] if comma.word == COMMA => Self::is(&self.numbering, Some(being)),
            [.., of, which] if of.is(self.of) && which.is(self.which) => {
                Self::is(&self.stays, behind.first())
            }
            _ => self.excepts(words),
        };
        if numbered {
            return true;
        }
        let taken_up = match behind {
            [of, them, ..] if of.is(self.of) => Self::is(&self.subjects, Some(them)),
            [such, things, ..] => such.is(self.such) && Self::is(&self.units, Some(things)),
            _ => false,
        };
        let in_all = self.in_total.at_start(behind).is_some();
        let closes = behind
            .first()
            .is_none_or(|t| matches!(t.word, STOP | COMMA | CLOSE));
        let before = tokens.get(from..number.start).unwrap_or_default();
        let gives = |start: usize| {
            let words = before.get(start..).unwrap_or_default();
            self.gives
                .at_start(words)
                .is_some_and(|found| found.length == words.len())
        };
        let opens = (0..before.len()).find(|start| gives(*start));
        // `of which there are 6`
        let which = opens
            .and_then(|at| before.get(at.checked_sub(1)?))
            .is_some_and(|t| t.is(self.which));
        // `All nineteen came out`, `The last 26 were skipped`
        let all = self.definite.at_start(tokens.get(from..end).unwrap_or_default());
        // `The last one was` is the end of an unknown number.
        let subject = number.value > 1 && all.is_some_and(|found| from + found.length == number.end);
        let verb = behind.first().is_some_and(|t| Self::is(&self.went, Some(t)));
        // `There are a dozen.`, `It is so: there are 26.`
        let first = |at: usize| at == 0 || before.get(at - 1).is_some_and(|t| t.word == COLON);
        // `It is not so: there are nine, all in one place.`
        let after_colon = opens.is_some_and(|at| at > 0 && first(at)) && closes;
        let alone = after_colon || opens.is_some_and(first) && behind.iter().all(|t| t.word == STOP);
        taken_up || opens.is_some() && (in_all || which && closes || alone) || subject && verb
    }

    /// `none of them save`
    fn excepts(&self, words: &[Token]) -> bool {
        (0..words.len()).any(|start| {
            let rest = words.get(start..).unwrap_or_default();
            self.exceptions
                .at_start(rest)
                .is_some_and(|found| found.length == rest.len())
        })
    }

    /// `but 15 remain`: how many are left, and the words that say so.
    pub(crate) fn staying(&self, tokens: &[Token], range: &Range<usize>) -> Option<(u32, Range<usize>)> {
        let all = self.candidates(tokens, range);
        all.iter().filter(|number| number.value > 0).find_map(|number| {
            let mut rest = (number.end..range.end).skip_while(|at| {
                let token = tokens.get(*at);
                Self::is(&self.units, token) || Self::is(&self.between, token)
            });
            let verb = rest.next().filter(|at| Self::is(&self.stays, tokens.get(*at)))?;
            Some((number.value, number.start..verb + 1))
        })
    }

    /// Nothing but a number.
    pub(super) fn bare(&self, tokens: &[Token], sentence: &Sentence) -> Option<u32> {
        let (value, length) = self.value(tokens, sentence.tokens.start, sentence.tokens.end)?;
        let ends = self.ends_with(tokens, sentence, sentence.tokens.start + length);
        (ends && value <= super::MOST).then_some(value)
    }

    /// At most a unit stands between `end` and the end of the sentence.
    fn ends_with(&self, tokens: &[Token], sentence: &Sentence, end: usize) -> bool {
        let rest = tokens.get(end..sentence.tokens.end).unwrap_or_default();
        rest.iter()
            .all(|t| t.word == STOP || Self::is(&self.units, Some(t)))
            && rest.len() <= 2
    }
}
