//! What a text says that somebody else has is no claim of its author.

use std::ops::Range;

use stripout_model::{DocumentKind, Stance};

use super::super::cue::Found;
use super::super::sentence::Sentence;
use super::super::token::{COLON, MENTION, Token, tokens};
use super::{Reading, Reason, Verdict, Verdicts, bytes};

impl Verdicts {
    /// `NCP has 14 X there`, `6 X; they belong to the police`: said of another party, and so of the author only where it
    /// says that it has none itself. Only letters and replies have an author of whom it could be said.
    pub(super) fn of_another(
        &self,
        reading: &Reading<'_>,
        place: usize,
        at: usize,
        verdict: Verdict,
    ) -> Verdict {
        if !matches!(reading.kind, DocumentKind::Foi | DocumentKind::Letter) {
            return verdict;
        }
        let denies = |(from, to)| self.settled(Stance::Denies, Reason::Says(from, to));
        if Self::is_quoted(reading, at) {
            let denial = self.denied_above_a_quotation(reading).map(denies);
            return denial.unwrap_or_else(|| self.settled(Stance::Mentions, Reason::Quoted));
        }
        let held = matches!(
            verdict.stance,
            Stance::Has | Stance::Had | Stance::Removed | Stance::PlannedRemoval
        );
        let other = || {
            let later = self.given_away(reading, place, at);
            let words = later.or_else(|| self.of_a_party(reading, place, at))?;
            let (from, to) = bytes(reading.tokens, &words)?;
            Some(self.settled(Stance::Mentions, Reason::OfAnother(from, to)))
        };
        let verdict = held.then(other).flatten().unwrap_or(verdict);
        let another = matches!(verdict.reason, Reason::OfAnother(..));
        if !another && !matches!(verdict.stance, Stance::Has | Stance::Mentions) {
            return verdict;
        }
        self.denied_of_oneself(reading, place, at, another)
            .map_or(verdict, denies)
    }

    /// By the rank of the cues on other parties: the weights of the words say nothing of whose a thing is.
    pub(super) fn settled(&self, stance: Stance, reason: Reason) -> Verdict {
        Verdict {
            rule: self.cues.rules.iter().position(|rule| rule.another),
            ..Verdict::new(stance, reason)
        }
    }

    /// Whether the mention at token `at` stands in a quoted line.
    pub(super) fn is_quoted(reading: &Reading<'_>, at: usize) -> bool {
        let Some(token) = reading.tokens.get(at) else {
            return false;
        };
        let before = reading.text.get(..token.start).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with('>')
    }

