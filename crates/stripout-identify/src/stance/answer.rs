//! Questions and their answers: what `Yes`, `None` or `47` says depends on what was asked.

use std::ops::Range;

use stripout_catalogue::StanceWords;
use stripout_model::Stance;

use super::phrase::Compiler;
use super::sentence::{Sentence, Side};
use super::set::PhraseSet;
use super::token::{
    BREAK, CELL, CLOSE, COLON, COMMA, CURRENCY, DASH, EQUALS, Joint, MENTION, NUMBER, OPEN, SEMICOLON, STOP,
    Token,
};

/// What an answer, or the value after a colon, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    Yes,
    No,
    Number(u32),
}

/// What stands beside a name in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    Yes,
    No,
    /// A box in which nothing is written.
    Empty,
}

#[derive(Debug)]
pub(crate) struct AnswerRules {
    yes: PhraseSet,
    no: PhraseSet,
    /// By the place of their lists in `CHOICES`.
    choices: PhraseSet,
    how_many: PhraseSet,
    others_only: PhraseSet,
    presumes: PhraseSet,
    of_use: PhraseSet,
    unknown: PhraseSet,
    withheld: PhraseSet,
    takes_up: PhraseSet,
    stands_for: PhraseSet,
    asked: PhraseSet,
    hedges: PhraseSet,
    checks: PhraseSet,
    answer_is: PhraseSet,
    you_asked: PhraseSet,
    labels: Vec<super::token::Word>,
    /// `or`, `and`: between names that one value is given for.
    joins: [super::token::Word; 2],
    says: Vec<(Stance, Stance)>,
    numbers: Vec<(super::token::Word, u32)>,
}

const CHOICES: [Choice; 3] = [Choice::Yes, Choice::No, Choice::Empty];
/// Sentences that one answer may span.
const LONGEST: usize = 3;
/// Words of a question that is hardly more than a name.
const NAME_ONLY: usize = 6;
const YEARS: Range<u32> = 1_980..2_100;
/// Words between a name and the mark before its value: `number of X cameras currently in use: 4`.
const BEFORE_VALUE: usize = 8;

impl AnswerRules {
    pub(crate) fn new(words: &StanceWords, compiler: &mut Compiler) -> Self {
        let asked = words
            .question
            .iter()
            .enumerate()
            .flat_map(|(i, q)| q.phrases.iter().map(move |phrase| (i, phrase.as_str())));
        let asked = PhraseSet::numbered(compiler, asked);
        let numbers = words
            .count
            .numbers
            .iter()
            .map(|(word, n)| (compiler.vocabulary.intern(word), *n))
            .collect();
        let labels = words.answer.question_labels.iter();
        let labels = labels.map(|label| compiler.vocabulary.intern(label)).collect();
        Self {
            hedges: PhraseSet::new(compiler, &words.count.hedges),
            checks: PhraseSet::new(compiler, &words.answer.checks),
            answer_is: PhraseSet::new(compiler, &words.answer.answer_is),
            you_asked: PhraseSet::new(compiler, &words.answer.you_asked),
            labels,
            joins: ["or", "and"].map(|word| compiler.vocabulary.intern(word)),
            yes: PhraseSet::new(compiler, &words.answer.yes),
            no: PhraseSet::new(compiler, &words.answer.no),
            choices: {
                let lists = [&words.answer.ticked, &words.answer.crossed, &words.answer.boxes];
                let lists = lists.into_iter().enumerate();
                let phrases = lists.flat_map(|(i, list)| list.iter().map(move |phrase| (i, phrase.as_str())));
                PhraseSet::numbered(compiler, phrases)
            },
            how_many: PhraseSet::new(compiler, &words.answer.how_many),
            others_only: PhraseSet::new(compiler, &words.answer.others_only),
            presumes: PhraseSet::new(compiler, &words.answer.presumes),
            of_use: PhraseSet::new(compiler, &words.answer.of_use),
            unknown: PhraseSet::new(compiler, &words.answer.unknown),
            withheld: PhraseSet::new(compiler, &words.answer.withheld),
            takes_up: PhraseSet::new(compiler, &words.sentence.takes_up),
            stands_for: PhraseSet::new(compiler, &words.sentence.stands_for),
            asked,
            says: words.question.iter().map(|q| (q.yes, q.no)).collect(),
            numbers,
        }
    }

