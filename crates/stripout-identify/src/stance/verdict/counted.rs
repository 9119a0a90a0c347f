//! Where a number says more than the words around it: `the 52 X` are there, a total stands for its parts.

use stripout_model::Stance;

use super::super::token::{COLON, COMMA, MENTION, is_mark};
use super::{Reading, Reason, Verdict, Verdicts};

/// Words between a number and the maker: `the 52 static dome X`.
const NEAR: usize = 3;
/// Tokens of `all of the remaining 52`.
const LONGEST: usize = 8;

impl Verdicts {
    /// `We will buy no more X, and the 52 X that we have will go`: what is denied, refused or ruled out before is not said of
    /// things that are told by their number, as those that there are.
    pub(super) fn definite(
        &self,
        reading: &Reading<'_>,
        place: usize,
        at: usize,
        verdict: Verdict,
        counted: Option<u32>,
    ) -> Verdict {
        let against = matches!(
            verdict.stance,
            Stance::Denies | Stance::Refuses | Stance::Prohibits
        );
        let number = counted.filter(|number| against && *number > 0);
        let (Some(number), Reason::Says(_, to)) = (number, verdict.reason) else {
            return verdict;
        };
        let Some(start) = self.opens_definite(reading, at) else {
            return verdict;
        };
        let mut between = reading
            .tokens
            .get(..start)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|t| t.start >= to)
            .peekable();
        let joined = between
            .peek()
            .is_some_and(|t| t.word == COLON || self.joins.contains(&t.word));
        let parted = between.any(|t| matches!(t.word, MENTION | COLON | COMMA));
        if !(joined && parted) {
            return verdict;
        }
        let sentence = reading.sentences.get(place);
        let later = reading.page.found.iter().filter(|found| {
            let inside = sentence.is_some_and(|s| s.tokens.contains(&found.tokens.start));
            inside && found.tokens.start > at && !self.cues.is_last_resort(found)
        });
        let speaks = later.filter(|found| {
            sentence.is_some_and(|s| self.cues.speaks_of(reading.page, s, found, at))
                || matches!(
                    self.cues.says(found),
                    Some(Stance::Removed | Stance::PlannedRemoval)
                )
        });
        let read = speaks
            .min_by_key(|found| found.rule)
            .map(|found| self.by_cue(reading, found));
        Verdict {
            count: Some(number),
            ..read.unwrap_or(Verdict::new(Stance::Has, Reason::Counted))
        }
    }

    /// Where `the 52` before the mention begins.
    fn opens_definite(&self, reading: &Reading<'_>, at: usize) -> Option<usize> {
        (at.saturating_sub(LONGEST)..at).find(|start| {
            let rest = reading.tokens.get(*start..at).unwrap_or_default();
            let length = self.definite.at_start(rest).map_or(0, |found| found.length);
            let between = rest.get(length..).unwrap_or_default();
            length > 0 && between.len() <= NEAR && !between.iter().any(|t| is_mark(t.word))
        })
    }

    /// A part of what a total in the same paragraph sums up claims no number, and a nought of one place no denial.
    pub(super) fn under_total(
        &self,
        reading: &Reading<'_>,
        at: usize,
        verdict: Verdict,
        counts: &[(usize, u32)],
    ) -> Verdict {
        let Some(own) = verdict.count else { return verdict };
        let sentence = |at: usize| reading.sentences.iter().find(|s| s.tokens.contains(&at));
        let Some(here) = sentence(at).filter(|s| !s.cell) else {
            return verdict;
        };
        let sums = |at: usize| {
            let words = sentence(at).and_then(|s| reading.tokens.get(s.tokens.clone()));
            words.is_some_and(|words| self.totals.at_start(words).is_some())
        };
        let maker = |at: usize| reading.tokens.get(at).and_then(|t| reading.maker(t));
        let total = counts.iter().any(|(other, count)| {
            *other != at
                && *count >= own
                && *count > 0
                && maker(*other) == maker(at)
                && sentence(*other).is_some_and(|s| s.paragraph == here.paragraph)
                && sums(*other)
        });
        if !total || sums(at) {
            return verdict;
        }
        let stance = if own == 0 {
            Stance::Mentions
        } else {
            verdict.stance
        };
        Verdict {
            stance,
            count: None,
            ..verdict
        }
    }
}
