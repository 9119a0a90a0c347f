//! A stream of text as bytes that can be cut: UTF-8 or an ASCII-compatible encoding.

use std::io::{ErrorKind, Read};

use encoding_rs::{CoderResult, Decoder};
use stripout_model::{Code, Problem, Severity};

use crate::encoding::Coding;

/// The bytes of a stream as UTF-8 or an ASCII-compatible encoding: UTF-16 is transcoded while reading.
pub(crate) struct Input<'a> {
    stream: Box<dyn Read + Send + 'a>,
    decoder: Option<Decoder>,
    /// Bytes read and not yet handed on.
    pub(crate) buffer: Vec<u8>,
    pub(crate) ended: bool,
    /// Whether an odd number of bytes was read.
    odd: bool,
    pub(crate) problem: Option<Problem>,
}

impl<'a> Input<'a> {
    /// `start` are the bytes already read from the stream.
    pub(crate) fn new(
        mut start: Vec<u8>,
        stream: Box<dyn Read + Send + 'a>,
        coding: Coding,
        ended: bool,
    ) -> Self {
        start.drain(..coding.mark.min(start.len()));
        let decoder = coding
            .is_utf16()
            .then(|| coding.encoding.new_decoder_without_bom_handling());
        let mut input = Self {
            stream,
            decoder,
            buffer: Vec::new(),
            ended,
            odd: false,
            problem: None,
        };
        if input.decoder.is_none() {
            input.buffer = start;
        } else {
            input.push(&start, ended);
        }
        input
    }

    /// Reads until the buffer holds so many bytes or the stream ends.
    pub(crate) fn fill(&mut self, want: usize) {
        while !self.ended && self.buffer.len() < want {
            let missing = (want - self.buffer.len()) as u64;
            let result = if self.decoder.is_none() {
                self.stream.by_ref().take(missing).read_to_end(&mut self.buffer)
            } else {
                let mut bytes = Vec::new();
                let result = self.stream.by_ref().take(missing).read_to_end(&mut bytes);
                self.push(&bytes, !matches!(result, Ok(n) if n as u64 == missing));
                result
            };
            match result {
                Ok(read) => self.ended = (read as u64) < missing,
                Err(error) => {
                    self.problem = Some(unreadable(&error));
                    self.ended = true;
                }
            }
        }
    }

    fn push(&mut self, whole: &[u8], last: bool) {
        let mut bytes = whole;
        let Some(decoder) = &mut self.decoder else {
            self.buffer.extend_from_slice(bytes);
            return;
        };
        let mut text = String::new();
        loop {
            text.reserve(bytes.len() * 3 / 2 + 16);
            let (result, read, _) = decoder.decode_to_string(bytes, &mut text, last);
            bytes = bytes.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        // Half a character at the end is none: told as a problem, as text it would lie beyond the end of the stream.
        self.odd ^= whole.len() % 2 == 1;
        if last && self.odd {
            text.truncate(text.strip_suffix('\u{fffd}').unwrap_or(&text).len());
            self.problem = Some(half_character());
        }
        self.buffer.extend_from_slice(text.as_bytes());
    }
}

fn half_character() -> Problem {
    Problem {
        code: Code::InputTruncated,
        severity: Severity::Warning,
        place: String::new(),
        what: "the file ends in half a character, which is left out".into(),
        because: "its text takes two bytes a character (UTF-16), but the number of bytes is odd".into(),
        hint: "get the file again: its end may be missing".into(),
    }
}

pub(crate) fn unreadable(error: &std::io::Error) -> Problem {
    if let Some(problem) = crate::stream::carried(error) {
        return problem;
    }
    let cut = error.kind() == ErrorKind::UnexpectedEof;
    Problem {
        code: if cut {
            Code::InputTruncated
        } else {
            Code::InputUnreadable
        },
        severity: Severity::Input,
        place: String::new(),
        what: "reading stopped here; what came before was read".into(),
        because: error.to_string(),
        hint: if cut {
            "get the file again: its end is missing"
        } else {
            "check the disk and get the file again"
        }
        .into(),
    }
}