    /// Sentences that answer sentence `asked`.
    pub(crate) fn answer_to(sentences: &[Sentence], asked: usize) -> Option<Range<usize>> {
        let question = sentences.get(asked)?;
        let label = question.label.or_else(|| {
            // `1. Do you use X? How many?`: the second question stands under the first one's number.
            let before = sentences.get(..asked)?.iter().rev().take(2);
            before
                .take_while(|s| s.paragraph == question.paragraph)
                .find_map(|s| s.label)
        });
        let later = || sentences.iter().enumerate().skip(asked + 1);
        if let Some(number) = label.and_then(|l| l.number) {
            let same = later().find(|(_, s)| {
                s.label
                    .is_some_and(|l| l.number == Some(number) && l.side != Side::Question)
            });
            if let Some((at, _)) = same {
                return Some(at..Self::answer_end(sentences, at));
            }
        }
        // Otherwise what follows, past questions that belong to the same one.
        let (at, _) = later().find(|(i, s)| {
            !s.asks || s.label.is_some_and(|l| l.side == Side::Answer) || *i > asked + LONGEST
        })?;
        let answer = sentences.get(at)?;
        let near = answer.paragraph <= question.paragraph + 1 && !answer.asks;
        let own = answer
            .label
            .is_none_or(|l| l.side != Side::Question && (l.side == Side::Answer || at == asked + 1));
        // A bare number after a numbered question is the next item of the same list, not its answer.
        let next_item = answer.label.is_some_and(|l| l.side == Side::Plain)
            && label.is_some_and(|l| l.side == Side::Plain);
        (near && own && !next_item).then(|| at..Self::answer_end(sentences, at))
    }

    /// `1. None. (Question 1 asked about X.)`: the answer by number that stands before the words that explain it. `at` is
    /// the token of the mention in sentence `place`.
    pub(crate) fn answer_before(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        place: usize,
        at: usize,
    ) -> Option<Range<usize>> {
        let own = sentences.get(place)?;
        let here = own.tokens.start;
        let named = (here + 1..at).rev().find_map(|i| {
            let label = tokens.get(i - 1)?;
            tokens
                .get(i)?
                .number
                .filter(|_| self.labels.iter().any(|l| label.is(*l)))
        });
        let labelled = || own.label.filter(|l| l.side == Side::Question)?.number;
        let number = named.or_else(labelled)?;
        let mut earlier = sentences.iter().enumerate().take(place);
        let (answer, _) = earlier.find(|(_, s)| {
            !s.asks
                && s.label
                    .is_some_and(|l| l.number == Some(number) && l.side != Side::Question)
        })?;
        Some(answer..answer + 1)
    }

    fn answer_end(sentences: &[Sentence], start: usize) -> usize {
        let paragraph = sentences.get(start).map(|s| s.paragraph);
        let more = sentences.iter().skip(start + 1).take(LONGEST - 1);
        start
            + 1
            + more
                .take_while(|s| !s.asks && s.label.is_none() && Some(s.paragraph) == paragraph)
                .count()
    }

    /// Whether the words speak of things named before: `Will they be removed?`
    pub(crate) fn speaks_of_them(&self, tokens: &[Token]) -> bool {
        self.stands_for.found_in(tokens)
    }

    /// The reply that the sentence opens with.
    pub(crate) fn reply(&self, tokens: &[Token]) -> Option<(Reply, usize)> {
        let no = self.no.at_start(tokens).map(|m| (Reply::No, m.length));
        let yes = self.yes.at_start(tokens).map(|m| (Reply::Yes, m.length));
        if let Some(found) = no.max_by_length(yes) {
            return Some(found);
        }
        // `Spend on X: £0`
        if let [currency, nought, ..] = tokens
            && currency.word == CURRENCY
            && nought.number == Some(0)
        {
            return Some((Reply::No, 2));
        }
        // `c. 350`
        let hedge = self.hedges.at_start(tokens).map_or(0, |found| found.length);
        let first = tokens
            .get(hedge)
            .filter(|t| hedge == 0 || t.joint == Joint::Blank)?;
        let value = first.number.or_else(|| {
            self.numbers
                .iter()
                .find(|(word, _)| first.is(*word))
                .map(|(_, n)| *n)
        })?;
        Some((
            if value == 0 {
                Reply::No
            } else {
                Reply::Number(value)
            },
            hedge + 1,
        ))
    }

    /// The choice that stands at the beginning, and its length.
    pub(crate) fn choice(&self, tokens: &[Token]) -> Option<(Choice, usize)> {
        let mut best: Option<(Choice, usize)> = None;
        self.choices.each_at_start(tokens, |list, found| {
            if let Some(what) = CHOICES.get(list)
                && best.is_none_or(|(_, length)| found.length > length)
            {
                best = Some((*what, found.length));
            }
        });
        best
    }

