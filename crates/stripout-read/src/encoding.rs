//! Which encoding a stream is in, and its text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use stripout_model::{Code, Problem, Severity};

use crate::Options;

/// The encoding of a stream and how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coding {
    pub(crate) encoding: &'static Encoding,
    /// Bytes of the byte order mark.
    pub(crate) mark: usize,
    pub(crate) found: Found,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// By its mark, because every byte agrees, or because the user says so.
    Certain,
    /// The sample is plain ASCII, so bytes that come later may be UTF-8 or `fallback`.
    Ascii,
    /// UTF-8 but for some bytes.
    Damaged,
    Guessed,
}

/// What bytes above ASCII mean where a file gave no other sign and they are no UTF-8: the code page of British desktops.
pub(crate) static FALLBACK: &Encoding = encoding_rs::WINDOWS_1252;

impl Coding {
    /// From the first bytes of a stream; `whole` when they are all.
    pub(crate) fn sniff(bytes: &[u8], whole: bool, options: &Options) -> Result<Self, Problem> {
        let marked = Encoding::for_bom(bytes);
        if let Some(label) = &options.encoding {
            let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown(label))?;
            let mark = marked.filter(|(e, _)| *e == encoding).map_or(0, |(_, len)| len);
            return Ok(Self {
                encoding,
                mark,
                found: Found::Certain,
            });
        }
        if let Some((encoding, mark)) = marked {
            return Ok(Self {
                encoding,
                mark,
                found: Found::Certain,
            });
        }
        let plain = |encoding, found| Self {
            encoding,
            mark: 0,
            found,
        };
        if let Some(encoding) = unmarked_utf16(bytes) {
            return Ok(plain(encoding, Found::Guessed));
        }
        if bytes.is_ascii() {
            return Ok(plain(UTF_8, if whole { Found::Certain } else { Found::Ascii }));
        }
        match std::str::from_utf8(bytes) {
            Ok(_) => return Ok(plain(UTF_8, Found::Certain)),
            // The sample may end inside a character.
            Err(error) if error.error_len().is_none() && !whole => return Ok(plain(UTF_8, Found::Certain)),
            Err(_) => {}
        }
        if meant_as_utf8(bytes) {
            return Ok(plain(UTF_8, Found::Damaged));
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        for line in odd_lines(bytes) {
            detector.feed(line, false);
        }
        detector.feed(b"\n", true);
        Ok(plain(
            detector.guess(Some(b"uk"), Utf8Detection::Deny),
            Found::Guessed,
        ))
    }

    pub(crate) fn is_utf16(self) -> bool {
        self.encoding == UTF_16LE || self.encoding == UTF_16BE
    }

    /// The encoding of the bytes as they are held: UTF-16 is transcoded while it is read.
    pub(crate) fn in_memory(self) -> &'static Encoding {
        if self.is_utf16() { UTF_8 } else { self.encoding }
    }

    /// Bytes of the stream that some text took: text of UTF-16 is held as UTF-8, all else as it came.
    pub(crate) fn stream_len(self, text: &[u8]) -> u64 {
        if !self.is_utf16() {
            return text.len() as u64;
        }
        let units: usize = decode(text, UTF_8).chars().map(char::len_utf16).sum();
        2 * units as u64
    }

    /// Warning that names the assumption, where one was made.
    pub(crate) fn problem(self) -> Option<Problem> {
        (self.found == Found::Guessed).then(|| {
            let name = self.encoding.name();
            Problem {
                code: Code::InputEncoding,
                severity: Severity::Warning,
                place: String::new(),
                what: format!("the encoding is not stated; read as {name}"),
                because: "some bytes are no UTF-8 and there is no byte order mark".into(),
                hint: "if names or pound signs look wrong, say the right one with `--encoding`".into(),
            }
        })
    }
}

fn unknown(label: &str) -> Problem {
    Problem {
        code: Code::InputEncoding,
        severity: Severity::Input,
        place: String::new(),
        what: format!("`{label}` is no known encoding"),
        because: "it is not among the WHATWG encoding labels".into(),
        hint: "use a label like `utf-8`, `windows-1252`, `utf-16le` or `gb18030` with `--encoding`".into(),
    }
}

