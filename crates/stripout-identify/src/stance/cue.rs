//! Cues found in a text, and which mentions each speaks of.

use std::ops::Range;

use stripout_catalogue::{Scope, StanceWords};
use stripout_model::{DocumentKind, Stance};

use super::phrase::{Compiler, Holds};
use super::sentence::Sentence;
use super::set::PhraseSet;
use super::token::{CELL, COLON, COMMA, DASH, EQUALS, MENTION, NUMBER, Token, UNKNOWN, Word, is_mark};

/// The compiled part of a cue.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the data")]
pub(crate) struct CueRule {
    pub(crate) says: Stance,
    pub(crate) scope: Scope,
    pub(crate) asks: bool,
    modifies: bool,
    pub(crate) weak: bool,
    pub(crate) settled: bool,
    pub(crate) another: bool,
    last_resort: bool,
    kinds: Vec<DocumentKind>,
    reach: usize,
    stop: Vec<Word>,
}

/// A cue in the text.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Index of the cue: its rank.
    pub(crate) rule: usize,
    pub(crate) tokens: Range<usize>,
    /// Token of the mention that the phrase took in.
    pub(crate) mention: Option<usize>,
    pub(crate) paragraph: u32,
    /// Stands in a cell that holds little else.
    short: bool,
    /// Reaches over a mention that it does not take in.
    over: bool,
}

/// Words between a cue and what it speaks of, unless the cue says otherwise: a sentence of usual length.
const REACH: usize = 24;
/// Words of a cell that holds a status: `Disposed (WEEE) 04/2023`.
const STATUS: usize = 10;

#[derive(Debug)]
pub(crate) struct CueRules {
    pub(crate) rules: Vec<CueRule>,
    phrases: PhraseSet,
    list: Vec<Word>,
    before_subject: Vec<Word>,
    after_subject: Vec<Word>,
    neutral: PhraseSet,
}

/// What a relation is judged on.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) clauses: &'a [u32],
    pub(crate) found: &'a [Found],
}

impl CueRules {
    pub(crate) fn new(compiler: &mut Compiler, words: &StanceWords) -> Self {
        let (cues, sentence) = (&words.cue, &words.sentence);
        let rules = cues
            .iter()
            .map(|cue| CueRule {
                says: cue.says,
                scope: cue.scope,
                asks: cue.asks,
                modifies: cue.modifies,
                weak: cue.weak,
                settled: cue.settled,
                another: cue.another,
                last_resort: cue.last_resort,
                kinds: cue.kinds.clone(),
                reach: cue.reach.map_or(REACH, usize::from),
                stop: cue
                    .stop
                    .iter()
                    .map(|word| compiler.vocabulary.intern(word))
                    .collect(),
            })
            .collect();
        let mut interned =
            |list: &[String]| list.iter().map(|word| compiler.vocabulary.intern(word)).collect();
        let list = interned(&sentence.list);
        let before_subject = interned(&words.holder.before);
        let after_subject = interned(&words.holder.after);
        let texts = cues
            .iter()
            .enumerate()
            .flat_map(|(i, cue)| cue.phrases.iter().map(move |p| (i, p.as_str())));
        let neutral = PhraseSet::new(compiler, &sentence.neutral);
        Self {
            rules,
            phrases: PhraseSet::numbered(compiler, texts),
            list,
            before_subject,
            after_subject,
            neutral,
        }
    }