    /// What a value beside these words says, as (`yes`, `no`): of use, where they speak of nothing else.
    pub(crate) fn asks_for(&self, tokens: &[Token]) -> (Stance, Stance) {
        self.asked(tokens).unwrap_or((Stance::Has, Stance::Denies))
    }

    /// What the question is about, as (`yes`, `no`). A yes to a question that does not ask for use says nothing of it.
    pub(crate) fn question_asks_for(&self, tokens: &[Token]) -> (Stance, Stance) {
        // `3. X?` asks for use, too.
        let of_use = || tokens.len() <= NAME_ONLY || self.of_use.found_in(tokens);
        self.asked(tokens).unwrap_or_else(|| {
            if of_use() {
                (Stance::Has, Stance::Denies)
            } else {
                (Stance::Mentions, Stance::Mentions)
            }
        })
    }

    fn asked(&self, tokens: &[Token]) -> Option<(Stance, Stance)> {
        let mut best: Option<usize> = None;
        for at in 0..tokens.len() {
            self.asked
                .each_at_start(tokens.get(at..).unwrap_or_default(), |entry, _| {
                    best = Some(best.map_or(entry, |b| b.min(entry)));
                });
        }
        let (yes, no) = self.says.get(best?).copied()?;
        // `Have all been removed? No` says that there are some; `Have any been removed? No` does not.
        Some(if yes == Stance::Removed && self.presumes.found_in(tokens) {
            (yes, Stance::Has)
        } else {
            (yes, no)
        })
    }

    /// `Is that right?`: a question about the sentence before it.
    pub(crate) fn checks(&self, tokens: &[Token]) -> bool {
        self.checks.at_start(tokens).is_some()
    }

    /// `You asked how many X we have`
    pub(crate) fn tells_of_question(&self, tokens: &[Token]) -> bool {
        self.you_asked.at_start(tokens).is_some()
    }

    /// `The answer is nil`: the reply, and its place in the sentence.
    pub(crate) fn answer_is(&self, tokens: &[Token]) -> Option<(Reply, Range<usize>)> {
        let start = self.answer_is.at_start(tokens)?.length;
        let (reply, length) = self.reply(tokens.get(start..)?)?;
        Some((reply, start..start + length))
    }

    pub(crate) fn asks_how_many(&self, tokens: &[Token]) -> bool {
        self.how_many.found_in(tokens)
    }

    /// `We only use Y`, as an answer that does not name what was asked about: where it says so.
    pub(crate) fn names_others_only(&self, tokens: &[Token]) -> Option<Range<usize>> {
        (0..tokens.len()).find_map(|at| {
            let found = self.others_only.at_start(tokens.get(at..)?)?;
            Some(at..at + found.length)
        })
    }

    pub(crate) fn takes_up(&self, tokens: &[Token]) -> bool {
        self.takes_up.at_start(tokens).is_some()
    }

    /// `(will remove) this equipment`: the words right after a verb stand for what was named before.
    pub(crate) fn stands_for(&self, tokens: &[Token]) -> bool {
        self.stands_for.at_start(tokens).is_some()
    }

    /// `X N/A`, `X 31` on a line of its own: nothing but the name and its value. Words of the value.
    fn bare_value(&self, tokens: &[Token], at: usize) -> Option<(Reply, usize)> {
        let mark = |t: Option<&Token>| t.is_none_or(|t| super::token::is_mark(t.word));
        let after = tokens.get(at + 1..)?;
        let (reply, length) = self.reply(after)?;
        let value = after.get(length..)?;
        let line_ends = match value {
            [stop, next, ..] if stop.word == STOP => next.word == BREAK || next.opens_line,
            [next, ..] => next.word == BREAK || next.opens_line,
            [] => true,
        };
        let ends = line_ends
            || value
                .first()
                .is_some_and(|t| matches!(t.word, STOP | SEMICOLON | COMMA | CELL))
                && value
                    .get(1)
                    .is_none_or(|t| value.first().is_some_and(|s| s.word != STOP) || t.word == BREAK);
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        let opens_line =
            tokens.get(at).is_some_and(|t| t.opens_line) || before.is_none_or(|t| t.word == BREAK);
        let own_line = opens_line && line_ends && !after.iter().take(length).any(|t| t.opens_line);
        match reply {
            Reply::No => ends && (mark(before) || opens_line),
            Reply::Yes => own_line,
            // `X 2021` heads a list.
            Reply::Number(number) => own_line && !YEARS.contains(&number),
        }
        .then_some((reply, length))
    }

