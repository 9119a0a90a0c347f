//! What the body promises: to buy no more, to remove, to replace; by when, and in whose words.

use std::ops::Range;

use jiff::civil::Date;
use stripout_catalogue::{ReplyWords, StanceWords};
use stripout_model::{Act, Authority, Days, Deadline, DocumentKind, Voice};

use super::clause::Clauses;
use super::deadline::Term;
use super::page::{Page, Said};
use super::promise::{by_answer, settle, why, year};
use super::scope::{BACK, meant, scope};
use super::subject::{Speaker, Subjects, owner, speaker};
use super::{CommitmentSignal, ReplyRules};
use crate::stance::phrase::Compiler;
use crate::stance::set::PhraseSet;
use crate::stance::token::{MENTION, Token};

#[derive(Debug)]
pub(super) struct Promises {
    cues: PhraseSet,
    acts: Vec<(Act, bool)>,
    asked: PhraseSet,
    asked_acts: Vec<Act>,
    yes: PhraseSet,
    when: PhraseSet,
    not: PhraseSet,
    conditions: PhraseSet,
    unsure: PhraseSet,
    reported: PhraseSet,
    begun: PhraseSet,
    dropped: PhraseSet,
    denied: PhraseSet,
    stands_for: PhraseSet,
    amounts: PhraseSet,
    scoped: PhraseSet,
    linked: PhraseSet,
    /// Words of a verb behind what is removed.
    particles: Vec<String>,
    /// Words between two terms that are one.
    restating: Vec<String>,
    subjects: Subjects,
    clauses: Clauses,
}

/// Words that promise, in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub(super) tokens: Range<usize>,
    act: Act,
    pub(super) passive: bool,
    /// Where the words begin that it is joined to and shares its subject with: `will stop buying X by May and will remove Y`.
    joined: Option<usize>,
}

/// Words of an item of a list before its `that`.
const ITEM: usize = 5;
/// Sentences back to the one that opens a list.
const LIST: usize = 4;

impl Promises {
    pub(super) fn new(words: &ReplyWords, stance: &StanceWords, compiler: &mut Compiler) -> Self {
        let promise = &words.promise;
        let cues = words.commitment.iter().enumerate();
        let cues = cues.flat_map(|(entry, cue)| cue.phrases.iter().map(move |p| (entry, p.as_str())));
        let cues = PhraseSet::numbered(compiler, cues);
        let asked = promise.asked.iter().enumerate();
        let asked = asked.flat_map(|(entry, cue)| cue.phrases.iter().map(move |p| (entry, p.as_str())));
        let asked = PhraseSet::numbered(compiler, asked);
        Self {
            cues,
            acts: words
                .commitment
                .iter()
                .map(|cue| (cue.act, cue.passive))
                .collect(),
            asked,
            asked_acts: promise.asked.iter().map(|cue| cue.act).collect(),
            yes: PhraseSet::new(compiler, &promise.yes),
            when: PhraseSet::new(compiler, &promise.when),
            not: PhraseSet::new(compiler, &promise.not),
            conditions: PhraseSet::new(compiler, &promise.conditions),
            unsure: PhraseSet::new(compiler, &promise.unsure),
            reported: PhraseSet::new(compiler, &promise.reported),
            begun: PhraseSet::new(compiler, &promise.begun),
            dropped: PhraseSet::new(compiler, &promise.dropped),
            denied: PhraseSet::new(compiler, &promise.denied),
            stands_for: PhraseSet::new(compiler, &promise.stands_for),
            amounts: PhraseSet::new(compiler, &promise.amounts),
            scoped: PhraseSet::new(compiler, &promise.scoped),
            linked: PhraseSet::new(compiler, &promise.linked),
            particles: promise.particles.clone(),
            restating: promise.restating.clone(),
            subjects: Subjects::new(promise, compiler),
            clauses: Clauses::new(stance, compiler),
        }
    }

    pub(super) fn scoped(&self) -> &PhraseSet {
        &self.scoped
    }

