//! Lines of one value each, parted by nothing but the end of the line: `X: 212` over `Y: 17`.

use std::ops::Range;

use super::super::answer::{AnswerRules, Reply};
use super::super::sentence::Sentence;
use super::super::token::{COLON, DASH, EQUALS, MENTION, NUMBER, STOP, Token, UNKNOWN};
use super::{CountRules, MOST};

/// One line of a sentence.
#[derive(Debug)]
struct Line {
    tokens: Range<usize>,
    /// Ends in a number, or in a word for none.
    value: bool,
    /// Names a maker.
    names: bool,
    /// Its value is the sum of others.
    sum: bool,
}

impl CountRules {
    /// The sentences, cut where a line has given its value, so that no number is counted for the next line. What is cut
    /// apart stands in paragraphs of its own.
    pub(crate) fn value_lines(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        answers: &AnswerRules,
    ) -> Vec<Sentence> {
        let mut out = Vec::with_capacity(sentences.len());
        let mut cuts = 0;
        for sentence in sentences {
            let lines = if sentence.cell {
                Vec::new()
            } else {
                self.lines(tokens, &sentence.tokens, answers)
            };
            let mut start = sentence.tokens.start;
            let mut piece = |tokens: Range<usize>, cuts: u32| {
                out.push(Sentence {
                    label: sentence.label.filter(|_| tokens.start == sentence.tokens.start),
                    paragraph: sentence.paragraph + cuts,
                    tokens,
                    ..*sentence
                });
            };
            for end in ends_of_values(&lines) {
                piece(start..end, cuts);
                start = end;
                cuts += 1;
            }
            if start < sentence.tokens.end || sentence.tokens.is_empty() {
                piece(start..sentence.tokens.end, cuts);
            }
        }
        out
    }

    fn lines(&self, tokens: &[Token], range: &Range<usize>, answers: &AnswerRules) -> Vec<Line> {
        let opens_line = |at: &usize| tokens.get(*at).is_some_and(|t| t.opens_line);
        let mut starts: Vec<usize> = vec![range.start];
        starts.extend((range.start + 1..range.end).filter(opens_line));
        let ends = starts.iter().skip(1).copied().chain([range.end]);
        let spans = starts.iter().zip(ends).map(|(start, end)| *start..end);
        spans.map(|span| self.line(tokens, span, answers)).collect()
    }

    fn line(&self, tokens: &[Token], span: Range<usize>, answers: &AnswerRules) -> Line {
        let words = tokens.get(span.clone()).unwrap_or_default();
        let mark = words
            .iter()
            .rposition(|t| matches!(t.word, COLON | DASH | EQUALS));
        let value = span.start + mark.map_or(0, |mark| mark + 1);
        // `X 31`: the name of a make, and its value.
        let named = mark.is_none()
            && words
                .first()
                .is_some_and(|t| t.word == MENTION || t.word == UNKNOWN && t.capital);
        let closed = words.last().is_some_and(|t| t.word == STOP);
        let end = span.end - usize::from(closed);
        Line {
            value: self.is_value(tokens, value..end, answers)
                || named
                    && (Self::is_bare_value(tokens, span.start + 1..end, answers)
                        || numbers(tokens, span.start + 1..end).is_some()),
            names: words.iter().any(|t| t.word == MENTION),
            sum: Self::is(&self.sums, words.first()),
            tokens: span,
        }
    }

    /// The numbers of the row `X 52 9 61` of a table whose columns are parted by blanks, where the sentence is one.
    pub(super) fn row_of_numbers(tokens: &[Token], sentence: &Sentence) -> Option<Range<usize>> {
        let first = tokens.get(sentence.tokens.start)?;
        let row = numbers(tokens, sentence.tokens.start + 1..sentence.tokens.end)?;
        (first.word == MENTION && row.len() > 1).then_some(row)
    }

    /// The value of such a row: what each number counts is not told, unless all are the same.
    pub(super) fn one_value(&self, tokens: &[Token], row: Range<usize>) -> Option<u32> {
        let mut values = row.map(|at| self.value(tokens, at, at + 1).map(|(value, _)| value));
        let one = values.next().flatten().filter(|one| *one <= MOST)?;
        values.all(|other| other == Some(one)).then_some(one)
    }

    /// A number, yes or none, and nothing else.
    fn is_bare_value(tokens: &[Token], range: Range<usize>, answers: &AnswerRules) -> bool {
        let reply = tokens.get(range.clone()).and_then(|words| answers.reply(words));
        reply.is_some_and(|(_, length)| length == range.len())
    }

    /// A number with or without its unit, or a word for none, and nothing else.
    fn is_value(&self, tokens: &[Token], range: Range<usize>, answers: &AnswerRules) -> bool {
        let none = tokens.get(range.clone()).and_then(|words| answers.reply(words));
        if let Some((Reply::No, length)) = none {
            return length == range.len();
        }
        self.value(tokens, range.start, range.end)
            .is_some_and(|(_, length)| {
                let rest = range.len() - length;
                rest == 0 || rest == 1 && Self::is(&self.units, tokens.get(range.start + length))
            })
    }
}

/// The tokens, if there are any and all are numbers in figures.
fn numbers(tokens: &[Token], range: Range<usize>) -> Option<Range<usize>> {
    let words = tokens.get(range.clone())?;
    (!words.is_empty() && words.iter().all(|t| t.word == NUMBER)).then_some(range)
}

/// Where the lines of one thing end. `Cameras: 75` over `Make: X` and `Make: X` over `Cameras: 75` are told by which of
/// the two comes first.
fn ends_of_values(lines: &[Line]) -> Vec<usize> {
    let value = lines.iter().position(|l| l.value && !l.names && !l.sum);
    let name = lines.iter().position(|l| l.names && !l.value);
    let number_first = value.zip(name).is_some_and(|(value, name)| value < name);
    let pairs = lines.iter().zip(lines.iter().skip(1));
    pairs
        .filter(|(line, next)| {
            let goes_on = number_first && line.value && !line.names && !line.sum && next.names && !next.value;
            let ends = line.value || number_first && line.names;
            ends && !goes_on
        })
        .map(|(line, _)| line.tokens.end)
        .collect()
}
