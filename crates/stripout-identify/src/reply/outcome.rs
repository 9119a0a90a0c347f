//! How the body decided: given, withheld and on what ground, not held, not yet, or not understood.

use std::ops::Range;

use stripout_catalogue::ReplyWords;
use stripout_model::{DocumentKind, Ground, Mention, OutcomeKind, Stance};

use super::date::names_day;
use super::decision::{Answers, Statement, drop_general, name_kinds, whole};
use super::ground::Citation;
use super::page::{Page, Said};
use super::{OutcomeSignal, ReplyRules, SignalPlace};
use crate::stance::phrase::Compiler;
use crate::stance::sentence::Side;
use crate::stance::set::PhraseSet;
use crate::stance::token::{CURRENCY, Token};

#[derive(Debug)]
pub(super) struct Outcomes {
    cues: PhraseSet,
    says: Vec<OutcomeKind>,
    templates: PhraseSet,
    template_ids: Vec<String>,
    supposed: PhraseSet,
    costs: PhraseSet,
    deferred: PhraseSet,
    closed: PhraseSet,
    wholly: PhraseSet,
    recalls: PhraseSet,
    titles: PhraseSet,
    reviews: PhraseSet,
    corrections: PhraseSet,
    puts: PhraseSet,
    handed: PhraseSet,
    lifted: PhraseSet,
    taken_back: PhraseSet,
    given: PhraseSet,
    spent: PhraseSet,
    denials: PhraseSet,
    yes_or_no: PhraseSet,
    logs: PhraseSet,
}

/// Sentences in which a document says what it is.
const HEAD: usize = 12;
/// Of those, the ones that can be its title.
const TITLE: usize = 4;
/// Words of a sentence that is an answer and no more.
const ANSWER: usize = 10;
/// Words before a sum among which stands what it was spent on.
const NEAR: usize = 8;

impl Outcomes {
    pub(super) fn new(words: &ReplyWords, compiler: &mut Compiler) -> Self {
        let cues = words.outcome.iter().enumerate();
        let cues = cues.flat_map(|(entry, cue)| cue.phrases.iter().map(move |p| (entry, p.as_str())));
        let cues = PhraseSet::numbered(compiler, cues);
        let templates = words.template.iter().enumerate();
        let templates =
            templates.flat_map(|(entry, one)| one.phrases.iter().map(move |p| (entry, p.as_str())));
        let templates = PhraseSet::numbered(compiler, templates);
        Self {
            cues,
            says: words.outcome.iter().map(|cue| cue.says).collect(),
            templates,
            template_ids: words.template.iter().map(|one| one.id.clone()).collect(),
            supposed: PhraseSet::new(compiler, &words.answer.supposed),
            costs: PhraseSet::new(compiler, &words.answer.costs),
            deferred: PhraseSet::new(compiler, &words.answer.deferred),
            closed: PhraseSet::new(compiler, &words.answer.closed),
            wholly: PhraseSet::new(compiler, &words.answer.wholly),
            recalls: PhraseSet::new(compiler, &words.answer.recalls),
            titles: PhraseSet::new(compiler, &words.answer.titles),
            reviews: PhraseSet::new(compiler, &words.answer.reviews),
            corrections: PhraseSet::new(compiler, &words.answer.corrections),
            puts: PhraseSet::new(compiler, &words.answer.puts),
            handed: PhraseSet::new(compiler, &words.answer.handed),
            lifted: PhraseSet::new(compiler, &words.answer.lifted),
            taken_back: PhraseSet::new(compiler, &words.answer.taken_back),
            given: PhraseSet::new(compiler, &words.answer.given),
            spent: PhraseSet::new(compiler, &words.answer.spent),
            denials: PhraseSet::new(compiler, &words.answer.denials),
            yes_or_no: PhraseSet::new(compiler, &words.answer.yes_or_no),
            logs: PhraseSet::new(compiler, &words.answer.logs),
        }
    }

