//! How far a mention reaches: the registered name around the short one belongs to it.

use std::collections::HashSet;
use std::ops::Range;

use stripout_catalogue::ContextWords;

use crate::attribution::LegalName;
use crate::token::Token;

/// Words of registered names.
#[derive(Debug, Default)]
pub(crate) struct LegalWords {
    words: HashSet<String>,
    forms: HashSet<String>,
    places: HashSet<String>,
}

impl LegalWords {
    pub(crate) fn new(words: &ContextWords) -> Self {
        let set = |list: &[String]| list.iter().cloned().collect();
        Self {
            words: set(&words.legal_words),
            forms: set(&words.legal_forms),
            places: set(&words.legal_places),
        }
    }

    /// The span of the short name, stretched over the words of the registered one.
    pub(crate) fn stretch(
        &self,
        text: &str,
        tokens: &[Token],
        span: Range<usize>,
        legal: &LegalName,
    ) -> Range<usize> {
        if let Some(whole) = legal
            .local
            .as_ref()
            .and_then(|local| stretch_local(text, &span, local))
        {
            return whole;
        }
        start(text, tokens, &span, legal)..self.end(text, tokens, &span, legal)
    }

    fn end(&self, text: &str, tokens: &[Token], span: &Range<usize>, legal: &LegalName) -> usize {
        let after = tokens.partition_point(|t| t.start < span.end);
        // `certain`: the end so far; words beyond it belong only when a form or a word of the name follows them.
        let mut certain = span.end;
        let mut reach = span.end;
        let mut has_word = false;
        for token in tokens.get(after..).unwrap_or_default().iter().take(7) {
            let Some(word) = text
                .get(token.clone())
                .filter(|_| only_separators(text, reach..token.start))
            else {
                break;
            };
            reach = token.end;
            if self.words.contains(word)
                && (legal.after.iter().any(|w| w.starts_with(word)) || word.starts_with("tech"))
            {
                has_word = true;
                certain = reach;
            } else if self.forms.contains(word) {
                certain = reach;
            } else if self.places.contains(word) {
                // A place closes a name that has a word already: "X Technology UK".
                if has_word {
                    certain = reach;
                }
            } else if !legal.after.iter().any(|w| w == word) {
                break;
            }
        }
        certain
    }
}

/// Where the registered name begins: its words before the short one.
fn start(text: &str, tokens: &[Token], span: &Range<usize>, legal: &LegalName) -> usize {
    let mut start = span.start;
    let before = tokens.partition_point(|t| t.end <= span.start);
    for token in tokens.get(..before).unwrap_or_default().iter().rev().take(3) {
        let known = text
            .get(token.clone())
            .is_some_and(|word| legal.before.iter().any(|w| w == word));
        if !known || !only_separators(text, token.end..start) {
            break;
        }
        start = token.start;
    }
    start
}

/// Names written without spaces: as much of the registered one as stands around the short one.
fn stretch_local(text: &str, span: &Range<usize>, local: &str) -> Option<Range<usize>> {
    let short = text.get(span.clone())?;
    let (before, after) = local.split_once(short)?;
    let mut whole = span.clone();
    let left = text.get(..span.start)?;
    whole.start -= before
        .char_indices()
        .filter_map(|(i, _)| before.get(i..))
        .find(|tail| left.ends_with(tail))
        .map_or(0, str::len);
    let right = text.get(span.end..)?;
    let head = after
        .char_indices()
        .rev()
        .filter_map(|(i, c)| after.get(..i + c.len_utf8()));
    whole.end += head
        .into_iter()
        .find(|head| right.starts_with(head))
        .map_or(0, str::len);
    (whole != *span).then_some(whole)
}

/// At most three characters that separate words of one name.
fn only_separators(text: &str, gap: Range<usize>) -> bool {
    gap.len() <= 3
        && text.get(gap).is_some_and(|t| {
            t.chars()
                .all(|c| matches!(c, ' ' | '.' | ',' | '(' | ')' | '-' | '&' | '\n'))
        })
}
