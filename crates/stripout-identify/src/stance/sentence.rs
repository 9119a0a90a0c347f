//! Sentences, cells and clauses, and the labels of questions and answers.

use std::ops::Range;

use stripout_catalogue::StanceWords;
use stripout_model::DocumentKind;

use super::phrase::Compiler;
use super::set::PhraseSet;
use super::token::{
    BREAK, CELL, CLOSE, COLON, COMMA, DASH, EQUALS, EXCLAMATION, Joint, MENTION, NUMBER, OPEN, QUESTION,
    SEMICOLON, SLASH, STOP, Token, UNKNOWN, Word,
};

/// A sentence, a cell, or an item of a list.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Without its label and its closing mark.
    pub(crate) tokens: Range<usize>,
    pub(crate) label: Option<Label>,
    /// Closed by a question mark, or opened as a question is.
    pub(crate) asks: bool,
    /// Stands in a row of cells.
    pub(crate) cell: bool,
    pub(crate) paragraph: u32,
}

/// `Q2`, `A2:`, `2.`, `Answer:`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) side: Side,
    pub(crate) number: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Question,
    Answer,
    /// A bare number: the first of its kind asks or answers, as its words say.
    Plain,
}

#[derive(Debug)]
pub(crate) struct SentenceRules {
    abbreviations: Vec<Word>,
    /// Nouns for a number of things.
    amounts: Vec<Word>,
    question_labels: Vec<Word>,
    answer_labels: Vec<Word>,
    /// Words before a letter and a number that are no label.
    no_label_after: Vec<Word>,
    /// Words that open an item of a request: `the number of`.
    items: PhraseSet,
    openers: PhraseSet,
    statements: PhraseSet,
    breakers: PhraseSet,
    concessive: PhraseSet,
    joins: PhraseSet,
}

/// Tokens of a label without a number: `Request:`.
const LABEL: usize = 2;

const YEARS: Range<u32> = 1_980..2_100;

/// Words of `Ateb /` before a label in the other language.
const BILINGUAL: usize = 4;

/// Words of a value that stands alone on its line: `All 9`.
const ALONE: usize = 3;

impl SentenceRules {
    pub(crate) fn new(words: &StanceWords, compiler: &mut Compiler) -> Self {
        let mut sorted = |list: &[String]| {
            let mut list: Vec<Word> = list.iter().map(|w| compiler.vocabulary.intern(w)).collect();
            list.sort_unstable();
            list
        };
        let abbreviations = sorted(&words.sentence.abbreviations);
        let amounts = sorted(&words.count.amounts);
        let question_labels = sorted(&words.answer.question_labels);
        let answer_labels = sorted(&words.answer.answer_labels);
        let no_label_after = sorted(&words.answer.no_label_after);
        Self {
            abbreviations,
            amounts,
            question_labels,
            answer_labels,
            no_label_after,
            items: PhraseSet::new(compiler, &words.answer.items),
            openers: PhraseSet::new(compiler, &words.answer.openers),
            statements: PhraseSet::new(compiler, &words.answer.statements),
            breakers: PhraseSet::new(compiler, &words.sentence.breakers),
            concessive: PhraseSet::new(compiler, &words.sentence.concessive),
            joins: PhraseSet::new(compiler, &words.sentence.joins),
        }
    }