    pub(super) fn find(&self, rules: &ReplyRules, page: &Page<'_>) -> Vec<CommitmentSignal> {
        if !page.names_makers {
            return Vec::new();
        }
        let mut out: Vec<CommitmentSignal> = Vec::new();
        let mut owner: Option<Option<String>> = None;
        for (at, said) in page.sentences.iter().enumerate() {
            if said.foreign || said.asks {
                continue;
            }
            let cues = self.cues(page, said);
            let answered = if cues.is_empty() {
                self.answer_to(page, at)
            } else {
                None
            };
            if cues.is_empty() && answered.is_none() {
                continue;
            }
            let owner = owner.get_or_insert_with(|| self::owner(rules, page)).clone();
            let Some(speaker) = speaker(rules, page, said, owner) else {
                continue;
            };
            if let Some(act) = answered {
                out.extend(by_answer(page, said, act, &speaker));
            }
            for (index, cue) in cues.iter().enumerate() {
                let low = index
                    .checked_sub(1)
                    .and_then(|i| cues.get(i))
                    .map_or(said.tokens.start, |c| c.tokens.end);
                let high = cues
                    .get(index + 1)
                    .map_or(said.tokens.end, |next| next.tokens.start);
                out.extend(self.promise(rules, page, at, cue, low..high, &speaker));
            }
        }
        settle(out)
    }

    /// The promising words of a sentence, from left to right; each word belongs to one.
    fn cues(&self, page: &Page<'_>, said: &Said) -> Vec<Cue> {
        let tokens = page.words(&said.tokens);
        let mut out: Vec<Cue> = Vec::new();
        if self.conditions.found_in(tokens) {
            return out;
        }
        for start in 0..tokens.len() {
            let from = said.tokens.start + start;
            if out.last().is_some_and(|last| from < last.tokens.end) {
                continue;
            }
            // Of cues that start together the first of the list wins: to stop buying is no removal.
            let mut best: Option<(usize, usize)> = None;
            self.cues
                .each_at_start(tokens.get(start..).unwrap_or_default(), |entry, found| {
                    if best.is_none_or(|(known, length)| {
                        entry < known || entry == known && found.length < length
                    }) {
                        best = Some((entry, found.length));
                    }
                });
            let Some((entry, length)) = best else { continue };
            if self.starts_later(tokens, start, entry, length) {
                continue;
            }
            let before = tokens.get(start.saturating_sub(3)..start).unwrap_or_default();
            if self.denied.found_in(before) {
                continue;
            }
            if let Some((act, passive)) = self.acts.get(entry).copied() {
                let and = before
                    .last()
                    .and_then(|token| page.text.get(token.start..token.end));
                let joins = and.is_some_and(|word| matches!(word.to_lowercase().as_str(), "and" | "then"));
                let lead = out.last().filter(|lead| joins && lead.passive == passive);
                let joined = lead.map(|lead| lead.joined.unwrap_or(lead.tokens.start));
                out.push(Cue {
                    tokens: from..from + length,
                    act,
                    passive,
                    joined,
                });
            }
        }
        out
    }

    /// Whether what is told of an earlier day was decided: in the sentence, or in the one that opens its list.
    fn is_decided(&self, page: &Page<'_>, at: usize, told: &Range<usize>) -> bool {
        let decides = |tokens: &Range<usize>| self.subjects.decides(page.words(tokens));
        let before = Self::list_of(page, at, told);
        decides(told) || before.iter().any(|before| decides(&before.tokens))
    }

    /// Whether somebody asks for it: in the clause before, or in the sentence that opens its list: `I call on the Council to promise`
    /// over `that it will buy no more`.
    fn is_wished(&self, page: &Page<'_>, at: usize, told: &Range<usize>, before: &[Token]) -> bool {
        let list = Self::list_of(page, at, told);
        let wishes = |said: &Said| self.not.found_in(page.words(&said.tokens));
        self.not.found_in(before) || list.iter().any(wishes) && !self.is_decided(page, at, told)
    }

    /// The sentences before an item `that ...` of a list.
    fn list_of<'p>(page: &'p Page<'_>, at: usize, told: &Range<usize>) -> &'p [Said] {
        let opens = page.words(&(told.start..told.end.min(told.start + ITEM)));
        let item = opens.iter().any(|token| {
            page.text
                .get(token.start..token.end)
                .is_some_and(|word| word.eq_ignore_ascii_case("that"))
        });
        let before = page.sentences.get(at.saturating_sub(LIST)..at);
        before.filter(|_| item).unwrap_or_default()
    }

    /// Whether words that promise end where others of their kind end that start later: of `no plans to go, but no more will
    /// be bought` the second half.
    fn starts_later(&self, tokens: &[Token], start: usize, entry: usize, length: usize) -> bool {
        let same = |later: &usize| {
            let pair = tokens.get(start).zip(tokens.get(*later));
            pair.is_some_and(|(first, second)| first.word == second.word)
        };
        (start + 1..start + length).filter(same).any(|later| {
            let mut ends = false;
            self.cues
                .each_at_start(tokens.get(later..).unwrap_or_default(), |other, found| {
                    ends |= other == entry && later + found.length == start + length;
                });
            ends
        })
    }

