//! Reading that nobody wants any more ends soon, wherever it is.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How often whoever waits asks whether it is still wanted.
const EVERY: Duration = Duration::from_millis(100);

/// Whether to stop; its clones say the same.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

/// Why nothing more comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    InTime,
    TooLong,
    Stopped,
}

impl Stop {
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The next thing that is sent within the time.
    pub(crate) fn receive<T>(&self, receiver: &Receiver<T>, within: Duration) -> Result<T, Ended> {
        let asked = Instant::now();
        loop {
            if self.stopped() {
                return Err(Ended::Stopped);
            }
            let left = within.saturating_sub(asked.elapsed());
            match receiver.recv_timeout(left.min(EVERY)) {
                Ok(sent) => return Ok(sent),
                Err(RecvTimeoutError::Disconnected) => return Err(Ended::InTime),
                Err(RecvTimeoutError::Timeout) if left <= EVERY => return Err(Ended::TooLong),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Bytes that end with an error once nobody wants them: unpacking, which may give much for little, asks for more of them.
pub struct Wanted<'s, R> {
    pub bytes: R,
    pub stop: &'s Stop,
}

impl<R: Read> Read for Wanted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.stopped() {
            return Err(io::Error::other("the reading was stopped"));
        }
        self.bytes.read(buffer)
    }
}

impl<R: Seek> Seek for Wanted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;
    use std::thread;

    use super::*;

    #[test]
    fn whoever_waits_hears_why_nothing_comes() {
        let stop = Stop::default();
        let (send, receive) = sync_channel(1);
        send.send(7).unwrap();
        assert_eq!(stop.receive(&receive, Duration::from_mins(1)), Ok(7));
        assert_eq!(
            stop.receive(&receive, Duration::from_millis(250)),
            Err(Ended::TooLong)
        );
        let other = stop.clone();
        let waits = thread::spawn(move || {
            let started = Instant::now();
            (
                other.receive(&receive, Duration::from_mins(10)),
                started.elapsed(),
            )
        });
        thread::sleep(Duration::from_millis(50));
        stop.stop();
        let (why, took) = waits.join().unwrap();
        assert_eq!(why, Err(Ended::Stopped));
        assert!(took < Duration::from_secs(5), "{took:?}");
        drop(send);
    }

    #[test]
    fn bytes_end_when_nobody_wants_them() {
        let stop = Stop::default();
        let mut wanted = Wanted {
            bytes: io::repeat(1),
            stop: &stop,
        };
        let mut four = [0; 4];
        wanted.read_exact(&mut four).unwrap();
        stop.stop();
        let error = wanted.read_exact(&mut four).unwrap_err();
        assert_eq!(error.to_string(), "the reading was stopped");
    }
}
