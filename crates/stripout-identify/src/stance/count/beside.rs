//! Numbers in the cells, sentences and answers beside the one that names the maker.

use stripout_model::DocumentKind;

use super::super::answer::AnswerRules;
use super::super::sentence::Sentence;
use super::super::token::{COLON, MENTION, Token};
use super::{Candidate, CountRules, MOST, names};

/// Words of `Make: X`, with a word to spare.
const LABELLED: usize = 4;
/// Tokens of `A. X only.`
const BARE: usize = 5;

impl CountRules {
    fn follows_colon(&self, tokens: &[Token], candidate: &Candidate) -> bool {
        let before = candidate.start.checked_sub(1).and_then(|b| tokens.get(b));
        before.is_some_and(|t| t.word == COLON || Self::is(&self.quantity, Some(t)))
    }

    /// `How many? 5. Who made them? X.`: a bare name after a bare number that answers the question before.
    pub(super) fn answered_before(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
    ) -> Option<u32> {
        let here = sentences.get(place).filter(|s| !s.cell && s.tokens.len() <= 3)?;
        let earlier = sentences.get(..place)?;
        let last = earlier.len().checked_sub(1)?;
        let at = last - earlier.iter().rev().take(2).position(|s| !s.asks)?;
        let before = earlier.get(at)?;
        // `How many cameras per ambulance?`
        let asked = at
            .checked_sub(1)
            .and_then(|at| earlier.get(at))
            .filter(|s| s.asks);
        let asked = asked
            .and_then(|s| tokens.get(s.tokens.clone()))
            .unwrap_or_default();
        if asked.iter().any(|t| t.is(self.each) || t.is(self.per)) {
            return None;
        }
        let bare = before.paragraph == here.paragraph && !before.cell;
        let (value, length) = self.value(tokens, before.tokens.start, before.tokens.end)?;
        let unit = tokens.get(before.tokens.start + length);
        let alone =
            length == before.tokens.len() || length + 1 == before.tokens.len() && Self::is(&self.units, unit);
        (bare && alone && value <= MOST).then_some(value)
    }

    /// `Make? X. How many? 3.`: a bare name, and a bare number that answers the question after it.
    pub(super) fn asked_after(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        answers: &AnswerRules,
        place: usize,
    ) -> Option<u32> {
        let here = sentences
            .get(place)
            .filter(|s| !s.cell && s.tokens.len() <= BARE)?;
        let asked = sentences.get(place + 1).filter(|s| s.asks)?;
        let words = tokens.get(asked.tokens.clone())?;
        let amount = words.iter().any(|t| Self::is(&self.amounts, Some(t)));
        let asks = amount || answers.asks_how_many(words);
        if !asks || self.is_amount_of_others(words) || here.paragraph + 1 < asked.paragraph {
            return None;
        }
        let answer = sentences.get(AnswerRules::answer_to(sentences, place + 1)?.start)?;
        self.bare(tokens, answer)
    }

    /// `Number held: 19`: not what is counted at so many sites.
    fn is_amount_label(&self, words: &[Token]) -> bool {
        match words {
            [amount, colon, ..] if colon.word == COLON => Self::is(&self.amounts, Some(amount)),
            [amount, of, colon, ..] if colon.word == COLON => {
                Self::is(&self.amounts, Some(amount)) && Self::is(&self.between, Some(of))
            }
            _ => false,
        }
    }

    /// A number in another cell of the row, or `Quantity: 8` in the sentence after, or in a register right before.
    pub(super) fn beside<'n>(
        &self,
        kind: DocumentKind,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        numbers_in: impl Fn(usize) -> &'n [Candidate],
        same: impl Fn(usize) -> bool,
    ) -> Option<u32> {
        let here = sentences.get(place)?;
        let numbered = || sentences.iter().enumerate();
        let near: Vec<(usize, &Sentence)> = if here.cell {
            numbered()
                .filter(|(_, s)| s.cell && s.paragraph == here.paragraph && s.tokens != here.tokens)
                .collect()
        } else {
            let next = numbered().skip(place + 1).take(3);
            let earlier = || numbered().nth(place.checked_sub(1)?);
            // `Cameras: 22. Make: X.`
            let row = kind == DocumentKind::Asset || here.tokens.len() <= LABELLED;
            let names = |s: &Sentence| names(tokens, s);
            let next: Vec<_> = next
                .take_while(|(_, s)| s.paragraph == here.paragraph && !s.asks && !names(s))
                .collect();
            let before =
                earlier().filter(|(_, s)| row && s.paragraph == here.paragraph && !s.cell && !names(s));
            next.into_iter().chain(before).collect()
        };
        // A row may name the make and its model.
        let foreign = |at: usize| {
            let named = tokens.get(at).is_some_and(|t| t.word == MENTION);
            named && !(here.cell && same(at))
        };
        if near.iter().any(|(_, s)| s.tokens.clone().any(foreign)) {
            return None;
        }
        let mut labelled = Vec::new();
        let mut bare = Vec::new();
        for (i, (place, cell)) in near.iter().enumerate() {
            let words = tokens.get(cell.tokens.clone()).unwrap_or_default();
            for candidate in numbers_in(*place) {
                let quantity = words.iter().any(|t| Self::is(&self.quantity, Some(t)))
                    || (candidate.marked || self.is_amount_label(words))
                        && self.follows_colon(tokens, candidate);
                if quantity || here.cell && candidate.marked {
                    labelled.push(candidate.value);
                // A first cell numbers the row; money has been sorted out by its mark or its pence.
                } else if here.cell
                    && words.len() == candidate.end - candidate.start
                    && (i > 0 || cell.tokens.start > here.tokens.start)
                {
                    bare.push(candidate.value);
                }
            }
        }
        match (labelled.as_slice(), bare.as_slice()) {
            ([value], _) => Some(*value),
            ([], [value]) if kind != DocumentKind::Spend && *value < 1_000 => Some(*value),
            _ => None,
        }
    }
}
