//! Makes a message safe for the parser: as it came but for what would cost too much time, memory or stack.

use std::borrow::Cow;

use stripout_model::{Code, Problem};

use super::{input, unit};

/// Multiparts that are opened: for each the parser may go through the whole message.
const MULTIPARTS: usize = 200;
/// Lines that look like boundaries: each may begin a part.
const BOUNDARIES: usize = 50_000;
/// Lines that any message may have; long messages may have one more for every 32 bytes. Each may be a header.
const LINES: usize = 2_000_000;

/// A message for the parser. It has the same length as what came, or is its beginning; offsets are the same.
#[derive(Debug)]
pub(super) struct Guarded<'w> {
    pub(super) bytes: Cow<'w, [u8]>,
    pub(super) problem: Option<Problem>,
}

/// Messages inside are not opened here but read as files of their own; so they do not nest without end.
const INNER: &[&[u8]] = &[b"rfc822", b"global", b"digest"];

pub(super) fn guard(whole: &[u8]) -> Guarded<'_> {
    let mut bytes = Cow::Borrowed(whole);
    let mut problem = None;
    let (mut multiparts, mut boundaries, mut lines) = (0, 0, 0);
    let mut at = 0;
    let mut kind = false;
    for line in whole.split_inclusive(|b| *b == b'\n') {
        lines += 1;
        boundaries += usize::from(line.starts_with(b"--"));
        if boundaries > BOUNDARIES || lines > LINES + at / 32 {
            let end = whole.get(..at).unwrap_or_default();
            bytes = match bytes {
                Cow::Borrowed(_) => Cow::Borrowed(end),
                Cow::Owned(mut bytes) => {
                    bytes.truncate(at);
                    Cow::Owned(bytes)
                }
            };
            let because = format!("beyond line {lines} it has more parts or headers than any message needs");
            let hint = "open it in a mail program and save the attachments you need";
            problem = Some(input(
                Code::InputTooLarge,
                "the message has too many parts",
                because,
                hint,
            ));
            break;
        }
        let folded = line.starts_with(b" ") || line.starts_with(b"\t");
        kind = if folded {
            kind
        } else {
            begins(line, b"content-type")
        };
        if kind {
            // What follows are parameters: boundaries and names.
            let (line, parameters) = match memchr::memchr(b';', line) {
                Some(end) => (line.get(..end).unwrap_or(line), true),
                None => (line, false),
            };
            kind = !parameters;
            for word in INNER {
                if let Some(found) = find(line, word) {
                    overwrite(&mut bytes, at + found);
                }
            }
            if let Some(found) = find(line, b"multipart") {
                multiparts += 1;
                if multiparts > MULTIPARTS {
                    overwrite(&mut bytes, at + found);
                    problem.get_or_insert_with(|| {
                        let because = format!("only the first {MULTIPARTS} were opened");
                        let hint = "open it in a mail program and save the attachments you need";
                        unit(
                            Code::InputNesting,
                            "the message has too many nested parts",
                            because,
                            hint,
                        )
                    });
                }
            }
        }
        at += line.len();
    }
    Guarded { bytes, problem }
}

fn overwrite(bytes: &mut Cow<'_, [u8]>, at: usize) {
    if let Some(byte) = bytes.to_mut().get_mut(at) {
        *byte = b'x';
    }
}

fn begins(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn find(line: &[u8], word: &[u8]) -> Option<usize> {
    line.windows(word.len())
        .position(|window| window.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_inside_stay_closed() {
        let whole = b"Content-Type: Message/RFC822\r\n\r\nrfc822\r\nContent-Type:\r\n multipart/digest; boundary=global\r\n";
        let guarded = guard(whole);
        assert_eq!(
            guarded.bytes.escape_ascii().to_string(),
            "Content-Type: Message/xFC822\\r\\n\\r\\nrfc822\\r\\nContent-Type:\\r\\n multipart/xigest; boundary=global\\r\\n"
        );
        assert!(matches!(
            guard(b"From: a\n\nmessage/rfc822\n").bytes,
            Cow::Borrowed(_)
        ));
        let many = guard(&b"--\n".repeat(BOUNDARIES + 10)).problem;
        assert_eq!(many.map(|p| p.code), Some(Code::InputTooLarge));
    }
}