    /// In rows of registers and payments a semicolon parts cells.
    pub(crate) fn sentences(&self, kind: DocumentKind, text: &str, tokens: &[Token]) -> Vec<Sentence> {
        let rows = matches!(kind, DocumentKind::Asset | DocumentKind::Spend);
        let mut out: Vec<Sentence> = Vec::new();
        let mut paragraph = 0;
        let mut start = 0;
        let mut label = None;
        let mut last_number = 0;
        let mut asked = false;
        let mut at = 0;
        // Kept up to date, as a sentence may be as long as the text.
        let mut last_mention = None;
        let close = |out: &mut Vec<Sentence>,
                     tokens_: Range<usize>,
                     label: &mut Option<Label>,
                     closer: Word,
                     paragraph| {
            let parts = closer == CELL || rows && closer == SEMICOLON;
            let cell = parts || out.last().is_some_and(|s| s.cell && s.paragraph == paragraph);
            // `How many? | 71`: the mark of the cell closes nothing after the question mark.
            let closed = tokens_.start.checked_sub(1).and_then(|before| tokens.get(before));
            let closed = closed.is_some_and(|t| matches!(t.word, QUESTION | EXCLAMATION | STOP));
            // A label alone still opens the sentence that follows it.
            if tokens_.is_empty() && (closed || !cell || label.is_some()) {
                return;
            }
            // `Your request: details of X`, but not `to answer your question: no`.
            let inside = out
                .last()
                .is_some_and(|s| s.tokens.end + LABEL == tokens_.start && s.tokens.len() > 1);
            let requests = label.is_some_and(|l| l.side == Side::Question && l.number.is_none()) && !inside;
            let asks = closer == QUESTION
                || requests
                || tokens
                    .get(tokens_.clone())
                    .is_some_and(|t| self.opens_question(t));
            out.push(Sentence {
                tokens: tokens_,
                label: label.take(),
                asks,
                cell,
                paragraph,
            });
        };
        while let Some(token) = tokens.get(at) {
            if let Some((found, length)) = self.label(tokens, at, start, last_number, asked) {
                // `Ateb / Answer: 119`
                let slash = at.checked_sub(1).and_then(|before| tokens.get(before));
                let doubled =
                    slash.is_some_and(|t| t.word == SLASH) && (1..=BILINGUAL).contains(&(at - start));
                if !doubled {
                    close(&mut out, start..at, &mut label, STOP, paragraph);
                }
                asked |= found.side == Side::Question;
                last_number = found.number.unwrap_or(last_number);
                label = Some(found);
                at += length;
                start = at;
                continue;
            }
            // `Number of X: nil` over `Number of Y: 4`
            if token.opens_line && self.amounts.binary_search(&token.word).is_ok() {
                close(&mut out, start..at, &mut label, STOP, paragraph);
                start = at;
            }
            let names = last_mention >= Some(start);
            if names && Self::labels_again(tokens, start, at) {
                close(&mut out, start..at, &mut label, STOP, paragraph);
                start = at;
            }
            if Self::answers_alone(tokens, start, at) || names && Self::ends_value(tokens, start, at) {
                close(&mut out, start..at, &mut label, STOP, paragraph);
                start = at;
            }
            // `How many X? - 201`
            if at == start && token.word == DASH && Self::follows_question(tokens, at) {
                start = at + 1;
            }
            if self.ends(text, tokens, at, start) {
                close(&mut out, start..at, &mut label, token.word, paragraph);
                paragraph += u32::from(token.word == BREAK);
                start = at + 1;
            }
            if token.word == MENTION {
                last_mention = Some(at);
            }
            at += 1;
        }
        close(&mut out, start..tokens.len(), &mut label, BREAK, paragraph);
        mark_rows(&mut out);
        mark_leads(&mut out);
        self.mark_items(tokens, &mut out);
        out
    }

    /// `Make: X - 4` over `Make: Y - none`: each line is one of a list.
    fn labels_again(tokens: &[Token], start: usize, at: usize) -> bool {
        let labels = |at: usize| tokens.get(at + 1).is_some_and(|t| t.word == COLON);
        let word = |at: usize| tokens.get(at).map(|t| t.word);
        let opens = tokens.get(at).is_some_and(|t| t.opens_line && t.word != UNKNOWN);
        opens && labels(at) && labels(start) && word(at) == word(start)
    }

    /// `How many X? 201` over `How many Y? 43`: the value is a sentence of its own.
    fn answers_alone(tokens: &[Token], start: usize, at: usize) -> bool {
        let opens = tokens.get(at).is_some_and(|token| token.opens_line);
        let value = tokens.get(start..at).unwrap_or_default();
        let short = matches!(value, [first, ..] if value.len() <= ALONE && first.word != BREAK);
        let after = start.checked_sub(1).and_then(|before| tokens.get(before));
        let dash = after.is_some_and(|token| token.word == DASH);
        let asked = start
            .checked_sub(if dash { 2 } else { 1 })
            .and_then(|before| tokens.get(before));
        opens && short && asked.is_some_and(|token| token.word == QUESTION)
    }

    /// `Of which X: 12` or `dome,X,33` at the end of the line before, in a sentence that names a maker.
    fn ends_value(tokens: &[Token], start: usize, at: usize) -> bool {
        let before = |back: usize| {
            let place = at.checked_sub(back).filter(|place| *place >= start)?;
            tokens.get(place)
        };
        let opens = tokens.get(at).is_some_and(|token| token.opens_line);
        let value = before(1).is_some_and(|token| token.word == NUMBER);
        let labelled = before(2).is_some_and(|mark| {
            let glued = before(1).is_some_and(|value| value.start == mark.end);
            matches!(mark.word, COLON | EQUALS) || mark.word == COMMA && glued
        });
        opens && value && labelled
    }

    fn follows_question(tokens: &[Token], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        before.is_some_and(|token| token.word == QUESTION)
    }

