//! A page as text, a piece at a time: by its byte order mark, by what it says of itself, or by what its bytes look like.

use std::borrow::Cow;

use encoding_rs::{Decoder, Encoding, UTF_8};
use stripout_model::Problem;

use crate::Options;
use crate::encoding::{Coding, Found};

/// Bytes that are decoded at a time.
const STEP: usize = 16 << 10;
/// Where a page says what it is written in. Browsers look at 1,024 bytes; saved pages have longer beginnings.
const BEGINNING: usize = 8 << 10;

pub(super) enum Chunks<'w> {
    Text(&'w str),
    Bytes {
        left: &'w [u8],
        decoder: Decoder,
        coding: Coding,
        done: bool,
    },
}

impl<'w> Chunks<'w> {
    pub(super) fn of_text(text: &'w str) -> Self {
        Self::Text(text)
    }

    pub(super) fn of_bytes(whole: &'w [u8], options: &Options) -> Result<Self, Problem> {
        let sniffed = Coding::sniff(whole, true, options)?;
        let sure = options.encoding.is_some() || sniffed.mark > 0 || sniffed.is_utf16();
        let coding = if sure {
            sniffed
        } else {
            match stated(whole.get(..whole.len().min(BEGINNING)).unwrap_or(whole)) {
                // It may say UTF-8 and not be it.
                Some(encoding) if encoding != UTF_8 => Coding {
                    encoding,
                    mark: 0,
                    found: Found::Certain,
                },
                _ => sniffed,
            }
        };
        Ok(Self::Bytes {
            left: whole.get(coding.mark..).unwrap_or_default(),
            decoder: coding.encoding.new_decoder_without_bom_handling(),
            coding,
            done: false,
        })
    }

    /// The same from its beginning, given that nothing was taken of it yet.
    pub(super) fn fresh(&self) -> Self {
        match self {
            Self::Text(text) => Self::Text(text),
            Self::Bytes { left, coding, .. } => Self::Bytes {
                left,
                decoder: coding.encoding.new_decoder_without_bom_handling(),
                coding: *coding,
                done: false,
            },
        }
    }

    pub(super) fn problem(&self) -> Option<Problem> {
        match self {
            Self::Text(_) => None,
            Self::Bytes { coding, .. } => coding.problem(),
        }
    }

    pub(super) fn next(&mut self) -> Option<Cow<'w, str>> {
        match self {
            Self::Text(text) => {
                if text.is_empty() {
                    return None;
                }
                let mut end = text.len().min(STEP);
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                let (chunk, rest) = text.split_at(end);
                *text = rest;
                Some(Cow::Borrowed(chunk))
            }
            Self::Bytes {
                left, decoder, done, ..
            } => {
                if *done {
                    return None;
                }
                let (chunk, rest) = left.split_at(left.len().min(STEP));
                *left = rest;
                *done = rest.is_empty();
                let room = decoder
                    .max_utf8_buffer_length(chunk.len())
                    .unwrap_or(chunk.len() * 4);
                let mut text = String::with_capacity(room);
                // There is room for all of it.
                let (_all_of_it, _, _) = decoder.decode_to_string(chunk, &mut text, *done);
                Some(Cow::Owned(text))
            }
        }
    }
}

/// The encoding in `<meta charset=...>` or `<meta ... content="text/html; charset=...">`, or in the XML declaration.
fn stated(beginning: &[u8]) -> Option<&'static Encoding> {
    let lower = beginning.to_ascii_lowercase();
    let declared = lower
        .starts_with(b"<?xml")
        .then(|| label(&lower, b"encoding"))
        .flatten();
    let metas = memchr::memmem::find_iter(&lower, b"<meta").filter_map(|at| {
        let tag = lower.get(at..)?;
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        label(tag.get(..end)?, b"charset")
    });
    declared
        .into_iter()
        .chain(metas)
        .find_map(Encoding::for_label)
        // Whoever can read the statement does not read UTF-16.
        .map(|encoding| {
            if encoding.is_ascii_compatible() {
                encoding
            } else {
                UTF_8
            }
        })
}

/// What stands after `name=`.
fn label<'b>(bytes: &'b [u8], name: &[u8]) -> Option<&'b [u8]> {
    let at = memchr::memmem::find(bytes, name)?;
    let value = bytes
        .get(at + name.len()..)?
        .trim_ascii_start()
        .strip_prefix(b"=")?;
    let value = value.trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or(value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b' ' | b'>' | b'/' | b'?'))
        .unwrap_or(value.len());
    value.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_say_what_they_are_written_in() {
        for (bytes, want) in [
            (&b"<meta charset=iso-8859-1>"[..], Some("windows-1252")),
            (
                b"<META http-equiv=Content-Type content='text/html; charset=GB2312'>",
                Some("GBK"),
            ),
            (
                b"<?xml version='1.0' encoding='windows-1251'?><html>",
                Some("windows-1251"),
            ),
            (b"<meta charset=\"utf-16\">", Some("UTF-8")),
            (b"<meta name=charset>", None),
            (b"<p>charset=x</p>", None),
        ] {
            assert_eq!(
                stated(bytes).map(Encoding::name),
                want,
                "{}",
                bytes.escape_ascii()
            );
        }
    }

    #[test]
    fn text_comes_whole() {
        let page = format!(
            "<html><meta charset=windows-1252>{}\u{a3}</html>",
            "x".repeat(STEP * 2)
        );
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&page);
        let mut chunks = Chunks::of_bytes(&bytes, &Options::default()).unwrap();
        let mut whole = String::new();
        while let Some(chunk) = chunks.next() {
            whole.push_str(&chunk);
        }
        assert_eq!(whole, page);
    }
}