    fn promise(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        at: usize,
        cue: &Cue,
        within: Range<usize>,
        speaker: &Speaker,
    ) -> Option<CommitmentSignal> {
        let said = page.sentences.get(at)?;
        let clause = Clauses::governing(page, said.tokens.start, cue.tokens.start);
        let before = page.words(&clause);
        let stretch = said.tokens.start..cue.tokens.end;
        let after = page.words(&(cue.tokens.end..within.end));
        let next = page
            .sentences
            .get(at + 1)
            .filter(|next| next.paragraph == said.paragraph);
        let dropped = |tokens: &[Token]| self.dropped.found_in(tokens);
        if self.is_wished(page, at, &stretch, before)
            || self.unsure.found_in(page.words(&cue.tokens))
            || self.reported.found_in(page.words(&cue.tokens)) && !self.is_decided(page, at, &stretch)
            || dropped(after)
            || self.begun.found_in(after)
            || next.is_some_and(|next| dropped(page.words(&next.tokens)) && self.cues(page, next).is_empty())
            || self.subjects.is_theirs(page, at, cue, &clause)
        {
            return None;
        }
        let lead = cue.joined.unwrap_or(cue.tokens.start);
        let low = cue.joined.map_or(within.start, |_| said.tokens.start);
        let subject = self.clauses.subject(page, low, lead);
        let decider = self.subjects.decider(rules, page, cue, &clause, speaker);
        let told = decider.is_none();
        let (who, authority) = match decider {
            Some(decider) => decider,
            None => (
                self.subjects.who(rules, page, said, cue, &subject, speaker)?,
                speaker.authority,
            ),
        };
        if !self.speaks_of_makers(rules, page, at, cue.act) {
            return None;
        }
        let voice = match speaker.voice {
            Voice::Own if page.kind == DocumentKind::Web && !self.subjects.owns(page.words(&subject)) => {
                Voice::Reported
            }
            // What a letter tells of another body is not that body's word.
            Voice::Own if told && Subjects::is_another(&who, speaker.body.as_ref()) => Voice::Reported,
            voice => voice,
        };
        let days = Days {
            said: speaker.said,
            document: page.days.document,
        };
        let by = self.deadline(page, at, cue, &within, days.said.or(days.document));
        // What is under way is told, not promised, where nothing says by when.
        if by.is_none() && Self::under_way(page, cue) {
            return None;
        }
        let term = by.as_ref().map(|(term, _)| term);
        let scope = scope(page, cue, &subject, &within, term, &self.particles);
        let scope = meant(page, at, &cue.tokens, scope);
        let place = page.place(said, cue.tokens.clone())?;
        let cell = page
            .unit
            .cells
            .iter()
            .find(|cell| cell.passage == place.passage)?;
        let deadline = by.as_ref().and_then(|(term, _)| {
            let inside = cell.span.start <= term.span.start && term.span.end <= cell.span.end;
            inside.then(|| Deadline {
                date: term.date,
                words: page.text.get(term.span.clone()).unwrap_or_default().to_owned(),
                start: term.span.start - cell.span.start,
            })
        });
        let words = page
            .text
            .get(cell.span.start + place.span.start..cell.span.start + place.span.end)?;
        Some(CommitmentSignal {
            why: why(
                words,
                &who,
                voice,
                deadline.as_ref(),
                by.as_ref().is_some_and(|(_, earlier)| *earlier),
                days,
            ) + &year(speaker),
            who,
            act: cue.act,
            scope,
            by: deadline,
            authority: if voice == Voice::Reported {
                Authority::Unknown
            } else {
                authority
            },
            voice,
            days,
            place,
        })
    }

    /// `are being replaced`
    fn under_way(page: &Page<'_>, cue: &Cue) -> bool {
        let words = page.words(&cue.tokens).iter();
        let mut words = words.filter_map(|token| page.text.get(token.start..token.end));
        cue.passive && words.any(|word| word.eq_ignore_ascii_case("being"))
    }

    /// The sentence is about cameras of some makers: by its own words, or by those that it takes up.
    fn speaks_of_makers(&self, rules: &ReplyRules, page: &Page<'_>, at: usize, act: Act) -> bool {
        let Some(said) = page.sentences.get(at) else {
            return false;
        };
        let tokens = page.words(&said.tokens);
        let makers =
            |tokens: &[Token]| tokens.iter().any(|t| t.word == MENTION) || self.scoped.found_in(tokens);
        let cameras = |tokens: &[Token]| makers(tokens) || rules.about.found_in(tokens);
        if act == Act::StopBuying && makers(tokens) || act != Act::StopBuying && cameras(tokens) {
            return true;
        }
        // A reply is about nothing else, a page may be.
        let back = if page.kind == DocumentKind::Web { 2 } else { BACK };
        let earlier = page.sentences.get(at.saturating_sub(back)..at);
        let earlier = earlier
            .into_iter()
            .flatten()
            .any(|before| makers(page.words(&before.tokens)));
        earlier && (self.stands_for.found_in(tokens) || self.amounts.found_in(tokens) || cameras(tokens))
    }

