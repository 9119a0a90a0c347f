//! What the body promises: to buy no more, to remove, to replace; by when, and in whose words.

use std::ops::Range;

use jiff::civil::Date;
use stripout_catalogue::{ReplyWords, StanceWords, Verification};
use stripout_model::{Act, Authority, Days, Deadline, DocumentKind, Voice};

use super::body::Bodies;
use super::date::days;
use super::deadline::{Term, terms};
use super::page::{Page, Said, TERM};
use super::promise::{by_yes, settle, why, year};
use super::scope::{BACK, meant, scope};
use super::{CommitmentSignal, ReplyRules};
use crate::stance::phrase::Compiler;
use crate::stance::set::PhraseSet;
use crate::stance::token::{COMMA, MENTION, Token, is_mark};

#[derive(Debug)]
pub(super) struct Promises {
    cues: PhraseSet,
    acts: Vec<(Act, bool)>,
    asked: PhraseSet,
    asked_acts: Vec<Act>,
    yes: PhraseSet,
    not: PhraseSet,
    conditions: PhraseSet,
    unsure: PhraseSet,
    dropped: PhraseSet,
    decides: PhraseSet,
    denied: PhraseSet,
    others: PhraseSet,
    own: PhraseSet,
    stands_for: PhraseSet,
    scoped: PhraseSet,
    linked: PhraseSet,
    breaks: PhraseSet,
}

/// Words that promise, in a sentence.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub(super) tokens: Range<usize>,
    act: Act,
    pub(super) passive: bool,
}

/// Whose promise it is.
pub(super) struct Speaker {
    /// Who `we` is, when known.
    pub(super) body: Option<String>,
    pub(super) voice: Voice,
    pub(super) authority: Authority,
    pub(super) said: Option<Date>,
    /// The year of `said` is that in which those named held office; how well that is known.
    pub(super) year_rests_on: Option<Verification>,
}

