//! A pull reader over the bytes of one value: the grammar of RFC 8259 to the letter, nothing decoded or allocated.
//!
//! Not `serde_json`: evidence needs the exact byte range of every string, and real notices hold `null`, objects and
//! numbers where others were promised, the same key twice, and `1e9999`; each of these ends a derived `Deserialize`.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// Where and why bytes are no JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Offset in the bytes given to the cursor.
    pub(crate) at: usize,
    pub(crate) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// What was wanted instead.
    Wanted(&'static str),
    Depth,
    /// The bytes ended inside a value.
    End,
}

impl Fault {
    pub(crate) fn is_end(self) -> bool {
        self.why == Why::End
    }
}

/// A string as written: the bytes between its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Str<'a> {
    pub(crate) raw: &'a [u8],
    /// Offset of `raw` in the bytes given to the cursor.
    pub(crate) at: usize,
    pub(crate) escaped: bool,
}

/// A value that is no container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar<'a> {
    Text(Str<'a>),
    /// The digits as written.
    Number(&'a [u8]),
    Bool(bool),
}

impl<'a> Scalar<'a> {
    /// The bytes as written, without quotes.
    #[inline]
    pub(crate) fn raw(self) -> &'a [u8] {
        match self {
            Self::Text(text) => text.raw,
            Self::Number(digits) => digits,
            Self::Bool(true) => b"true",
            Self::Bool(false) => b"false",
        }
    }

    pub(crate) fn text(self, encoding: &'static Encoding) -> Cow<'a, str> {
        match self {
            Self::Text(text) => text.text(encoding),
            other => String::from_utf8_lossy(other.raw()),
        }
    }
}

/// What a walk meets, in order.
pub(crate) trait Walk<'a> {
    fn key(&mut self, _key: Str<'a>) {}
    fn text(&mut self, _text: Str<'a>) {}
    fn enter(&mut self, _container: Container) {}
    fn leave(&mut self) {}
    /// The next element of the innermost array begins.
    fn element(&mut self) {}
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    Object,
    Array,
}

pub(crate) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Closers of the containers that are open.
    open: Vec<u8>,
    depth: usize,
}

impl<'a> Cursor<'a> {
    /// `depth` is how many containers may be open at once.
    pub(crate) fn new(bytes: &'a [u8], depth: usize) -> Self {
        Self {
            bytes,
            at: 0,
            open: Vec::new(),
            depth,
        }
    }

    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Begins with other bytes, keeping its memory.
    pub(crate) fn reset(&mut self, bytes: &'a [u8]) {
        self.bytes = bytes;
        self.at = 0;
        self.open.clear();
    }

    /// In a run of members without braces: whether another follows; passes over the commas before it.
    pub(crate) fn next_member(&mut self) -> bool {
        while self.peek() == Some(b',') {
            self.at += 1;
        }
        self.peek().is_some()
    }

    /// The next byte that is no white space, not consumed.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    /// Reads an object; `member` is called after each `key:` and must read the value.
    #[inline]
    pub(crate) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, Str<'a>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.enter(b'{', b'}')?;
        if self.peek() == Some(b'}') {
            self.leave();
            return Ok(());
        }
        loop {
            let key = self.key()?;
            member(self, key)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.leave();
                    return Ok(());
                }
                _ => return Err(self.wanted("`,` or `}`")),
            }
        }
    }

    /// Reads an array; `element` is called at each element and must read it.
    #[inline]
    pub(crate) fn array(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.enter(b'[', b']')?;
        if self.peek() == Some(b']') {
            self.leave();
            return Ok(());
        }
        loop {
            element(self)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.leave();
                    return Ok(());
                }
                _ => return Err(self.wanted("`,` or `]`")),
            }
        }
    }

    /// Reads `"key":`.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<Str<'a>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.wanted("a key in double quotes"));
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return Err(self.wanted("`:`"));
        }
        self.at += 1;
        Ok(key)
    }

    /// Reads a value that is no container; `None` for `null`.
    #[inline]
    pub(crate) fn scalar(&mut self) -> Result<Option<Scalar<'a>>, Fault> {
        match self.peek() {
            Some(b'"') => self.string().map(|text| Some(Scalar::Text(text))),
            Some(b'-' | b'0'..=b'9') => self.number().map(|digits| Some(Scalar::Number(digits))),
            Some(b't') => self.literal(b"true").map(|()| Some(Scalar::Bool(true))),
            Some(b'f') => self.literal(b"false").map(|()| Some(Scalar::Bool(false))),
            Some(b'n') => self.literal(b"null").map(|()| None),
            _ => Err(self.wanted("a value")),
        }
    }

    /// Reads a value of any kind, telling `walk` what is in it. Keeps no call stack: depth is data.
    #[inline]
    pub(crate) fn value(&mut self, walk: &mut impl Walk<'a>) -> Result<(), Fault> {
        let floor = self.open.len();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.enter(b'{', b'}')?;
                    walk.enter(Container::Object);
                    if self.peek() != Some(b'}') {
                        let key = self.key()?;
                        walk.key(key);
                        continue;
                    }
                }
                Some(b'[') => {
                    self.enter(b'[', b']')?;
                    walk.enter(Container::Array);
                    if self.peek() != Some(b']') {
                        walk.element();
                        continue;
                    }
                }
                Some(b'"') => {
                    let text = self.string()?;
                    walk.text(text);
                }
                _ => {
                    self.scalar()?;
                }
            }
            loop {
                if self.open.len() == floor {
                    return Ok(());
                }
                let closer = self.open.last().copied();
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        if closer == Some(b'}') {
                            let key = self.key()?;
                            walk.key(key);
                        } else {
                            walk.element();
                        }
                        break;
                    }
                    found if found == closer => {
                        self.leave();
                        walk.leave();
                    }
                    _ if closer == Some(b'}') => return Err(self.wanted("`,` or `}`")),
                    _ => return Err(self.wanted("`,` or `]`")),
                }
            }
        }
    }

    /// The fault that `what` was wanted here, or that the bytes ended here.
    #[cold]
    pub(crate) fn wanted(&self, what: &'static str) -> Fault {
        let why = if self.at >= self.bytes.len() {
            Why::End
        } else {
            Why::Wanted(what)
        };
        Fault { at: self.at, why }
    }

    #[inline]
    fn enter(&mut self, opener: u8, closer: u8) -> Result<(), Fault> {
        if self.peek() != Some(opener) {
            return Err(self.wanted(if opener == b'{' { "an object" } else { "an array" }));
        }
        if self.open.len() >= self.depth {
            return Err(Fault {
                at: self.at,
                why: Why::Depth,
            });
        }
        self.open.push(closer);
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn leave(&mut self) {
        self.open.pop();
        self.at += 1;
    }

    #[inline]
    fn string(&mut self) -> Result<Str<'a>, Fault> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            self.at = plain_end(self.bytes, self.at);
            match self.bytes.get(self.at) {
                Some(b'"') => {
                    let raw = self.bytes.get(start..self.at).unwrap_or_default();
                    self.at += 1;
                    return Ok(Str {
                        raw,
                        at: start,
                        escaped,
                    });
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(_) => return Err(self.wanted("an escape instead of a bare control character")),
                None => {
                    return Err(Fault {
                        at: self.at,
                        why: Why::End,
                    });
                }
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        self.at += 1;
        match self.bytes.get(self.at) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.bytes.get(self.at).is_some_and(u8::is_ascii_hexdigit) {
                        return Err(self.wanted("four hexadecimal digits after `\\u`"));
                    }
                    self.at += 1;
                }
            }
            _ => return Err(self.wanted("one of `\"\\/bfnrtu` after a backslash")),
        }
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> Result<&'a [u8], Fault> {
        let start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        if self.bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.bytes.get(start..self.at).unwrap_or_default())
    }

    #[inline]
    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.wanted("a digit"))
        } else {
            Ok(())
        }
    }

    #[inline]
    fn literal(&mut self, word: &'static [u8]) -> Result<(), Fault> {
        for byte in word {
            if self.bytes.get(self.at) != Some(byte) {
                return Err(self.wanted("`true`, `false` or `null`"));
            }
            self.at += 1;
        }
        Ok(())
    }
}

/// The offset, from `at` on, of the first byte that is not plain inside a string: quote, backslash or control.
#[inline]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // Eight bytes at a time: strings here are too short for `memchr` to pay its call.
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        // The lowest bit set is exact; higher ones may be carried into, and are not looked at.
        let special = (word.wrapping_sub(ONES * 0x20) & !word)
            | (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash);
        let special = special & (ONES << 7);
        if special != 0 {
            return at + (special.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if *byte < 0x20 || matches!(byte, b'"' | b'\\') {
            break;
        }
        at += 1;
    }
    at
}
