//! Zstandard, of any number of frames.

use std::io::{self, BufReader, Read};

use super::packed::{Bounded, Counted, Growth};

/// Largest window that a frame may ask for: 128 MiB, as `zstd` itself allows without being told.
const WINDOW_LOG: u32 = 27;

pub(super) fn open<'a>(
    read: Box<dyn Read + Send + 'a>,
    growth: Growth,
) -> io::Result<impl Read + Send + use<'a>> {
    let (counted, packed) = Counted::new(read);
    let step = zstd::stream::read::Decoder::<'static, BufReader<io::Empty>>::recommended_output_size();
    let mut decoder = zstd::stream::read::Decoder::with_buffer(BufReader::with_capacity(2 * step, counted))?;
    decoder.window_log_max(WINDOW_LOG)?;
    Ok(Bounded::new(Damage(decoder), packed, growth))
}

/// Tells what the decoder refuses from what the disk does.
struct Damage<R>(R);

impl<R: Read> Read for Damage<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            let ours = crate::stream::carried(&error).is_some();
            if error.kind() != io::ErrorKind::Other || error.raw_os_error().is_some() || ours {
                error
            } else {
                io::Error::new(io::ErrorKind::InvalidData, error)
            }
        })
    }
}
