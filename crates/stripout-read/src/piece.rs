//! Bytes cut from a stream, in memory that is used again and again: it is cleared once, and what was written into it a
//! moment ago is still in the cache.

use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::ops::{Deref, Range};
use std::sync::{Arc, Mutex, PoisonError};

/// Memory that waits to be used again, at most.
const WAITING: usize = 32;
/// What is larger is given back to the system.
const LARGEST: usize = 4 << 20;
/// Sizes are multiples of this, so that memory fits the next use.
const GRAIN: usize = 64 << 10;

/// Bytes cut from a stream. Where they lay in memory of a reader, it goes back there when they are let go.
pub struct Piece {
    memory: Vec<u8>,
    shown: Range<usize>,
    home: Option<Arc<Shelf>>,
}

impl Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.memory.get(self.shown.clone()).unwrap_or_default()
    }
}

impl From<Vec<u8>> for Piece {
    fn from(memory: Vec<u8>) -> Self {
        Self {
            shown: 0..memory.len(),
            memory,
            home: None,
        }
    }
}

impl Clone for Piece {
    fn clone(&self) -> Self {
        self.to_vec().into()
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Piece {}

impl fmt::Debug for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.escape_ascii())
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        if let Some(home) = self.home.take() {
            home.put(std::mem::take(&mut self.memory));
        }
    }
}

/// Where memory waits to be used again.
#[derive(Default)]
struct Shelf(Mutex<Vec<Vec<u8>>>);

impl Shelf {
    /// At least so many bytes, whatever they hold.
    fn take(&self, least: usize) -> Vec<u8> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The last one put back is the one most likely in the cache.
        match waiting.iter().rposition(|memory| memory.len() >= least) {
            Some(at) => waiting.remove(at),
            None => vec![0; least.next_multiple_of(GRAIN)],
        }
    }

    fn put(&self, memory: Vec<u8>) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < WAITING && memory.len() <= LARGEST {
            waiting.push(memory);
        }
    }
}

/// The part of a stream that was read and not yet cut off.
#[derive(Default)]
pub(crate) struct Held {
    /// Longer than what was read: its end waits to be read into.
    memory: Vec<u8>,
    filled: usize,
    shelf: Arc<Shelf>,
}

impl Held {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.memory.get(..self.filled).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.filled
    }

    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.room(bytes.len(), 0);
        if let Some(to) = self.memory.get_mut(self.filled..self.filled + bytes.len()) {
            to.copy_from_slice(bytes);
            self.filled += bytes.len();
        }
    }

    /// Reads on until so many bytes came, the stream ended or failed. The number that came. What lies before `gone` may be
    /// forgotten to make room: `forgotten` bytes were.
    pub(crate) fn read(&mut self, stream: &mut dyn Read, wanted: usize, gone: usize) -> More {
        let forgotten = self.room(wanted, gone);
        let room = self.memory.get_mut(self.filled..self.filled + wanted);
        let (came, error) = read_all(stream, room.unwrap_or_default());
        self.filled += came;
        More {
            came,
            forgotten,
            error,
        }
    }

    /// Makes room for so many bytes more; how many of the first `gone` bytes were forgotten for it.
    fn room(&mut self, wanted: usize, gone: usize) -> usize {
        if self.filled + wanted <= self.memory.len() {
            return 0;
        }
        self.memory.copy_within(gone..self.filled, 0);
        self.filled -= gone;
        let needed = self.filled + wanted;
        if needed > self.memory.len() {
            self.memory.resize(needed.next_multiple_of(GRAIN), 0);
        }
        gone
    }

    /// Cuts off the bytes of a range and all before. What follows is copied, with room to read so many bytes after it.
    pub(crate) fn cut(&mut self, range: Range<usize>, room: usize) -> Piece {
        let rest = self.memory.get(range.end..self.filled).unwrap_or_default();
        let mut next = self.shelf.take(rest.len() + room);
        if let Some(to) = next.get_mut(..rest.len()) {
            to.copy_from_slice(rest);
        }
        self.filled = rest.len();
        Piece {
            memory: std::mem::replace(&mut self.memory, next),
            shown: range,
            home: Some(Arc::clone(&self.shelf)),
        }
    }

    /// Forgets the first bytes.
    pub(crate) fn forget(&mut self, bytes: usize) {
        let bytes = bytes.min(self.filled);
        self.memory.copy_within(bytes..self.filled, 0);
        self.filled -= bytes;
    }
}

/// What reading on gave.
pub(crate) struct More {
    pub(crate) came: usize,
    /// How many bytes at the beginning are no longer held.
    pub(crate) forgotten: usize,
    pub(crate) error: Option<io::Error>,
}

/// Reads until the room is full, the stream ends or fails. How many bytes came.
pub(crate) fn read_all(stream: &mut dyn Read, room: &mut [u8]) -> (usize, Option<io::Error>) {
    let mut came = 0;
    while let Some(rest) = room.get_mut(came..).filter(|rest| !rest.is_empty()) {
        match stream.read(rest) {
            Ok(0) => break,
            Ok(n) => came += n.min(rest.len()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return (came, Some(error)),
        }
    }
    (came, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_comes_back_and_what_is_held_stays() {
        let mut held = Held::default();
        let mut stream: &[u8] = b"one two three";
        assert_eq!(held.read(&mut stream, 7, 0).came, 7);
        let piece = held.cut(0..4, 100);
        assert_eq!((&*piece, held.bytes()), (&b"one "[..], &b"two"[..]));
        let first = piece.memory.as_ptr();
        drop(piece);
        let more = held.read(&mut stream, 100, 0);
        assert_eq!((more.came, more.forgotten), (6, 0), "the stream ended");
        assert_eq!(held.bytes(), b"two three");
        let piece = held.cut(4..9, 100);
        assert_eq!((&*piece, held.len()), (&b"three"[..], 0));
        assert_eq!(held.memory.as_ptr(), first, "used again");
    }

    #[test]
    fn room_is_made_by_forgetting_first() {
        let mut held = Held::default();
        held.push(&vec![b'a'; GRAIN]);
        let more = held.read(&mut io::repeat(b'b'), 10, GRAIN - 3);
        assert_eq!((more.came, more.forgotten), (10, GRAIN - 3));
        assert_eq!(held.bytes(), b"aaabbbbbbbbbb");
        held.forget(4);
        assert_eq!(held.bytes(), b"bbbbbbbbb");
    }

    #[test]
    fn a_failure_keeps_what_came_before() {
        struct Broken(bool);
        impl Read for Broken {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(ErrorKind::Other.into());
                }
                buffer.fill(b'x');
                Ok(buffer.len().min(3))
            }
        }
        let mut held = Held::default();
        let more = held.read(&mut Broken(false), 10, 0);
        assert!(more.error.is_some());
        assert_eq!(held.bytes(), b"xxx");
    }
}