    /// `2. The number of X cameras.` asks, when the next words are labelled as an answer or number 2 comes again.
    fn mark_items(&self, tokens: &[Token], sentences: &mut [Sentence]) {
        let answers = |label: Option<Label>, number: Option<u32>| {
            label.is_some_and(|l| l.side == Side::Answer && (l.number.is_none() || l.number == number))
        };
        let mut asking: Vec<usize> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate().filter(|(_, s)| !s.asks) {
            let Some(label) = sentence.label.filter(|label| label.side != Side::Answer) else {
                continue;
            };
            let words = tokens.get(sentence.tokens.clone()).unwrap_or_default();
            if self.items.at_start(words).is_none() {
                continue;
            }
            let later = sentences.get(at + 1..).unwrap_or_default();
            let next = later
                .first()
                .is_some_and(|next| answers(next.label, label.number));
            let again = label.number.is_some()
                && later.iter().any(|s| {
                    s.label
                        .is_some_and(|l| l.number == label.number && l.side != Side::Question)
                });
            if next || again {
                asking.push(at);
            }
        }
        for at in asking {
            if let Some(sentence) = sentences.get_mut(at) {
                sentence.asks = true;
            }
        }
    }

    /// `Please provide ...`, but not `Please note that ...`.
    fn opens_question(&self, tokens: &[Token]) -> bool {
        let length = |set: &PhraseSet| set.at_start(tokens).map_or(0, |found| found.length);
        length(&self.openers) > length(&self.statements)
    }

    /// A label of a question or answer that starts at `at`, and its length in tokens.
    fn label(
        &self,
        tokens: &[Token],
        at: usize,
        start: usize,
        last: u32,
        asked: bool,
    ) -> Option<(Label, usize)> {
        let token = tokens.get(at)?;
        let word = |i: usize| tokens.get(at + i);
        let number = |i: usize| {
            word(i)
                .filter(|t| t.word == NUMBER)
                .and_then(|t| t.number)
                .filter(|n| *n <= 99)
        };
        let side = if self.question_labels.binary_search(&token.word).is_ok() {
            Some(Side::Question)
        } else if self.answer_labels.binary_search(&token.word).is_ok() {
            Some(Side::Answer)
        } else {
            None
        };
        let closes = |i: usize| word(i).is_some_and(|t| matches!(t.word, COLON | STOP | CLOSE | DASH));
        // `by Q2 2024`, `in Q3`: a quarter of a year.
        let dated = at
            .checked_sub(1)
            .filter(|before| *before >= start)
            .and_then(|before| tokens.get(before))
            .is_some_and(|t| t.word != UNKNOWN && self.no_label_after.binary_search(&t.word).is_ok());
        let quarter = word(2).is_some_and(|t| t.number.is_some_and(|n| YEARS.contains(&n)));
        if let Some(side) = side {
            if let Some(n) = number(1).filter(|_| !dated && !quarter) {
                // `A 16 channel recorder` is no answer 16, and `a2` in the middle of a sentence needs a mark.
                let glued = word(1).is_some_and(|t| t.joint == Joint::None);
                if closes(2) {
                    return Some((
                        Label {
                            side,
                            number: Some(n),
                        },
                        3,
                    ));
                }
                if glued && token.capital {
                    return Some((
                        Label {
                            side,
                            number: Some(n),
                        },
                        2,
                    ));
                }
            }
            // `Q. Do you ...? A. We do not.`; an initial before a name is no answer.
            let initial = token.capital && token.end - token.start == 1 && (side == Side::Question || asked);
            let stop = word(1).is_some_and(|t| t.word == STOP)
                && word(2).is_some_and(|t| t.capital || t.word == NUMBER && side == Side::Answer);
            // `Answer - they were taken down.`
            let dash = token.capital && at == start && asked && word(1).is_some_and(|t| t.word == DASH);
            if initial && stop || dash || word(1).is_some_and(|t| t.word == COLON) {
                return Some((Label { side, number: None }, 2));
            }
            return None;
        }
        let n = number(0)?;
        let marked = word(1).is_some_and(|t| {
            t.word == CLOSE
                || t.word == COLON && at == start
                || t.word == STOP && word(2).is_none_or(|u| u.start > t.end)
        });
        // In the middle of a line only the next number of a list, or its first, is a label: `How many? 5. Who made it?`
        // and `1) 41. 2) X` have a 5 and a 41 that answer.
        let before = at.checked_sub(1).and_then(|b| tokens.get(b));
        let opens_line = before.is_none_or(|t| matches!(t.word, BREAK | CELL));
        let expected = opens_line || n == last + 1 || n == 1;
        // `How many?` on the line before: `43.` answers it and numbers nothing.
        let asked_before = at.checked_sub(2).and_then(|b| tokens.get(b));
        let counts = opens_line
            && before.is_some()
            && n != last + 1
            && asked_before.is_some_and(|t| t.word == QUESTION);
        let after_open = before.is_some_and(|t| t.word == OPEN);
        let ends_here = word(2).is_none();
        (marked && expected && !counts && !after_open && !ends_here && token.joint == Joint::Blank).then_some(
            (
                Label {
                    side: Side::Plain,
                    number: Some(n),
                },
                2,
            ),
        )
    }

