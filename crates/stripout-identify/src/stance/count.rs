//! How many devices of the maker the text states: never a year, a price, a channel count or a section number.

mod beside;
mod group;
mod labelled;
mod line;
mod list;
mod number;
mod part;
mod rules;
mod table;
mod told;

use std::cell::OnceCell;
use std::ops::Range;

use stripout_model::DocumentKind;

pub(crate) use rules::CountRules;

use super::MentionSpan;
use super::answer::{AnswerRules, Reply};
use super::row::row_around;
use super::sentence::Sentence;
use super::token::{
    AT, CLOSE, COLON, COMMA, CURRENCY, DASH, EQUALS, Joint, MENTION, NUMBER, OPEN, PERCENT, SEMICOLON, SLASH,
    STOP, Token, UNKNOWN, Word, is_mark,
};

/// A number that may count devices.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    start: usize,
    end: usize,
    value: u32,
    /// Marked as a quantity: `x`, `no`, `qty`, or followed by a thing that is counted.
    marked: bool,
}

/// No body has more cameras of one maker than this; longer figures are order numbers.
const MOST: u32 = 99_999;
/// A figure of this size behind a name and a comma may be the number of an order.
const ORDINARY: u32 = 1_000;
/// Words between a number and its maker.
const NEAR: usize = 5;
/// Words between a maker and a marked number after it: `X DS-1 turret, white, x 4`.
const FAR: usize = 10;

impl CountRules {
    /// Token of the mention and its count. Of the cells of a row only those that hold an `asked` mention are looked at: a row may
    /// hold hundreds.
    pub(crate) fn count(
        &self,
        kind: DocumentKind,
        tokens: &[Token],
        sentences: &[Sentence],
        answers: &AnswerRules,
        mentions: &[(usize, &MentionSpan)],
        asked: &[(usize, &MentionSpan)],
    ) -> Vec<(usize, u32)> {
        let mut makers: Vec<(usize, usize)> = mentions.iter().map(|(index, m)| (*index, m.maker)).collect();
        makers.sort_unstable();
        let maker = |at: usize| {
            let index = tokens.get(at).filter(|t| t.word == MENTION)?.mention;
            let place = makers.binary_search_by_key(&index, |(index, _)| *index).ok()?;
            makers.get(place).map(|(_, maker)| *maker)
        };
        let is_asked = |at: usize| {
            let index = tokens.get(at).map(|t| t.mention);
            asked.iter().any(|(i, _)| Some(*i) == index)
        };
        // Every cell of a row is asked for the numbers of all others.
        let numbers: Vec<OnceCell<Vec<Candidate>>> = vec![OnceCell::new(); sentences.len()];
        let numbers_in = |place: usize| -> &[Candidate] {
            let (Some(known), Some(sentence)) = (numbers.get(place), sentences.get(place)) else {
                return &[];
            };
            known.get_or_init(|| self.candidates(tokens, &sentence.tokens))
        };
        let mut out: Vec<(usize, u32)> = Vec::new();
        for (place, sentence) in sentences.iter().enumerate() {
            let here: Vec<usize> = sentence
                .tokens
                .clone()
                .filter(|at| tokens.get(*at).is_some_and(|t| t.word == MENTION))
                .collect();
            if here.is_empty() || sentence.cell && !here.iter().any(|at| is_asked(*at)) {
                continue;
            }
            let first = here.first().copied().unwrap_or_default();
            let table = self.table(tokens, sentence, first);
            if let Some(value) = table.as_ref().and_then(|table| table.count) {
                out.push((first, value));
                continue;
            }
            if let Some(row) = Self::row_of_numbers(tokens, sentence) {
                out.extend(self.one_value(tokens, row).map(|value| (first, value)));
                continue;
            }
            let candidates = numbers_in(place);
            let one_maker = here
                .iter()
                .all(|at| maker(*at) == here.first().and_then(|f| maker(*f)));
            let mut given: Vec<usize> = Vec::new();
            for at in &here {
                let fits = self
                    .of_which(tokens, sentence, *at)
                    .or_else(|| self.before(tokens, candidates, *at))
                    .or_else(|| self.after(tokens, sentence, candidates, *at, |b| maker(b) == maker(*at)))
                    .or_else(|| self.whole(tokens, sentence, candidates, *at))
                    .or_else(|| Self::closing(tokens, sentence, *at));
                if let Some((start, value)) = fits
                    && !given.contains(&start)
                {
                    given.push(start);
                    out.push((*at, value));
                }
            }
            // What stands in the other cells is known by their headings.
            let open = one_maker && given.is_empty() && table.is_none();
            let Some(first) = here.first().filter(|_| open) else {
                continue;
            };
            let told = self.told_later(tokens, sentences, place, *first);
            let asked = || self.asked_after(tokens, sentences, answers, place);
            let in_row = || {
                self.told_in_cell(tokens, &row_around(tokens, *first))
                    .filter(|_| sentence.cell)
            };
            if let Some(value) = told
                .or_else(in_row)
                .or_else(|| self.answered_before(tokens, sentences, place))
                .or_else(asked)
                .or_else(|| self.taken_up(tokens, sentences, place, *first))
                .or_else(|| self.told_on(tokens, sentences, place, *first))
                .or_else(|| self.listed_under(tokens, sentences, place))
            {
                out.push((*first, value));
                continue;
            }
            let marked: Vec<&Candidate> = candidates.iter().filter(|c| c.marked).collect();
            if let [only] = marked.as_slice() {
                out.push((*first, only.value));
            } else if marked.is_empty()
                && let Some(value) = self.beside(kind, tokens, sentences, place, numbers_in, |b| {
                    maker(b) == maker(*first)
                })
            {
                out.push((*first, value));
            }
        }
        out
    }

