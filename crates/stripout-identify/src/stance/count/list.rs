//! Numbers that stand apart from the maker: under its name as a heading, or before a sentence that takes them up.

use super::super::sentence::Sentence;
use super::super::token::{COLON, DASH, MENTION, NUMBER, Token, is_mark};
use super::{CountRules, MOST, names};

/// Words of a heading.
const HEADING: usize = 8;
/// Words of a line under it.
const LINE: usize = 10;
const YEARS: std::ops::Range<u32> = 1_980..2_100;

impl CountRules {
    /// `X` over `Roads: 62` and `Offices: 18`: their sum, or the sum that the list itself gives. Years are counted together
    /// only under `X by year`.
    pub(super) fn listed_under(&self, tokens: &[Token], sentences: &[Sentence], place: usize) -> Option<u32> {
        let heading = sentences.get(place).filter(|s| !s.cell && !s.asks)?;
        let words = tokens.get(heading.tokens.clone())?;
        let plain = words
            .iter()
            .all(|t| t.word != NUMBER && !matches!(t.word, COLON | DASH));
        let dated = words.iter().any(|t| t.is(self.year));
        let mut lines = 0;
        let mut sum = 0_u32;
        let mut paragraph = heading.paragraph;
        for line in sentences.get(place + 1..)? {
            if line.paragraph != paragraph + 1 || line.cell || line.asks {
                break;
            }
            paragraph = line.paragraph;
            let Some((value, year)) = self.labelled_value(tokens, line) else {
                break;
            };
            if Self::is(&self.sums, tokens.get(line.tokens.start)) {
                return Some(value).filter(|_| plain && lines > 0);
            }
            if year && !dated {
                return None;
            }
            lines += 1;
            sum = sum.checked_add(value)?;
        }
        (plain && words.len() <= HEADING && lines > 1 && sum <= MOST).then_some(sum)
    }

    /// `Roads: 62`: the number behind the label, and whether the label is a year.
    fn labelled_value(&self, tokens: &[Token], line: &Sentence) -> Option<(u32, bool)> {
        let words = tokens.get(line.tokens.clone())?;
        let mark = words.iter().rposition(|t| matches!(t.word, COLON | DASH))?;
        let named = words.iter().any(|t| t.word == MENTION);
        let start = line.tokens.start + mark + 1;
        let (value, length) = self.value(tokens, start, line.tokens.end)?;
        let rest = tokens.get(start + length..line.tokens.end)?;
        let ends = rest.iter().all(|t| Self::is(&self.units, Some(t)));
        let label = words.get(..mark)?;
        let year = label.iter().any(|t| t.number.is_some_and(|n| YEARS.contains(&n)));
        let counts =
            !label.iter().any(|t| Self::is(&self.amounts, Some(t))) && !self.is_amount_of_others(label);
        let sums = Self::is(&self.sums, label.first());
        (!named && ends && (counts || sums) && mark > 0 && words.len() <= LINE).then_some((value, year))
    }

    /// `There are twelve of them, and they are X`, `We have four cameras. They were made by X`: the number before a sentence
    /// or clause that says of all of them who made them.
    pub(super) fn taken_up(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        at: usize,
    ) -> Option<u32> {
        let here = sentences.get(place).filter(|s| !s.cell && !s.asks)?;
        let before = tokens.get(here.tokens.start..at)?;
        let link = |t: &Token| Self::is(&self.between, Some(t)) || Self::is(&self.equals, Some(t));
        let links = before.iter().rev().take_while(|t| link(t)).count();
        let subject = before.len().checked_sub(links + 1)?;
        let subject_is = |what: &dyn Fn(&Token) -> bool| before.get(subject).is_some_and(what);
        // `There is one camera. It is an X`
        let single = subject_is(&|t| t.is(self.it));
        let stands = single || subject_is(&|t| Self::is(&self.subjects, Some(t)));
        let verb = before
            .get(subject + 1)
            .is_some_and(|t| Self::is(&self.equals, Some(t)));
        if !stands || !verb {
            return None;
        }
        let names = |s: &Sentence| names(tokens, s);
        let own = self.candidates(tokens, &(here.tokens.start..here.tokens.start + subject));
        if let [only] = own.as_slice() {
            return Some(only.value);
        }
        let earlier = sentences.get(place.checked_sub(1)?)?;
        let near = earlier.paragraph == here.paragraph && !earlier.asks && !names(earlier);
        let marked = self.candidates(tokens, &earlier.tokens);
        let marked: Vec<u32> = marked.iter().filter(|c| c.marked).map(|c| c.value).collect();
        let [only] = marked.as_slice() else { return None };
        (own.is_empty() && near && (!single || *only == 1)).then_some(*only)
    }

    /// The one number that a correction gives: `The right number is 16`, `In fact 12 of them were`; not the two of
    /// `two digits were turned round`.
    pub(crate) fn corrected(&self, tokens: &[Token], sentence: &Sentence) -> Option<u32> {
        let (value, place) = self.stated(tokens, sentence)?;
        let next = tokens.get(place.end).filter(|_| place.end < sentence.tokens.end);
        let goes_on = next.is_none_or(|t| {
            [&self.units, &self.between, &self.equals]
                .iter()
                .any(|list| Self::is(list, Some(t)))
                || is_mark(t.word)
        });
        goes_on.then_some(value)
    }
}