    /// The comma after `Whilst we hold no full list`: what follows stands on its own.
    fn concedes(&self, tokens: &[Token], at: usize, start: usize) -> bool {
        let opens = tokens.get(start..at).and_then(|t| self.concessive.at_start(t));
        let list = tokens
            .get(at + 1)
            .is_none_or(|t| t.word == MENTION || t.capital && t.word == UNKNOWN);
        opens.is_some() && !list && at > start + 3
    }

    fn ends(&self, text: &str, tokens: &[Token], at: usize, start: usize) -> bool {
        let Some(token) = tokens.get(at) else { return false };
        match token.word {
            BREAK | CELL | QUESTION | EXCLAMATION | SEMICOLON => true,
            COMMA => self.concedes(tokens, at, start),
            STOP => {
                let follows = text.get(token.end..).unwrap_or_default();
                let spaced = follows
                    .chars()
                    .next()
                    .is_none_or(|c| c.is_whitespace() || matches!(c, '"' | '”' | '’' | ')'));
                let next = follows.trim_start().chars().next();
                let before = at
                    .checked_sub(1)
                    .filter(|b| *b >= start)
                    .and_then(|b| tokens.get(b));
                let counts = at
                    .checked_sub(2)
                    .and_then(|b| tokens.get(b))
                    .is_some_and(|t| t.word == NUMBER);
                let abbreviated = before.is_some_and(|b| {
                    // `4no. Domes` goes on; `installed in no. Bosch` would be two sentences.
                    self.abbreviations.binary_search(&b.word).is_ok()
                        && (counts || next.is_some_and(|c| !c.is_uppercase()))
                });
                // `Do you ...? No. 2.1 Does ...`
                let answers = at == start + 1 && Self::follows_question(tokens, start);
                spaced && !next.is_some_and(char::is_lowercase) && (answers || !abbreviated)
            }
            _ => false,
        }
    }

    /// The clause of each token; counts over the whole text. In running prose a dash before a capital opens a sentence;
    /// in rows it sets off a status (`dome - Removed`).
    pub(crate) fn clauses(&self, kind: DocumentKind, tokens: &[Token], sentences: &[Sentence]) -> Vec<u32> {
        let prose = matches!(kind, DocumentKind::Letter | DocumentKind::Web);
        let mut out = vec![0; tokens.len()];
        let mut clause = 0;
        for sentence in sentences {
            clause += 1;
            for at in sentence.tokens.clone() {
                let rest = tokens.get(at..sentence.tokens.end).unwrap_or_default();
                let dash = prose
                    && rest.first().is_some_and(|t| t.word == DASH)
                    && rest.get(1).is_some_and(|t| t.capital && t.word != MENTION);
                let breaks = self.breakers.at_start(rest).is_some() && self.joins.at_start(rest).is_none();
                if at > sentence.tokens.start && (dash || breaks) {
                    clause += 1;
                }
                if let Some(slot) = out.get_mut(at) {
                    *slot = clause;
                }
            }
        }
        out
    }
}

/// `Q3: Our standard camera is by X. May we bid it?`: what leads to a question is part of it.
fn mark_leads(sentences: &mut [Sentence]) {
    for at in (1..sentences.len()).rev() {
        let [.., lead, question] = sentences.get_mut(..=at).unwrap_or_default() else {
            continue;
        };
        let labelled = lead.label.is_some_and(|label| label.side == Side::Question);
        let goes_on = question.asks && question.label.is_none() && question.paragraph == lead.paragraph;
        lead.asks |= labelled && goes_on && !lead.cell;
    }
}

/// The cells before the first mark of a row belong to it too.
fn mark_rows(sentences: &mut [Sentence]) {
    let mut row = None;
    for sentence in sentences.iter_mut().rev() {
        if sentence.cell {
            row = Some(sentence.paragraph);
        }
        sentence.cell = row == Some(sentence.paragraph);
    }
}