    pub(super) fn find(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        mentions: &[Mention],
    ) -> Vec<OutcomeSignal> {
        let replies = match page.kind {
            DocumentKind::Foi => true,
            DocumentKind::Web => self.is_log(page),
            _ => false,
        };
        if !replies {
            return Vec::new();
        }
        let reviews = self.is_review(page);
        let mut statements = Vec::new();
        let mut given: Option<(usize, Range<usize>)> = None;
        for (at, said) in page
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, said)| !said.foreign)
        {
            let found = self.statements(rules, page, at, said, reviews);
            if given.is_none() {
                let handed = || self.handed_over(page, said);
                let cue = if found.is_empty() {
                    self.substance(page, said)
                } else {
                    handed()
                };
                given = cue.map(|cue| (at, cue));
            }
            statements.extend(found);
        }
        // An answer beside its question may be a word that only the question explains.
        let answered = mentions.iter().find(|m| {
            matches!(
                m.stance,
                Stance::Has | Stance::Had | Stance::Removed | Stance::Denies
            ) && self.tells(page, m, &statements)
        });
        drop_general(&mut statements);
        name_kinds(rules, &mut statements);
        let all = || statements.iter().flat_map(|one| &one.grounds);
        let entire = all().any(|ground| rules.laws.is_entire(ground));
        // The price of an answer is no answer.
        let given = given.filter(|(at, cue)| !(entire && Self::is_sum(page, *at, cue)));
        let denies = given
            .as_ref()
            .is_some_and(|(_, cue)| self.denials.found_in(page.words(cue)));
        let own = || page.sentences.iter().filter(|said| !said.foreign && !said.asks);
        let says = |phrases: &PhraseSet| own().any(|said| phrases.found_in(page.words(&said.tokens)));
        let answers = Answers {
            given: given.is_some(),
            named: answered.is_some(),
            counted: answered.is_some_and(|m| m.count.is_some()),
            denies,
            entire,
            reviews,
            deferred: says(&self.deferred),
            wholly: says(&self.wholly),
        };
        // Who closes a request that was never made clear decides nothing.
        let decides = |reply: &OutcomeKind| *reply != OutcomeKind::Clarification || !says(&self.closed);
        let Some(reply) = whole(&statements, &answers).filter(decides) else {
            return Vec::new();
        };
        if reviews {
            self.drop_taken_back(rules, page, &mut statements);
        }
        let mut out: Vec<OutcomeSignal> = Vec::new();
        if matches!(
            reply,
            OutcomeKind::Held | OutcomeKind::PartlyHeld | OutcomeKind::ReviewOverturned
        ) {
            let place = given
                .and_then(|(at, cue)| page.place(page.sentences.get(at)?, cue))
                .or_else(|| answered.map(|mention| of_mention(page, mention)));
            out.extend(place.map(|place| signal(OutcomeKind::Held, reply, page, place, Vec::new(), None)));
        }
        for statement in statements {
            let passing = matches!(statement.kind, OutcomeKind::Late | OutcomeKind::Clarification);
            if passing && statement.kind != reply {
                continue;
            }
            let known = out.iter().any(|one| {
                one.kind == statement.kind
                    && statement
                        .grounds
                        .iter()
                        .all(|ground| one.grounds.contains(ground))
            });
            let Some(said) = page.sentences.get(statement.said).filter(|_| !known) else {
                continue;
            };
            let template = self.template(page.words(&said.tokens));
            if let Some(place) = page.place(said, statement.cue) {
                out.push(signal(
                    statement.kind,
                    reply,
                    page,
                    place,
                    statement.grounds,
                    template,
                ));
            }
        }
        out
    }

    /// Whether a page of the web shows a reply: its head says so.
    fn is_log(&self, page: &Page<'_>) -> bool {
        let mut head = page.sentences.iter().take(TITLE);
        head.any(|said| self.logs.found_in(page.words(&said.tokens)))
    }

    /// Whether the document is a review itself: its head says so.
    fn is_review(&self, page: &Page<'_>) -> bool {
        let titled = page.sentences.iter().take(TITLE).any(|said| {
            let tokens = page.words(&said.tokens);
            !said.foreign && self.titles.found_in(tokens) && !self.supposed.found_in(tokens)
        });
        let corrects = page.sentences.iter().take(HEAD).any(|said| {
            let tokens = page.words(&said.tokens);
            !said.foreign && self.corrections.found_in(tokens)
        });
        titled
            || !corrects
                && page.sentences.iter().take(HEAD).any(|said| {
                    let tokens = page.words(&said.tokens);
                    !said.foreign && self.reviews.found_in(tokens) && !self.supposed.found_in(tokens)
                })
    }

    /// Whether the body says something of a maker, and does not only name it in its decision or in what was asked for.
    fn tells(&self, page: &Page<'_>, mention: &Mention, statements: &[Statement]) -> bool {
        let Some((at, said)) = said_of(page, mention) else {
            return true;
        };
        let decides = statements
            .iter()
            .any(|one| one.said == at && matches!(one.kind, OutcomeKind::NotHeld | OutcomeKind::Refused));
        let recalls = self.recalls.found_in(page.words(&said.tokens)) && !said.asks;
        let only_named =
            mention.count.is_none() && (decides || recalls) || !said.asks && self.puts_to_us(page, said);
        // A question that somebody put is answered beside it.
        let asked = said.asks || mention.count.is_some();
        (!said.foreign || asked) && !only_named
    }

    fn statements(
        &self,
        rules: &ReplyRules,
        page: &Page<'_>,
        at: usize,
        said: &Said,
        reviews: bool,
    ) -> Vec<Statement> {
        let tokens = page.words(&said.tokens);
        // What is supposed, and not said, stands behind the words that suppose it.
        let supposed = (0..tokens.len())
            .find(|from| {
                let rest = tokens.get(*from..).unwrap_or_default();
                self.supposed.at_start(rest).is_some()
            })
            .map_or(usize::MAX, |from| said.tokens.start + from);
        let lifted = self.lifted.found_in(tokens) || self.takes_back(page, at);
        let mut found: Vec<(OutcomeKind, Range<usize>)> = Vec::new();
        for start in 0..tokens.len() {
            self.cues
                .each_at_start(tokens.get(start..).unwrap_or_default(), |entry, matched| {
                    let Some(kind) = self.says.get(entry).copied() else {
                        return;
                    };
                    let review = matches!(kind, OutcomeKind::ReviewUpheld | OutcomeKind::ReviewOverturned);
                    let refuses = matches!(kind, OutcomeKind::Refused | OutcomeKind::NeitherConfirmNorDeny);
                    // Questions ask what is meant and decide nothing else.
                    let asks = said.asks && kind != OutcomeKind::Clarification;
                    let put = review && self.puts_to_us(page, said);
                    if review && !reviews && !second_look(page, said) || refuses && lifted || asks || put {
                        return;
                    }
                    let from = said.tokens.start + start;
                    let until = from + matched.length.max(1);
                    if from < supposed && !found.iter().any(|(known, _)| *known == kind) {
                        found.push((kind, from..until));
                    }
                });
        }
        let has = |kind| found.iter().any(|(known, _)| *known == kind);
        // What may apply is no ground, unless the sentence decides first.
        let only_supposed = supposed != usize::MAX && found.is_empty();
        let citations: Vec<Citation> = if lifted || only_supposed || said.asks || has(OutcomeKind::Late) {
            Vec::new()
        } else {
            let named = || page.laws(rules);
            rules.laws.cited(page.text, said.span.clone(), named)
        };
        // The stronger word of a sentence is the one that it decides by.
        let drop = |kind: OutcomeKind| match kind {
            OutcomeKind::Refused | OutcomeKind::NotHeld => {
                has(OutcomeKind::NeitherConfirmNorDeny)
                    || has(OutcomeKind::Late)
                    || has(OutcomeKind::ReviewUpheld)
                    || has(OutcomeKind::ReviewOverturned) && citations.is_empty()
            }
            OutcomeKind::ReviewUpheld => has(OutcomeKind::ReviewOverturned),
            _ => false,
        };
        let kept: Vec<_> = found.iter().filter(|(kind, _)| !drop(*kind)).cloned().collect();
        let mut grounds: Vec<Ground> = Vec::new();
        for citation in &citations {
            if !grounds.contains(&citation.ground) {
                grounds.push(citation.ground.clone());
            }
        }
        let bears = |kind: OutcomeKind| {
            !matches!(
                kind,
                OutcomeKind::Late | OutcomeKind::Clarification | OutcomeKind::ReviewOverturned
            )
        };
        let mut out: Vec<Statement> = kept
            .into_iter()
            .map(|(kind, cue)| Statement {
                kind,
                cue,
                said: at,
                grounds: if bears(kind) { grounds.clone() } else { Vec::new() },
                by_citation: false,
            })
            .collect();
        if !grounds.is_empty() && !out.iter().any(|one| bears(one.kind)) {
            let cue = citations.first().and_then(|c| tokens_of(page, said, &c.span));
            out.extend(cue.map(|cue| Statement {
                kind: OutcomeKind::Refused,
                cue,
                said: at,
                grounds,
                by_citation: true,
            }));
        }
        out
    }

    /// A review cites the grounds of the first reply: those that it takes back, and those in the words of who complains, are
    /// no grounds of its own.
    fn drop_taken_back(&self, rules: &ReplyRules, page: &Page<'_>, statements: &mut Vec<Statement>) {
        let own = |said: &&Said| !said.foreign && !said.asks;
        let lifting = page.sentences.iter().enumerate().filter(|(_, said)| own(said));
        let lifting = lifting.filter(|(_, said)| self.lifted.found_in(page.words(&said.tokens)));
        let mut lifted: Vec<Ground> = Vec::new();
        let mut unnamed = false;
        let mut first = usize::MAX;
        for (at, said) in lifting {
            let cited = rules
                .laws
                .cited(page.text, said.span.clone(), || page.laws(rules));
            unnamed |= cited.is_empty();
            first = if cited.is_empty() { first } else { first.min(at) };
            lifted.extend(cited.into_iter().map(|citation| citation.ground));
        }
        let mut all: Vec<Ground> = statements.iter().flat_map(|one| one.grounds.clone()).collect();
        all.dedup();
        // `The exemption was wrongly applied`, where there was one.
        if unnamed && lifted.is_empty() && all.len() == 1 {
            lifted = all;
        }
        statements.retain_mut(|one| {
            let put = page
                .sentences
                .get(one.said)
                .is_some_and(|said| self.puts_to_us(page, said));
            // `The Council refused under section 31. I find that it is not engaged.`
            let told = one.kind == OutcomeKind::Refused && one.said < first;
            if !one.by_citation && !put && !told {
                return true;
            }
            let bare = one.grounds.is_empty();
            one.grounds.retain(|ground| !put && !lifted.contains(ground));
            told && bare || !one.grounds.is_empty()
        });
    }

    /// `The company says that section 41 applies. We do not agree.`
    fn takes_back(&self, page: &Page<'_>, at: usize) -> bool {
        let (Some(said), Some(next)) = (page.sentences.get(at), page.sentences.get(at + 1)) else {
            return false;
        };
        let tokens = page.words(&next.tokens);
        next.paragraph == said.paragraph && self.taken_back.found_in(tokens)
    }

    /// `You have asked for ...`, `You say that ...`: the words of who asks.
    fn puts_to_us(&self, page: &Page<'_>, said: &Said) -> bool {
        self.puts.at_start(page.words(&said.tokens)).is_some()
    }

    /// Something is handed over, though the sentence withholds as well: `A copy is attached, less the names`.
    fn handed_over(&self, page: &Page<'_>, said: &Said) -> Option<Range<usize>> {
        let tokens = page.words(&said.tokens);
        let at = |start: &usize| self.handed.at_start(tokens.get(*start..).unwrap_or_default());
        let (start, found) = (0..tokens.len()).find_map(|start| Some((start, at(&start)?)))?;
        let from = said.tokens.start + start;
        (!said.asks).then_some(from..from + found.length.max(1))
    }

    /// The words by which a sentence answers.
    fn substance(&self, page: &Page<'_>, said: &Said) -> Option<Range<usize>> {
        let tokens = page.words(&said.tokens);
        if said.asks || self.supposed.found_in(tokens) || self.puts_to_us(page, said) {
            return None;
        }
        let from = said.tokens.start;
        for start in 0..tokens.len() {
            if let Some(found) = self.given.at_start(tokens.get(start..)?) {
                return Some(from + start..from + start + found.length.max(1));
            }
        }
        let first = tokens.first()?;
        let items = said.label.is_some_and(|label| label.side != Side::Question);
        let dated = || names_day(page.text.get(said.span.clone()).unwrap_or_default());
        let amount = first.word == CURRENCY || first.number.is_some() && tokens.len() <= 4 && !dated();
        let paid = tokens
            .windows(2)
            .position(|pair| matches!(pair, [sign, number] if sign.word == CURRENCY && is_number(number)));
        if self.yes_or_no.at_start(tokens).is_some() || items && amount {
            return Some(from..from + 1);
        }
        let stands_alone = items || tokens.len() <= ANSWER;
        let paid = paid.filter(|at| {
            let before = tokens.get(at.saturating_sub(NEAR)..*at).unwrap_or_default();
            stands_alone || self.spent.found_in(before)
        });
        paid.filter(|_| !self.costs.found_in(tokens))
            .map(|at| from + at..from + at + 2)
    }

    /// Whether what answers is a sum of money in a sentence that no question precedes.
    fn is_sum(page: &Page<'_>, at: usize, cue: &Range<usize>) -> bool {
        let labelled = page.sentences.get(at).is_some_and(|said| said.label.is_some());
        let first = page.words(cue).first();
        !labelled && first.is_some_and(|token| token.word == CURRENCY)
    }

    fn template(&self, tokens: &[Token]) -> Option<String> {
        let mut best: Option<usize> = None;
        for start in 0..tokens.len() {
            self.templates
                .each_at_start(tokens.get(start..).unwrap_or_default(), |entry, _| {
                    best = Some(best.map_or(entry, |b| b.min(entry)));
                });
        }
        best.and_then(|entry| self.template_ids.get(entry).cloned())
    }
}

