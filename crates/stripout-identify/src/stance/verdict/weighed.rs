//! What the weights of the words add to the rules: doubt of a reading that little else supports.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::MentionSpan;
use super::super::token::{CELL, MENTION, NUMBER, Token, is_mark, tokens};
use super::super::weigh::each_feature;
use super::{Reading, Reason, Verdict, Verdicts, bytes, is_silent};

/// Hundredths by which another stance must outweigh one that a cue decided.
const BY_CUE: i32 = 300;
/// The same where the cue says `has`: doubt costs less than a false accusation.
const BY_CUE_OF_USE: i32 = 150;
/// The same where only the kind of document, a number or nothing decided.
const BY_DEFAULT: i32 = 150;

impl Verdicts {
    /// The stance that the words lean to, where they outweigh the rules. Never `has`, unless a rule says so: weights alone
    /// accuse nobody. What an answer says of its question stands, for the words around the question do not tell it.
    pub(super) fn weighed(&self, reading: &Reading<'_>, at: usize, ruled: Verdict) -> Verdict {
        let cue = ruled.rule.and_then(|rule| self.cues.rules.get(rule));
        if cue.is_some_and(|cue| cue.settled) {
            return ruled;
        }
        let needed = match (ruled.stance, ruled.reason) {
            (Stance::Has, Reason::Says(..)) => BY_CUE_OF_USE,
            (_, Reason::Says(..)) | (Stance::Has, Reason::Counted) => BY_CUE,
            (Stance::Has, Reason::Kind) => BY_DEFAULT,
            // What is learnt from sentences does not tell what the cells of a row mean that claims nothing.
            (_, Reason::Nothing) if !in_cells(reading) => BY_DEFAULT,
            _ => return ruled,
        };
        let same = |token: &Token| is_same(reading, token, at);
        let heard = heard(reading, at, ruled);
        let words = reading.tokens.get(heard.clone()).unwrap_or_default();
        let lean = self
            .weigher
            .lean(reading.kind, reading.text, words, at - heard.start, same);
        let Some(lean) = lean else { return ruled };
        // A number of devices belongs to neither a denial nor a refusal.
        let counted = ruled.count.is_some_and(|count| count > 0);
        let fits = |stance: &Stance| *stance != Stance::Has && !(counted && is_silent(*stance));
        let other = Stance::ALL.into_iter().filter(fits);
        let Some(stance) = other.max_by_key(|stance| lean.over(*stance, ruled.stance)) else {
            return ruled;
        };
        if lean.over(stance, ruled.stance) <= needed {
            return ruled;
        }
        let word = |at: usize| words.get(at).filter(|t| t.word != MENTION && !is_mark(t.word));
        // A reader learns nothing from `a` or `the`.
        let tells = |place: &Range<usize>| {
            place.clone().all(|at| word(at).is_some())
                && place
                    .clone()
                    .any(|at| word(at).is_some_and(|t| t.end - t.start > 3 && t.word != NUMBER))
        };
        let loudest = lean.loudest(stance, ruled.stance, tells);
        // Dates, sums and marks alone say nothing that a reader could check.
        let Some((from, to)) = loudest.and_then(|place| bytes(words, &place)) else {
            return ruled;
        };
        Verdict {
            count: ruled.count.filter(|_| !is_silent(stance)),
            ..Verdict::new(stance, Reason::Weighed(from, to))
        }
    }

    /// What is weighed about each mention, by its index.
    pub(crate) fn features(
        &self,
        kind: DocumentKind,
        text: &str,
        mentions: &[(usize, &MentionSpan)],
    ) -> Vec<(usize, Vec<String>)> {
        let tokens = tokens(&self.vocabulary, text, 0..text.len(), mentions);
        let maker = |token: &Token| {
            let here = mentions.iter().find(|(i, _)| *i == token.mention);
            here.map(|(_, m)| m.maker)
        };
        let places = tokens.iter().enumerate().filter(|(_, t)| t.word == MENTION);
        places
            .map(|(at, token)| {
                let mut all = Vec::new();
                let same = |other: &Token| maker(other) == maker(token);
                each_feature(kind, text, &tokens, at, same, |words, _| {
                    all.push(words.to_owned());
                });
                all.sort_unstable();
                all.dedup();
                (token.mention, all)
            })
            .collect()
    }
}

/// Tokens that may speak against `ruled`. What a cue denies, refuses, forbids or ends is doubted only by its own sentence and
/// the mention's: the formal sentences of a letter around them say nothing of it. That something is or was there may be
/// doubted from any side.
fn heard(reading: &Reading<'_>, at: usize, ruled: Verdict) -> Range<usize> {
    let all = 0..reading.tokens.len();
    let Reason::Says(from, to) = ruled.reason else {
        return all;
    };
    if matches!(ruled.stance, Stance::Has | Stance::Had | Stance::Mentions) {
        return all;
    }
    let says = |token: &Token| token.start < to && token.end > from;
    let own = reading.sentences.iter().filter(|sentence| {
        let words = reading.tokens.get(sentence.tokens.clone()).unwrap_or_default();
        sentence.tokens.contains(&at) || words.iter().any(says)
    });
    // With the mark that ends it.
    let ends = |end: usize| all.end.min(end + 1);
    let own = own.map(|sentence| sentence.tokens.start..ends(sentence.tokens.end));
    let own = own.reduce(|first, last| first.start..last.end);
    // A mention may stand in no sentence, as in the label of an answer.
    own.filter(|own| own.contains(&at)).unwrap_or(all)
}

/// Whether the text is a row of cells.
fn in_cells(reading: &Reading<'_>) -> bool {
    reading.tokens.iter().any(|token| token.word == CELL)
}

fn is_same(reading: &Reading<'_>, token: &Token, at: usize) -> bool {
    let here = reading.tokens.get(at).and_then(|t| reading.maker(t));
    reading.maker(token) == here
}
