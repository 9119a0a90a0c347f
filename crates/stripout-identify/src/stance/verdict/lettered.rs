//! Makers that a question letters, and answers by letter: `Do you use (a) X (b) Y? (a) Yes (b) No`.

use std::ops::Range;

use stripout_model::Stance;

use super::super::answer::Reply;
use super::super::token::{CLOSE, MENTION, NUMBER, OPEN, is_mark};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

/// Words between a letter and the maker: `(a) cameras by X`.
const BETWEEN: usize = 3;

impl Verdicts {
    /// What the answers under the letter of the mention at token `at` say; the question ends before token `end`.
    pub(super) fn lettered(
        &self,
        reading: &Reading<'_>,
        question: &Range<usize>,
        at: usize,
    ) -> Option<Verdict> {
        let from = at.saturating_sub(BETWEEN + 3).max(question.start);
        let (opens, own) = (from..at).rev().find_map(|i| Some((i, letter(reading, i)?)))?;
        let between = reading.tokens.get(opens + own.length..at)?;
        if between.iter().any(|t| t.word == MENTION || is_mark(t.word)) {
            return None;
        }
        let mut said: Vec<(Reply, Range<usize>)> = Vec::new();
        for i in question.end..reading.tokens.len() {
            let Some(other) = letter(reading, i) else { continue };
            let start = i + other.length;
            let rest = reading.tokens.get(start..).unwrap_or_default();
            // Another question letters other things.
            if rest.iter().take(BETWEEN + 1).any(|t| t.word == MENTION) {
                break;
            }
            if other.letter != own.letter {
                continue;
            }
            let Some((reply, length)) = self.answers.reply(rest) else {
                continue;
            };
            let ends = rest.get(length).is_none_or(|t| is_mark(t.word) || t.opens_line);
            let number = rest
                .get(length.saturating_sub(1))
                .is_some_and(|t| t.word == NUMBER);
            if ends || !number {
                said.push((reply, start..start + length));
            }
        }
        let asked = reading.tokens.get(question.clone())?;
        let (yes, no) = self.answers.question_asks_for(asked);
        let count = said.iter().find_map(|(reply, _)| match reply {
            Reply::Number(number) => Some(*number),
            Reply::Yes | Reply::No => None,
        });
        let affirms = said.iter().find(|(reply, _)| *reply != Reply::No);
        let (reply, place) = affirms.or(said.first())?;
        let (from, to) = bytes(reading.tokens, place)?;
        let stance = if *reply == Reply::No { no } else { yes };
        let none = *reply == Reply::No && self.counts.zero(reading.tokens, place).is_some();
        let count = if stance == Stance::Denies {
            none.then_some(0)
        } else {
            count
        };
        Some(Verdict {
            count,
            ..Verdict::new(stance, Reason::Answered(from, to))
        })
    }
}

/// The mark of an item.
struct Letter {
    letter: char,
    /// Tokens of it.
    length: usize,
}

/// The letter of `(a)` or `a)` at token `at`.
fn letter(reading: &Reading<'_>, at: usize) -> Option<Letter> {
    let token = |at: usize| reading.tokens.get(at);
    let opens = usize::from(token(at)?.word == OPEN);
    let inside = opens == 0 && at.checked_sub(1).and_then(token).is_some_and(|t| t.word == OPEN);
    let (item, close) = (token(at + opens)?, token(at + opens + 1)?);
    let written = reading.text.get(item.start..item.end)?;
    let mut chars = written.chars();
    let only = chars
        .next()
        .filter(|c| c.is_alphabetic() && chars.next().is_none())?;
    (close.word == CLOSE && !inside).then(|| Letter {
        letter: only.to_ascii_lowercase(),
        length: opens + 2,
    })
}
