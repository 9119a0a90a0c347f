//! A stream of text as bytes that can be cut: UTF-8 or an ASCII-compatible encoding.

use std::io::{ErrorKind, Read};
use std::ops::Deref;

use encoding_rs::{CoderResult, Decoder};
use stripout_model::{Code, Problem, Severity};

use crate::encoding::Coding;
use crate::piece::{Held, Piece, read_all};

/// Bytes of UTF-16 read at a time.
const STEP: usize = 64 << 10;

/// The bytes of a stream as UTF-8 or an ASCII-compatible encoding: UTF-16 is transcoded while reading.
pub(crate) struct Input<'a> {
    stream: Box<dyn Read + Send + 'a>,
    decoder: Option<Decoder>,
    /// Read and not yet handed on.
    held: Held,
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
            held: Held::default(),
            ended,
            odd: false,
            problem: None,
        };
        if input.decoder.is_none() {
            input.held.push(&start);
        } else {
            input.push(&start, ended);
        }
        input
    }

    /// Reads until so many bytes are held or the stream ends.
    pub(crate) fn fill(&mut self, want: usize) {
        while !self.ended && self.held.len() < want {
            let missing = want - self.held.len();
            let error = if self.decoder.is_none() {
                let more = self.held.read(&mut self.stream, missing, 0);
                self.ended = more.came < missing;
                more.error
            } else {
                let mut bytes = vec![0; missing.min(STEP)];
                let (came, error) = read_all(&mut self.stream, &mut bytes);
                self.ended = came < bytes.len();
                self.push(bytes.get(..came).unwrap_or_default(), self.ended);
                error
            };
            if let Some(error) = error {
                self.problem = Some(unreadable(&error));
            }
        }
    }

    /// Hands out the first bytes that are held, with room for as many after the rest.
    pub(crate) fn cut(&mut self, bytes: usize) -> Piece {
        self.held.cut(0..bytes, bytes)
    }

    /// Forgets the first bytes that are held.
    pub(crate) fn forget(&mut self, bytes: usize) {
        self.held.forget(bytes);
    }

    fn push(&mut self, whole: &[u8], last: bool) {
        let mut bytes = whole;
        let Some(decoder) = &mut self.decoder else {
            self.held.push(bytes);
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
        self.held.push(text.as_bytes());
    }
}

/// What was read and not yet handed on.
impl Deref for Input<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.held.bytes()
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
