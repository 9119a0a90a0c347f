//! .xz, of any number of streams one after another.

use std::io::{self, BufReader, Read};

use lzma_rust2::XzReader;

use super::packed::{Bounded, Counted, Growth};

/// Packed bytes read at a time.
const STEP: usize = 256 << 10;
/// KiB that unpacking may take; `xz -9` needs 65 MiB.
const MEMORY: u32 = 128 << 10;

pub(super) fn open<'a>(read: Box<dyn Read + Send + 'a>, growth: Growth) -> impl Read + Send + use<'a> {
    let (counted, packed) = Counted::new(read);
    let read = XzReader::new_mem_limit(BufReader::with_capacity(STEP, counted), true, MEMORY);
    let read = Once { read, failed: false };
    Bounded::new(read, packed, growth)
}

/// Ends with the first error: what the decoder gives after damage may never end.
struct Once<R> {
    read: R,
    failed: bool,
}

impl<R: Read> Read for Once<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failed {
            return Ok(0);
        }
        let result = self.read.read(buffer);
        self.failed = result.is_err();
        result
    }
}