    /// `X: TBC`, `X - exempt`: in the place of a value stands that none is given. What it comes to, and its words.
    pub(crate) fn left_open(&self, tokens: &[Token], at: usize) -> Option<(Stance, Range<usize>)> {
        // `X TBC` on a line of its own has no mark.
        let opens_line = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_none_or(|t| t.word == BREAK || tokens.get(at).is_some_and(|t| t.opens_line));
        let start = self.value_start(tokens, at).or(opens_line.then_some(at + 1))?;
        let value = tokens.get(start..)?;
        // `| X | 12 | 0 |`: which of the columns speaks of today is not known here.
        let numbers = row_of_numbers(tokens, start);
        if numbers.contains(&0) && numbers.iter().any(|number| *number > 0) {
            return Some((Stance::Mentions, start..start + 1));
        }
        let open = self.unknown.at_start(value).map(|m| (Stance::Mentions, m.length));
        let kept = self.withheld.at_start(value).map(|m| (Stance::Refuses, m.length));
        let (stance, length) = kept.or(open)?;
        let next = value.get(length);
        let ends = next.is_none_or(|t| t.opens_line || super::token::is_mark(t.word));
        ends.then_some((stance, start..start + length))
    }

    /// `Withheld`, `Exempt (s.31)`: kept back, in the place of a value.
    pub(crate) fn is_withheld(&self, tokens: &[Token]) -> bool {
        self.withheld.at_start(tokens).is_some()
    }

    /// Behind the mark after the name at token `at`, past the words that belong to the name.
    fn value_start(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let after = tokens.get(at + 1..)?;
        // `X or Y cameras | nil`
        let joined = |i: usize| {
            i.checked_sub(1)
                .and_then(|i| after.get(i))
                .is_some_and(|t| self.joins.iter().any(|join| t.is(*join)))
        };
        let counts = |t: &Token| t.word == NUMBER && !t.number.is_some_and(|n| YEARS.contains(&n));
        let goes_on = |(i, t): &(usize, &Token)| {
            !t.opens_line && !super::token::is_mark(t.word) && !counts(t) && (t.word != MENTION || joined(*i))
        };
        let mut words = after
            .iter()
            .enumerate()
            .take(BEFORE_VALUE)
            .take_while(goes_on)
            .count();
        // `Response to Q4 (X): zero`: the bracket around the name ends before the mark.
        if after.get(words).is_some_and(|t| t.word == CLOSE) {
            words += 1;
            after
                .get(words)
                .filter(|t| matches!(t.word, COLON | DASH | EQUALS))?;
        }
        after
            .get(words)
            .filter(|t| matches!(t.word, COLON | DASH | EQUALS | CELL | OPEN))?;
        Some(at + 1 + words + 1)
    }

    /// `X: nil`, `X cameras - none`, `| X | 0 |`: the value given right after the mention at token `at`, and its place.
    pub(crate) fn value_after(&self, tokens: &[Token], at: usize) -> Option<(Reply, Range<usize>)> {
        if let Some((reply, length)) = self.bare_value(tokens, at) {
            return Some((reply, at + 1..at + 1 + length));
        }
        let start = self.value_start(tokens, at)?;
        let mark = start - 1;
        let value = tokens.get(start..)?;
        let (reply, length) = self.reply(value)?;
        // Nothing but the value may follow: `X - no longer made` has none.
        let next = |i: usize| value.get(length + i);
        // `No. of units` is no answer.
        let abbreviation =
            next(0).is_some_and(|t| t.word == STOP) && next(1).is_some_and(|t| !t.capital && t.word != BREAK);
        let ends = !abbreviation
            && next(0).is_none_or(|t| {
                t.opens_line || super::token::is_mark(t.word) && !matches!(t.word, DASH | COLON | OPEN)
            });
        let closed = tokens.get(mark).is_none_or(|t| t.word != OPEN)
            || value.get(length).is_some_and(|t| t.word == CLOSE);
        (ends && closed).then_some((reply, start..start + length))
    }
}

/// The numbers of the cells from token `start` on, but for years.
fn row_of_numbers(tokens: &[Token], start: usize) -> Vec<u32> {
    let is_cell = |at: usize| tokens.get(at).is_some_and(|t| t.word == CELL && !t.opens_line);
    let mut numbers = Vec::new();
    let mut at = start;
    while let Some(number) = tokens.get(at).filter(|_| is_cell(at - 1)).and_then(|t| t.number) {
        numbers.push(number);
        at += 2;
    }
    numbers.retain(|number| !YEARS.contains(number));
    numbers
}

trait Longer {
    fn max_by_length(self, other: Self) -> Self;
}

impl Longer for Option<(Reply, usize)> {
    fn max_by_length(self, other: Self) -> Self {
        match (self, other) {
            (Some(a), Some(b)) => Some(if b.1 > a.1 { b } else { a }),
            (a, b) => a.or(b),
        }
    }
}
