//! Text in one normal form, with the way back to the source.
//!
//! Compatibility decomposition (full width, ligatures), marks and invisible characters dropped, lower case, one dash,
//! words broken at a line end joined, character references resolved, look-alike letters folded inside tokens that mix
//! scripts. Plain ASCII without such things, which is nearly everything in real data, is only lower-cased.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// What some publishers' software left of a CR LF pair.
static LOST_LINE_BREAK: LazyLock<memmem::Finder<'_>> = LazyLock::new(|| memmem::Finder::new("rnrn"));

/// A text in normal form. Positions are bytes of `text`; `source_span` leads back.
#[derive(Debug)]
pub(crate) struct Normal {
    pub(crate) text: String,
    /// Empty when positions are the same in both.
    segments: Vec<Segment>,
}

/// A run kept byte for byte (`whole` is 0), or a piece of `whole` source bytes that became something else.
#[derive(Debug, Clone, Copy, Default)]
struct Segment {
    at: usize,
    source: usize,
    whole: usize,
}

impl Normal {
    pub(crate) fn new(source: &str) -> Self {
        let mut normal = if is_plain(source.as_bytes()) {
            Self {
                text: source.to_ascii_lowercase(),
                segments: Vec::new(),
            }
        } else {
            Builder::default().build(source)
        };
        if LOST_LINE_BREAK.find(source.as_bytes()).is_some() {
            normal.text = normal.text.replace("rnrn", "\n\n\n\n");
        }
        normal
    }

    /// The source bytes that a range of the normal text was made from.
    pub(crate) fn source_span(&self, span: Range<usize>) -> Range<usize> {
        if self.segments.is_empty() || span.is_empty() {
            return span;
        }
        let first = self.segment(span.start);
        let start = if first.whole > 0 {
            first.source
        } else {
            first.source + span.start - first.at
        };
        let last = self.segment(span.end - 1);
        let end = if last.whole > 0 {
            last.source + last.whole
        } else {
            last.source + span.end - last.at
        };
        start..end
    }

    fn segment(&self, at: usize) -> Segment {
        let next = self.segments.partition_point(|s| s.at <= at);
        self.segments
            .get(next.saturating_sub(1))
            .copied()
            .unwrap_or_default()
    }
}

/// Whether lower-casing is all there is to do.
fn is_plain(source: &[u8]) -> bool {
    source.is_ascii()
        && !memchr::memchr_iter(b'&', source)
            .any(|at| reference(source.get(at..).unwrap_or_default()).is_some())
        && !memchr::memchr_iter(b'\n', source).any(|at| broken_word(source, at))
}

