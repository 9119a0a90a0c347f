//! Text as words, numbers and marks, with each mention folded into one token.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Range;

use stripout_model::Wrap;

use super::MentionSpan;
use super::aligned::Aligned;

/// Index of a known word; phrases compare these, never strings.
pub(crate) type Word = u16;

pub(crate) const UNKNOWN: Word = 0;
pub(crate) const MENTION: Word = 1;
pub(crate) const NUMBER: Word = 2;
/// A blank line, or a line break before a list mark.
pub(crate) const BREAK: Word = 3;
pub(crate) const STOP: Word = 4;
pub(crate) const COMMA: Word = 5;
pub(crate) const SEMICOLON: Word = 6;
pub(crate) const COLON: Word = 7;
pub(crate) const QUESTION: Word = 8;
pub(crate) const EXCLAMATION: Word = 9;
pub(crate) const OPEN: Word = 10;
pub(crate) const CLOSE: Word = 11;
pub(crate) const CELL: Word = 12;
pub(crate) const DASH: Word = 13;
pub(crate) const CURRENCY: Word = 14;
pub(crate) const PERCENT: Word = 15;
pub(crate) const QUOTE: Word = 16;
pub(crate) const EQUALS: Word = 17;
pub(crate) const SLASH: Word = 18;
pub(crate) const OTHER: Word = 19;
/// Before a price: `5 @ 74.00`.
pub(crate) const AT: Word = 20;
const FIRST_FREE: Word = 21;

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    Blank,
    None,
    Hyphen,
    Slash,
    Dot,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) word: Word,
    /// The word as written, where it is not written in lower case, or the digits of a number.
    pub(crate) exact: Word,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) joint: Joint,
    /// Value of a whole number in digits.
    pub(crate) number: Option<u32>,
    /// Index of the mention, for [`MENTION`].
    pub(crate) mention: usize,
    pub(crate) capital: bool,
    /// The first of its line, and no running on of the line before: a capital or a number.
    pub(crate) opens_line: bool,
    /// Classes that hold this word, and classes with a longer phrase that starts with it: one bit each.
    pub(crate) classes: Classes,
}

/// Bits of word classes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Classes {
    pub(crate) holds: u128,
    pub(crate) starts: u128,
}

impl Classes {
    fn and(self, other: Self) -> Self {
        Self {
            holds: self.holds | other.holds,
            starts: self.starts | other.starts,
        }
    }
}

impl Token {
    /// Whether it is written in letters: no number, no mark, no mention.
    pub(crate) fn is_spelt(&self, text: &str) -> bool {
        text.get(self.start..self.end)
            .is_some_and(|word| word.chars().all(char::is_alphabetic))
    }

    pub(crate) fn is(&self, word: Word) -> bool {
        word != UNKNOWN && (self.word == word || self.exact == word)
    }
}

/// All words that any phrase uses.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<Box<str>, Word>,
    classes: Vec<Classes>,
}

impl Vocabulary {
    pub(crate) fn intern(&mut self, word: &str) -> Word {
        let mut chars = word.chars();
        if let (Some(mark), None) = (chars.next(), chars.next())
            && let Some(id) = mark_of(mark)
        {
            return id;
        }
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        // 65,000 words are far beyond any phrase list; words past that are never matched.
        let Some(id) = u16::try_from(self.ids.len())
            .ok()
            .and_then(|n| n.checked_add(FIRST_FREE))
        else {
            return UNKNOWN;
        };
        self.ids.insert(word.into(), id);
        id
    }

