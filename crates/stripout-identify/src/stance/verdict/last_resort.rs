//! Words that no cue has read, where the text would else be taken to say `has`, or nothing.

use stripout_model::Stance;

use super::super::cue::Found;
use super::super::sentence::Sentence;
use super::super::token::MENTION;
use super::{Reading, Reason, Verdict, Verdicts};

impl Verdicts {
    /// A `not` or a `reject` that is left over speaks against the reading that accuses. A wording that no list knows falls
    /// to the stance that its bare word leans to, never to `has`.
    pub(super) fn left_over(
        &self,
        reading: &Reading<'_>,
        sentence: &Sentence,
        at: usize,
        verdict: Verdict,
    ) -> Verdict {
        let open = match verdict.stance {
            Stance::Has => true,
            Stance::Mentions => {
                let weak = |rule: usize| self.cues.rules.get(rule).is_some_and(|r| r.weak);
                verdict.reason == Reason::Nothing || verdict.rule.is_some_and(weak)
            }
            _ => false,
        };
        if !open {
            return verdict;
        }
        let all = reading.page.found;
        let from = all.partition_point(|f| f.paragraph < sentence.paragraph);
        let to = all.partition_point(|f| f.paragraph <= sentence.paragraph);
        let near = all.get(from..to).unwrap_or_default();
        let mentions = || {
            let here = sentence.tokens.clone();
            here.filter(|i| reading.tokens.get(*i).is_some_and(|t| t.word == MENTION))
        };
        // A cue that reaches no mention has read nothing.
        let speaks = |f: &Found| mentions().any(|m| self.cues.speaks_of(reading.page, sentence, f, m));
        let read = |words: &Found| {
            near.iter()
                .filter(|f| !self.cues.is_last_resort(f))
                .filter(|f| f.tokens.start < words.tokens.end && words.tokens.start < f.tokens.end)
                .any(speaks)
        };
        let left = near
            .iter()
            .filter(|f| self.cues.is_last_resort(f))
            .filter(|f| self.cues.speaks_of(reading.page, sentence, f, at) && !read(f));
        left.min_by_key(|f| f.rule)
            .map_or(verdict, |found| self.by_cue(reading, found))
    }
}