fn is_number(token: &Token) -> bool {
    token.word == crate::stance::token::NUMBER
}

/// The sentence that names a maker.
fn said_of<'p>(page: &'p Page<'_>, mention: &Mention) -> Option<(usize, &'p Said)> {
    let mut cells = page.unit.cells.iter();
    let at = cells.find(|cell| cell.passage == mention.passage)?.span.start + mention.span.start;
    let mut sentences = page.sentences.iter().enumerate();
    sentences.find(|(_, said)| said.span.start <= at && at < said.span.end)
}

/// Whether a sentence speaks of an earlier reply.
fn second_look(page: &Page<'_>, said: &Said) -> bool {
    let words = page
        .text
        .get(said.span.clone())
        .unwrap_or_default()
        .to_lowercase();
    ["review", "original", "complaint", "appeal"]
        .iter()
        .any(|word| words.contains(word))
}

fn of_mention(page: &Page<'_>, mention: &Mention) -> SignalPlace {
    let cell = page
        .unit
        .cells
        .iter()
        .find(|cell| cell.passage == mention.passage);
    let start = cell.map_or(0, |cell| cell.span.start);
    let said = said_of(page, mention).map(|(_, said)| said);
    let sentence = said.map_or(mention.span.clone(), |said| {
        let low = said.span.start.max(start) - start;
        let high = said
            .span
            .end
            .min(cell.map_or(said.span.end, |c| c.span.end))
            .saturating_sub(start);
        low.min(mention.span.start)..high.max(mention.span.end)
    });
    SignalPlace {
        passage: mention.passage,
        sentence,
        span: mention.span.clone(),
    }
}

