//! What a promise is about, as it is written, and what `they` stands for.

use std::ops::Range;

use super::commitment::Cue;
use super::deadline::Term;
use super::page::Page;
use crate::stance::token::{COLON, MENTION, Token, is_mark};

/// Sentences before a promise in which its cameras may be named.
pub(super) const BACK: usize = 10;
/// Words that stand for what was named before.
const STANDS: [&str; 20] = [
    "they", "them", "these", "those", "it", "all", "both", "each", "every", "one", "ones", "of", "the",
    "this", "that", "latter", "former", "last", "more", "any",
];
/// Where what is bought or removed ends and what is done with it begins.
const AUXILIARIES: [&str; 10] = [
    "would", "will", "shall", "won't", "are", "is", "be", "have", "has", "due",
];

/// Where what is said of cameras ends and what becomes of them begins.
const VERBS: [&str; 14] = [
    "will", "shall", "would", "are", "is", "was", "were", "have", "has", "had", "cannot", "can", "remain",
    "stay",
];

/// What is bought, removed or replaced, as written.
pub(super) fn scope(
    page: &Page<'_>,
    cue: &Cue,
    subject: &Range<usize>,
    within: &Range<usize>,
    term: Option<&Term>,
    particles: &[String],
) -> String {
    if let Some(inside) = inside(page, cue, particles) {
        return inside;
    }
    let range = if cue.passive {
        let auxiliary = |token: &Token| {
            page.text
                .get(token.start..token.end)
                .is_some_and(|word| AUXILIARIES.contains(&word.to_lowercase().as_str()))
        };
        let end = page.words(&cue.tokens).iter().position(auxiliary).unwrap_or(0);
        let label = page
            .words(subject)
            .iter()
            .rposition(|token| token.word == COLON)
            .map_or(0, |at| at + 1);
        subject.start + label..cue.tokens.start + end
    } else {
        cue.tokens.end..within.end
    };
    let tokens = page.words(&range);
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
        return String::new();
    };
    let mut span = first.start..last.end;
    if let Some(term) = term
        && span.contains(&term.span.start)
    {
        if term.span.start > span.start {
            span.end = term.span.start;
        } else {
            span.start = term.span.end.min(span.end);
        }
    }
    let words = page.text.get(span).unwrap_or_default();
    // What was decided stands behind `that`.
    let decided = words.rsplit_once(" that ").filter(|_| cue.passive);
    let words = decided.map_or(words, |(_, what)| what);
    let tidy = words.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | '"' | '“' | '”' | '-')
    });
    tidy.trim_end_matches(" and")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What stands inside the words that promise: `take all of the X down`.
fn inside(page: &Page<'_>, cue: &Cue, particles: &[String]) -> Option<String> {
    let tokens = page.words(&cue.tokens).get(..).filter(|_| !cue.passive)?;
    let word = |token: &Token| page.text.get(token.start..token.end).map(str::to_lowercase);
    let maker = tokens.iter().position(|token| token.word == MENTION)?;
    let particle = |token: &Token| word(token).is_some_and(|word| particles.contains(&word));
    let end = maker + tokens.get(maker..)?.iter().position(particle)?;
    let leads = |token: &Token| {
        token.number.is_some() || word(token).is_some_and(|word| STANDS.contains(&word.as_str()))
    };
    let before = tokens
        .get(..maker)?
        .iter()
        .rev()
        .take_while(|token| leads(token))
        .count();
    let (first, last) = (tokens.get(maker - before)?, tokens.get(end.checked_sub(1)?)?);
    let words = page.text.get(first.start..last.end)?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What `they` or `every one of these` are: what the nearest sentence before says of a maker's cameras.
pub(super) fn meant(page: &Page<'_>, at: usize, cue: &Range<usize>, scope: String) -> String {
    let stands = scope.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        STANDS.contains(&word.as_str())
    });
    if !stands {
        return scope;
    }
    let said = page.sentences.get(at);
    let own = said.map(|said| said.tokens.start..cue.start.max(said.tokens.start));
    let before = page
        .sentences
        .get(at.saturating_sub(BACK)..at)
        .unwrap_or_default();
    let mut stretches = own
        .into_iter()
        .chain(before.iter().rev().map(|said| said.tokens.clone()));
    stretches.find_map(|range| named(page, &range)).unwrap_or(scope)
}

/// What a sentence says of a maker's cameras: from the first maker, with the number before it, to the end of the clause.
fn named(page: &Page<'_>, range: &Range<usize>) -> Option<String> {
    let tokens = page.words(range);
    let maker = tokens.iter().position(|token| token.word == MENTION)?;
    let counted = maker
        .checked_sub(1)
        .filter(|before| tokens.get(*before).is_some_and(|token| token.number.is_some()));
    let from = tokens.get(counted.unwrap_or(maker))?.start;
    let rest = tokens.get(maker..)?;
    let end = rest
        .iter()
        .position(|token| is_mark(token.word) || is_verb(page, token))
        .unwrap_or(rest.len());
    let to = rest.get(end.checked_sub(1)?)?.end;
    page.text.get(from..to).map(str::to_owned)
}

fn is_verb(page: &Page<'_>, token: &Token) -> bool {
    page.text
        .get(token.start..token.end)
        .is_some_and(|word| VERBS.contains(&word.to_lowercase().as_str()))
}
