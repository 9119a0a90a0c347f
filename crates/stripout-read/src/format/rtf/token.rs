//! RTF cut into its tokens.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    Open,
    Close,
    /// `\par`, `\u8217`.
    Word(&'t str, Option<i32>),
    /// `\~`, `\*`.
    Symbol(u8),
    /// `\'e9`.
    Byte(u8),
    Text(&'t [u8]),
}

pub(super) struct Tokens<'t> {
    rest: &'t [u8],
}

impl<'t> Tokens<'t> {
    pub(super) fn new(bytes: &'t [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Passes over raw bytes, as `\bin` announces them.
    pub(super) fn pass(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn control(&mut self) -> Option<Token<'t>> {
        let (first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            if *first == b'\''
                && let Some([high, low]) = after.get(..2)
                && let (Some(high), Some(low)) = (hex(*high), hex(*low))
            {
                self.pass(2);
                return Some(Token::Byte(high << 4 | low));
            }
            return Some(match first {
                // A line end after a backslash is a paragraph's end.
                b'\r' | b'\n' => Token::Word("par", None),
                symbol => Token::Symbol(*symbol),
            });
        }
        let word = self.take(u8::is_ascii_alphabetic);
        let minus = self.rest.first() == Some(&b'-');
        let digits_at = usize::from(minus);
        let digits = self
            .rest
            .get(digits_at..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let mut number = None;
        if digits > 0 {
            let text = self.rest.get(..digits_at + digits).unwrap_or_default();
            number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
            self.pass(digits_at + digits);
        }
        if self.rest.first() == Some(&b' ') {
            self.pass(1);
        }
        Some(Token::Word(std::str::from_utf8(word).unwrap_or_default(), number))
    }

    fn take(&mut self, is: impl Fn(&u8) -> bool) -> &'t [u8] {
        let length = self.rest.iter().take_while(|b| is(b)).count();
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            match self.rest.first()? {
                b'{' => {
                    self.pass(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.pass(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.pass(1);
                    return self.control();
                }
                // Line ends only fold the file.
                b'\r' | b'\n' | 0 => self.pass(1),
                _ => {
                    return Some(Token::Text(
                        self.take(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)),
                    ));
                }
            }
        }
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[test]
    fn tokens_of_every_kind() {
        let tokens: Vec<_> = Tokens::new(b"{\\rtf1\\b-1 a b\r\n\\'e9\\u8217?\\~\\\n\\}\\'zz}\\").collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("b", Some(-1)),
                Token::Text(b"a b"),
                Token::Byte(0xe9),
                Token::Word("u", Some(8217)),
                Token::Text(b"?"),
                Token::Symbol(b'~'),
                Token::Word("par", None),
                Token::Symbol(b'}'),
                Token::Symbol(b'\''),
                Token::Text(b"zz"),
                Token::Close,
            ]
        );
    }
}
