//! What the answer to a question says of the maker that the question names.

use std::ops::Range;

use stripout_model::Stance;

use super::super::answer::{AnswerRules, Reply};
use super::super::cue::Found;
use super::super::sentence::Sentence;
use super::super::token::{MENTION, QUESTION, Token, is_mark};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// The cue that decides an answer, where one does; `replies`: it opens with a yes, a no or a number.
    fn told_by<'a>(
        &self,
        reading: &Reading<'a>,
        answer: &Range<usize>,
        at: usize,
        replies: bool,
    ) -> Option<&'a Found> {
        let mut best: Option<&Found> = None;
        for (i, sentence) in (answer.start..).zip(reading.sentences.get(answer.clone()).unwrap_or_default()) {
            let more = i > answer.start;
            let own = reading.tokens.get(sentence.tokens.clone()).unwrap_or_default();
            // Later sentences of an answer count when they take it up (`They will be replaced`); another maker's do not.
            if more && !self.answers.takes_up(own)
                || own.iter().any(|t| t.word == MENTION && !same(reading, t, at))
            {
                continue;
            }
            for found in reading
                .page
                .found
                .iter()
                .filter(|f| sentence.tokens.contains(&f.tokens.start))
            {
                let says = self.cues.says(found);
                let speaks =
                    !matches!(says, None | Some(Stance::Has | Stance::Mentions)) || self.cues.is_firm(found);
                // `No` is read by what was asked; a denial after `Yes` denies something else.
                let denial = says == Some(Stance::Denies) && replies;
                if speaks && !denial && best.is_none_or(|b| found.rule < b.rule) {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// The words of the question in sentence `place`, with the question that it leads to where it is none itself.
    fn question<'a>(reading: &Reading<'a>, place: usize) -> Option<&'a [Token]> {
        let here = reading.sentences.get(place)?;
        let asks = reading
            .tokens
            .get(here.tokens.end)
            .is_some_and(|t| t.word == QUESTION);
        let next = reading.sentences.get(place + 1).filter(|next| next.asks && !asks);
        let end = next
            .filter(|next| next.label.is_none() && next.paragraph == here.paragraph)
            .map_or(here.tokens.end, |next| next.tokens.end);
        reading.tokens.get(here.tokens.start..end)
    }

    /// What the answer to the question in sentence `place` says of the mention at token `at`, with what answers to later
    /// questions about the same things add: `How many X? 28. Will they be removed? Yes.`
    pub(super) fn answered(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Verdict> {
        let verdict = self.answer(reading, place, at)?;
        if verdict.stance != Stance::Has {
            return Some(verdict);
        }
        let words = |s: &Sentence| reading.tokens.get(s.tokens.clone()).unwrap_or_default();
        let later = reading.sentences.iter().enumerate().skip(place + 1);
        let mut later = later.take_while(|(_, s)| !words(s).iter().any(|t| t.word == MENTION));
        let ends = later.find_map(|(later, sentence)| {
            let (yes, _) = self.answers.question_asks_for(words(sentence));
            let ends = matches!(yes, Stance::Removed | Stance::PlannedRemoval)
                && sentence.asks
                && self.answers.speaks_of_them(words(sentence));
            let answer = AnswerRules::answer_to(reading.sentences, later).filter(|_| ends)?;
            let first = reading.sentences.get(answer.start)?;
            let (reply, length) = self.answers.reply(words(first))?;
            let start = first.tokens.start;
            let (from, to) = bytes(reading.tokens, &(start..start + length))?;
            (reply == Reply::Yes).then(|| Verdict {
                count: verdict.count,
                ..Verdict::new(yes, Reason::Answered(from, to))
            })
        });
        Some(ends.unwrap_or(verdict))
    }

    /// What the answer to the question in sentence `place` says of the mention at token `at`.
    fn answer(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Verdict> {
        let asked = Self::question(reading, place)?;
        // A bracket left over after the full stop answers nothing.
        let says_words = |answer: &Range<usize>| {
            let first = reading.sentences.get(answer.start);
            let words = first.and_then(|s| reading.tokens.get(s.tokens.clone()));
            words.is_some_and(|w| w.iter().any(|t| !is_mark(t.word)))
        };
        let after = AnswerRules::answer_to(reading.sentences, place).filter(says_words);
        let answer = after.or_else(|| {
            self.answers
                .answer_before(reading.tokens, reading.sentences, place, at)
        })?;
        let first = reading.sentences.get(answer.start)?;
        let words = reading.tokens.get(first.tokens.clone())?;
        let reply = self.answers.reply(words);
        // Words that explain an answer given before them need no verb.
        let (yes, no) = if answer.start < place {
            self.answers.asks_for(asked)
        } else {
            self.answers.question_asks_for(asked)
        };
        let best = self.told_by(reading, &answer, at, reply.is_some());
        let count = || {
            self.counts.answer(
                reading.tokens,
                reading.sentences,
                &self.answers,
                place,
                answer.clone(),
            )
        };
        if let Some(found) = best {
            let verdict = self.by_cue(reading, found);
            let (from, to) = bytes(reading.tokens, &found.tokens)?;
            let count = if matches!(verdict.stance, Stance::Denies | Stance::Refuses) {
                None
            } else {
                count()
            };
            return Some(Verdict {
                reason: Reason::Answered(from, to),
                count,
                ..verdict
            });
        }
        // `The college uses Y only` names a maker, but not the one asked about.
        let maker = reading.tokens.get(at).and_then(|t| reading.maker(t));
        let names_it = words
            .iter()
            .any(|t| t.word == MENTION && reading.maker(t) == maker);
        let named = words.iter().any(|t| t.word == MENTION);
        if let Some(only) = self
            .answers
            .names_others_only(words)
            .filter(|_| reply.is_none() && !names_it)
        {
            let at = first.tokens.start;
            let (from, to) = bytes(reading.tokens, &(at + only.start..at + only.end))?;
            return Some(Verdict::new(no, Reason::Answered(from, to)));
        }
        if reply.is_none() && !named && self.answers.asks_how_many(asked) {
            let (count, at) = self.counts.stated(reading.tokens, first)?;
            let (from, to) = bytes(reading.tokens, &at)?;
            return Some(Verdict {
                count: Some(count),
                ..Verdict::new(yes, Reason::Answered(from, to))
            });
        }
        let (reply, length) = reply?;
        // `Do you use Y or X? Yes. Y: 12, X: 0.`
        if reply == Reply::Yes && self.none_later(reading, answer.end, at) {
            return None;
        }
        let (from, to) = bytes(reading.tokens, &(first.tokens.start..first.tokens.start + length))?;
        let reason = Reason::Answered(from, to);
        Some(match reply {
            Reply::No => Verdict {
                count: self.none(reading, asked, &(first.tokens.start..first.tokens.start + length)),
                ..Verdict::new(no, reason)
            },
            Reply::Yes | Reply::Number(_) => Verdict {
                count: count(),
                ..Verdict::new(yes, reason)
            },
        })
    }
}

/// Whether the mention token is of the same maker as the one at `at`.
fn same(reading: &Reading<'_>, token: &Token, at: usize) -> bool {
    let here = reading.tokens.get(at).and_then(|t| reading.maker(t));
    here.is_some() && here == reading.maker(token)
}