    /// After the words that promise, else before them, else in the sentence before when this one takes its plan up.
    fn deadline(
        &self,
        page: &Page<'_>,
        at: usize,
        cue: &Cue,
        within: &Range<usize>,
        anchor: Option<Date>,
    ) -> Option<(Term, bool)> {
        let said = page.sentences.get(at)?;
        let tokens = page.words(within);
        let stretch = tokens.first()?.start..tokens.last()?.end;
        let middle = page.tokens.get(cue.tokens.end.checked_sub(1)?)?.end;
        let found = page.terms(stretch, anchor);
        let mut later = found.iter().filter(|term| term.span.start >= middle);
        let after = later.next().map(|term| {
            // `during the summer, by 31 August 2026`, `by Easter, that is by 5 April 2026`: both are one, and the later tells the day.
            let same = |next: &&Term| {
                let between = page.text.get(term.span.end..next.span.start).unwrap_or_default();
                let words = page.text.get(term.span.clone()).unwrap_or_default();
                let year = |digits: &str| digits.len() == 4;
                let exact = words.split(|c: char| !c.is_ascii_digit()).any(year);
                next.date.is_some() && self.restates(between, exact)
            };
            later.next().filter(same).map_or_else(
                || term.clone(),
                |next| Term {
                    span: term.span.start..next.span.end,
                    date: next.date,
                },
            )
        });
        // What stands before the clause sets the term of the promise before this one.
        let first = within.start == said.tokens.start;
        let opens = Clauses::start(page, within.start, cue.tokens.start);
        let opens = page.tokens.get(opens).map_or(0, |token| token.start);
        // `decided on 3 June that`: the day of the decision.
        let told = |term: &&Term| {
            let behind = page.text.get(term.span.end..).unwrap_or_default();
            behind.trim_start().starts_with("that ")
        };
        let before = found
            .last()
            .filter(|term| (first || term.span.start >= opens) && !told(term));
        if let Some(term) = after.or_else(|| before.cloned()) {
            return Some((term, false));
        }
        let before = at.checked_sub(1).and_then(|i| page.sentences.get(i))?;
        let same = before.paragraph == said.paragraph
            && before.quotation == said.quotation
            && !before.foreign
            && !before.asks;
        if !same || !self.linked.found_in(page.words(&said.tokens)) {
            return None;
        }
        page.terms(before.span.clone(), anchor)
            .into_iter()
            .next()
            .map(|term| (term, true))
    }

    /// Whether nothing but `that is` stands between two terms, or nothing at all where the first tells no year.
    fn restates(&self, between: &str, exact: bool) -> bool {
        let words = between.trim_matches(|c: char| !c.is_alphanumeric());
        words.is_empty() && !exact || self.restating.iter().any(|one| one.eq_ignore_ascii_case(words))
    }

    /// `Do you plan to remove them? Yes, by March 2025.` `When will they go? By March 2025.`
    fn answer_to(&self, page: &Page<'_>, at: usize) -> Option<Act> {
        let said = page.sentences.get(at)?;
        let question = at
            .checked_sub(1)
            .and_then(|i| page.sentences.get(i))
            .filter(|q| q.asks)?;
        let tokens = page.words(&question.tokens);
        let term = || {
            let opens = |term: &Term| term.span.start == said.span.start;
            self.when.found_in(tokens) && page.terms(said.span.clone(), None).iter().any(opens)
        };
        if self.yes.at_start(page.words(&said.tokens)).is_none() && !term() {
            return None;
        }
        let mut best: Option<usize> = None;
        for start in 0..tokens.len() {
            self.asked
                .each_at_start(tokens.get(start..).unwrap_or_default(), |entry, _| {
                    best = Some(best.map_or(entry, |known| known.min(entry)));
                });
        }
        let followed = page.sentences.get(at + 1).is_some_and(|next| {
            next.paragraph == said.paragraph && !next.asks && !self.cues(page, next).is_empty()
        });
        best.filter(|_| !followed)
            .and_then(|entry| self.asked_acts.get(entry).copied())
    }
}
