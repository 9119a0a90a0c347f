//! The letters of CSS: comments, escapes, and where a block ends.

use std::borrow::Cow;

/// Without comments.
pub(super) fn plain(css: &str) -> Cow<'_, str> {
    if !css.contains("/*") {
        return Cow::Borrowed(css);
    }
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        // One that is never closed goes to the end.
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// `dis\70 lay` is `display`.
pub(super) fn unescaped(name: &str) -> Cow<'_, str> {
    if !name.contains('\\') {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let mut number = None;
        for _ in 0..6 {
            let Some(digit) = chars.peek().and_then(|c| c.to_digit(16)) else {
                break;
            };
            number = Some(number.unwrap_or(0) * 16 + digit);
            chars.next();
        }
        match number {
            Some(number) => {
                out.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER));
                chars.next_if(|c| c.is_whitespace());
            }
            None => out.extend(chars.next()),
        }
    }
    Cow::Owned(out)
}

/// Parts at the first sign that stands in no quotes and no brackets; the sign goes.
pub(super) fn part<'c>(css: &'c str, signs: &[char]) -> Option<(&'c str, char, &'c str)> {
    let (mut quote, mut deep, mut escaped) = (None, 0_usize, false);
    for (at, c) in css.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (quote, c) {
            (_, '\\') => escaped = true,
            // A quote that is not closed ends with its line.
            (Some(open), c) => quote = Some(open).filter(|_| c != open && c != '\n'),
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if deep == 0 && signs.contains(&c) => {
                let (before, rest) = css.split_at_checked(at)?;
                return Some((before, c, rest.get(c.len_utf8()..)?));
            }
            (None, '(' | '[') => deep += 1,
            (None, ')' | ']') => deep = deep.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What stands in a block and what follows it, given what stands after its opening brace.
pub(super) fn block(css: &str) -> (&str, &str) {
    let (mut rest, mut deep) = (css, 0_usize);
    while let Some((_, sign, after)) = part(rest, &['{', '}']) {
        match sign {
            '{' => deep += 1,
            _ if deep == 0 => {
                let inside = css.len() - after.len() - 1;
                return (css.get(..inside).unwrap_or_default(), after);
            }
            _ => deep -= 1,
        }
        rest = after;
    }
    (css, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_css() {
        assert_eq!(plain("a/* b */c/* d"), "ac");
        assert_eq!(unescaped("dis\\70 lay\\:x\\"), "display:x");
        assert_eq!(unescaped("\\110000x"), "\u{fffd}x");
        assert_eq!(part("a[x='{']{b", &['{']), Some(("a[x='{']", '{', "b")));
        assert_eq!(part("a\\{b", &['{']), None);
        assert_eq!(block("a{b}c}d"), ("a{b}c", "d"));
        assert_eq!(block("a{b}c"), ("a{b}c", ""));
        assert_eq!(block("}x"), ("", "x"));
    }
}
