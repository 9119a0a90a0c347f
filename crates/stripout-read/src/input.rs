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
    pub(crate) problem: Option<Problem>,
}

impl<'a> Input<'a> {
    /// `start` are the bytes already read from the stream.
    pub(crate) fn new(start: &[u8], stream: Box<dyn Read + Send + 'a>, coding: Coding, ended: bool) -> Self {
        let decoder = coding.is_utf16().then(|| coding.encoding.new_decoder_without_bom_handling());
        let mut input = Self { stream, decoder, buffer: Vec::new(), ended: false, problem: None };
        input.push(start.get(coding.mark..).unwrap_or_default(), ended);
        input.ended = ended;
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

    fn push(&mut self, mut bytes: &[u8], last: bool) {
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
        self.buffer.extend_from_slice(text.as_bytes());
    }
}

pub(crate) fn unreadable(error: &std::io::Error) -> Problem {
    let cut = error.kind() == ErrorKind::UnexpectedEof;
    Problem {
        code: if cut { Code::InputTruncated } else { Code::InputUnreadable },
        severity: Severity::Input,
        place: String::new(),
        what: "reading stopped here; what came before was read".into(),
        because: error.to_string(),
        hint: if cut { "get the file again: its end is missing" } else { "check the disk and get the file again" }
            .into(),
    }
}