/// Whether the line break at `at` follows a hyphen inside a word.
pub(crate) fn broken_word(source: &[u8], at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    let Some(before) = before.strip_suffix(b"-") else {
        return false;
    };
    before.last().is_some_and(u8::is_ascii_alphanumeric)
        && source.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

/// The character that an HTML reference at the start stands for, and the reference's length.
fn reference(bytes: &[u8]) -> Option<(char, usize)> {
    let end = bytes.iter().take(10).position(|&b| b == b';')?;
    let name = std::str::from_utf8(bytes.get(1..end)?).ok()?;
    let found = match name {
        "amp" => '&',
        "nbsp" => ' ',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((found, end + 1))
}

#[derive(Default)]
struct Builder {
    text: String,
    segments: Vec<Segment>,
    /// Whether the last segment is a run kept byte for byte.
    in_run: bool,
    /// Whether the token we are in mixes Latin with letters that look Latin.
    mixed: bool,
    in_token: bool,
}

impl Builder {
    fn build(mut self, source: &str) -> Normal {
        let mut rest = source;
        while let Some(c) = rest.chars().next() {
            let at = source.len() - rest.len();
            let mut taken = c.len_utf8();
            self.enter(c, rest);
            match c {
                '-' if breaks_line(source, at).is_some() => {
                    taken = breaks_line(source, at).unwrap_or(taken);
                    self.in_run = false;
                }
                '&' if reference(rest.as_bytes()).is_some() => {
                    if let Some((meant, length)) = reference(rest.as_bytes()) {
                        taken = length;
                        self.piece(at, length, meant);
                    }
                }
                c if c.is_ascii() => {
                    taken = kept_together(rest.as_bytes());
                    self.keep(at, rest.get(..taken).unwrap_or_default());
                }
                c => self.piece(at, taken, c),
            }
            rest = rest.get(taken..).unwrap_or_default();
        }
        Normal {
            text: self.text,
            segments: self.segments,
        }
    }

    /// At the first character of a token, looks whether the token mixes scripts.
    fn enter(&mut self, c: char, rest: &str) {
        if !c.is_alphanumeric() && !is_invisible(c) {
            self.in_token = false;
        } else if !self.in_token {
            self.in_token = true;
            let token = || {
                rest.chars()
                    .take_while(|&c| c.is_alphanumeric() || is_invisible(c))
            };
            // Nearly every token is nothing but ASCII.
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            self.mixed = !rest.as_bytes().get(plain).is_none_or(u8::is_ascii)
                && token().any(|c| c.is_ascii_alphabetic())
                && token().any(|c| looks_latin(c).is_some());
        }
    }

    fn keep(&mut self, at: usize, ascii: &str) {
        let start = self.text.len();
        if !self.in_run {
            self.segments.push(Segment {
                at: start,
                source: at,
                whole: 0,
            });
            self.in_run = true;
        }
        self.text.push_str(ascii);
        if let Some(kept) = self.text.get_mut(start..) {
            kept.make_ascii_lowercase();
        }
    }

    fn piece(&mut self, at: usize, length: usize, c: char) {
        self.in_run = false;
        if is_invisible(c) {
            return;
        }
        let start = self.text.len();
        if let Some(latin) = looks_latin(c).filter(|_| self.mixed) {
            self.text.push(latin);
        } else {
            let strips = |c: char| canonical_combining_class(c) != 0;
            decompose_compatible(c, |part| {
                if !strips(part) {
                    self.text.extend(fold(part).to_lowercase());
                }
            });
        }
        if self.text.len() > start {
            self.segments.push(Segment {
                at: start,
                source: at,
                whole: length,
            });
        } else if let Some(last) = self.segments.last_mut() {
            // A combining mark belongs to the letter before it.
            if last.whole > 0 && last.source + last.whole == at {
                last.whole += length;
            } else if last.whole == 0 && start > last.at {
                let source = last.source + (start - 1 - last.at);
                self.segments.push(Segment {
                    at: start - 1,
                    source,
                    whole: 1 + length,
                });
            }
        }
    }
}

/// How many ASCII characters at the start, one at least, are of one token or of what stands between tokens, and none of
/// which can be anything but itself.
fn kept_together(bytes: &[u8]) -> usize {
    let in_token = bytes.first().is_some_and(u8::is_ascii_alphanumeric);
    let more = bytes.iter().skip(1).take_while(|byte| {
        byte.is_ascii() && byte.is_ascii_alphanumeric() == in_token && !matches!(byte, b'-' | b'&')
    });
    1 + more.count()
}

/// The length of hyphen and line break when the hyphen at `at` breaks a word at a line end.
fn breaks_line(source: &str, at: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let end = match bytes.get(at + 1)? {
        b'\n' => at + 1,
        b'\r' if bytes.get(at + 2) == Some(&b'\n') => at + 2,
        _ => return None,
    };
    broken_word(bytes, end).then(|| end + 1 - at)
}

/// One dash, one space, one apostrophe.
fn fold(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{2032}' => '\'',
        '\u{2028}' | '\u{2029}' => '\n',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Soft hyphens, zero-width and direction marks, variation selectors: they hide in names and show nothing.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// The Latin letter that a letter of another script is taken for, in lower case.
pub(crate) fn looks_latin(c: char) -> Option<char> {
    if c.is_ascii() || !c.is_alphabetic() {
        return None;
    }
    let mut buffer = [0; 4];
    let mut skeleton = unicode_security::skeleton(c.encode_utf8(&mut buffer));
    let first = skeleton.next()?;
    (skeleton.next().is_none() && first.is_ascii_alphabetic()).then(|| first.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, normal: &str, needle: &str, found: &str) {
        let made = Normal::new(source);
        assert_eq!(made.text, normal);
        let at = made.text.find(needle).expect("needle in the normal text");
        assert_eq!(source.get(made.source_span(at..at + needle.len())), Some(found));
    }

    #[test]
    fn positions_lead_back_to_the_source() {
        check("A Big CAT", "a big cat", "big", "Big");
        check("Ｂｉｇ cat", "big cat", "big", "Ｂｉｇ");
        check("caf\u{e9} Bíg", "cafe big", "big", "Bíg");
        check("un bi\u{301}g", "un big", "big", "bi\u{301}g");
        check("two\u{a0}Words — end", "two words - end", "words -", "Words —");
    }

    #[test]
    fn hidden_and_broken_things_are_joined() {
        check("b\u{ad}i\u{200b}g", "big", "big", "b\u{ad}i\u{200b}g");
        check(
            "the won-\nderful day",
            "the wonderful day",
            "wonderful",
            "won-\nderful",
        );
        check(
            "the won-\r\nderful day",
            "the wonderful day",
            "wonderful",
            "won-\r\nderful",
        );
        check("a &amp; b &#66;ig", "a & b big", "big", "&#66;ig");
        check("a - b\nc", "a - b\nc", "b\nc", "b\nc");
    }

    #[test]
    fn look_alikes_are_folded_only_where_scripts_mix() {
        check("Вig", "big", "big", "Вig");
        check("Вот большой", "вот большои", "вот", "Вот");
        check("海康 big", "海康 big", "海康", "海康");
    }

    #[test]
    fn lost_line_breaks_separate() {
        assert_eq!(Normal::new("camerasrnrnBig").text, "cameras\n\n\n\nbig");
    }
}
