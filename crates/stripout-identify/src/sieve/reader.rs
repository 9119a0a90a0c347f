//! Reads the few words around a suspicious place as the identifier would read them.

use std::borrow::Cow;

use super::class::class;
use super::pattern::{Around, Run};
use super::shown::WRITTEN;
use crate::identifier::Identifier;

/// Added to places, so that one before the first byte is a number too.
pub(super) const BEYOND: usize = 16;
/// How much is read before and after a place, so that the words there are whole.
const AROUND: usize = 40;
/// Longer runs of letters are no names.
const LONGEST_TOKEN: usize = 40;
/// How many bytes one escaped character takes.
const ESCAPED: usize = 6;
/// A place this far inside what was read already has been judged.
const INSIDE: usize = 24;

/// A record's bytes, and what of them has been read.
pub(super) struct Reader<'a> {
    identifier: &'a Identifier,
    raw: &'a [u8],
    read: std::ops::Range<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(identifier: &'a Identifier, raw: &'a [u8]) -> Self {
        Self {
            identifier,
            raw,
            read: 0..0,
        }
    }

    /// The byte at a place; a separator beyond the ends.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.raw.get(at).copied().unwrap_or(b' ')
    }

    /// The bytes from a place on that is counted from `BEYOND` before the first byte.
    #[inline]
    pub(super) fn written(&self, at: usize) -> [u8; WRITTEN] {
        let inside = at
            .checked_sub(BEYOND)
            .and_then(|at| self.raw.get(at..)?.first_chunk());
        match inside {
            Some(bytes) => *bytes,
            None => std::array::from_fn(|i| self.beyond(at + i)),
        }
    }

    /// The byte at a place counted from `BEYOND` before the first one.
    pub(super) fn beyond(&self, at: usize) -> u8 {
        at.checked_sub(BEYOND).map_or(b' ', |at| self.byte(at))
    }

    /// Whether the run stands at `start` (counted from `BEYOND` before the first byte), with what may be around it.
    pub(super) fn shows(&self, start: usize, run: &Run) -> bool {
        let byte = |i: usize| self.beyond(start + i);
        let same = |(wanted, byte): (&u8, u8)| class(byte) == *wanted;
        let here = start
            .checked_sub(BEYOND)
            .and_then(|at| self.raw.get(at..at + run.classes.len()));
        let stands = match here {
            Some(here) => run.classes.iter().zip(here.iter().copied()).all(same),
            None => run.classes.iter().zip((0..).map(byte)).all(same),
        };
        if !stands {
            return false;
        }
        let is = |literal: &Vec<u8>| {
            literal
                .iter()
                .enumerate()
                .all(|(i, &wanted)| byte(i).to_ascii_lowercase() == wanted)
        };
        if !run.literals.is_empty() && !run.literals.iter().any(is) {
            return false;
        }
        let first = start.saturating_sub(BEYOND);
        let after = byte(run.classes.len());
        match run.around {
            Around::Anything => true,
            Around::Number => self.begins_word(first),
            Around::Word => {
                self.begins_word(first)
                    && (!after.is_ascii_alphanumeric() || after.eq_ignore_ascii_case(&b's'))
            }
            Around::Token => self.begins_word(first) && !after.is_ascii_alphanumeric(),
        }
    }

    /// Whether a word may begin here: no letter before, or a count (`4x`), or the letter of an escape (`\n`).
    fn begins_word(&self, first: usize) -> bool {
        let before = |back: usize| first.checked_sub(back).map_or(b' ', |at| self.byte(at));
        match before(1).to_ascii_lowercase() {
            b'x' => before(2).is_ascii_digit() || !before(2).is_ascii_alphanumeric(),
            b'n' | b'r' | b't' | b'b' | b'f' => {
                before(2) == b'\\' || (before(1) == b'n' && before(2) == b'r')
            }
            letter => !letter.is_ascii_lowercase(),
        }
    }

    /// Whether the token at a place is a misspelt name.
    pub(super) fn misspells(&self, at: usize) -> bool {
        let in_token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'!' | b'|');
        let (head, tail) = self.raw.split_at_checked(at).unwrap_or((self.raw, &[]));
        let start = at
            - head
                .iter()
                .rev()
                .take(LONGEST_TOKEN)
                .take_while(|b| in_token(b))
                .count();
        let end = at
            + tail
                .iter()
                .take(LONGEST_TOKEN)
                .take_while(|b| in_token(b))
                .count();
        // The letter of an escape may be glued in front.
        let escaped = start > 0 && self.byte(start - 1) == b'\\';
        let word = |from: usize| self.raw.get(from..end).and_then(|w| std::str::from_utf8(w).ok());
        let misspelt = |from: usize| word(from).is_some_and(|w| self.identifier.misspells(w));
        misspelt(start) || (escaped && misspelt(start + 1))
    }

    /// Whether something that must be decoded stands here: an escaped character or hyphenated line end, a character
    /// reference, a character beyond ASCII that could be part of a name.
    pub(super) fn decodes(&self, at: usize) -> bool {
        match self.byte(at) {
            b'\\' => match self.byte(at + 1) {
                b'u' => true,
                // A word broken at the end of a line.
                b'n' | b'r' => at.checked_sub(1).is_some_and(|before| self.byte(before) == b'-'),
                _ => false,
            },
            b'&' => self.byte(at + 1) == b'#' || self.raw.get(at..at + 6) == Some(b"&nbsp;"),
            // The first byte of a character speaks for the others; a lone one may be of an eight-bit code page.
            byte @ 0x80.. => !is_continuation(byte) && !self.is_plain_sign(at) || self.is_stray(at),
            _ => false,
        }
    }

    /// Currency signs, quotes and dashes with a space beside them: met everywhere and part of no name.
    fn is_plain_sign(&self, at: usize) -> bool {
        let here = self.raw.get(at..).unwrap_or_default();
        let before = at.checked_sub(1).map_or(b' ', |i| self.byte(i));
        match here {
            [0xc2, 0xa3 | 0xa7 | 0xb0 | 0xb7 | 0xa9 | 0xae, ..]
            | [0xe2, 0x80, 0x9c..=0x9e | 0xa2 | 0xa6, ..]
            | [0xe2, 0x82, 0xac, ..] => true,
            // Dashes and single quotes: between letters only.
            [0xe2, 0x80, 0x90..=0x99, after, ..] => {
                !before.is_ascii_alphanumeric() || !after.is_ascii_alphanumeric() || is_possessive(here)
            }
            [0xc2, 0xa0, after, ..] => !before.is_ascii_alphanumeric() || !after.is_ascii_alphanumeric(),
            _ => false,
        }
    }

    /// A byte beyond ASCII that is part of no UTF-8 character.
    fn is_stray(&self, at: usize) -> bool {
        is_continuation(self.byte(at))
            && at
                .checked_sub(1)
                .is_none_or(|before| self.byte(before).is_ascii())
    }

    /// Reads around a place and asks whether a name, a number or a camera word is there.
    pub(super) fn matters(&mut self, at: usize, length: usize) -> bool {
        let scale = if self.byte(at) == b'\\' { ESCAPED } else { 1 };
        let inside = INSIDE * scale;
        if self.read.start + inside <= at && at + length + inside <= self.read.end {
            return false;
        }
        let from = self.edge(at.saturating_sub(AROUND * scale));
        let to = (at + length + AROUND * scale).min(self.raw.len());
        self.read = from..to;
        let text = text(self.raw.get(from..to).unwrap_or_default());
        // A backslash that starts no escape leaves the words as they are.
        unescaped(&text).is_some_and(|text| self.identifier.matters(&text)) || self.identifier.matters(&text)
    }

    /// Not inside a word, where one begins near.
    fn edge(&self, from: usize) -> usize {
        (from.saturating_sub(AROUND / 2)..=from)
            .rev()
            .find(|&i| i == 0 || self.byte(i - 1) == b' ')
            .unwrap_or(from)
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// `'s` behind a word.
fn is_possessive(here: &[u8]) -> bool {
    matches!(here, [_, _, 0x99, b's', after, ..] if !after.is_ascii_alphanumeric())
}

/// UTF-8, or else one character a byte.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    let start = bytes.iter().take(3).take_while(|&&b| is_continuation(b)).count();
    let bytes = bytes.get(start..).unwrap_or_default();
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Cow::Owned(String::from_utf8_lossy(whole).into_owned())
        }
        Err(_) => Cow::Owned(bytes.iter().map(|&b| char::from(b)).collect()),
    }
}

