//! gzip, of any number of members one after another.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use stripout_model::{Code, Problem, Severity};

use super::packed::{Bounded, Counted, Growth};
use crate::stream::carry;

/// Packed bytes read at a time.
const STEP: usize = 256 << 10;

pub(super) fn open<'a>(read: Box<dyn Read + Send + 'a>, growth: Growth) -> impl Read + Send + use<'a> {
    let (counted, packed) = Counted::new(read);
    let members = Members {
        state: State::In(Box::new(GzDecoder::new(BufReader::with_capacity(STEP, counted)))),
    };
    Bounded::new(members, packed, growth)
}

/// All members as one stream. Unlike flate2's own, it tells damage from something else after the last member.
struct Members<R> {
    state: State<R>,
}

enum State<R> {
    In(Box<GzDecoder<R>>),
    Done,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let State::In(decoder) = &mut self.state else {
                return Ok(0);
            };
            let n = decoder.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let State::In(decoder) = std::mem::replace(&mut self.state, State::Done) else {
                return Ok(0);
            };
            let mut rest = decoder.into_inner();
            // Tapes and careless tools fill up with zeros.
            let next = loop {
                let more = rest.fill_buf()?;
                let zeros = more.iter().take_while(|b| **b == 0).count();
                let found = more.get(zeros).copied();
                let end = more.is_empty();
                rest.consume(zeros);
                if end || found.is_some() {
                    break found;
                }
            };
            match next {
                None => return Ok(0),
                Some(0x1F) => self.state = State::In(Box::new(GzDecoder::new(rest))),
                Some(_) => {
                    return Err(carry(Problem {
                        code: Code::InputTypeMismatch,
                        severity: Severity::Warning,
                        place: String::new(),
                        what: "something else stands after the gzip data".into(),
                        because: "it was left out".into(),
                        hint: "nothing to do if the records are complete".into(),
                    }));
                }
            }
        }
    }
}