fn tokens_of(page: &Page<'_>, said: &Said, span: &Range<usize>) -> Option<Range<usize>> {
    let inside = |token: &Token| token.start < span.end && span.start < token.end;
    let tokens = page.words(&said.tokens);
    let first = tokens.iter().position(inside)?;
    let last = tokens.iter().rposition(inside)?;
    Some(said.tokens.start + first..said.tokens.start + last + 1)
}

fn signal(
    kind: OutcomeKind,
    reply: OutcomeKind,
    page: &Page<'_>,
    place: SignalPlace,
    grounds: Vec<Ground>,
    template: Option<String>,
) -> OutcomeSignal {
    let words = page
        .unit
        .cells
        .iter()
        .find(|cell| cell.passage == place.passage)
        .and_then(|cell| {
            page.text
                .get(cell.span.start + place.span.start..cell.span.start + place.span.end)
        })
        .unwrap_or_default();
    let cited: Vec<String> = grounds.iter().map(ToString::to_string).collect();
    let mut why = format!("the reply says \"{words}\"");
    if !cited.is_empty() {
        why.push_str(", citing ");
        why.push_str(&cited.join(", "));
    }
    if kind != reply {
        why.push_str("; with the rest of it the reply is ");
        why.push_str(reply.as_str());
    }
    OutcomeSignal {
        kind,
        reply,
        grounds,
        template,
        days: page.days,
        asked: page.asked,
        why,
        place,
    }
}