    /// The number that answers the question in sentence `asked`, or the `how many` that follows it.
    pub(crate) fn answer(
        &self,
        tokens: &[Token],
        sentences: &[Sentence],
        answers: &AnswerRules,
        asked: usize,
        answer: Range<usize>,
    ) -> Option<u32> {
        let number = |answer: Range<usize>| {
            let first = sentences.get(answer.start)?;
            let words = tokens.get(first.tokens.clone())?;
            let candidates = self.candidates(tokens, &first.tokens);
            if let Some((Reply::Number(_), _)) = answers.reply(words) {
                return candidates
                    .iter()
                    .find(|c| c.start == first.tokens.start)
                    .map(|c| c.value);
            }
            if let Some((Reply::Yes, length)) = answers.reply(words)
                && let Some(value) = self.after_yes(tokens, first, length)
            {
                return Some(value);
            }
            let all = sentences
                .get(answer)?
                .iter()
                .flat_map(|s| self.candidates(tokens, &s.tokens));
            all.into_iter().find(|c| c.marked).map(|c| c.value)
        };
        number(answer).or_else(|| {
            let mut follow = sentences.iter().enumerate().skip(asked + 1).take(4);
            let words = |s: &Sentence| tokens.get(s.tokens.clone()).unwrap_or_default();
            let (next, _) = follow
                .by_ref()
                .take_while(|(_, s)| !words(s).iter().any(|t| t.word == MENTION))
                .find(|(_, s)| s.asks && answers.asks_how_many(words(s)))?;
            number(AnswerRules::answer_to(sentences, next)?)
        })
    }

    /// The one number that a sentence like `We operate 120.` states.
    pub(crate) fn stated(&self, tokens: &[Token], sentence: &Sentence) -> Option<(u32, Range<usize>)> {
        let all = self.candidates(tokens, &sentence.tokens);
        if self.is_amount_of_others(tokens.get(sentence.tokens.clone())?) {
            return None;
        }
        let only = all.iter().find(|c| c.marked).or(if let [only] = all.as_slice() {
            Some(only)
        } else {
            None
        })?;
        Some((only.value, only.start..only.end))
    }

