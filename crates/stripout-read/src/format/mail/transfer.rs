//! Bytes of a part out of their transfer encoding, as many as are sound.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

/// How a part was made fit for old mail servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Transfer {
    None,
    Base64,
    QuotedPrintable,
}

impl Transfer {
    pub(super) fn of(label: &str) -> Self {
        match label.trim().to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::None,
        }
    }

    /// The bytes, and whether all of them were sound.
    pub(super) fn decode(self, raw: &[u8]) -> (Vec<u8>, bool) {
        match self {
            Self::None => (raw.to_vec(), true),
            Self::Base64 => {
                // Padding is the end, whatever follows.
                let end = memchr::memchr(b'=', raw).unwrap_or(raw.len());
                let (letters, padding) = raw.split_at(end);
                let more = padding.iter().any(|b| *b != b'=' && !b.is_ascii_whitespace());
                match base64_decode(letters.trim_ascii()) {
                    Some(bytes) => (bytes, !more),
                    None => (sound_base64(letters), false),
                }
            }
            Self::QuotedPrintable => match quoted_printable_decode(raw) {
                Some(bytes) => (bytes, true),
                None => (sound_quoted_printable(raw), false),
            },
        }
    }
}

/// Base64 without what is none.
fn sound_base64(raw: &[u8]) -> Vec<u8> {
    let mut letters: Vec<u8> = raw
        .iter()
        .copied()
        .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
        .collect();
    match letters.len() % 4 {
        // One letter alone is no byte.
        1 => drop(letters.pop()),
        2 => letters.extend(b"=="),
        3 => letters.push(b'='),
        _ => {}
    }
    base64_decode(&letters).unwrap_or_default()
}

/// Quoted-printable in which `=` that escapes nothing stands for itself.
fn sound_quoted_printable(raw: &[u8]) -> Vec<u8> {
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => after,
            (b'=', [high, low, tail @ ..]) => {
                if let (Some(high), Some(low)) = (hex(*high), hex(*low)) {
                    bytes.push(high << 4 | low);
                    tail
                } else {
                    bytes.push(b'=');
                    after
                }
            }
            (b'=', []) => after,
            (byte, after) => {
                bytes.push(*byte);
                after
            }
        };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_costs_only_itself() {
        for (transfer, raw, want) in [
            (Transfer::Base64, &b"SGlrdmlzaW9u"[..], (&b"Hikvision"[..], true)),
            (
                Transfer::Base64,
                b"SGlr\r\ndmlz\r\naW9u\r\n",
                (b"Hikvision", true),
            ),
            (Transfer::Base64, b"SGlr!dmlz\x00aW9u4", (b"Hikvision", false)),
            (
                Transfer::Base64,
                b"SGlrdmlzaW9ucw== and more",
                (b"Hikvisions", false),
            ),
            (
                Transfer::QuotedPrintable,
                b"caf=C3=A9 =\r\nx",
                ("caf\u{e9} x".as_bytes(), true),
            ),
            (
                Transfer::QuotedPrintable,
                b"a=b =C3=A9=",
                ("a=b \u{e9}".as_bytes(), false),
            ),
            (Transfer::None, b"=C3", (b"=C3", true)),
        ] {
            let (bytes, sound) = transfer.decode(raw);
            assert_eq!((bytes.as_slice(), sound), want, "{}", raw.escape_ascii());
        }
    }
}