    /// Cues of this kind of document in these sentences, in order of place; one that lies wholly inside a longer one is not
    /// read by itself (`will be used` in `will not be used`).
    pub(crate) fn find(&self, kind: DocumentKind, tokens: &[Token], sentences: &[Sentence]) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        for sentence in sentences {
            let first = all.len();
            let holds = Holds::of(tokens.get(sentence.tokens.clone()).unwrap_or_default());
            let mut quiet: Vec<Range<usize>> = Vec::new();
            for at in sentence.tokens.clone() {
                let rest = tokens.get(at..sentence.tokens.end).unwrap_or_default();
                quiet.extend(self.neutral.at_start(rest).map(|found| at..at + found.length));
                // What is read in rows only is silent elsewhere, and silences nothing.
                let for_kind = |rule: usize| {
                    self.rules.get(rule).is_some_and(|r| {
                        let kinds = r.kinds.is_empty() || r.kinds.contains(&kind);
                        kinds && (sentence.cell || r.scope != Scope::Row)
                    })
                };
                self.phrases
                    .each_at_start_of(rest, Some(holds), for_kind, |rule, matched| {
                        let mention = matched.mention.map(|m| at + m);
                        let tokens = at..at + matched.length;
                        let over = rest
                            .get(..matched.length)
                            .is_some_and(|words| words.iter().any(|t| t.word == MENTION));
                        let short = sentence.cell && sentence.tokens.len() <= STATUS;
                        all.push(Found {
                            rule,
                            tokens,
                            mention,
                            paragraph: sentence.paragraph,
                            short,
                            over: over && matched.mention.is_none(),
                        });
                    });
            }
            let here = all.split_off(first);
            all.extend(
                here.iter()
                    .filter(|f| {
                        !quiet
                            .iter()
                            .any(|q| q.start <= f.tokens.start && f.tokens.end <= q.end)
                    })
                    .filter(|f| !here.iter().any(|g| self.covers(g, f)))
                    .cloned(),
            );
        }
        all
    }

    fn covers(&self, outer: &Found, inner: &Found) -> bool {
        let (o, i) = (&outer.tokens, &inner.tokens);
        // A phrase that takes in one mention leaves its verb to the others: `A was replaced by B`.
        let modifies = self.rules.get(outer.rule).is_some_and(|r| r.modifies);
        let last = self.is_last_resort(outer) || self.is_last_resort(inner);
        let wider = o.len() > i.len() && outer.mention.is_none() && !modifies && !last;
        // `no X other than A are fitted`: what names the mention and ranks before the whole stands.
        let named = inner.mention.is_some() && inner.rule < outer.rule;
        // `no ... used` in `nothing says whether X is used` cannot speak of what stands inside it.
        let aside = outer.over
            && self
                .rules
                .get(outer.rule)
                .is_some_and(|r| matches!(r.scope, Scope::After | Scope::Before));
        wider
            && !named
            && !aside
            && o.start <= i.start
            && i.end <= o.end
            && self.says(outer) != self.says(inner)
    }

    /// Says of whatever was asked about that it stays (`they remain in use`), without naming it.
    pub(crate) fn is_firm(&self, found: &Found) -> bool {
        self.rules
            .get(found.rule)
            .is_some_and(|r| r.says == Stance::Has && matches!(r.scope, Scope::Sentence | Scope::Clause))
    }

    pub(crate) fn is_weak(&self, found: &Found) -> bool {
        self.rules.get(found.rule).is_some_and(|r| r.weak)
    }

    pub(crate) fn is_last_resort(&self, found: &Found) -> bool {
        self.rules.get(found.rule).is_some_and(|r| r.last_resort)
    }

    pub(crate) fn says(&self, found: &Found) -> Option<Stance> {
        self.rules.get(found.rule).map(|rule| rule.says)
    }

    /// Whether `found` speaks of the mention at token `at` in `sentence`.
    pub(crate) fn speaks_of(&self, page: Page<'_>, sentence: &Sentence, found: &Found, at: usize) -> bool {
        let Some(rule) = self.rules.get(found.rule) else {
            return false;
        };
        let clause = |token: usize| page.clauses.get(token);
        let inside = sentence.tokens.contains(&found.tokens.start);
        if let Some(named) = found
            .mention
            .filter(|_| matches!(rule.scope, Scope::After | Scope::Before))
        {
            return named == at || self.takes_in(page, found, named, at);
        }
        match rule.scope {
            Scope::Sentence => inside,
            Scope::Clause => {
                inside
                    && !self.denies_its_own(page, found, at)
                    && (clause(found.tokens.start) == clause(at)
                        || clause(found.tokens.end.saturating_sub(1)) == clause(at))
            }
            Scope::Onward => {
                inside && found.tokens.end <= at && clause(found.tokens.end.saturating_sub(1)) == clause(at)
            }
            Scope::Row => sentence.cell && found.paragraph == sentence.paragraph && found.short,
            Scope::Here => found
                .mention
                .is_some_and(|m| m == at || self.takes_in(page, found, m, at)),
            Scope::After => {
                let start = found.tokens.end;
                inside
                    && start <= at
                    && clause(start.saturating_sub(1)) == clause(at)
                    && Self::reaches(page, rule, start..at)
                    && !self.other_verb(page, found, start..at)
            }
            Scope::Subject => {
                inside
                    && found.tokens.end <= at
                    && clause(found.tokens.end.saturating_sub(1)) == clause(at)
                    && !Self::is_label(page, found.tokens.end..at)
                    && self.is_subject(page, found)
            }
            Scope::Before => {
                let end = found.tokens.start;
                inside
                    && at < end
                    && clause(end) == clause(at)
                    && Self::reaches(page, rule, at + 1..end)
                    && !self.other_subject(page, found, at + 1..end)
            }
        }
    }

    /// Says of the mention that it is somebody else's.
    pub(crate) fn is_of_another(&self, found: &Found) -> bool {
        self.rules.get(found.rule).is_some_and(|r| r.another)
    }

    /// Speaks only as the subject of a clause.
    pub(crate) fn needs_subject(&self, found: &Found) -> bool {
        self.rules
            .get(found.rule)
            .is_some_and(|r| r.another && r.scope == Scope::Subject)
    }

    /// `Restaurant: 4 X`: a label and its value have no verb.
    fn is_label(page: Page<'_>, between: Range<usize>) -> bool {
        let between = page.tokens.get(between).unwrap_or_default();
        between
            .iter()
            .any(|t| matches!(t.word, COLON | EQUALS | CELL | DASH))
    }

    /// Whether the words are the subject of their clause: nothing but an article, a number or an adjective before them,
    /// and none of the words that stop the cue in the clause.
    pub(crate) fn is_subject(&self, page: Page<'_>, found: &Found) -> bool {
        let clause = |at: usize| page.clauses.get(at).filter(|clause| **clause > 0);
        let own = clause(found.tokens.start);
        let opens = |token: &Token| {
            token.word == NUMBER
                || self.before_subject.contains(&token.word)
                || token.word == UNKNOWN && !token.capital
        };
        let before = (0..found.tokens.start).rev().take_while(|at| clause(*at) == own);
        let mut words = before.filter_map(|at| page.tokens.get(at));
        let first = words.by_ref().find(|token| !opens(token));
        let stops = |rule: &CueRule| {
            let here = (found.tokens.start..page.tokens.len()).take_while(|at| clause(*at) == own);
            let earlier = (0..found.tokens.start).rev().take_while(|at| clause(*at) == own);
            let mut others = here.chain(earlier).filter(|at| !found.tokens.contains(at));
            others.any(|at| {
                page.tokens
                    .get(at)
                    .is_some_and(|t| rule.stop.iter().any(|stop| t.is(*stop)))
            })
        };
        // `the police station`, `Police Scotland`
        let follows = page.tokens.get(found.tokens.end);
        let ends = follows.is_some_and(|t| {
            is_mark(t.word)
                || self.after_subject.contains(&t.word)
                || page.found.iter().any(|f| f.tokens.start == found.tokens.end)
        });
        ends && first.is_none_or(|token| token.word == COMMA)
            && self.rules.get(found.rule).is_some_and(|rule| !stops(rule))
    }

    /// Whether what is said of the mention at `named` is said of the one at `at` too, in a list with it. A denial is not
    /// said of what stands before it: `has 38 A and no B is in use`.
    fn takes_in(&self, page: Page<'_>, found: &Found, named: usize, at: usize) -> bool {
        let before = at < found.tokens.start && found.tokens.start < named;
        let denies = self.says(found) == Some(Stance::Denies);
        !(before && denies) && self.one_list(page.tokens, named, at)
    }

    /// Whether it denies a mention of its own and the one at `at` stands before it.
    fn denies_its_own(&self, page: Page<'_>, found: &Found, at: usize) -> bool {
        let words = page.tokens.get(found.tokens.clone()).unwrap_or_default();
        at < found.tokens.start
            && self.says(found) == Some(Stance::Denies)
            && words.iter().any(|t| t.word == MENTION)
    }

    /// Stop words and distance, counted to the nearest mention of the list.
    fn reaches(page: Page<'_>, rule: &CueRule, between: Range<usize>) -> bool {
        let tokens = page.tokens.get(between).unwrap_or_default();
        let words = if rule.scope == Scope::After {
            tokens
                .iter()
                .position(|t| t.word == MENTION)
                .unwrap_or(tokens.len())
        } else {
            tokens
                .iter()
                .rev()
                .position(|t| t.word == MENTION)
                .unwrap_or(tokens.len())
        };
        words <= rule.reach && !tokens.iter().any(|t| rule.stop.iter().any(|stop| t.is(*stop)))
    }

    /// An object belongs to the nearest verb before it: `removed A and fitted B`. Verbs without an object of their own
    /// share the next one: `does not own, lease or operate A`.
    fn other_verb(&self, page: Page<'_>, found: &Found, between: Range<usize>) -> bool {
        let verbs = || {
            page.found.iter().filter(|other| {
                between.start <= other.tokens.start
                    && other.tokens.end <= between.end
                    && self
                        .rules
                        .get(other.rule)
                        .is_some_and(|r| r.scope == Scope::After && !r.modifies && !r.last_resort)
                    && self.says(other) != self.says(found)
            })
        };
        let links = |at: usize| {
            page.tokens
                .get(at)
                .is_some_and(|t| t.word != MENTION && self.list.contains(&t.word))
                || verbs().any(|v| v.tokens.contains(&at))
        };
        verbs().any(|other| !(between.start..other.tokens.start).all(links))
    }

    /// A verb with a nearer subject is not this one's: `A remains and B was removed`.
    fn other_subject(&self, page: Page<'_>, found: &Found, between: Range<usize>) -> bool {
        page.found.iter().any(|other| {
            between.start <= other.tokens.start
                && other.tokens.end <= between.end
                && self.says(other) != self.says(found)
                && self.rules.get(other.rule).is_some_and(|r| {
                    !r.modifies
                        && !r.last_resort
                        && matches!(r.scope, Scope::Before | Scope::After | Scope::Here)
                })
                && page
                    .tokens
                    .get(other.tokens.end..between.end)
                    .is_some_and(|rest| rest.iter().any(|t| t.word == MENTION))
        })
    }

    /// Whether two mentions stand in one list: only commas, `and`, `or`, kinds of device or other makers between.
    pub(crate) fn one_list(&self, tokens: &[Token], a: usize, b: usize) -> bool {
        let (from, to) = (a.min(b), a.max(b));
        let Some(between) = tokens.get(from + 1..to) else {
            return false;
        };
        between.len() <= 12
            && between.iter().all(|t| {
                matches!(t.word, MENTION | NUMBER)
                    || self.list.contains(&t.word)
                    || t.word == UNKNOWN && t.capital
            })
    }
}
