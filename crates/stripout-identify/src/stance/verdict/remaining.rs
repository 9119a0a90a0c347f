//! What is left where others are gone: `X cameras were taken out of the hall, but 15 remain at the depot`.

use stripout_model::Stance;

use super::super::token::MENTION;
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// Of things that were removed, those that later words of the sentence or of the one after it say are left.
    pub(super) fn remaining(
        &self,
        reading: &Reading<'_>,
        place: usize,
        at: usize,
        verdict: &Verdict,
    ) -> Option<Verdict> {
        let told = matches!(verdict.stance, Stance::Removed | Stance::Has) && verdict.count.is_none();
        told.then_some(())?;
        let here = reading.sentences.get(place).filter(|s| !s.cell)?;
        let next = reading.sentences.get(place + 1);
        let next = next.filter(|s| s.paragraph == here.paragraph && !s.asks && s.label.is_none());
        let end = next.map_or(here.tokens.end, |next| next.tokens.end);
        let named = |at: &usize| reading.tokens.get(*at).is_some_and(|t| t.word == MENTION);
        let end = (at + 1..end).find(named).unwrap_or(end);
        let (count, words) = self.counts.staying(reading.tokens, &(at + 1..end))?;
        // `15 remain to be removed`
        let leaving = reading.page.found.iter().any(|found| {
            (words.end..end).contains(&found.tokens.start)
                && self.cues.says(found) == Some(Stance::PlannedRemoval)
        });
        let stance = if leaving {
            Stance::PlannedRemoval
        } else {
            Stance::Has
        };
        let (from, to) = bytes(reading.tokens, &words)?;
        Some(Verdict {
            count: Some(count),
            ..self.settled(stance, Reason::Says(from, to))
        })
    }
}
