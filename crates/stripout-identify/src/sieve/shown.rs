//! What a known window may be part of, told from what it is not by one comparison of all that stands around it.

use super::class::class;
use super::pattern::Run;
use super::window::{Known, WINDOW, key};

/// How many classes before a window are looked at.
pub(super) const BEFORE: usize = 4;
/// How many bytes are looked at: twelve classes of five bits fill a number.
pub(super) const SEEN: usize = 12;
/// How many bytes of them count as they are written: those from the window on.
const WRITTEN: usize = SEEN - BEFORE;
/// The bit that tells small letters from capitals.
const SMALL: u64 = u64::from_ne_bytes([0x20; WRITTEN]);

/// The bytes around a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    classes: u64,
    written: u64,
}

impl View {
    #[inline]
    pub(super) fn new(bytes: [u8; SEEN]) -> Self {
        let [_, _, _, _, written @ ..] = bytes;
        let classes = bytes.iter().rev();
        Self {
            classes: classes.fold(0, |made, byte| made << 5 | u64::from(class(*byte))),
            written: u64::from_le_bytes(written) | SMALL,
        }
    }

    /// The key of the window.
    #[inline]
    fn key(self) -> u32 {
        (self.classes >> (5 * BEFORE) & 0x000f_ffff) as u32
    }
}

/// Something that a window may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shown {
    classes: Part,
    written: Part,
    pub(super) of: Of,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    /// A pattern by its number, and at what place of it the window begins: -1 for one byte before.
    Run(u32, i8),
    /// A misspelt name.
    Token,
}

/// Some bits of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    mask: u64,
    bits: u64,
}

impl Part {
    fn put(&mut self, shift: usize, mask: u64, bits: u64) {
        self.mask |= mask << shift;
        self.bits |= bits << shift;
    }

    #[inline]
    fn is_of(self, whole: u64) -> bool {
        (whole ^ self.bits) & self.mask == 0
    }
}

impl Shown {
    /// A pattern as any of its literals has it.
    pub(super) fn run(number: u32, run: &Run, place: i8) -> Vec<Self> {
        let classes = classes(&run.classes, place);
        let of = Of::Run(number, place);
        let mut made: Vec<Self> = Vec::new();
        for literal in &run.literals {
            let mut written = Part::default();
            for (at, byte) in (0..).zip(literal) {
                let Some(at) = usize::try_from(at - isize::from(place)).ok() else {
                    continue;
                };
                if at < WRITTEN {
                    written.put(8 * at, 0xff, u64::from(*byte | 0x20));
                }
            }
            made.push(Self { classes, written, of });
        }
        if made.is_empty() {
            made.push(Self {
                classes,
                written: Part::default(),
                of,
            });
        }
        made
    }

    pub(super) fn token(token: &[u8], place: i8) -> Self {
        Self {
            classes: classes(token, place),
            written: Part::default(),
            of: Of::Token,
        }
    }

    /// Whether the bytes that are looked at are those of the whole.
    #[inline]
    pub(super) fn fits(&self, view: View) -> bool {
        self.classes.is_of(view.classes) && self.written.is_of(view.written)
    }
}

/// The classes of a whole around the window that begins at a place of it.
fn classes(whole: &[u8], place: i8) -> Part {
    let mut part = Part::default();
    for (at, class) in (0..).zip(whole) {
        let Some(at) = usize::try_from(at + BEFORE.cast_signed() - isize::from(place)).ok() else {
            continue;
        };
        if at < SEEN {
            part.put(5 * at, 0x1f, u64::from(*class));
        }
    }
    part
}

/// All that known windows may be part of, by window.
pub(super) struct Index {
    pub(super) known: Known,
    /// Where those of each known window begin, and where the last ones end.
    starts: Vec<u32>,
    shown: Vec<Shown>,
}

impl Index {
    pub(super) fn new(mut all: Vec<([u8; WINDOW], Shown)>) -> Self {
        all.sort_unstable_by_key(|(window, shown)| (key(*window), *shown));
        all.dedup();
        let mut starts = Vec::new();
        for (at, group) in all.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| all.get(at));
            if before.is_none_or(|before| before.0 != group.0) {
                starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        starts.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        Self {
            known: Known::new(all.iter().map(|(window, _)| key(*window))),
            starts,
            shown: all.into_iter().map(|(_, shown)| shown).collect(),
        }
    }

    /// What the window in the middle of a view, a known one, may be part of.
    #[inline]
    pub(super) fn of(&self, view: View) -> &[Shown] {
        let at = self.known.before(view.key());
        match self.starts.get(at..) {
            Some(&[from, to, ..]) => self.shown.get(from as usize..to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}
