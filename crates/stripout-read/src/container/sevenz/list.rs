//! How much the list of members takes, before the library unpacks it: the library holds it whole, however large it says it is.

use std::io::{Read, SeekFrom};

use stripout_model::{Code, Problem};

use super::{encrypted, input};
use crate::ReadSeek;
use crate::stream::problem_of;

/// Bytes of a list: 10,000 members with names of 80 characters take 2 MiB.
const LIST: u64 = 4 << 20;

const END: u8 = 0;
const PACKED_LIST: u8 = 0x17;
const PACKED_STREAMS: u8 = 6;
const UNPACKING: u8 = 7;
const SIZES: u8 = 9;
const CHECKSUMS: u8 = 10;
const BLOCKS: u8 = 11;
const UNPACKED_SIZES: u8 = 12;

/// AES-256 and SHA-256, the one cipher of 7z.
pub(super) fn is_cipher(method: &[u8]) -> bool {
    method == [6, 0xf1, 7, 1]
}

pub(super) fn check(bytes: &mut dyn ReadSeek, length: u64) -> Result<(), Problem> {
    let mut head = [0; 32];
    bytes.seek(SeekFrom::Start(0)).map_err(problem_of)?;
    bytes.read_exact(&mut head).map_err(problem_of)?;
    let number = |at: usize| {
        let bytes = head.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(u64::MAX, u64::from_le_bytes)
    };
    let (at, size) = (number(12).saturating_add(32), number(20));
    if at.saturating_add(size) > length {
        return Err(input(
            Code::InputTruncated,
            "the archive ends too early",
            format!("its list of members should stand at byte {at}"),
            "fetch the file again",
        ));
    }
    if size > LIST {
        return Err(too_long(size));
    }
    let mut list = Vec::new();
    bytes.seek(SeekFrom::Start(at)).map_err(problem_of)?;
    bytes.take(size).read_to_end(&mut list).map_err(problem_of)?;
    if list.first() != Some(&PACKED_LIST) {
        return Ok(());
    }
    let unpacked = Cursor(list.get(1..).unwrap_or_default())
        .unpacked_sizes()
        .ok_or_else(|| {
            input(
                Code::InputUnreadable,
                "the archive is damaged",
                "its list of members cannot be read".into(),
                "fetch the file again",
            )
        })?;
    match unpacked {
        Packed::Cipher => Err(encrypted()),
        Packed::Sizes(sizes) => match sizes.into_iter().find(|size| *size > LIST) {
            Some(size) => Err(too_long(size)),
            None => Ok(()),
        },
    }
}

fn too_long(size: u64) -> Problem {
    input(
        Code::InputTooLarge,
        "the archive has too many members",
        format!("its list of members takes {size} bytes, and at most {LIST} are read"),
        "unpack it yourself",
    )
}

/// How the list is packed.
enum Packed {
    Cipher,
    /// Bytes that come out of each coder.
    Sizes(Vec<u64>),
}

/// What is left to be read.
struct Cursor<'c>(&'c [u8]);

impl Cursor<'_> {
    /// The description of a packed list (7zFormat.txt, "Streams Info").
    fn unpacked_sizes(&mut self) -> Option<Packed> {
        let mut id = self.byte()?;
        if id == PACKED_STREAMS {
            let _position = self.number()?;
            let streams = self.number()?;
            loop {
                match self.byte()? {
                    END => break,
                    SIZES => {
                        for _ in 0..streams {
                            self.number()?;
                        }
                    }
                    CHECKSUMS => self.checksums(streams)?,
                    _ => return None,
                }
            }
            id = self.byte()?;
        }
        if id != UNPACKING || self.byte()? != BLOCKS || self.number()? != 1 || self.byte()? != 0 {
            return None;
        }
        let (outputs, cipher) = self.block()?;
        if cipher {
            return Some(Packed::Cipher);
        }
        if self.byte()? != UNPACKED_SIZES {
            return None;
        }
        (0..outputs)
            .map(|_| self.number())
            .collect::<Option<_>>()
            .map(Packed::Sizes)
    }

    /// The number of its outputs, and whether one of its coders is the cipher.
    fn block(&mut self) -> Option<(u64, bool)> {
        let coders = self.number().filter(|coders| *coders <= 32)?;
        let (mut inputs, mut outputs, mut cipher) = (0_u64, 0_u64, false);
        for _ in 0..coders {
            let flags = self.byte()?;
            cipher |= is_cipher(self.bytes(u64::from(flags & 15))?);
            let (mut ins, mut outs) = (1, 1);
            if flags & 16 != 0 {
                (ins, outs) = (self.number()?, self.number()?);
            }
            if flags & 32 != 0 {
                let length = self.number()?;
                self.bytes(length)?;
            }
            inputs = inputs.checked_add(ins).filter(|n| *n <= 64)?;
            outputs = outputs.checked_add(outs).filter(|n| *n <= 64)?;
        }
        let bound = outputs.checked_sub(1)?;
        for _ in 0..2 * bound {
            self.number()?;
        }
        let free = inputs.checked_sub(bound)?;
        for _ in 0..if free > 1 { free } else { 0 } {
            self.number()?;
        }
        Some((outputs, cipher))
    }

    fn checksums(&mut self, streams: u64) -> Option<()> {
        let mut defined = streams;
        if self.byte()? == 0 {
            let marks = self.bytes(streams.div_ceil(8))?;
            defined = marks.iter().map(|byte| u64::from(byte.count_ones())).sum();
        }
        self.bytes(defined.checked_mul(4)?).map(drop)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn bytes(&mut self, length: u64) -> Option<&[u8]> {
        let (bytes, rest) = self.0.split_at_checked(usize::try_from(length).ok()?)?;
        self.0 = rest;
        Some(bytes)
    }

    /// A number of up to nine bytes: leading ones of the first byte count the bytes that follow, low ones first.
    fn number(&mut self) -> Option<u64> {
        let first = self.byte()?;
        let follow = first.leading_ones();
        let mut value = 0;
        for i in 0..follow {
            value |= u64::from(self.byte()?) << (8 * i);
        }
        let kept = u64::from(first) & (0x7f_u64 >> follow.min(7));
        Some(if follow < 8 {
            value | kept << (8 * follow)
        } else {
            value
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn numbers_of_any_length() {
        for (bytes, want) in [
            (&[5][..], 5),
            (&[0x80, 0xff], 0xff),
            (&[0x81, 0x02], 0x102),
            (&[0xc1, 0x02, 0x03], 0x1_0302),
            (&[0xff, 1, 0, 0, 0, 0, 0, 0, 0x80], 0x8000_0000_0000_0001),
        ] {
            assert_eq!(Cursor(bytes).number(), Some(want), "{bytes:?}");
        }
        assert_eq!(Cursor(&[0x80]).number(), None);
    }
}
