//! What the sentences and clauses around a mention add: they take it up, or refuse what was asked.

use stripout_model::{DocumentKind, Stance};

use super::super::cue::Found;
use super::super::sentence::Sentence;
use super::super::token::MENTION;
use super::{Reading, Reason, Verdict, Verdicts, Within, bytes};

/// Sentences that may go on with what was named.
const LATER: usize = 3;

impl Verdicts {
    /// A question, or a name of which nothing is said, and a later sentence that refuses: `To count X we would visit every
    /// site. Section 12 applies.` Another maker named in between ends the search.
    pub(super) fn refused_later(
        &self,
        reading: &Reading<'_>,
        place: usize,
        within: Within,
    ) -> Option<Verdict> {
        if reading.kind != DocumentKind::Foi {
            return None;
        }
        let here = reading.sentences.get(place)?;
        let later = reading.sentences.iter().skip(place + 1);
        let near = later.take_while(|s| within == Within::Document || s.paragraph == here.paragraph);
        for sentence in near {
            let words = reading.tokens.get(sentence.tokens.clone())?;
            if words.iter().any(|t| t.word == MENTION) {
                return None;
            }
            let refusal = reading.page.found.iter().find(|f| {
                sentence.tokens.contains(&f.tokens.start) && self.cues.says(f) == Some(Stance::Refuses)
            });
            if let Some(found) = refusal.filter(|_| !sentence.asks) {
                let (from, to) = bytes(reading.tokens, &found.tokens)?;
                return Some(Verdict {
                    rule: Some(found.rule),
                    ..Verdict::new(Stance::Refuses, Reason::Answered(from, to))
                });
            }
        }
        None
    }

    /// `The make is withheld under section 31; this covers whether any are X`: a sentence that takes a refusal up.
    pub(super) fn refused_before(&self, reading: &Reading<'_>, place: usize) -> Option<Verdict> {
        let here = reading.sentences.get(place)?;
        let before = reading.sentences.get(place.checked_sub(1)?)?;
        let words = |s: &Sentence| reading.tokens.get(s.tokens.clone()).unwrap_or_default();
        let goes_on = reading.kind == DocumentKind::Foi
            && before.paragraph == here.paragraph
            && !before.asks
            && self.answers.takes_up(words(here))
            && !words(before).iter().any(|t| t.word == MENTION);
        let refusal = |f: &&Found| {
            before.tokens.contains(&f.tokens.start) && self.cues.says(f) == Some(Stance::Refuses)
        };
        let found = reading.page.found.iter().find(refusal).filter(|_| goes_on)?;
        Some(self.by_cue(reading, found))
    }

    /// `There are 12 X and we will remove them all`: a later clause whose verb stands before `them`.
    fn taken_up_here<'a>(&self, reading: &Reading<'a>, place: usize, at: usize) -> Option<&'a Found> {
        let here = reading.sentences.get(place)?;
        let rest = at + 1..here.tokens.end;
        let alone = !reading
            .tokens
            .get(rest.clone())?
            .iter()
            .any(|t| t.word == MENTION);
        let object = |f: &&Found| {
            let after = reading.tokens.get(f.tokens.end..here.tokens.end);
            after.is_some_and(|words| self.answers.stands_for(words))
        };
        let clause = |token: usize| reading.page.clauses.get(token);
        let later = reading
            .page
            .found
            .iter()
            .filter(|f| rest.contains(&f.tokens.start));
        let later = later
            .filter(|f| clause(f.tokens.start) != clause(at))
            .filter(object);
        let found = later.min_by_key(|f| f.rule).filter(|_| alone)?;
        let gone = matches!(
            self.cues.says(found),
            Some(Stance::Removed | Stance::PlannedRemoval)
        );
        gone.then_some(found)
    }

    /// `We have 12 of them. They will be replaced.`: the sentence after may take the mention up, or the rest of its own.
    pub(super) fn taken_up(
        &self,
        reading: &Reading<'_>,
        place: usize,
        at: usize,
        verdict: Verdict,
    ) -> Verdict {
        if !matches!(verdict.stance, Stance::Has | Stance::Had) {
            return verdict;
        }
        if let Some(found) = self.taken_up_here(reading, place, at) {
            return self.by_cue(reading, found);
        }
        let later = reading.sentences.get(place + 1..).unwrap_or_default();
        let Some(here) = reading.sentences.get(place) else {
            return verdict;
        };
        for (turn, next) in later.iter().take(LATER).enumerate() {
            let words = reading.tokens.get(next.tokens.clone()).unwrap_or_default();
            let takes = next.paragraph == here.paragraph && !next.cell && !next.asks && next.label.is_none();
            let opens = self.answers.takes_up(words);
            // Only the sentence right after may speak of them later on.
            if !takes || words.iter().any(|t| t.word == MENTION) || turn > 0 && !opens {
                break;
            }
            let object = |f: &&Found| {
                let after = reading.tokens.get(f.tokens.end..next.tokens.end);
                after.is_some_and(|rest| self.answers.stands_for(rest))
            };
            let later = reading
                .page
                .found
                .iter()
                .filter(|f| next.tokens.contains(&f.tokens.start))
                .filter(|f| opens || object(f));
            let ends = |f: &&Found| {
                let says = self.cues.says(f);
                matches!(says, Some(Stance::Removed | Stance::PlannedRemoval | Stance::Had))
            };
            match later.min_by_key(|f| f.rule) {
                Some(found) if ends(&found) => return self.by_cue(reading, found),
                Some(_) if turn > 0 => break,
                _ => {}
            }
            if !opens {
                break;
            }
        }
        verdict
    }
}
