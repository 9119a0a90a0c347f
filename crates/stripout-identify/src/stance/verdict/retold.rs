//! What a text tells of earlier words, its own or others': questions it takes up, statements that it asks about, corrects
//! or withdraws.

use stripout_model::{DocumentKind, Stance};

use super::super::answer::{AnswerRules, Reply};
use super::super::sentence::Sentence;
use super::super::token::{MENTION, Token};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

/// Sentences after the one that is corrected.
const LATER: usize = 3;

impl Verdicts {
    /// What is said of the mention at token `at` in sentence `place` by what stands around it, where that is no claim of
    /// its own.
    pub(super) fn retold(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Verdict> {
        if !matches!(reading.kind, DocumentKind::Foi | DocumentKind::Letter) {
            return None;
        }
        let sentence = reading.sentences.get(place).filter(|s| !s.cell)?;
        if sentence.asks {
            return None;
        }
        match self.checked(reading, place) {
            Some(Reply::Yes) => return None,
            Some(Reply::No | Reply::Number(_)) => {
                return Some(Verdict::new(Stance::Mentions, Reason::Asked));
            }
            None => {}
        }
        if self.is_withdrawn(reading, place) {
            return Some(Verdict::new(Stance::Mentions, Reason::Quoted));
        }
        self.corrected(reading, place, at)
            .or_else(|| self.answer_told(reading, place))
    }

    /// `X runs 120 cameras. Is that right? No.`: the answer to the question about the sentence; `No` where none is given.
    fn checked(&self, reading: &Reading<'_>, place: usize) -> Option<Reply> {
        let next = reading.sentences.get(place + 1).filter(|s| s.asks)?;
        self.answers.checks(words(reading, next)).then_some(())?;
        let answer = AnswerRules::answer_to(reading.sentences, place + 1);
        let first = answer.and_then(|answer| reading.sentences.get(answer.start));
        let reply = first.and_then(|first| self.answers.reply(words(reading, first)));
        Some(reply.map_or(Reply::No, |(reply, _)| reply))
    }

    /// Stands below the head of an earlier message that the text withdraws.
    fn is_withdrawn(&self, reading: &Reading<'_>, place: usize) -> bool {
        let earlier = reading.sentences.get(..place).unwrap_or_default();
        let withdraws = |s: &&Sentence| self.retracts.withdraws.found_in(words(reading, s));
        let Some(end) = earlier
            .iter()
            .find(withdraws)
            .and_then(|s| reading.tokens.get(s.tokens.end.checked_sub(1)?))
        else {
            return false;
        };
        let start = reading
            .sentences
            .get(place)
            .and_then(|s| reading.tokens.get(s.tokens.start));
        let between = start.and_then(|start| reading.text.get(end.end..start.start));
        between.unwrap_or_default().lines().any(|line| {
            let line = line.trim().to_lowercase();
            line.starts_with("-----") || line.starts_with("from:") || line.ends_with("wrote:")
        })
    }

    /// `We told you that there are none. In fact there are 12.`: the number of the correction, or none at all.
    fn corrected(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Verdict> {
        let here = reading.sentences.get(place)?;
        let before = reading.tokens.get(here.tokens.start..at)?;
        self.retracts.told_before.found_in(before).then_some(())?;
        let mut corrects = None;
        for later in reading.sentences.get(place + 1..)?.iter().take(LATER) {
            let own = words(reading, later);
            if later.asks || later.paragraph > here.paragraph + 1 {
                break;
            }
            if corrects.is_none() && self.retracts.corrects.found_in(own) {
                corrects = bytes(reading.tokens, &later.tokens);
            }
            let Some((from, to)) = corrects else {
                // Only a correction that follows at once, or after a word of regret, corrects this.
                continue;
            };
            let reason = Reason::Corrected(from, to);
            if let Some(named) = own.iter().position(|t| t.word == MENTION) {
                // It speaks of a maker itself; of the same one it says what is true.
                let again = later.tokens.start + named;
                let maker = |at: usize| reading.tokens.get(at).and_then(|t| reading.maker(t));
                let stance = if maker(again) == maker(at) {
                    self.verdict(reading, again, None).stance
                } else {
                    Stance::Mentions
                };
                return Some(Verdict::new(stance, reason));
            }
            let here = self.retracts.corrects.found_in(own) || self.retracts.same_make.found_in(own);
            let number = || self.counts.corrected(reading.tokens, later);
            if let Some(count) = here.then(number).flatten() {
                let stance = if count == 0 { Stance::Denies } else { Stance::Has };
                return Some(Verdict {
                    count: Some(count),
                    ..Verdict::new(stance, reason)
                });
            }
        }
        let (from, to) = corrects?;
        Some(Verdict::new(Stance::Mentions, Reason::Corrected(from, to)))
    }

    /// `You asked how many X we have. The answer is nil.`
    fn answer_told(&self, reading: &Reading<'_>, place: usize) -> Option<Verdict> {
        let here = reading.sentences.get(place)?;
        let asked = words(reading, here);
        if !self.answers.tells_of_question(asked) {
            return None;
        }
        let next = reading.sentences.get(place + 1)?;
        let answer = words(reading, next);
        if next.asks || next.paragraph > here.paragraph + 1 || answer.iter().any(|t| t.word == MENTION) {
            return None;
        }
        let bare = || {
            let (reply, length) = self.answers.reply(answer)?;
            (length == answer.len()).then_some((reply, 0..length))
        };
        let (reply, value) = self.answers.answer_is(answer).or_else(bare)?;
        let value = next.tokens.start + value.start..next.tokens.start + value.end;
        let (from, to) = bytes(reading.tokens, &value)?;
        let (yes, no) = self.answers.question_asks_for(asked);
        let stance = if reply == Reply::No { no } else { yes };
        let count = match reply {
            Reply::No => Some(0).filter(|_| self.counts.is_none(reading.tokens, &value)),
            Reply::Yes => None,
            Reply::Number(_) => self.counts.stated(reading.tokens, next).map(|(count, _)| count),
        };
        Some(Verdict {
            count,
            ..Verdict::new(stance, Reason::Answered(from, to))
        })
    }
}

fn words<'a>(reading: &Reading<'a>, sentence: &Sentence) -> &'a [Token] {
    reading.tokens.get(sentence.tokens.clone()).unwrap_or_default()
}