/// With JSON escapes resolved; `None` when there are none.
fn unescaped(text: &str) -> Option<String> {
    memchr::memchr(b'\\', text.as_bytes())?;
    let mut made = String::with_capacity(text.len());
    let mut parts = text.split('\\');
    made.push_str(parts.next()?);
    let mut high: Option<u32> = None;
    let mut literal = false;
    for part in parts {
        if literal {
            // The second of two backslashes.
            literal = false;
            made.push_str(part);
            continue;
        }
        let mut rest = part.chars();
        match rest.next() {
            None => {
                literal = true;
                made.push('\\');
                continue;
            }
            Some('u') => {
                let code = part.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                let Some(code) = code else {
                    made.push_str(part);
                    continue;
                };
                match (high.take(), code) {
                    (_, 0xd800..=0xdbff) => high = Some(code),
                    (Some(high), 0xdc00..=0xdfff) => made.extend(char::from_u32(
                        0x1_0000 + ((high - 0xd800) << 10) + (code - 0xdc00),
                    )),
                    _ => made.extend(char::from_u32(code)),
                }
                made.push_str(part.get(5..).unwrap_or_default());
                continue;
            }
            Some('n') => made.push('\n'),
            Some('r') => made.push('\r'),
            Some('t' | 'b' | 'f') => made.push(' '),
            Some(other) => made.push(other),
        }
        made.push_str(rest.as_str());
    }
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescaped(r"\u0041b\nc\\d \/").as_deref(), Some("Ab\nc\\d /"));
        assert_eq!(unescaped(r"\ud83d\ude00!").as_deref(), Some("\u{1f600}!"));
        assert_eq!(unescaped("none"), None);
    }

    #[test]
    fn bytes_of_any_code_page_become_text() {
        assert_eq!(text("é".as_bytes()), "é");
        assert_eq!(text(b"\xe9t\xe9"), "été");
        assert_eq!(text(&"aé".as_bytes()[..2]), "a");
    }
}