    pub(crate) fn get(&self, word: &str) -> Word {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// A mark; one that only some phrase knows, as `☑`, is a word of its own.
    fn mark(&self, mark: char) -> Word {
        let known = || self.ids.get(mark.encode_utf8(&mut [0; 4]) as &str).copied();
        mark_of(mark).or_else(known).unwrap_or(OTHER)
    }

    pub(crate) fn classes(&self, word: Word) -> Classes {
        self.classes.get(usize::from(word)).copied().unwrap_or_default()
    }

    pub(crate) fn classes_mut(&mut self, word: Word) -> Option<&mut Classes> {
        let index = usize::from(word);
        if word != UNKNOWN && self.classes.len() <= index {
            self.classes.resize(index + 1, Classes::default());
        }
        self.classes.get_mut(index).filter(|_| word != UNKNOWN)
    }

    pub(crate) fn len(&self) -> usize {
        self.ids.len() + usize::from(FIRST_FREE)
    }
}

fn mark_of(mark: char) -> Option<Word> {
    Some(match mark {
        '.' | '。' => STOP,
        ',' | '、' => COMMA,
        ';' => SEMICOLON,
        ':' | '：' => COLON,
        '?' | '？' => QUESTION,
        '!' => EXCLAMATION,
        '(' | '[' | '（' => OPEN,
        ')' | ']' | '）' => CLOSE,
        '|' | '\t' => CELL,
        '-' | '–' | '—' | '•' | '→' => DASH,
        '£' | '$' | '€' => CURRENCY,
        '%' => PERCENT,
        '"' | '“' | '”' | '‘' => QUOTE,
        '=' => EQUALS,
        '/' => SLASH,
        '@' => AT,
        _ => return None,
    })
}

/// Room for the tokens, with the empty first cell of a header at the head of the text.
fn begun(text: &str, window: &Range<usize>, aligned: &Aligned) -> Vec<Token> {
    let mut out = Vec::with_capacity(window.len() / 4 + 4);
    let shown = text.get(window.clone()).unwrap_or_default();
    let words = window.start + shown.len() - shown.trim_start().len();
    out.extend(aligned.is_indented(words).then(|| mark(CELL, words, words)));
    out
}

/// `mentions` in order of their start. Byte offsets of tokens are those of `text`.
pub(crate) fn tokens(
    vocabulary: &Vocabulary,
    text: &str,
    window: Range<usize>,
    mentions: &[(usize, &MentionSpan)],
) -> Vec<Token> {
    let aligned = Aligned::of(text, &window);
    let wrap = LazyCell::new(|| Wrap::of(text.get(window.clone()).unwrap_or_default().as_bytes()));
    let mut out = begun(text, &window, &aligned);
    let mut lower = String::with_capacity(32);
    let mut next_mention = mentions.iter().peekable();
    let mut at = window.start;
    let mut joint = Joint::Blank;
    while at < window.end {
        if let Some((index, mention)) = next_mention.next_if(|(_, m)| m.span.start <= at) {
            // A mention inside the one before shares its token.
            if mention.span.end > at {
                out.push(Token {
                    end: mention.span.end,
                    joint,
                    mention: *index,
                    capital: true,
                    ..mark(MENTION, at, at)
                });
                at = mention.span.end;
                joint = Joint::None;
            }
            continue;
        }
        let limit = next_mention
            .peek()
            .map_or(window.end, |(_, m)| m.span.start.min(window.end));
        let Some(rest) = text.get(at..limit).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let Some(first) = rest.chars().next() else { break };
        let word_end = at + word_length(rest, first);
        if word_end > at {
            let surface = text.get(at..word_end).unwrap_or_default();
            let mut token = word(vocabulary, surface, at, joint, &mut lower);
            // `6 no. domes` counts, it denies nothing; `A6 No` does.
            let number = out.last().is_some_and(|t: &Token| {
                // `by 2027 no cameras will remain` denies.
                let year = joint == Joint::Blank && t.number.is_some_and(|n| (1_980..2_100).contains(&n));
                t.word == NUMBER && t.joint == Joint::Blank && !year
            });
            if number && lower == "no" {
                token.word = vocabulary.get("nos");
            }
            out.push(token);
            at = word_end;
            joint = Joint::None;
            continue;
        }
        if let Some(end) = aligned.gap(at) {
            out.push(mark(CELL, at, end));
            at = end;
            joint = Joint::Blank;
            continue;
        }
        let next = at + first.len_utf8();
        match first {
            '\n' => {
                let (length, parts) = line_end(text, at, rest, &aligned, &wrap);
                if parts {
                    out.push(mark(BREAK, at, at + length));
                }
                at += length;
                out.extend(aligned.is_indented(at).then(|| mark(CELL, at, at)));
                joint = Joint::Blank;
                continue;
            }
            '\t' => out.push(mark(CELL, at, next)),
            // `camera;hall;removed`: cells, where a sentence would have a blank.
            ';' if joins(rest, first) => out.push(mark(CELL, at, next)),
            _ if first.is_whitespace() => {}
            '-' | '‐' | '‑' | '\u{ad}' if joins(rest, first) && joint == Joint::None => {
                joint = Joint::Hyphen;
                at = next;
                continue;
            }
            '/' if joins(rest, first) && joint == Joint::None => {
                joint = Joint::Slash;
                at = next;
                continue;
            }
            '.' if joins(rest, first) && joint == Joint::None => {
                joint = Joint::Dot;
                at = next;
                continue;
            }
            // `X ......... 12`: dots that lead to a value.
            '.' if rest.starts_with("....") => {
                let dots = rest.len() - rest.trim_start_matches('.').len();
                out.push(mark(COLON, at, at + dots));
                joint = Joint::Blank;
                at += dots;
                continue;
            }
            _ => {
                out.push(mark(vocabulary.mark(first), at, next));
                joint = Joint::None;
                at = next;
                continue;
            }
        }
        joint = Joint::Blank;
        at = next;
    }
    mark_lines(text, window.start, &wrap, &mut out);
    out
}

/// Tells which tokens are the first of their line.
fn mark_lines(text: &str, start: usize, wrap: &LazyCell<Wrap, impl FnOnce() -> Wrap>, tokens: &mut [Token]) {
    let mut end = start;
    for token in tokens {
        let gap = text.get(end..token.start).unwrap_or_default();
        let opens = gap.contains('\n') && (token.capital || token.word == NUMBER);
        token.opens_line = opens && {
            let line = text.get(token.start..).unwrap_or_default();
            gap.matches('\n').count() > 1 || !wrap.goes_on(line_before(text, end), line.as_bytes())
        };
        end = token.end;
    }
}

/// The line of `text` up to `at`.
fn line_before(text: &str, at: usize) -> &[u8] {
    let head = text.get(..at).unwrap_or_default();
    head.rsplit('\n').next().unwrap_or_default().trim().as_bytes()
}

fn mark(word: Word, start: usize, end: usize) -> Token {
    let joint = Joint::Blank;
    Token {
        word,
        exact: UNKNOWN,
        start,
        end,
        joint,
        number: None,
        mention: usize::MAX,
        capital: false,
        opens_line: false,
        classes: Classes::default(),
    }
}

/// Whether the mark at the start of `rest` stands between two letters or digits, as in `de-installed` or `s.31`.
fn joins(rest: &str, mark: char) -> bool {
    rest.get(mark.len_utf8()..)
        .and_then(|r| r.chars().next())
        .is_some_and(char::is_alphanumeric)
}

/// Bytes of the blanks from the line break at `at` on, with which `rest` begins, and whether they part what stands around.
fn line_end(
    text: &str,
    at: usize,
    rest: &str,
    aligned: &Aligned,
    wrap: &LazyCell<Wrap, impl FnOnce() -> Wrap>,
) -> (usize, bool) {
    let after = rest.trim_start();
    let length = rest.len() - after.len();
    let gap = rest.get(..length).unwrap_or_default();
    let parts = gap.matches('\n').count() > 1
        || opens_item(after) && !wrap.joins(line_before(text, at), after.as_bytes())
        || parts_rows(text, at, at + length)
        || aligned.row_ends(at) && aligned.row_starts(at + 1);
    (length, parts)
}

/// Whether the line that ends at `end` and the one that starts at `start` are rows of a table.
fn parts_rows(text: &str, end: usize, start: usize) -> bool {
    let (before, after) = (text.get(..end), text.get(start..));
    let line = before.and_then(|t| t.rsplit('\n').next()).unwrap_or_default();
    let next = after.and_then(|t| t.split('\n').next()).unwrap_or_default();
    let is_row = |line: &str| line.contains(['|', '\t']);
    is_row(line) && is_row(next)
}

/// A list mark or number after a line break: the line is an item of its own, not a wrapped sentence.
fn opens_item(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some('•' | '*' | '-' | '–' | '○' | '▪' | '|') => true,
        Some(c) if c.is_ascii_digit() => chars
            .find(|c| !c.is_ascii_digit())
            .is_some_and(|c| matches!(c, '.' | ')' | ':' | '|')),
        // `b)` and `b. `
        Some(c) if c.is_ascii_lowercase() => {
            let rest = after.get(1..).unwrap_or_default();
            rest.starts_with(") ") || rest.starts_with(". ")
        }
        // `Q2`, `A2`, `(b)`
        Some('Q' | 'A') => chars.next().is_some_and(|c| c.is_ascii_digit() || c == ':'),
        // and `(iv)`
        Some('(') => {
            let item = after.get(1..).and_then(|rest| rest.split(')').next());
            let roman = |item: &str| item.len() <= 4 && item.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
            item.is_some_and(|item| {
                item.len() < after.len() - 1 && (item.chars().count() == 1 || !item.is_empty() && roman(item))
            })
        }
        _ => false,
    }
}

