//! From the bytes inside a JSON string to its text.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::cursor::Str;

impl<'a> Str<'a> {
    /// The text. Half surrogate pairs become U+FFFD, as do bytes that `encoding` cannot hold.
    pub(crate) fn text(self, encoding: &'static Encoding) -> Cow<'a, str> {
        decode(self.raw, encoding, self.escaped)
    }

    /// Whether this is `text`, escapes or not.
    #[inline]
    pub(crate) fn is(self, text: &[u8]) -> bool {
        if self.escaped {
            unescape(&String::from_utf8_lossy(self.raw)).as_bytes() == text
        } else {
            self.raw == text
        }
    }
}

/// The text of the inside of a string literal.
pub(crate) fn decode<'a>(raw: &'a [u8], encoding: &'static Encoding, escaped: bool) -> Cow<'a, str> {
    let text = match std::str::from_utf8(raw) {
        // Nearly always; the decoder's own check is dearer.
        Ok(text) if encoding == encoding_rs::UTF_8 => Cow::Borrowed(text),
        _ => encoding.decode_without_bom_handling(raw).0,
    };
    if escaped && text.contains('\\') {
        Cow::Owned(unescape(&text))
    } else {
        text
    }
}

/// Undoes JSON escapes. What is no escape stays as it is.
pub(crate) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mut chars = after.chars();
        let one = match chars.next() {
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                let (c, left) = unicode(chars.as_str());
                plain.push(c);
                rest = left;
                continue;
            }
            Some(c @ ('"' | '\\' | '/')) => c,
            _ => {
                plain.push('\\');
                rest = after;
                continue;
            }
        };
        plain.push(one);
        rest = chars.as_str();
    }
    plain.push_str(rest);
    plain
}

/// The character after `\u`, taking in the second half of a surrogate pair, and what follows.
fn unicode(text: &str) -> (char, &str) {
    let Some((unit, rest)) = hex(text) else {
        return (char::REPLACEMENT_CHARACTER, text);
    };
    if let Some(c) = char::from_u32(unit) {
        return (c, rest);
    }
    if let 0xD800..0xDC00 = unit
        && let Some((low @ 0xDC00..0xE000, after)) = rest.strip_prefix("\\u").and_then(hex)
        && let Some(c) = char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    {
        return (c, after);
    }
    (char::REPLACEMENT_CHARACTER, rest)
}

fn hex(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        for (raw, want) in [
            (r"\u004bestrel", "Kestrel"),
            ("a\\/b\\\\c\\\"d", "a/b\\c\"d"),
            (r"\ud83d\ude00!", "\u{1F600}!"),
            (r"x\ud800y", "x\u{FFFD}y"),
            (r"\udc00\ud800", "\u{FFFD}\u{FFFD}"),
            (r"\ud800\u0041", "\u{FFFD}A"),
            (r"\u0000", "\0"),
            (r"\r\n\t\b\f", "\r\n\t\u{8}\u{c}"),
            ("caf\u{e9} \\u00e9", "caf\u{e9} \u{e9}"),
        ] {
            assert_eq!(unescape(raw), want, "{raw}");
        }
    }

    #[test]
    fn other_encodings_are_decoded_before_escapes() {
        assert_eq!(
            decode(b"\xa35 \\u20ac", encoding_rs::WINDOWS_1252, true),
            "\u{a3}5 \u{20ac}"
        );
        assert_eq!(decode(b"ab\xffc", encoding_rs::UTF_8, false), "ab\u{FFFD}c");
    }
}
