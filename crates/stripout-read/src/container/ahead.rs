//! Unpacks on a thread of its own, so that inflating and cutting overlap.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use crate::piece::{Held, Piece};

/// Bytes handed over at a time: so many that threads that wake each other cost little.
const STEP: usize = 1 << 20;
/// Steps that may wait.
const WAITING: usize = 4;

/// Lets `using` read what another thread takes from `read`.
pub(super) fn ahead<R>(
    mut read: Box<dyn Read + Send + '_>,
    using: impl FnOnce(Box<dyn Read + Send + '_>) -> R,
) -> R {
    thread::scope(|scope| {
        let (give, take) = sync_channel(WAITING);
        scope.spawn(move || {
            let mut held = Held::default();
            loop {
                let more = held.read(&mut read, STEP, 0);
                // Nobody takes any more: the reader had enough.
                if more.came > 0 && give.send(Ok(held.cut(0..more.came, STEP))).is_err() {
                    return;
                }
                if let Some(error) = more.error {
                    let _nobody_takes = give.send(Err(error));
                    return;
                }
                if more.came < STEP {
                    return;
                }
            }
        });
        using(Box::new(Taken {
            take,
            step: Piece::from(Vec::new()),
            read: 0,
        }))
    })
}

struct Taken {
    take: Receiver<io::Result<Piece>>,
    step: Piece,
    /// How much of it was handed out.
    read: usize,
}

impl Read for Taken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let n = self.step.get(self.read..).unwrap_or_default().read(buffer)?;
            self.read += n;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            match self.take.recv() {
                Ok(step) => (self.step, self.read) = (step?, 0),
                // The other thread is through.
                Err(_) => return Ok(0),
            }
        }
    }
}
