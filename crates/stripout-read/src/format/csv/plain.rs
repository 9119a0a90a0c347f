//! Rows as nearly all are: no cell of many lines, no quote in a quoted cell. Line end and cells are found in one pass,
//! eight bytes at a time.
//!
//! Gives the same as `Scanner` and `split`; a test holds it to that.

use memchr::memchr3;

use super::record::{Cell, Dialect};

/// The lowest and the highest bit of each byte of a word.
const LOWEST: u64 = 0x0101_0101_0101_0101;
const HIGHEST: u64 = 0x8080_8080_8080_8080;

/// Finds the cells of the row at the start of `bytes`, and its length with the line end. `None`: it takes the long way.
pub(super) fn row(bytes: &[u8], dialect: Dialect, cells: &mut Vec<Cell>) -> Option<usize> {
    cells.clear();
    let every = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let (delimiter, quote, feed) = (every(dialect.delimiter), every(b'"'), every(b'\n'));
    let cr = every(b'\r');
    // Where the open cell starts, and the next word.
    let (mut start, mut next) = (0, 0);
    'words: while next < bytes.len() {
        let word = u64::from_le_bytes(word_at(bytes, next));
        let mut found = zeros(word ^ delimiter) | zeros(word ^ quote) | zeros(word ^ feed);
        if dialect.cr {
            found |= zeros(word ^ cr);
        }
        found &= HIGHEST;
        while found != 0 {
            let at = next + (found.trailing_zeros() / 8) as usize;
            found &= found - 1;
            match bytes.get(at) {
                Some(byte) if *byte == dialect.delimiter => {
                    cells.push(Cell::plain(start, at));
                    start = at + 1;
                }
                Some(b'"') if at == start => {
                    let close = one_line_quote(bytes, at + 1)?;
                    cells.push(Cell::quoted(at + 1, close));
                    match bytes.get(close + 1) {
                        Some(byte) if *byte == dialect.delimiter => {
                            start = close + 2;
                            next = start;
                            continue 'words;
                        }
                        Some(b'\n') => return Some(close + 2),
                        Some(b'\r') if bytes.get(close + 2) == Some(&b'\n') => return Some(close + 3),
                        _ => return None,
                    }
                }
                Some(b'"') => {
                    // After spaces it may open a cell; after anything else it is a character.
                    let before = bytes.get(start..at).unwrap_or_default();
                    if before.iter().all(|b| *b == b' ') {
                        return None;
                    }
                }
                Some(b'\n') => return Some(end(bytes, start, at, cells)),
                Some(b'\r') if dialect.cr => return Some(end(bytes, start, at, cells)),
                _ => {}
            }
        }
        next += 8;
    }
    Some(end(bytes, start, bytes.len(), cells))
}

/// Eight bytes, or what is left and zeros.
fn word_at(bytes: &[u8], at: usize) -> [u8; 8] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut word = [0; 8];
        word.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        word
    })
}

/// The next quote, where no line ends before it.
fn one_line_quote(bytes: &[u8], from: usize) -> Option<usize> {
    let at = from + memchr3(b'"', b'\n', b'\r', bytes.get(from..)?)?;
    (bytes.get(at) == Some(&b'"')).then_some(at)
}

/// Has the highest bit of each byte that is zero, and perhaps of one after such a byte: what is found is looked at.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(LOWEST) & !word
}

/// Closes the last cell at a line end, and gives where the next line starts.
fn end(bytes: &[u8], start: usize, at: usize, cells: &mut Vec<Cell>) -> usize {
    let byte = |i: usize| bytes.get(i);
    // CRLF; at the end of the file a CR alone is dropped as well.
    let dropped = at > start && byte(at) != Some(&b'\r') && byte(at - 1) == Some(&b'\r');
    cells.push(Cell::plain(start, at - usize::from(dropped)));
    match (byte(at), byte(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(_), _) => at + 1,
        (None, _) => at,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::record::{Scanner, split, trim_end};
    use super::*;

    fn assert_same(text: &str, cr: bool) {
        let dialect = Dialect {
            delimiter: b',',
            width: 3,
            row_limit: 1 << 20,
            cr,
        };
        let bytes = text.as_bytes();
        let mut quick = Vec::new();
        let Some(length) = row(bytes, dialect, &mut quick) else {
            return;
        };
        let extent = Scanner::new(bytes, dialect, true).extent(0).unwrap();
        assert_eq!(length, extent.len, "{text:?}");
        let mut slow = Vec::new();
        split(trim_end(&bytes[..length]), b',', &mut slow);
        assert_eq!(quick, slow, "{text:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_quick_way_gives_the_same(text in "[a,,\"\"\r\n \u{e9}\u{fe}/-]{1,40}", cr in any::<bool>()) {
            assert_same(&text, cr);
        }
    }

    #[test]
    fn odd_quotes_take_the_long_way() {
        let dialect = Dialect {
            delimiter: b',',
            width: 3,
            row_limit: 1 << 20,
            cr: false,
        };
        let mut cells = Vec::new();
        for text in [
            "a,\"b\nc\",d\n",
            "\"",
            "aaaaaaaaaaa, \"b\"",
            "\"a\"\"b\",c",
            "\"a\" ,b",
        ] {
            assert_eq!(row(text.as_bytes(), dialect, &mut cells), None, "{text}");
        }
        assert_eq!(row(b"a,\"b,b\",5\" c\n\"", dialect, &mut cells), Some(13));
        assert_eq!(cells.len(), 3);
    }
}