    fn is(list: &[Word], token: Option<&Token>) -> bool {
        token.is_some_and(|t| t.word != UNKNOWN && list.binary_search(&t.word).is_ok())
    }

    fn candidates(&self, tokens: &[Token], range: &Range<usize>) -> Vec<Candidate> {
        let mut out = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if let Some(group) = self.group(tokens, at, range) {
                at = group.end;
                out.push(group);
                continue;
            }
            let lead = self.hedge(tokens, at, range.end);
            let length = match self.value(tokens, at + lead, range.end) {
                Some((value, length)) if value <= MOST => {
                    let length = lead + length;
                    let counts = self.counts(tokens, at, lead, at + length, value, range);
                    let number = counts.map(|marked| Candidate {
                        start: at,
                        end: at + length,
                        value,
                        marked,
                    });
                    out.extend(number.and_then(|number| self.in_all(tokens, number, range)));
                    length
                }
                Some((_, length)) => length,
                None => 1,
            };
            at += length;
        }
        out
    }

    /// `None` when the number counts no devices; else whether it is marked as a quantity. `lead` words hedge it.
    fn counts(
        &self,
        tokens: &[Token],
        start: usize,
        lead: usize,
        end: usize,
        value: u32,
        range: &Range<usize>,
    ) -> Option<bool> {
        let token = tokens.get(start + lead)?;
        let before = start
            .checked_sub(1)
            .filter(|b| *b >= range.start)
            .and_then(|b| tokens.get(b));
        let after = tokens.get(end).filter(|_| end < range.end);
        if value == 1 && self.is_any_one(token, before, after)
            || self.is_whole_of_part(tokens, start, range)
            || self.is_bound(tokens, start + lead, range)
            || self.is_share(tokens, start, end, range)
            || self.is_rate(tokens, end, range)
        {
            return None;
        }
        let times = Self::is(&self.multipliers, before) || Self::is(&self.quantity, before);
        match token.joint {
            Joint::Hyphen | Joint::Slash | Joint::Dot => return None,
            // `HDW2431`, but `x10` and `qty4`.
            Joint::None if before.is_some_and(|b| !is_mark(b.word) && b.word != MENTION) && !times => {
                return None;
            }
            Joint::None | Joint::Blank => {}
        }
        let mark = before.filter(|b| matches!(b.word, STOP | COLON | DASH));
        let labelled = self.is_labelled(tokens, start, range);
        let label = tokens.get(range.start..start).filter(|_| mark.is_some());
        if label.is_some_and(|label| self.is_amount_of_others(label)) {
            return None;
        }
        let unit = Self::is(&self.units, after);
        let multiplied = Self::is(&self.multipliers, after);
        // `Cameras: 4MP`
        let glued = |t: &Token| t.joint == Joint::None && !is_mark(t.word) && t.word != MENTION;
        if after.is_some_and(glued) && !unit && !multiplied && !times {
            return None;
        }
        if labelled || self.is_amount(tokens, start, range) {
            return Some(true);
        }
        // `qty 2 schools budget`: a plain quantity word leaves nothing to what stands behind the number.
        // So does `turret x5 car park`.
        let glued_to_thing = token.joint == Joint::None
            && times
            && start
                .checked_sub(2)
                .is_some_and(|b| b >= range.start && Self::is(&self.units, tokens.get(b)));
        let plainly = Self::is(&self.quantity, before) && !Self::is(&self.amounts, before) || glued_to_thing;
        // `5 @ 74.00`
        let priced = tokens.get(end + 1).filter(|_| end + 1 < range.end);
        if after.is_some_and(|t| t.word == AT) && priced.is_some_and(|t| matches!(t.word, NUMBER | CURRENCY))
        {
            return Some(true);
        }
        if let Some(next) = after {
            let glued = matches!(next.joint, Joint::Hyphen | Joint::Slash | Joint::Dot)
                || next.joint == Joint::None && !is_mark(next.word);
            if glued && !unit && !multiplied && next.word != MENTION {
                return None;
            }
            if next.word == PERCENT
                || Self::is(&self.measures, after) && !(plainly && next.joint == Joint::Blank)
                || Self::is(&self.dating, after) && !Self::is(&self.between, after)
            {
                return None;
            }
        }
        if !times && !unit && self.tells_places(tokens, start, end, range) {
            return None;
        }
        let named = match mark
            .and_then(|_| start.checked_sub(2))
            .filter(|b| *b >= range.start)
        {
            // `Old building: 4 X`, `Order: two X`: the mark parts the name from what is counted.
            Some(_) if after.is_some_and(|t| t.word == MENTION) => false,
            Some(_)
                if after.is_some_and(|t| t.word == OPEN)
                    && tokens.get(end + 1).is_some_and(|t| t.word == MENTION) =>
            {
                false
            }
            Some(b) => Self::is(&self.naming, tokens.get(b)),
            // A number at the head of a line is no part of the line before: `Building` over `40 X domes`.
            None => Self::is(&self.naming, before) && !token.opens_line,
        };
        // `Front of house: 4 x X`
        let label = Self::is(&self.singles, after) && value > 1 && mark.is_none();
        // `recorder 1 off`
        let off = after.is_some_and(|t| t.is(self.off)) && Self::is(&self.units, before);
        let counted = times || off || mark.is_some() && multiplied || unit && value < 1_000 && !label;
        if before.is_some_and(|b| b.word == CURRENCY) || named && !counted {
            return None;
        }
        let year = (1_980..2_100).contains(&value) && token.end - token.start == 4;
        // `In March twelve X`: a day or a year stands in figures.
        let dated = Self::is(&self.dating, before) && token.word == NUMBER;
        // `by 2027 no cameras` holds no quantity, `2027 no. cameras` might.
        if year && (dated || !unit && !multiplied && !times) || dated && !unit && !multiplied {
            return None;
        }
        // `47 static cameras`: the unit may stand behind words of its kind.
        let later = (end..range.end.min(end + 4)).find(|i| !Self::is(&self.between, tokens.get(*i)));
        let counted = unit || later.is_some_and(|i| Self::is(&self.units, tokens.get(i)));
        // `VIP 1230 camera`, `Ranger 2 camera`: part of a name that no list knows.
        let name = before.is_some_and(|b| b.word == UNKNOWN && b.capital && !is_mark(b.word));
        let after_maker = (range.start..start).any(|b| tokens.get(b).is_some_and(|t| t.word == MENTION));
        if name && !times && !multiplied && (value >= 1_000 || after_maker) {
            return None;
        }
        Some(times || multiplied || counted || self.is_part_of_whole(tokens, end, range))
    }

    /// `12 no. X`, `47 static X`, `6 cameras (X`, `12 are made by X`.
    fn before(&self, tokens: &[Token], candidates: &[Candidate], at: usize) -> Option<(usize, u32)> {
        let near = candidates.iter().rev().find(|c| c.end <= at)?;
        // `60 or so X`
        let about = |i: usize, word: Word| tokens.get(near.end + i).is_some_and(|t| t.is(word));
        let loose = if about(0, self.or) && about(1, self.so) {
            2
        } else {
            0
        };
        let past = self
            .past_whole(tokens, near.end)
            .max(self.past_owner(tokens, near.end));
        // `a third of them, 229, were made by X`
        let enclosed = near.start.checked_sub(1).and_then(|b| tokens.get(b));
        let enclosed = enclosed.is_some_and(|t| t.word == COMMA);
        let between = tokens.get((near.end + loose).max(past)..at)?;
        // `1 (number of X cameras)`: the number of a question.
        let opens = between.first().is_some_and(|t| matches!(t.word, OPEN | CLOSE));
        let amount_of = |[amount, of]: &[Token; 2]| Self::is(&self.amounts, Some(amount)) && of.is(self.of);
        if opens && between.array_windows().any(amount_of) {
            return None;
        }
        let mut strange = 0;
        // `sixty-four (64) X`
        let bracketed = near.start.checked_sub(1).and_then(|b| tokens.get(b));
        let repeats = bracketed.is_some_and(|t| t.word == OPEN)
            && near
                .start
                .checked_sub(2)
                .is_some_and(|b| self.value(tokens, b, near.start).is_some());
        // `a handful (5) of X`
        let of = tokens.get(near.end + 1).is_some_and(|t| t.is(self.of));
        let in_brackets = of && bracketed.is_some_and(|t| t.word == OPEN);
        let fits = between.len() <= NEAR + 2
            && between.iter().enumerate().all(|(i, t)| {
                let known = [&self.multipliers, &self.units, &self.between]
                    .iter()
                    .any(|l| Self::is(l, Some(t)));
                strange += usize::from(t.word == UNKNOWN);
                known
                    || t.word == UNKNOWN && strange <= 2
                    || t.word == OPEN
                    || t.word == STOP && i == 1
                    || t.word == CLOSE && i == 0 && (repeats || in_brackets)
                    || t.word == COMMA && i == 0 && enclosed && between.len() > 2
            });
        fits.then_some((near.start, near.value))
    }

    /// `X 31`, `X (12)`, `X: 4`, `X dome x 4`, `X turret 24 units`.
    fn after(
        &self,
        tokens: &[Token],
        sentence: &Sentence,
        candidates: &[Candidate],
        at: usize,
        same: impl Fn(usize) -> bool,
    ) -> Option<(usize, u32)> {
        let next = candidates
            .iter()
            .find(|c| c.start > at && !self.belongs_to_next(tokens, c, sentence))?;
        let between = tokens.get(at + 1..next.start)?;
        let foreign =
            (at + 1..next.start).any(|b| tokens.get(b).is_some_and(|t| t.word == MENTION) && !same(b));
        if foreign || between.len() > FAR {
            return None;
        }
        let own = |i: usize, t: &Token| {
            [&self.multipliers, &self.units, &self.between, &self.quantity]
                .iter()
                .any(|l| Self::is(l, Some(t)))
                || matches!(t.word, MENTION | COLON | EQUALS | OPEN | DASH | NUMBER | SLASH)
                || Self::is(&self.measures, Some(t)) && t.joint == Joint::None
                // `Housing (X) 33`
                || t.word == CLOSE && i == 0
                // `X (all 233)`
                || self.all.at_start(std::slice::from_ref(t)).is_some() && i == 1 && next.start == at + 3
                // `X IPC2124 domes (5)`
                || t.word == UNKNOWN
                    && between.get(i + 1).is_some_and(|n| n.word == NUMBER && n.joint == Joint::None)
        };
        let ends = tokens
            .get(next.end)
            .filter(|_| next.end < sentence.tokens.end)
            .is_none_or(|t| matches!(t.word, COMMA | CLOSE | DASH | OPEN | SLASH) || self.is_list_word(t));
        let plain = between.iter().enumerate().all(|(i, t)| own(i, t)) && (ends || next.marked);
        let marked = next.marked && !between.iter().any(|t| t.word == STOP);
        let earlier = tokens.get(sentence.tokens.start..at).unwrap_or_default();
        let amount = earlier.iter().any(|t| Self::is(&self.amounts, Some(t)));
        let equals = |t: &Token| {
            Self::is(&self.equals, Some(t)) || t.word == COLON && !self.is_amount_of_others(earlier)
        };
        let stated = amount && next.end == sentence.tokens.end && between.last().is_some_and(equals);
        (plain || marked || stated || self.set_apart(tokens, sentence, next, between))
            .then_some((next.start, next.value))
    }

    /// `X turrets, five, car park`, `X domes, 13 fitted`, `X, 21; Y, 60`: a number between commas right behind the things it
    /// counts. Digits need a word of their own or the end, for `X dome, 12, High Street` is an address.
    fn set_apart(
        &self,
        tokens: &[Token],
        sentence: &Sentence,
        number: &Candidate,
        between: &[Token],
    ) -> bool {
        let [things @ .., comma] = between else {
            return false;
        };
        let known = |t: &Token| [&self.units, &self.between].iter().any(|l| Self::is(l, Some(t)));
        let behind = |i: usize| tokens.get(i).filter(|_| i < sentence.tokens.end);
        let closes = |i: usize| behind(i).is_none_or(|t| matches!(t.word, SEMICOLON | STOP));
        let ends = |i: usize| closes(i) || behind(i).is_some_and(|t| t.word == COMMA);
        let in_words = tokens.get(number.start).is_some_and(|t| t.word != NUMBER);
        let follows = Self::is(&self.between, behind(number.end)) && ends(number.end + 1);
        let last = closes(number.end) && number.value < ORDINARY;
        // `X bullets black, five`
        let described = in_words && last && things.len() <= NEAR && !things.iter().any(|t| is_mark(t.word));
        // `Of those made by X, 12 remain`
        let of = number
            .start
            .checked_sub(between.len() + 1)
            .and_then(|at| tokens.get(sentence.tokens.start..at));
        let of = of.is_some_and(|words| match words {
            [of, rest @ ..] => of.is(self.of) && rest.iter().all(known),
            [] => false,
        });
        comma.word == COMMA
            && (described || things.iter().all(known))
            && (of || last || !things.is_empty() && (follows || in_words && ends(number.end)))
    }

    fn is_list_word(&self, token: &Token) -> bool {
        Self::is(&self.multipliers, Some(token))
            || Self::is(&self.between, Some(token))
            || token.word == UNKNOWN
    }

    /// `X, 4 Y`: the number counts what follows it.
    fn belongs_to_next(&self, tokens: &[Token], candidate: &Candidate, sentence: &Sentence) -> bool {
        let mut rest = (candidate.end..sentence.tokens.end).filter_map(|i| tokens.get(i));
        let next = rest.find(|t| !Self::is(&self.multipliers, Some(t)) && !Self::is(&self.between, Some(t)));
        next.is_some_and(|t| t.word == MENTION)
    }

    /// `132 cameras, all of which are X`; `47 static and 9 PTZ cameras, all X` is their sum.
    fn whole(
        &self,
        tokens: &[Token],
        sentence: &Sentence,
        candidates: &[Candidate],
        at: usize,
    ) -> Option<(usize, u32)> {
        // `Eight, all X`, `The answer is six, every one X`: a number before a comma and such words needs no unit.
        let opens = |c: &Candidate| {
            let of = tokens.get(c.end).is_some_and(|t| t.is(self.of));
            let end = c.end + if of { 2 } else { 0 };
            let comma = tokens.get(end).is_some_and(|t| t.word == COMMA);
            let next = tokens.get(end + 1..at).unwrap_or_default();
            comma && (c.start == sentence.tokens.start || self.all.at_start(next).is_some())
        };
        let earlier: Vec<&Candidate> = candidates
            .iter()
            .filter(|c| c.end <= at && (c.marked || opens(c)))
            .collect();
        let last = earlier.last()?;
        // `Six, made by X` is the whole of an answer.
        let alone = |between: &[Token]| match between {
            [comma, words @ ..] => {
                comma.word == COMMA
                    && last.start == sentence.tokens.start
                    && words.len() > 1
                    && words.iter().all(|t| Self::is(&self.between, Some(t)))
            }
            [] => false,
        };
        let said = tokens
            .get(last.end..at)
            .is_some_and(|between| self.all.found_in(between) || alone(between));
        let first = earlier.first()?;
        (said && first.start >= sentence.tokens.start).then(|| {
            (
                first.start,
                earlier.iter().fold(0_u32, |sum, c| sum.saturating_add(c.value)),
            )
        })
    }
}

/// Whether a sentence names a maker.
fn names(tokens: &[Token], sentence: &Sentence) -> bool {
    let words = tokens.get(sentence.tokens.clone()).unwrap_or_default();
    words.iter().any(|t| t.word == MENTION)
}