    /// Words of the sentence, or of the next that takes it up, which say that it belongs to somebody else.
    fn given_away(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Range<usize>> {
        let here = reading.sentences.get(place)?;
        let names = |range: Range<usize>| {
            let tokens = reading.tokens.get(range).unwrap_or_default();
            tokens.iter().any(|t| t.word == MENTION)
        };
        let gives = |f: &&Found| self.cues.is_of_another(f) && self.cues.says(f) == Some(Stance::Mentions);
        let rest = at + 1..here.tokens.end;
        let mut all = reading.page.found.iter().filter(gives);
        if let Some(found) = all.find(|f| rest.contains(&f.tokens.start) && !self.cues.needs_subject(f))
            && !names(rest)
        {
            return Some(found.tokens.clone());
        }
        let next = reading.sentences.get(place + 1)?;
        let words = reading.tokens.get(next.tokens.clone())?;
        let goes_on = next.paragraph == here.paragraph && !next.cell && !next.asks;
        if !goes_on || names(next.tokens.clone()) || !self.answers.takes_up(words) {
            return None;
        }
        let mut all = reading.page.found.iter().filter(gives);
        let found = all.find(|f| next.tokens.contains(&f.tokens.start) && !self.cues.needs_subject(f))?;
        Some(found.tokens.clone())
    }

    /// The subject and the verb of the clause, where the subject is a company, a name that the text gives to another party,
    /// or stands for the other party of the sentence before.
    fn of_a_party(&self, reading: &Reading<'_>, place: usize, at: usize) -> Option<Range<usize>> {
        let here = reading.sentences.get(place)?;
        let clause = clause_of(reading, here, at);
        let verb = self.best(reading, here, at).map(|found| found.tokens.clone())?;
        if verb.start >= at {
            return None;
        }
        let opening = reading.tokens.get(clause.start..verb.start)?;
        if self.holders.takes_up(opening)
            && !self.holders.is_own(reading.tokens.get(clause.clone())?)
            && self.is_of_a_party(reading, place.checked_sub(1)?)
        {
            return Some(clause.start..verb.end);
        }
        let name = self.holders.subject(reading.tokens, &here.tokens, verb.start)?;
        // `we understand that NCP has`: what stands before the subject is no part of what it has.
        if self
            .holders
            .is_own(reading.tokens.get(name.start..clause.end.max(name.start))?)
        {
            return None;
        }
        let words = reading.tokens.get(name.clone())?;
        let telling = self.holders.telling(words)?;
        let first = reading.text.get(telling.start..telling.end)?;
        // The head of a letter names its author.
        let head = reading.text.split("\n\n").next().unwrap_or_default();
        let headed = head.len() < words.first()?.start;
        if headed && head.contains(first) {
            return None;
        }
        let last = words.last().and_then(|t| reading.text.get(t.start..t.end))?;
        let serves = self.holders.is_work(reading.tokens.get(verb.clone())?);
        let introduced = || self.holders.introduced(reading.text, reading.tokens);
        let party = self.holders.is_company(words) && !serves
            || self.holders.is_body(words)
                && match reading.author {
                    Some(author) => !self.is_name_of(reading, words, author),
                    // A head that names a body of the same sort is its own.
                    None => headed && head.contains(last),
                }
            || introduced().contains(&first);
        party.then_some(name.start..verb.end)
    }

    /// Whether a name is a shorter or longer form of the author's.
    fn is_name_of(&self, reading: &Reading<'_>, name: &[Token], author: &str) -> bool {
        let own = tokens(&self.vocabulary, author, 0..author.len(), &[]);
        // Whoever writes under the name of an office writes for the body of the same matters.
        let office = !self.holders.holds_body(&own);
        self.holders
            .words(author, &own, office)
            .is_subset(&self.holders.words(reading.text, name, office))
            || self
                .holders
                .words(reading.text, name, office)
                .is_subset(&self.holders.words(author, &own, office))
    }

    /// Whether the subject of a sentence is another party.
    fn is_of_a_party(&self, reading: &Reading<'_>, place: usize) -> bool {
        let Some(sentence) = reading.sentences.get(place) else {
            return false;
        };
        let here = |f: &&Found| sentence.tokens.contains(&f.tokens.start);
        let mut all = reading.page.found.iter().filter(here);
        all.any(|f| self.cues.needs_subject(f) && self.cues.is_subject(reading.page, f))
    }

    /// `We ourselves have none` in the sentence before or after, `but we have none` in the same; `another`: what is said
    /// here is said of somebody else.
    fn denied_of_oneself(
        &self,
        reading: &Reading<'_>,
        place: usize,
        at: usize,
        another: bool,
    ) -> Option<(usize, usize)> {
        let here = reading.sentences.get(place)?;
        // `The museum has 5 X. The council has none.`
        let apart = another
            || !self
                .holders
                .names_author(reading.tokens.get(here.tokens.clone())?);
        let before = place.checked_sub(1).filter(|_| another);
        let beside = [Some(place + 1), before].into_iter().flatten();
        let beside = beside
            .filter_map(|place| reading.sentences.get(place))
            .filter(|s| s.paragraph == here.paragraph && !s.asks && !s.cell)
            .map(|s| s.tokens.clone());
        let rest = another.then_some(at + 1..here.tokens.end);
        rest.into_iter().chain(beside).find_map(|place| {
            let words = reading.tokens.get(place.clone())?;
            // `This council does not: the only ones here are by X`
            let words = words.split(|t| t.word == COLON).next()?;
            if words.iter().any(|t| t.word == MENTION) {
                return None;
            }
            let found = self.holders.has_none(words, !apart)?;
            bytes(
                reading.tokens,
                &(place.start + found.start..place.start + found.end),
            )
        })
    }

    /// `No, we have none of these.` over the lines of the message that it answers.
    fn denied_above_a_quotation(&self, reading: &Reading<'_>) -> Option<(usize, usize)> {
        reading.sentences.iter().filter(|s| !s.asks).find_map(|sentence| {
            let words = reading.tokens.get(sentence.tokens.clone())?;
            let own = !Self::is_quoted(reading, sentence.tokens.start);
            let found = self.holders.has_none(words, false).filter(|_| own)?;
            let start = sentence.tokens.start;
            bytes(reading.tokens, &(start + found.start..start + found.end))
        })
    }
}

/// The tokens of the clause in which token `at` stands.
fn clause_of(reading: &Reading<'_>, sentence: &Sentence, at: usize) -> Range<usize> {
    let clause = |at: usize| reading.page.clauses.get(at);
    let here = sentence.tokens.clone();
    let start = here.clone().find(|other| clause(*other) == clause(at));
    let end = here.clone().rfind(|other| clause(*other) == clause(at));
    start.unwrap_or(at)..end.map_or(at, |end| end + 1)
}
