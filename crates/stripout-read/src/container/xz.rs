//! .xz, of any number of streams one after another.

use std::io::{BufReader, Read};

use lzma_rust2::XzReader;

use super::packed::{Bounded, Counted};
use crate::Limits;

/// Packed bytes read at a time.
const STEP: usize = 256 << 10;
/// KiB that unpacking may take; `xz -9` needs 65 MiB.
const MEMORY: u32 = 128 << 10;

pub(super) fn open<'a>(read: Box<dyn Read + Send + 'a>, limits: &Limits) -> impl Read + Send + use<'a> {
    let (counted, packed) = Counted::new(read);
    let read = XzReader::new_mem_limit(BufReader::with_capacity(STEP, counted), true, MEMORY);
    Bounded::new(read, packed, limits.ratio_zstandard, limits.ratio_free_stream)
}