/// Lines with bytes above ASCII, enough of them to tell an encoding: the others say nothing, and the detector is slow.
fn odd_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut left = 64_usize << 10;
    bytes
        .split_inclusive(|b| *b == b'\n')
        .filter(|line| !line.is_ascii())
        .take_while(move |line| {
            let enough = left == 0;
            left = left.saturating_sub(line.len());
            !enough
        })
}

/// Excel's "Unicode text" without its mark: mostly ASCII, so every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(1024) & !1)?;
    if sample.len() < 8 {
        return None;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), sample.len() / 2);
    match (even, odd) {
        (even, odd) if odd * 10 > half * 4 && even * 20 < half => Some(UTF_16LE),
        (even, odd) if even * 10 > half * 4 && odd * 20 < half => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes above ASCII mostly stand as UTF-8 puts them, allowed or not (surrogates, overlong forms): then
/// some of it is damaged UTF-8 rather than all of it something else.
fn meant_as_utf8(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let (mut meant, mut stray) = (0_usize, 0_usize);
    while let Some(at) = rest.iter().position(|b| !b.is_ascii()) {
        let (lead, tail) = rest
            .get(at..)
            .and_then(|r| r.split_first())
            .map_or((0, &[][..]), |(l, t)| (*l, t));
        let follow = match lead {
            0xc0..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf7 => 3,
            _ => 0,
        };
        let stands =
            follow > 0 && tail.len() >= follow && tail.iter().take(follow).all(|b| matches!(b, 0x80..=0xbf));
        if stands {
            meant += 1;
        } else {
            stray += 1;
        }
        rest = tail.get(if stands { follow } else { 0 }..).unwrap_or_default();
    }
    meant >= stray
}

/// The text of bytes in an ASCII-compatible encoding or UTF-16; what is no character becomes U+FFFD.
pub(crate) fn decode<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Cow<'b, str> {
    encoding.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(bytes: &[u8]) -> (&'static str, usize, Found) {
        let coding = Coding::sniff(bytes, true, &Options::default()).unwrap();
        (coding.encoding.name(), coding.mark, coding.found)
    }

    #[test]
    fn encodings_are_told_apart() {
        for (bytes, want) in [
            (&b"Body,Supplier\n"[..], ("UTF-8", 0, Found::Certain)),
            ("\u{feff}Body,Supplier\n".as_bytes(), ("UTF-8", 3, Found::Certain)),
            ("Body,caf\u{e9}\n".as_bytes(), ("UTF-8", 0, Found::Certain)),
            (b"Body,caf\xc3\xa9\nB,caf\xe9\n", ("UTF-8", 0, Found::Damaged)),
            (b"Testshire,\xed\xa0\x80\n", ("UTF-8", 0, Found::Damaged)),
            (b"Body,\xa31,234.50 \x93CCTV\x94 \x96 UK\n", ("windows-1252", 0, Found::Guessed)),
            (
                b"Body,Supplier\r\nTestshire,\xba\xa3\xbf\xb5\xcd\xfe\xca\xd3\xca\xfd\xd7\xd6\xbc\xbc\xca\xf5\r\n",
                ("GBK", 0, Found::Guessed),
            ),
            (b"B\0o\0d\0y\0,\0S\0\n\0", ("UTF-16LE", 0, Found::Guessed)),
            (b"\0B\0o\0d\0y\0,\0S\0\n", ("UTF-16BE", 0, Found::Guessed)),
            (b"\xff\xfeB\0o\0", ("UTF-16LE", 2, Found::Certain)),
        ] {
            assert_eq!(sniffed(bytes), want, "{:?}", bytes.escape_ascii().to_string());
        }
    }

    #[test]
    fn what_the_user_says_holds() {
        let options = Options {
            encoding: Some("latin1".into()),
            ..Options::default()
        };
        let coding = Coding::sniff("caf\u{e9}".as_bytes(), true, &options).unwrap();
        assert_eq!(
            (coding.encoding.name(), coding.found),
            ("windows-1252", Found::Certain)
        );
        let options = Options {
            encoding: Some("klingon".into()),
            ..Options::default()
        };
        assert_eq!(
            Coding::sniff(b"a", true, &options).unwrap_err().code,
            Code::InputEncoding
        );
    }
}
