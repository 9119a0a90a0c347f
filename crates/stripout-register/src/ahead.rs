//! Sends to the disk what a first run has put into its file, while the run goes on: its one commit then waits for little.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Bytes that a file grows by before they are sent.
pub(crate) const STEP: u64 = if cfg!(test) { 1 << 20 } else { 64 << 20 };

pub(crate) struct Ahead {
    /// Never closed: on Unix a program that closes any handle of a file loses all its locks on that file, the engine's too.
    file: &'static File,
    /// Of the file, when it was last sent.
    pub(crate) sent: u64,
    sending: Arc<AtomicBool>,
}

impl Ahead {
    /// `None` where the file cannot be opened once more: the commit sends all of it.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let sent = file.metadata().ok()?.len();
        Some(Self {
            file: Box::leak(Box::new(file)),
            sent,
            sending: Arc::default(),
        })
    }

    /// Begins to send if the file has grown enough, and does not wait.
    pub(crate) fn send(&mut self) {
        let Ok(now) = self.file.metadata().map(|now| now.len()) else {
            return;
        };
        if now < self.sent + STEP || self.sending.swap(true, Ordering::Relaxed) {
            return;
        }
        self.sent = now;
        let (file, sending) = (self.file, self.sending.clone());
        tokio::task::spawn_blocking(move || {
            // A disk that fails is told to every handle of the file: the engine hears it at the commit and takes all back.
            drop(file.sync_data());
            sending.store(false, Ordering::Relaxed);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sends_what_a_file_grew_by_and_is_not_in_the_way() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut ahead = Ahead::of(file.path()).unwrap();
        for (grown, sent) in [(STEP - 1, 0), (STEP, STEP), (STEP + 1, STEP)] {
            file.as_file().set_len(grown).unwrap();
            ahead.send();
            assert_eq!(ahead.sent, sent);
        }
        while ahead.sending.load(Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
    }
}
