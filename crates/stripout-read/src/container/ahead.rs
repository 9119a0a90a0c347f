//! Unpacks on a thread of its own, so that inflating and cutting overlap.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Bytes handed over at a time.
const STEP: u64 = 1 << 20;
/// Steps that may wait.
const WAITING: usize = 2;

/// Lets `using` read what another thread takes from `read`.
pub(super) fn ahead<R>(
    mut read: Box<dyn Read + Send + '_>,
    using: impl FnOnce(Box<dyn Read + Send + '_>) -> R,
) -> R {
    thread::scope(|scope| {
        let (give, take) = sync_channel(WAITING);
        scope.spawn(move || {
            loop {
                let mut step = Vec::with_capacity(1 << 20);
                let read = read.by_ref().take(STEP).read_to_end(&mut step);
                let full = read
                    .as_ref()
                    .is_ok_and(|n| u64::try_from(*n).is_ok_and(|n| n == STEP));
                // Nobody takes any more: the reader had enough.
                if !step.is_empty() && give.send(Ok(step)).is_err() {
                    return;
                }
                if let Err(error) = read {
                    let _nobody_takes = give.send(Err(error));
                    return;
                }
                if !full {
                    return;
                }
            }
        });
        using(Box::new(Taken {
            take,
            step: io::Cursor::new(Vec::new()),
        }))
    })
}

struct Taken {
    take: Receiver<io::Result<Vec<u8>>>,
    step: io::Cursor<Vec<u8>>,
}

impl Read for Taken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.step.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            match self.take.recv() {
                Ok(step) => self.step = io::Cursor::new(step?),
                // The other thread is through.
                Err(_) => return Ok(0),
            }
        }
    }
}
