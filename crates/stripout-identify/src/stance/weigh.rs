//! How far the words around a mention lean to each stance: a log-linear classifier whose weights are data.
//!
//! Phrase lists know the wordings that somebody thought of. The weights, learnt from the labelled rows of `fixtures/` by
//! `examples/weigh.rs`, speak where the lists are silent or where they are far outweighed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use stripout_catalogue::StanceWeight;
use stripout_model::{DocumentKind, Stance};

use super::token::{BREAK, CELL, MENTION, NUMBER, Token, UNKNOWN};

/// Words on either side that are weighed: a sentence of usual length.
const REACH: usize = 25;
/// Endings of the forms of a word, and the letters that must be left of it.
const ENDINGS: [&str; 4] = ["ing", "ed", "es", "s"];
const STEM: usize = 4;

/// Hundredths, in the order of [`Stance::ALL`].
type Weights = [i16; Stance::ALL.len()];

#[derive(Debug, Default)]
pub(crate) struct Weigher {
    rows: HashMap<Box<str>, Weights>,
}

/// What all the words around a mention weigh together.
#[derive(Debug)]
pub(crate) struct Lean {
    totals: [i32; Stance::ALL.len()],
    /// Words that weigh anything, with their tokens.
    parts: Vec<(Range<usize>, Weights)>,
}

impl Weigher {
    pub(crate) fn new(rows: &[StanceWeight]) -> Self {
        let rows = rows.iter().map(|row| (row.words.as_str().into(), row.weights()));
        Self { rows: rows.collect() }
    }

    /// `None` without weights.
    pub(crate) fn lean(
        &self,
        kind: DocumentKind,
        text: &str,
        tokens: &[Token],
        at: usize,
        is_same: impl Fn(&Token) -> bool,
    ) -> Option<Lean> {
        if self.rows.is_empty() {
            return None;
        }
        let mut lean = Lean {
            totals: [0; Stance::ALL.len()],
            parts: Vec::new(),
        };
        each_feature(kind, text, tokens, at, is_same, |words, place| {
            let Some(weights) = self.rows.get(words) else {
                return;
            };
            for (total, weight) in lean.totals.iter_mut().zip(weights) {
                *total += i32::from(*weight);
            }
            lean.parts.push((place, *weights));
        });
        Some(lean)
    }
}

impl Lean {
    /// Hundredths by which `this` outweighs `that`.
    pub(crate) fn over(&self, this: Stance, that: Stance) -> i32 {
        of(&self.totals, this).unwrap_or(0) - of(&self.totals, that).unwrap_or(0)
    }

    /// Tokens of the words that speak loudest for `this` and against `that`, of those that tell a reader anything.
    pub(crate) fn loudest(
        &self,
        this: Stance,
        that: Stance,
        tells: impl Fn(&Range<usize>) -> bool,
    ) -> Option<Range<usize>> {
        let by = |weights: &Weights| of(weights, this).unwrap_or(0) - of(weights, that).unwrap_or(0);
        let parts = self.parts.iter().filter(|(place, _)| tells(place));
        let loudest =
            parts.max_by_key(|(place, weights)| (by(weights), place.len(), std::cmp::Reverse(place.start)));
        loudest
            .filter(|(_, weights)| by(weights) > 0)
            .map(|(place, _)| place.clone())
    }
}

fn of<T: Copy>(values: &[T], stance: Stance) -> Option<T> {
    let place = Stance::ALL.iter().position(|s| *s == stance)?;
    values.get(place).copied()
}

/// Calls back for all that is weighed about the mention at token `at`: words, pairs and triples around it, before it and
/// after it, each with its tokens; and the kind of document.
pub(crate) fn each_feature(
    kind: DocumentKind,
    text: &str,
    tokens: &[Token],
    at: usize,
    is_same: impl Fn(&Token) -> bool,
    mut found: impl FnMut(&str, Range<usize>),
) {
    let before = tokens.get(..at).unwrap_or_default();
    let after = tokens.get(at + 1..).unwrap_or_default();
    let ends = |token: &&Token| token.word == BREAK;
    let start = at - before.iter().rev().take(REACH).take_while(|t| !ends(t)).count();
    let end = at + 1 + after.iter().take(REACH).take_while(|t| !ends(t)).count();
    let words: Vec<Cow<'_, str>> = tokens
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(|token| written(text, token, &is_same))
        .collect();
    let middle = at - start;
    let mut key = String::with_capacity(64);
    let mut say = |parts: &[&str], place: Range<usize>| {
        key.clear();
        for part in parts {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(part);
        }
        found(&key, place);
    };
    say(&["kind", kind.as_str()], at..at);
    for (i, word) in words.iter().enumerate() {
        let here = start + i;
        let side = match i.cmp(&middle) {
            std::cmp::Ordering::Less => Some("before"),
            std::cmp::Ordering::Greater => Some("after"),
            std::cmp::Ordering::Equal => None,
        };
        if let Some(side) = side {
            say(&["around", word], here..here + 1);
            say(&[kind.as_str(), word], here..here + 1);
            say(&[side, word], here..here + 1);
            say(&["stem", stem(word)], here..here + 1);
        }
        let Some(second) = words.get(i + 1) else { continue };
        say(&["around", word, second], here..here + 2);
        if let Some(side) = side.filter(|_| i + 1 != middle) {
            say(&[side, word, second], here..here + 2);
        }
        if let Some(third) = words.get(i + 2) {
            say(&["around", word, second, third], here..here + 3);
        }
    }
}

/// A word without the ending of its form, crudely: `remove` and `removing` need not meet, `removed` and `removes` do.
fn stem(word: &str) -> &str {
    let bare = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    bare.filter(|bare| bare.len() >= STEM).unwrap_or(word)
}

/// A word in lower case; `@` for the mention and others of its maker, `&` for other makers, `#` for numbers, `^` for
/// capitalised words that no phrase knows, as names of places and other companies are.
fn written<'a>(text: &'a str, token: &Token, is_same: impl Fn(&Token) -> bool) -> Cow<'a, str> {
    match token.word {
        MENTION if is_same(token) => "@".into(),
        MENTION => "&".into(),
        NUMBER => "#".into(),
        CELL => "|".into(),
        UNKNOWN if token.capital => "^".into(),
        _ => {
            let word = text.get(token.start..token.end).unwrap_or_default();
            if word.contains(|c: char| c == '’' || c.is_uppercase()) {
                word.to_lowercase().replace('’', "'").into()
            } else {
                word.into()
            }
        }
    }
}