/// The words in what is written without blanks: each ideograph is one.
pub(crate) fn ideographs(text: &str) -> impl Iterator<Item = &str> {
    let ends = move |(at, c): (usize, char)| {
        let next = at + c.len_utf8();
        let after = text.get(next..).and_then(|rest| rest.chars().next());
        (is_ideograph(c) || after.is_none_or(is_ideograph)).then_some(next)
    };
    let mut start = 0;
    text.char_indices().filter_map(ends).filter_map(move |end| {
        let word = text.get(start..end);
        start = end;
        word
    })
}

/// Whether text with blanks around is read as one token that is spelt like this.
pub(crate) fn is_token(word: &str) -> bool {
    let mut chars = word.chars();
    let Some(first) = chars.next() else { return false };
    let is_mark = chars.next().is_none() && (mark_of(first).is_some() || !first.is_alphanumeric());
    // An apostrophe is read as a straight one.
    is_mark || word_length(word, first) == word.len() && !word.contains('’')
}

/// Bytes of the word or number at the start of `rest`; 0 when there is none.
fn word_length(rest: &str, first: char) -> usize {
    if first.is_ascii_digit() {
        return number_length(rest);
    }
    if !first.is_alphanumeric() {
        return 0;
    }
    if is_ideograph(first) {
        return first.len_utf8();
    }
    let inside = |(i, c): (usize, char)| {
        let apostrophe = matches!(c, '\'' | '’')
            && rest
                .get(i + c.len_utf8()..)
                .and_then(|r| r.chars().next())
                .is_some_and(char::is_alphabetic);
        let part = c.is_alphabetic() && !is_ideograph(c) || apostrophe || is_combining(c);
        (!part).then_some(i)
    };
    rest.char_indices().skip(1).find_map(inside).unwrap_or(rest.len())
}