/// Words before the cue in which its subject is looked for.
const SUBJECT: usize = 12;

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
            not: PhraseSet::new(compiler, &promise.not),
            conditions: PhraseSet::new(compiler, &promise.conditions),
            unsure: PhraseSet::new(compiler, &promise.unsure),
            dropped: PhraseSet::new(compiler, &promise.dropped),
            decides: PhraseSet::new(compiler, &promise.decides),
            denied: PhraseSet::new(compiler, &promise.denied),
            others: PhraseSet::new(compiler, &promise.others),
            own: PhraseSet::new(compiler, &promise.own),
            stands_for: PhraseSet::new(compiler, &promise.stands_for),
            scoped: PhraseSet::new(compiler, &promise.scoped),
            linked: PhraseSet::new(compiler, &promise.linked),
            breaks: PhraseSet::new(compiler, &stance.sentence.breakers),
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
            let promised_by_yes = if cues.is_empty() {
                self.yes_to(page, at)
            } else {
                None
            };
            if cues.is_empty() && promised_by_yes.is_none() {
                continue;
            }
            let owner = owner.get_or_insert_with(|| self::owner(rules, page)).clone();
            let Some(speaker) = speaker(rules, page, said, owner) else {
                continue;
            };
            if let Some(act) = promised_by_yes {
                out.extend(by_yes(page, said, act, &speaker));
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
            let before = tokens.get(start.saturating_sub(3)..start).unwrap_or_default();
            if self.denied.found_in(before) {
                continue;
            }
            if let Some((act, passive)) = self.acts.get(entry).copied() {
                out.push(Cue {
                    tokens: from..from + length,
                    act,
                    passive,
                });
            }
        }
        out
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
        let before = page.words(&(said.tokens.start..cue.tokens.start));
        let after = page.words(&(cue.tokens.end..within.end));
        let next = page
            .sentences
            .get(at + 1)
            .filter(|next| next.paragraph == said.paragraph);
        let dropped = |tokens: &[Token]| self.dropped.found_in(tokens);
        if self.not.found_in(before)
            || self.unsure.found_in(page.words(&cue.tokens))
            || dropped(after)
            || next.is_some_and(|next| dropped(page.words(&next.tokens)))
        {
            return None;
        }
        let subject = self.subject(page, within.start, cue.tokens.start);
        let (who, authority) = match self.decider(rules, page, said, cue) {
            Some(decider) => decider,
            None => (
                self.who(rules, page, said, cue, &subject, speaker)?,
                speaker.authority,
            ),
        };
        if !self.speaks_of_makers(rules, page, at, cue.act) {
            return None;
        }
        let voice = match speaker.voice {
            Voice::Own if page.kind == DocumentKind::Web && !self.own.found_in(page.words(&subject)) => {
                Voice::Reported
            }
            voice => voice,
        };
        let days = Days {
            said: speaker.said,
            document: page.days.document,
        };
        let by = self.deadline(page, at, cue, &within, days.said.or(days.document));
        let scope = scope(page, cue, &subject, &within, by.as_ref().map(|(term, _)| term));
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

    /// Who decided, where the sentence says so by office: `The Minister has decided that these are to be removed`.
    fn decider(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        said: &Said,
        cue: &Cue,
    ) -> Option<(String, Authority)> {
        if !cue.passive {
            return None;
        }
        let tokens = page.words(&(said.tokens.start..cue.tokens.start));
        let at = (1..tokens.len()).find(|at| {
            tokens
                .get(*at..)
                .is_some_and(|rest| self.decides.at_start(rest).is_some())
        })?;
        let span = tokens.first()?.start..tokens.get(at - 1)?.end;
        let words = page.text.get(span)?;
        let level = rules.bodies.level(words);
        (level != Authority::Unknown).then(|| (words.to_owned(), level))
    }

    /// Tokens of the clause before the cue.
    fn subject(&self, page: &Page<'_>, low: usize, cue: usize) -> Range<usize> {
        let mut start = low;
        for at in low..cue {
            let rest = page.tokens.get(at..cue).unwrap_or_default();
            let comma = rest.first().is_some_and(|t| t.word == COMMA);
            if at > low && (comma || self.breaks.at_start(rest).is_some()) {
                start = at + 1;
            }
        }
        // A clause of a comma and nothing else has its subject before it.
        if start >= cue { low..cue } else { start..cue }
    }

    fn who(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        said: &Said,
        cue: &Cue,
        subject: &Range<usize>,
        speaker: &Speaker,
    ) -> Option<String> {
        let near = subject.start.max(cue.tokens.start.saturating_sub(SUBJECT))..cue.tokens.start;
        let tokens = page.words(&near);
        let unnamed = || match (page.kind, speaker.voice) {
            // A page about somebody says by name who promises.
            (DocumentKind::Web, Voice::Own) => None,
            _ => speaker.body.clone().or_else(|| Some(String::new())),
        };
        if self.own.found_in(tokens) && !cue.passive {
            return speaker.body.clone().or_else(|| first_words(page, tokens));
        }
        let bytes = tokens.first().map_or(0..0, |first| {
            first.start..tokens.last().map_or(first.end, |last| last.end)
        });
        let named = rules.bodies.names(page.text, bytes.clone());
        if !cue.passive && self.others.found_in(tokens) && named.is_empty() {
            return None;
        }
        if let Some(name) = named.last() {
            return page.text.get(name.span.clone()).map(str::to_owned);
        }
        let noun = tokens.iter().rev().find_map(|token| {
            let word = page.text.get(token.start..token.end)?;
            let bare = word
                .strip_suffix("'s")
                .or_else(|| word.strip_suffix("’s"))
                .unwrap_or(word);
            rules
                .bodies
                .is_noun(bare)
                .then(|| (bare.to_lowercase(), token.start))
        });
        if cue.passive {
            // Who removes stands in the sentence, or signs.
            let anywhere = rules.bodies.names(page.text, said.span.clone());
            let name = anywhere
                .last()
                .and_then(|name| page.text.get(name.span.clone()))
                .map(str::to_owned);
            return match (page.kind, speaker.voice) {
                (DocumentKind::Web, Voice::Own) => name,
                _ => unnamed(),
            };
        }
        if let Some((noun, at)) = noun {
            let det = tokens.iter().any(|t| {
                page.text
                    .get(t.start..t.end)
                    .is_some_and(|w| matches!(w.to_lowercase().as_str(), "the" | "our" | "this" | "my"))
            });
            if !det {
                return None;
            }
            let own = speaker
                .body
                .clone()
                .filter(|body| body.to_lowercase().split_whitespace().any(|w| w == noun));
            return own
                .or_else(|| Bodies::meant(page.names(rules), page.text, &noun, at))
                .or_else(|| speaker.body.clone())
                .or_else(|| first_words(page, tokens));
        }
        // Nobody but the body itself is called as the first line is.
        let written = page.text.get(bytes).unwrap_or_default();
        if let Some(head) = rules.bodies.head(page.text).filter(|head| written.contains(head)) {
            return Some(head.to_owned());
        }
        let stranger = tokens
            .iter()
            .any(|t| t.capital && t.word == crate::stance::token::UNKNOWN && t.start > said.span.start);
        if stranger { None } else { unnamed() }
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
        earlier && (self.stands_for.found_in(tokens) || cameras(tokens))
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
        let found = terms(page.text, stretch, anchor);
        let after = found.iter().find(|term| term.span.start >= middle);
        if let Some(term) = after.or(found.last()) {
            return Some((term.clone(), false));
        }
        let before = at.checked_sub(1).and_then(|i| page.sentences.get(i))?;
        let same = before.paragraph == said.paragraph
            && before.quotation == said.quotation
            && !before.foreign
            && !before.asks;
        if !same || !self.linked.found_in(page.words(&said.tokens)) {
            return None;
        }
        terms(page.text, before.span.clone(), anchor)
            .into_iter()
            .next()
            .map(|term| (term, true))
    }

    /// `Do you plan to remove them? Yes, by March 2025.`
    fn yes_to(&self, page: &Page<'_>, at: usize) -> Option<Act> {
        let said = page.sentences.get(at)?;
        let question = at
            .checked_sub(1)
            .and_then(|i| page.sentences.get(i))
            .filter(|q| q.asks)?;
        self.yes.at_start(page.words(&said.tokens))?;
        let tokens = page.words(&question.tokens);
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

/// Whose text it is.
fn owner(rules: &ReplyRules, page: &Page<'_>) -> Option<String> {
    let signs = matches!(page.kind, DocumentKind::Foi | DocumentKind::Letter);
    let head = || rules.bodies.head(page.text).map(str::to_owned);
    rules.bodies.owner(page.text).or_else(|| head().filter(|_| signs))
}

/// Who speaks in a sentence. `None` when it is somebody who cannot promise for a public body.
fn speaker(rules: &ReplyRules, page: &Page<'_>, said: &Said, owner: Option<String>) -> Option<Speaker> {
    let signs = matches!(page.kind, DocumentKind::Foi | DocumentKind::Letter);
    let signed = || match rules.bodies.signed(page.text) {
        _ if !signs => Authority::Unknown,
        // A request for information is answered by an official, who need not sign.
        Authority::Unknown if page.kind == DocumentKind::Foi => Authority::Official,
        level => level,
    };
    let Some(quotation) = said
        .quotation
        .and_then(|i| page.quotations.get(i))
        .filter(|q| q.span.len() > TERM)
    else {
        return Some(Speaker {
            body: owner,
            voice: Voice::Own,
            authority: signed(),
            said: None,
            year_rests_on: None,
        });
    };
    let introduction = page.text.get(quotation.speaker.clone())?;
    if introduction.is_empty() {
        return None;
    }
    let level = rules.bodies.level(introduction);
    let body = rules
        .bodies
        .names(page.text, quotation.speaker.clone())
        .last()
        .and_then(|name| page.text.get(name.span.clone()))
        .map(str::to_owned);
    let noun = introduction
        .split(|c: char| !c.is_alphanumeric())
        .zip(introduction.split(|c: char| !c.is_alphanumeric()).skip(1))
        .find(|(det, word)| {
            matches!(det.to_lowercase().as_str(), "the" | "a" | "our" | "this") && rules.bodies.is_noun(word)
        })
        .map(|(_, noun)| noun.to_lowercase());
    let body = body
        .or_else(|| {
            Bodies::meant(
                page.names(rules),
                page.text,
                noun.as_deref()?,
                quotation.speaker.start,
            )
        })
        .or_else(|| {
            (noun.is_some() || level == Authority::Minister)
                .then(|| owner.clone())
                .flatten()
        })?;
    let day = days(introduction).into_iter().next();
    Some(Speaker {
        voice: if owner.as_ref() == Some(&body) && signs {
            Voice::Own
        } else {
            Voice::Quoted
        },
        body: Some(body),
        authority: if level == Authority::Unknown {
            signed()
        } else {
            level
        },
        year_rests_on: day
            .as_ref()
            .and_then(|day| rules.holders.year_rests_on(day, page.days.document)),
        said: day.and_then(|day| rules.holders.resolve(page.text, &day, page.days.document)),
    })
}

fn first_words(page: &Page<'_>, tokens: &[Token]) -> Option<String> {
    let own: Vec<&Token> = tokens.iter().rev().filter(|t| !is_mark(t.word)).take(3).collect();
    let (start, end) = (own.last()?.start, own.first()?.end);
    page.text.get(start..end).map(str::to_owned)
}
