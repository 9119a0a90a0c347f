//! What rows and lists add: a number of one's own, a no behind a model, a line that comes later.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::MentionSpan;
use super::super::answer::Reply;
use super::super::sentence::Sentence;
use super::super::token::{COLON, COMMA, MENTION, SEMICOLON, STOP, Token, UNKNOWN};
use super::{Reading, Reason, Verdict, Verdicts};

/// Words of an item that is a name and its number: `33 cameras from X`.
const ITEM: usize = 5;

impl Verdicts {
    /// `Excluded makers: X; Y; Z`: a bare name after a semicolon goes on with the list before it.
    pub(super) fn listed_before(&self, reading: &Reading<'_>, place: usize) -> Option<Verdict> {
        let is_bare = |s: &Sentence| {
            let words = reading.tokens.get(s.tokens.clone()).unwrap_or_default();
            words
                .iter()
                .all(|t| t.word == MENTION || t.word == UNKNOWN && t.capital)
                && s.tokens.len() <= 2
        };
        let parted = |s: &Sentence| {
            let mark = s.tokens.start.checked_sub(1).and_then(|m| reading.tokens.get(m));
            mark.is_some_and(|t| t.word == SEMICOLON)
        };
        let mut open = place;
        while reading
            .sentences
            .get(open)
            .is_some_and(|s| !s.cell && is_bare(s) && parted(s))
        {
            open = open.checked_sub(1)?;
        }
        let head = reading.sentences.get(open).filter(|_| open < place)?;
        let named =
            (head.tokens.clone()).find(|at| reading.tokens.get(*at).is_some_and(|t| t.word == MENTION))?;
        let found = self.best(reading, head, named)?;
        Some(self.by_cue(reading, found))
    }

    /// After sentence `from` a value says that there is none of the maker that is named at `at`.
    pub(super) fn none_later(&self, reading: &Reading<'_>, from: usize, at: usize) -> bool {
        let Some(rest) = reading.sentences.get(from) else {
            return false;
        };
        let maker = |at: usize| reading.tokens.get(at).and_then(|t| reading.maker(t));
        let own = |other: &usize| maker(*other).is_some() && maker(*other) == maker(at);
        let mut later = (rest.tokens.start..reading.tokens.len()).filter(own);
        later.any(|at| matches!(self.answers.value_after(reading.tokens, at), Some((Reply::No, _))))
    }

    /// The nought of `0`, and of `none` where these words ask how many.
    pub(super) fn none(&self, reading: &Reading<'_>, asked: &[Token], value: &Range<usize>) -> Option<u32> {
        let counted = || self.answers.asks_how_many(asked) && self.counts.is_none(reading.tokens, value);
        self.counts
            .zero(reading.tokens, value)
            .or_else(|| counted().then_some(0))
    }

    /// `| X | DS-1 | N |` of a register of equipment: a no behind the model of a device is no denial that there is one, and
    /// leaves open whether it is used. The words that say so.
    pub(super) fn is_switched_off(
        &self,
        reading: &Reading<'_>,
        sentence: &Sentence,
        at: usize,
    ) -> Option<Range<usize>> {
        if reading.kind != DocumentKind::Asset || !sentence.cell {
            return None;
        }
        let maker = |at: usize| reading.tokens.get(at).and_then(|t| reading.maker(t));
        let row = reading
            .sentences
            .iter()
            .filter(|s| s.paragraph == sentence.paragraph);
        let models = row.flat_map(|s| s.tokens.clone()).filter(|other| {
            let named = reading.tokens.get(*other).map(|t| t.mention);
            let is_model = |(index, span): &(usize, &MentionSpan)| Some(*index) == named && span.is_model;
            maker(*other).is_some() && maker(*other) == maker(at) && reading.mentions.iter().any(is_model)
        });
        models
            .filter_map(|model| self.answers.value_after(reading.tokens, model))
            .find(|(reply, value)| *reply == Reply::No && self.counts.zero(reading.tokens, value).is_none())
            .map(|(_, value)| value)
    }

    /// `0 Y, 5 X`, `X 23, make not recorded 9`: what is said of another item of the list is not said of this one, which has a
    /// number of its own.
    pub(super) fn has_own_number(
        &self,
        reading: &Reading<'_>,
        at: usize,
        verdict: &Verdict,
        counted: Option<u32>,
    ) -> bool {
        let denied = matches!(verdict.stance, Stance::Denies | Stance::Refuses);
        let Some(number) = counted.filter(|number| denied && *number > 0) else {
            return false;
        };
        let Some(item) = self.item(reading, at) else {
            return false;
        };
        let words = reading.tokens.get(item.clone()).unwrap_or_default();
        let own = words.iter().any(|t| t.number == Some(number)) && words.len() <= ITEM;
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return false;
        };
        let listed = |mark: Option<usize>| {
            let mark = mark.and_then(|mark| reading.tokens.get(mark));
            mark.is_some_and(|t| t.word == COMMA || t.word == SEMICOLON)
        };
        let listed = listed(item.start.checked_sub(1)) || listed(Some(item.end));
        let names_another = |to: usize| {
            let mut between = reading.tokens.iter().take(item.start).skip_while(|t| t.end < to);
            between.any(|t| t.word == MENTION)
        };
        own && match verdict.reason {
            Reason::Says(from, to) => from >= last.end || to <= first.start && names_another(to),
            Reason::Weighed(..) => listed,
            _ => false,
        }
    }

    /// The item of a list in which a mention stands, without the marks around it.
    fn item(&self, reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
        let sentence = reading.sentences.iter().find(|s| s.tokens.contains(&at))?;
        let parts = |at: &usize| {
            reading.tokens.get(*at).is_some_and(|t| {
                matches!(t.word, COMMA | SEMICOLON | COLON | STOP) || self.joins.contains(&t.word)
            })
        };
        let start = (sentence.tokens.start..at).rev().find(parts);
        let end = (at + 1..sentence.tokens.end).find(parts);
        Some(start.map_or(sentence.tokens.start, |mark| mark + 1)..end.unwrap_or(sentence.tokens.end))
    }
}
