//! Finds where a value ends by its quotes and brackets alone, across buffers. Says nothing about whether it is JSON.

/// How far into a value the reading has come.
#[derive(Debug, Clone, Copy, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own in the hot loop"
)]
pub(crate) struct Structure {
    depth: u64,
    in_string: bool,
    /// The last byte seen was a backslash that escapes the next.
    escape: bool,
    /// A number or literal: ends at the first byte that cannot be in one.
    bare: bool,
    begun: bool,
}

impl Structure {
    /// Reads on. The index just past the value in `bytes` when it ends there; `None` when it goes on.
    /// The first byte of the first call is the first of the value.
    #[inline]
    pub(crate) fn read(&mut self, bytes: &[u8]) -> Option<usize> {
        if !self.begun
            && let Some(first) = bytes.first()
        {
            self.begun = true;
            self.bare = !matches!(first, b'"' | b'{' | b'[');
        }
        if self.bare {
            return bytes
                .iter()
                .position(|b| matches!(b, b',' | b']' | b'}' | b'{' | b'[' | b'"' | b':' | 0..=b' '));
        }
        let mut at = 0;
        if self.escape && !bytes.is_empty() {
            self.escape = false;
            at = 1;
        }
        loop {
            if self.in_string {
                at = string_end(bytes, at);
                match bytes.get(at) {
                    Some(b'"') => {
                        self.in_string = false;
                        at += 1;
                        if self.depth == 0 {
                            return Some(at);
                        }
                    }
                    Some(_) if at + 1 < bytes.len() => {
                        at += 2;
                        continue;
                    }
                    Some(_) => {
                        self.escape = true;
                        return None;
                    }
                    None => return None,
                }
            }
            loop {
                match bytes.get(at)? {
                    b'"' => {
                        self.in_string = true;
                        at += 1;
                        break;
                    }
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 {
                            return Some(at + 1);
                        }
                    }
                    _ => {}
                }
                at += 1;
            }
        }
    }

    /// Whether what was read can be a whole value if nothing follows.
    pub(crate) fn may_end(&self) -> bool {
        self.bare
    }
}

/// The offset, from `at` on, of the first quote or backslash.
#[inline]
pub(super) fn string_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        let special =
            ((quote.wrapping_sub(ONES) & !quote) | (backslash.wrapping_sub(ONES) & !backslash)) & (ONES << 7);
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\\') {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_ends_where_its_brackets_close() {
        for (text, want) in [
            (r#"{"a":"}\"]","b":[{}]},x"#, Some(21)),
            (r#""a\\","#, Some(5)),
            ("12.5]", Some(4)),
            ("null", None),
            ("[[[", None),
            (r#"{"a":"\"#, None),
        ] {
            assert_eq!(Structure::default().read(text.as_bytes()), want, "{text}");
            // The same in the smallest steps.
            let mut steps = Structure::default();
            let end = text
                .as_bytes()
                .chunks(1)
                .enumerate()
                .find_map(|(i, b)| Some(i + steps.read(b)?));
            assert_eq!(end, want, "{text} byte by byte");
        }
    }
}
