//! Registered spellings: the automaton finds one word of each, the others must stand around it.

use std::ops::Range;

use stripout_catalogue::{NameOrigin, NameRule};

use crate::candidate::Form;
use crate::spelling::Spelling;
use crate::token::{word_after, word_before};

/// Between the words of a name, besides the full stop of an abbreviation.
const MOST_SEPARATORS: usize = 2;
/// Below this many letters a name is not looked for without its separators, nor inside longer tokens of letters.
pub(crate) const SHORTEST_GLUED: usize = 6;
/// Tokens longer than this are codes, not words.
const LONGEST_TOKEN: usize = 40;
/// The longest ending that languages with cases add to a name.
const LONGEST_ENDING: usize = 3;

/// Where the spelling stands around its anchor, and in what form.
pub(crate) fn match_at(
    text: &str,
    spelling: &Spelling,
    anchor: &Range<usize>,
) -> Option<(Range<usize>, Form)> {
    // A listed misspelling in pieces, put together, is the name itself.
    let gluable = spelling.length() >= SHORTEST_GLUED && spelling.origin != NameOrigin::Misspelling;
    let mut start = anchor.start;
    for word in spelling.words.get(..spelling.anchor)?.iter().rev() {
        start = word_ending(text, start, word, gluable)?;
    }
    let mut end = anchor.end;
    for word in spelling.words.get(spelling.anchor + 1..)? {
        end = word_starting(text, end, word, gluable)?;
    }
    let form = form(text, spelling, &(start..end))?;
    Some((start..end, form))
}

fn word_ending(text: &str, before: usize, word: &str, gluable: bool) -> Option<usize> {
    let head = text.get(..before)?;
    let bare = head.trim_end_matches(is_separator);
    let gap = head.get(bare.len()..)?;
    let fits = bare.ends_with(word) && is_gap(gap, gluable);
    fits.then(|| bare.len() - word.len())
}

fn word_starting(text: &str, after: usize, word: &str, gluable: bool) -> Option<usize> {
    let tail = text.get(after..)?;
    let bare = tail.trim_start_matches(is_separator);
    let gap = tail.get(..tail.len() - bare.len())?;
    let fits = bare.starts_with(word) && is_gap(gap, gluable);
    fits.then(|| after + gap.len() + word.len())
}

/// `., ` in `Co., Ltd` is two: the full stop belongs to the word.
fn is_gap(gap: &str, gluable: bool) -> bool {
    let counted = gap.strip_prefix('.').unwrap_or(gap).len();
    counted <= MOST_SEPARATORS && (!gap.is_empty() || gluable)
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '-' | '_' | '\'' | '&' | ',' | '.' | '(' | ')' | '/' | '\u{200c}'
    )
}

fn form(text: &str, spelling: &Spelling, span: &Range<usize>) -> Option<Form> {
    if spelling.unspaced {
        return Some(Form::Whole);
    }
    let before = word_before(text, span.start);
    let after = word_after(text, span.end);
    if !before && !after {
        return Some(Form::Whole);
    }
    let ascii = spelling.words.iter().all(|w| w.is_ascii());
    if !ascii {
        // Names in scripts with cases take endings.
        let ending = text
            .get(span.end..)?
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .count();
        return (!before && ending <= LONGEST_ENDING).then_some(Form::Whole);
    }
    if !before && is_plural(text, span.end) {
        return Some(Form::Whole);
    }
    match spelling.rule {
        NameRule::Anywhere => glued(text, spelling, span),
        // `2xName`: the number is a count.
        NameRule::Word | NameRule::Context => {
            (!after && count_before(text, span.start)).then_some(Form::Glued)
        }
    }
}

/// A name inside a longer token. A short one must not be a chance run of letters.
fn glued(text: &str, spelling: &Spelling, span: &Range<usize>) -> Option<Form> {
    let letters = |c: &char| c.is_alphanumeric();
    let before: usize = text.get(..span.start)?.chars().rev().take_while(letters).count();
    let after: usize = text.get(span.end..)?.chars().take_while(letters).count();
    if before == 0 && after == 1 && spelling.typos > 0 {
        // One letter too many is a misspelling, which has rules of its own.
        return None;
    }
    let whole = before + after + span.len();
    let readable = whole <= LONGEST_TOKEN;
    let long = spelling.length() > SHORTEST_GLUED + 1;
    let next_digit = text
        .get(span.end..)
        .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let bounded = before == 0 || count_before(text, span.start) || after == 0 || next_digit;
    (readable && (long || bounded)).then_some(Form::Glued)
}

fn count_before(text: &str, start: usize) -> bool {
    let head = text.get(..start).unwrap_or_default();
    let bare = head.strip_suffix(['x', 'X']).unwrap_or(head);
    bare.ends_with(|c: char| c.is_ascii_digit()) && {
        let number = bare.trim_end_matches(|c: char| c.is_ascii_digit());
        !number.ends_with(|c: char| c.is_alphanumeric())
    }
}

fn is_plural(text: &str, end: usize) -> bool {
    text.get(end..).is_some_and(|t| t.starts_with('s')) && !word_after(text, end + 1)
}