/// Digits with thousands separators and one decimal part: `1,200`, `2.800`.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = digits(0);
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    end
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Combining marks, which belong to the letter before.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn word(vocabulary: &Vocabulary, surface: &str, start: usize, joint: Joint, lower: &mut String) -> Token {
    let end = start + surface.len();
    let mention = usize::MAX;
    if surface.starts_with(|c: char| c.is_ascii_digit()) {
        let number = if surface.contains('.') {
            None
        } else {
            let digits = surface
                .bytes()
                .filter(u8::is_ascii_digit)
                .map(|b| u32::from(b - b'0'));
            digits
                .into_iter()
                .try_fold(0_u32, |n, d| n.checked_mul(10)?.checked_add(d))
        };
        let exact = vocabulary.get(surface);
        return Token {
            word: NUMBER,
            exact,
            start,
            end,
            joint,
            number,
            mention,
            capital: false,
            opens_line: false,
            classes: Classes::default(),
        };
    }
    lower.clear();
    for c in surface.chars() {
        match c {
            '’' => lower.push('\''),
            _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            _ => lower.extend(c.to_lowercase()),
        }
    }
    let as_written = *lower == *surface;
    let exact = if as_written {
        UNKNOWN
    } else {
        vocabulary.get(surface)
    };
    let known = vocabulary.get(lower);
    let classes = vocabulary.classes(known).and(vocabulary.classes(exact));
    let capital = surface.chars().next().is_some_and(char::is_uppercase);
    Token {
        word: known,
        exact,
        start,
        end,
        joint,
        number: None,
        mention,
        capital,
        opens_line: false,
        classes,
    }
}

/// Whether the word is a punctuation mark.
pub(crate) fn is_mark(word: Word) -> bool {
    (BREAK..=OTHER).contains(&word)
}
