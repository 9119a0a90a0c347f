//! What a cell of a table says, and what the cells of a column or row come to.

use std::ops::Range;

use stripout_model::Stance;

use super::super::answer::Reply;
use super::super::heading::Head;
use super::super::row::words;
use super::super::token::{COMMA, MENTION, NUMBER, is_mark};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

/// The whole of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Blank,
    Number(u32),
    /// A nought in words that are no number: `none`.
    No,
    Yes,
    Withheld,
    /// Words that give no value.
    Open,
}

/// Numbers that are as likely a year.
const YEARS: Range<u32> = 1_980..2_100;

/// Cells that say something of one state.
#[derive(Debug, Default)]
pub(super) struct Cells(Vec<(Said, Range<usize>)>);

impl Verdicts {
    pub(super) fn cell(&self, reading: &Reading<'_>, cell: &Range<usize>) -> Said {
        let tokens = words(reading.tokens, cell);
        if self.headings.is_blank(&written(reading, cell)) {
            return Said::Blank;
        }
        if let Some(number) = self.counts.cell_value(reading.tokens, cell) {
            return if YEARS.contains(&number) {
                Said::Open
            } else {
                Said::Number(number)
            };
        }
        if self.answers.is_withheld(tokens) {
            return Said::Withheld;
        }
        match self.answers.reply(tokens).filter(|(reply, length)| {
            let rest = tokens.get(*length..).unwrap_or_default();
            // `none, all taken out`
            let told = *reply == Reply::No
                && rest.first().is_some_and(|t| t.word == COMMA)
                && !rest.iter().any(|t| t.word == NUMBER);
            rest.is_empty() || told
        }) {
            Some((Reply::No, _)) => Said::No,
            Some((Reply::Yes, _)) => Said::Yes,
            Some((Reply::Number(_), _)) | None => Said::Open,
        }
    }

    /// What a heading or label is, whichever makers it names.
    pub(super) fn head(&self, reading: &Reading<'_>, cell: &Range<usize>) -> Head {
        self.headings.of(&written(reading, cell))
    }
}

/// The words of a cell as written, without the makers it names.
pub(super) fn written(reading: &Reading<'_>, cell: &Range<usize>) -> String {
    let mut text = String::new();
    let mut end = None;
    for token in words(reading.tokens, cell) {
        let named = token.word == MENTION;
        let gap = end.and_then(|end| reading.text.get(end..token.start));
        text.push_str(gap.unwrap_or_default());
        text.push_str(
            reading
                .text
                .get(token.start..token.end)
                .filter(|_| !named)
                .unwrap_or(" "),
        );
        end = Some(token.end);
    }
    text
}

impl Cells {
    pub(super) fn add(&mut self, said: Said, place: &Range<usize>) {
        if said != Said::Blank {
            self.0.push((said, place.clone()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any cell says that there is one.
    pub(super) fn any(&self) -> bool {
        self.0.iter().any(|(said, _)| is_some(*said))
    }

    /// Their sum, where each of them is a number or says none.
    pub(super) fn sum(&self) -> Option<u32> {
        self.0.iter().try_fold(0_u32, |sum, (said, _)| match said {
            Said::Number(number) => sum.checked_add(*number),
            Said::No => Some(sum),
            Said::Blank | Said::Yes | Said::Withheld | Said::Open => None,
        })
    }

    /// What they say of things in that state: the state itself where there are any; that there are none only where each cell
    /// says so and the state is use.
    pub(super) fn verdict(&self, reading: &Reading<'_>, state: Stance) -> Option<Verdict> {
        let (_, place) = self
            .0
            .iter()
            .find(|(said, _)| is_some(*said))
            .or(self.0.first())?;
        let (from, to) = bytes(reading.tokens, place)?;
        let reason = Reason::Value(from, to);
        if self.any() {
            return Some(Verdict {
                count: self.sum(),
                ..Verdict::new(state, reason)
            });
        }
        let all = |wanted: &[Said]| self.0.iter().all(|(said, _)| wanted.contains(said));
        if all(&[Said::No, Said::Number(0)]) && state == Stance::Has {
            let mut digits = self
                .0
                .iter()
                .filter_map(|(_, cell)| reading.tokens.get(cell.start));
            let figures = digits.all(|token| token.word == NUMBER);
            return Some(Verdict {
                count: figures.then_some(0),
                ..Verdict::new(Stance::Denies, reason)
            });
        }
        let kept = self.0.iter().any(|(said, _)| *said == Said::Withheld);
        let stance = if kept { Stance::Refuses } else { Stance::Mentions };
        Some(Verdict::new(stance, reason))
    }
}

fn is_some(said: Said) -> bool {
    matches!(said, Said::Yes | Said::Number(1..))
}

/// Whether nothing but marks stands there.
pub(super) fn is_empty(reading: &Reading<'_>, cell: &Range<usize>) -> bool {
    words(reading.tokens, cell)
        .iter()
        .all(|token| is_mark(token.word))
}
