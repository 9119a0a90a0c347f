//! What the text says of each mention: has it, had it, removed it, denies it ... and how many.
//!
//! Cues with scope in a fixed order, question and answer pairs, then the kind of document. Where signals conflict the
//! reading that accuses nobody wins.

mod aligned;
mod answer;
mod count;
mod cue;
mod heading;
mod holder;
pub(crate) mod phrase;
mod row;
pub(crate) mod sentence;
pub(crate) mod set;
pub(crate) mod token;
mod verdict;
mod weigh;

use std::ops::Range;

use stripout_catalogue::StanceWords;
use stripout_model::{DocumentKind, Stance};

use verdict::Verdicts;

/// A recognised maker in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionSpan {
    /// Index of the maker: equal means the same maker.
    pub maker: usize,
    /// Bytes in the text.
    pub span: Range<usize>,
    /// Recognised by a model number.
    pub is_model: bool,
}

/// What the text says of one mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub stance: Stance,
    /// Bytes in the text; empty when the kind of document decided.
    pub cue: Range<usize>,
    /// Devices of this maker that the text states.
    pub count: Option<u32>,
    /// Half a sentence: `the text says "have been removed"`, `listed in a spend row`.
    pub why: String,
    /// Only the weights of the words speak for it, no cue and no answer: a guess, which a person has to look at.
    pub guessed: bool,
}

impl Judged {
    /// A name over a cell of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Self {
            stance: Stance::Mentions,
            cue: 0..0,
            count: None,
            why: "names a column, and what its cells say of it is not known".into(),
            guessed: true,
        }
    }
}

/// A text to be judged.
#[derive(Debug, Clone, Copy)]
struct Whole<'a> {
    kind: DocumentKind,
    text: &'a str,
    /// Who writes, where that is known.
    author: Option<&'a str>,
}

/// The compiled word lists.
#[derive(Debug)]
pub struct StanceRules {
    verdicts: Verdicts,
}

/// Bytes before and after a mention that can bear on it: a page of text.
const WINDOW: usize = 3_000;
/// Mentions, and bytes between the first and the last of them, that are read in one go: bounds the work on a text that
/// is nothing but names.
const TOGETHER: usize = 64;
const LONGEST: usize = 16_000;

impl StanceRules {
    pub fn new(words: &StanceWords) -> Self {
        Self {
            verdicts: Verdicts::new(words),
        }
    }

    /// Phrases that no text matches, each with the reason.
    pub(crate) fn mute(&self) -> &[String] {
        &self.verdicts.mute
    }

    /// What is weighed about each mention, in the order given: what the weights of the word lists are learnt by.
    pub fn features(&self, kind: DocumentKind, text: &str, mentions: &[MentionSpan]) -> Vec<Vec<String>> {
        let mut ordered: Vec<_> = mentions.iter().enumerate().collect();
        ordered.sort_by_key(|(index, m)| (m.span.start, std::cmp::Reverse(m.span.end), *index));
        let mut out = vec![Vec::new(); mentions.len()];
        for (index, features) in self.verdicts.features(kind, text, &ordered) {
            if let Some(slot) = out.get_mut(index) {
                *slot = features;
            }
        }
        out
    }

    /// What the table of two lines says of each mention, a row under its headings: cells between bars. `None` where it says
    /// no more than the words of the row.
    pub(crate) fn in_table(
        &self,
        kind: DocumentKind,
        text: &str,
        mentions: &[MentionSpan],
    ) -> Vec<Option<Judged>> {
        self.verdicts.in_table(kind, text, mentions)
    }

    /// Whether a heading that names a maker says, by the rest of its words, that its cells count or affirm.
    pub(crate) fn heads_counts(&self, rest: &str) -> bool {
        self.verdicts.heads_counts(rest)
    }

    /// Whether a cell has nothing to say.
    pub(crate) fn is_blank(&self, cell: &str) -> bool {
        self.verdicts.is_blank(cell)
    }

    /// One answer per mention, in the order given. `text` is one row (cells joined by ` | `), one field, or paragraphs
    /// joined by blank lines. A span that does not fit the text is answered with [`Stance::Mentions`].
    pub fn judge(&self, kind: DocumentKind, text: &str, mentions: &[MentionSpan]) -> Vec<Judged> {
        self.judge_by(None, kind, text, mentions)
    }

    /// The same of a text whose author is known: what it says of other bodies is no claim of theirs.
    pub(crate) fn judge_by(
        &self,
        author: Option<&str>,
        kind: DocumentKind,
        text: &str,
        mentions: &[MentionSpan],
    ) -> Vec<Judged> {
        let nothing = Judged {
            stance: Stance::Mentions,
            cue: 0..0,
            count: None,
            why: "not read: the place does not fit the text".into(),
            guessed: true,
        };
        let mut out = vec![nothing; mentions.len()];
        let mut ordered: Vec<(usize, &MentionSpan)> = mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| text.get(m.span.clone()).is_some_and(|s| !s.is_empty()))
            .collect();
        ordered.sort_by_key(|(index, m)| (m.span.start, std::cmp::Reverse(m.span.end), *index));
        let mut next = 0;
        while let Some((_, first)) = ordered.get(next) {
            let mut reached = first.span.end;
            let together = ordered
                .iter()
                .skip(next)
                .take(TOGETHER)
                .take_while(|(_, m)| {
                    let near = m.span.start <= reached.saturating_add(WINDOW)
                        && m.span.start <= first.span.start.saturating_add(LONGEST);
                    reached = reached.max(if near { m.span.end } else { 0 });
                    near
                })
                .count();
            let start = boundary_before(text, first.span.start.saturating_sub(WINDOW));
            let end = boundary_after(text, reached.saturating_add(WINDOW));
            // Other makers around are read too, or their cues would be taken for this one's.
            let from = ordered.partition_point(|(_, m)| m.span.start < start);
            let to = ordered.partition_point(|(_, m)| m.span.start < end);
            let around = ordered.get(from..to).unwrap_or_default();
            let own = next.saturating_sub(from)..(next + together).saturating_sub(from);
            let whole = Whole { kind, text, author };
            self.verdicts.judge(whole, start..end, around, own, &mut out);
            next += together;
        }
        out
    }
}

fn boundary_before(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn boundary_after(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len())
        .find(|i| text.is_char_boundary(*i))
        .unwrap_or(text.len())
}

#[cfg(test)]
mod tests;
