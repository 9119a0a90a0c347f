//! Forms: names of which each has a box or a letter beside it, `X [x]  Y [ ]`, `☐ X ☑ Y`, `X Y / Z N`.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::answer::Choice;
use super::super::token::{CELL, COLON, DASH, EQUALS, MENTION, NUMBER, Token, is_mark};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

/// Words of a name in a form.
const NAME: usize = 4;
/// Words of a form.
const FORM: usize = 400;

/// A box or a letter, and its place.
struct Chosen {
    what: Choice,
    place: Range<usize>,
}

impl Verdicts {
    /// What the choice beside the mention at token `at` says, where each name of the form has one. A form in which nothing is
    /// ticked was not filled in.
    pub(super) fn chosen(&self, reading: &Reading<'_>, at: usize) -> Option<Verdict> {
        if !matches!(
            reading.kind,
            DocumentKind::Foi | DocumentKind::Letter | DocumentKind::Asset
        ) {
            return None;
        }
        let form = paragraph(reading, at)?;
        let choices = self.choices(reading, &form);
        if choices.len() < 2 {
            return None;
        }
        let names = names(reading, &form, &choices)?;
        let own = names.iter().position(|name| name.contains(&at))?;
        let choice = choices.get(own)?;
        let start = names.first()?.start.min(choices.first()?.place.start);
        let (yes, no) = self
            .answers
            .question_asks_for(reading.tokens.get(form.start..start)?);
        let filled = choices.iter().any(|choice| choice.what != Choice::Empty);
        let stance = match choice.what {
            Choice::Yes => yes,
            Choice::No => no,
            Choice::Empty if filled => no,
            Choice::Empty => Stance::Mentions,
        };
        let (from, to) = bytes(reading.tokens, &choice.place)?;
        Some(Verdict::new(stance, Reason::Value(from, to)))
    }

    fn choices(&self, reading: &Reading<'_>, form: &Range<usize>) -> Vec<Chosen> {
        let tokens = reading.tokens;
        let mut out: Vec<Chosen> = Vec::new();
        let mut at = form.start;
        while at < form.end {
            let rest = tokens.get(at..form.end).unwrap_or_default();
            let found = self.answers.choice(rest).filter(|(_, length)| {
                // A letter is a choice only where nothing but the next name or a mark follows.
                let next = tokens.get(at + length).filter(|_| at + length < form.end);
                let boxed = rest.first().is_some_and(|t| !t.is_spelt(reading.text));
                boxed || next.is_none_or(|t| is_mark(t.word) || t.opens_line)
            });
            let length = found.map_or(1, |(what, length)| {
                let place = at..at + length;
                out.push(Chosen { what, place });
                length
            });
            at += length;
        }
        out
    }
}

/// Tokens of the part between blank lines around token `at`.
fn paragraph(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let token = reading.tokens.get(at)?;
    let start = reading.text.get(..token.start)?.rfind("\n\n").unwrap_or(0);
    let rest = reading.text.get(token.end..)?;
    let end = rest
        .find("\n\n")
        .map_or(reading.text.len(), |end| token.end + end);
    let first = reading.tokens.partition_point(|t| t.start < start);
    let last = reading.tokens.partition_point(|t| t.end <= end);
    (last - first <= FORM).then_some(first..last)
}

/// The name of each choice: all stand before their choice, or all behind it.
fn names(reading: &Reading<'_>, form: &Range<usize>, choices: &[Chosen]) -> Option<Vec<Range<usize>>> {
    let tokens = reading.tokens;
    let first = choices.first()?;
    let named = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|t| t.word == MENTION || t.capital && !is_mark(t.word))
    };
    let last = choices.last()?.place.end;
    let before = (form.start..first.place.start).next_back().is_some_and(|at| {
        // `In use: ☐ X ☑ Y` has its names behind the boxes, `X: [x] Y: [ ]` before them.
        named(at) || tokens.get(at).is_some_and(ties) && !named(last)
    });
    let spelt = |choice: &Chosen| {
        let first = tokens.get(choice.place.start);
        first.is_some_and(|t| t.is_spelt(reading.text))
    };
    let boxed = !choices.iter().any(spelt);
    if !before && !boxed {
        return None;
    }
    let ends = choices.iter().map(|choice| choice.place.end);
    let starts = choices.iter().map(|choice| choice.place.start);
    let between: Vec<Range<usize>> = if before {
        let opens = (form.start..first.place.start)
            .rev()
            .skip_while(|at| tokens.get(*at).is_some_and(ties))
            .take_while(|at| named(*at))
            .last()?;
        std::iter::once(opens)
            .chain(ends)
            .zip(starts)
            .map(|(a, b)| a..b)
            .collect()
    } else {
        let closes = (last..form.end).take_while(|at| named(*at)).last()? + 1;
        ends.zip(starts.skip(1).chain([closes]))
            .map(|(a, b)| a..b)
            .collect()
    };
    between.into_iter().map(|part| name(tokens, part)).collect()
}

/// The name in a part between two choices; none in a row of a table, which has rules of its own.
fn name(tokens: &[Token], part: Range<usize>) -> Option<Range<usize>> {
    let is = |at: &usize, of: fn(&Token) -> bool| tokens.get(*at).is_some_and(of);
    let word = |t: &Token| !is_mark(t.word);
    let start = part.clone().find(|at| is(at, word))?;
    let end = part.clone().rfind(|at| is(at, word))? + 1;
    let whole = (start..end).all(|at| is(&at, |t| !is_mark(t.word) && t.word != NUMBER));
    let table = part.clone().any(|at| is(&at, |t| t.word == CELL));
    let opens = is(&start, |t| t.word == MENTION || t.capital);
    (whole && opens && !table && end - start <= NAME).then_some(start..end)
}

/// `X: [x]`
fn ties(token: &Token) -> bool {
    matches!(token.word, COLON | DASH | EQUALS)
}
