//! JSON Lines: what counts as a line of it, and whether a stream is that.

use super::cursor::Cursor;
use super::parse::Ignore;
use super::shape::{Shape, shape};

/// How much of a stream is looked at.
pub(crate) const LOOK: usize = 64 << 10;

/// Whether the stream that begins with `head` is JSON Lines: a first line that is one object, or a list that holds none,
/// and another such line. A line that is a package is left to the structural cutter, which takes packages apart.
pub(crate) fn are_lines(head: &[u8], depth: usize) -> bool {
    let mut lines = contents(head);
    let Some((at, first)) = lines.next() else {
        return false;
    };
    // A lone bracket above makes it a list, whose elements have pointers.
    if head.get(..at).is_some_and(|before| before.contains(&b'[')) {
        return false;
    }
    let Some((_, second)) = lines.next() else {
        return false;
    };
    let mut cursor = Cursor::new(first, depth);
    if cursor.value(&mut Ignore).is_err() || cursor.peek().is_some() {
        return false;
    }
    match (first.first(), second.first()) {
        (Some(b'{'), Some(b'{' | b'[')) => !matches!(shape(first, true), Shape::Wrapper),
        (Some(b'['), Some(b'[')) => !first.contains(&b'{'),
        _ => false,
    }
}

/// The lines that hold a record, with their offset: trimmed, without the comma that a list left behind. Blank lines and
/// lone brackets hold none.
pub(crate) fn contents(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    each(bytes).filter_map(content)
}

fn content((at, line): (usize, &[u8])) -> Option<(usize, &[u8])> {
    let trimmed = line.trim_ascii_start();
    let at = at + line.len() - trimmed.len();
    let trimmed = trimmed.trim_ascii_end();
    let trimmed = trimmed.strip_suffix(b",").map_or(trimmed, <[u8]>::trim_ascii_end);
    (!matches!(trimmed, b"" | b"[" | b"]" | b"\x1e")).then_some((at, trimmed))
}

/// How many lines end in the bytes, and how many of its lines hold a record: in one pass.
pub(crate) fn count(bytes: &[u8]) -> (usize, usize) {
    each(bytes).fold((0, 0), |(ends, records), (at, line)| {
        let ended = at + line.len() < bytes.len();
        let holds = content((at, line)).is_some();
        (ends + usize::from(ended), records + usize::from(holds))
    })
}

/// The lines with their offset, without their ends.
fn each(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let at = start;
        start += end + 1;
        Some((at, rest.get(..end).unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_from_documents() {
        for (text, want) in [
            ("{\"a\":1}\n{\"a\":2}\n", true),
            ("\n{\"a\":1},\r\n\r\n{\"a\":2},\r\n", true),
            ("[1]\n[2]\n", true),
            ("{\"a\":1}", false),
            ("{\n\"a\":1}\n{\"a\":1}", false),
            ("[{\"a\":1}]\n[{\"a\":2}]", false),
            ("[\n{\"a\":1},\n{\"a\":2}\n]", false),
            ("{\"releases\":[{}]}\n{\"releases\":[{}]}", false),
            ("{\"a\":1}{\"a\":2}\n{\"a\":3}", false),
        ] {
            assert_eq!(are_lines(text.as_bytes(), 128), want, "{text}");
        }
    }

    #[test]
    fn only_content_counts() {
        let found: Vec<_> = contents(b"[\n {\"a\":1} ,\r\n\n]\n{}").collect();
        assert_eq!(found, [(3, &b"{\"a\":1}"[..]), (17, &b"{}"[..])]);
        assert_eq!(count(b"[\n {\"a\":1} ,\r\n\n]\n{}"), (4, 2));
        assert_eq!(count(b"{}\n"), (1, 1));
        assert_eq!(count(b""), (0, 0));
    }
}
