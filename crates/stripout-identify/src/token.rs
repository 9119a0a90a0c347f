//! Runs of letters and digits.

use std::ops::Range;

/// A run of letters and digits, as a byte range of the normal text.
pub(crate) type Token = Range<usize>;

/// The runs of letters and digits of a text in normal form. `!` and `|` between two of them belong to the run: OCR puts
/// them for `i` and `l`.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len() / 6 + 1);
    let mut at = 0;
    while at < bytes.len() {
        let Some(length) = word_char(text, at) else {
            at += 1;
            continue;
        };
        let start = at;
        at += length;
        loop {
            if let Some(length) = word_char(text, at) {
                at += length;
            } else if matches!(bytes.get(at), Some(b'!' | b'|'))
                && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
            {
                at += 1;
            } else {
                break;
            }
        }
        found.push(start..at);
    }
    found
}

/// The length of the letter or digit at `at`; `None` when there is none, or `at` is inside a character.
fn word_char(text: &str, at: usize) -> Option<usize> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return byte.is_ascii_alphanumeric().then_some(1);
    }
    let c = text.get(at..)?.chars().next()?;
    c.is_alphanumeric().then(|| c.len_utf8())
}

/// Whether a letter or digit ends at `at`.
pub(crate) fn word_before(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|t| t.chars().next_back())
        .is_some_and(char::is_alphanumeric)
}

/// Whether a letter or digit starts at `at`.
pub(crate) fn word_after(text: &str, at: usize) -> bool {
    text.get(at..)
        .and_then(|t| t.chars().next())
        .is_some_and(char::is_alphanumeric)
}

/// Whether words of this script are written without spaces between.
pub(crate) fn unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_a_run_of_letters_and_digits() {
        let text = "4x big-cat v1.2, h!t | ça";
        let words: Vec<_> = tokens(text).into_iter().filter_map(|t| text.get(t)).collect();
        assert_eq!(words, ["4x", "big", "cat", "v1", "2", "h!t", "ça"]);
    }
}
