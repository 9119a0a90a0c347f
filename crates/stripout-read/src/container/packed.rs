//! How much a packed stream may grow.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use stripout_model::{Code, Problem, Severity};

use crate::Limits;
use crate::stream::carry;

/// Counts what is read from it.
pub(super) struct Counted<R> {
    read: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(read: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (
            Self {
                read,
                count: Arc::clone(&count),
            },
            count,
        )
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.read.read(buffer)?;
        self.count
            .fetch_add(u64::try_from(n).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(n)
    }
}

/// How far packed data may grow: `free` bytes may come out whatever went in; after that `ratio` for each byte.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    pub(super) ratio: u64,
    pub(super) free: u64,
}

impl Growth {
    /// Of a stream that is a file, packed with a window of `ratio`.
    pub(super) fn of_file(limits: &Limits, ratio: u64) -> Self {
        Self {
            ratio,
            free: limits.ratio_free_stream,
        }
    }

    /// Of what stands inside an archive: what grew once must not grow again as much.
    pub(super) fn of_member(limits: &Limits) -> Self {
        Self {
            ratio: limits.ratio,
            free: limits.ratio_free_member,
        }
    }
}

/// Stops a stream that grows out of proportion.
pub(super) struct Bounded<R> {
    read: R,
    packed: Arc<AtomicU64>,
    unpacked: u64,
    growth: Growth,
}

impl<R: Read> Bounded<R> {
    pub(super) fn new(read: R, packed: Arc<AtomicU64>, growth: Growth) -> Self {
        Self {
            read,
            packed,
            unpacked: 0,
            growth,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.read.read(buffer)?;
        self.unpacked += u64::try_from(n).unwrap_or(u64::MAX);
        let packed = self.packed.load(Ordering::Relaxed);
        let Growth { ratio, free } = self.growth;
        if n > 0 && self.unpacked >= free && self.unpacked > packed.saturating_mul(ratio) {
            return Err(carry(Problem {
                code: Code::InputRatio,
                severity: Severity::Input,
                place: String::new(),
                what: "the packed data grows out of proportion".into(),
                because: format!(
                    "{packed} bytes gave {} and more; the limit is ratio = {ratio}",
                    self.unpacked
                ),
                hint: "unpack it yourself if you trust it, or raise the limit".into(),
            }));
        }
        Ok(n)
    }
}
