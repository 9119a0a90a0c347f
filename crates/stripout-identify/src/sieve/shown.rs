//! What a known window may be part of, told from what it is not by one comparison of all that stands around it.

use super::pattern::Run;
use super::window::{Known, Ranks, WINDOW, key};

/// How many classes before a window are looked at.
pub(super) const BEFORE: usize = 4;
/// How many bytes are looked at: twelve classes of five bits fill a number.
pub(super) const SEEN: usize = 12;
/// How many bytes of them count as they are written: those from the window on.
pub(super) const WRITTEN: usize = SEEN - BEFORE;
/// The bit that tells small letters from capitals.
const SMALL: u64 = u64::from_ne_bytes([0x20; WRITTEN]);

/// The bytes around a window.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    classes: u64,
    written: u64,
}

impl View {
    /// Of the classes of the bytes that are looked at, and of the bytes from the window on as they are written.
    #[inline]
    pub(super) fn new(classes: &[u8; SEEN], written: [u8; WRITTEN]) -> Self {
        let [first @ .., a, b, c, d] = *classes;
        let pairs = |bytes: u64| bytes & 0x001f_001f_001f_001f | bytes >> 3 & 0x03e0_03e0_03e0_03e0;
        let fours = |pairs: u64| pairs & 0x0000_03ff_0000_03ff | pairs >> 6 & 0x000f_fc00_000f_fc00;
        let first = fours(pairs(u64::from_le_bytes(first)));
        let last = fours(pairs(u32::from_le_bytes([a, b, c, d]).into()));
        Self {
            classes: first & 0x000f_ffff | first >> 12 & 0x00ff_fff0_0000 | last << 40,
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
    Run(u32, isize),
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

    /// The bits that both have.
    fn and(self, other: Self) -> Self {
        let mask = self.mask & other.mask & !(self.bits ^ other.bits);
        Self {
            mask,
            bits: self.bits & mask,
        }
    }

    #[inline]
    fn is_of(self, whole: u64) -> bool {
        (whole ^ self.bits) & self.mask == 0
    }
}

impl Shown {
    /// A pattern as any of its literals has it.
    pub(super) fn run(number: u32, run: &Run, place: isize) -> Vec<Self> {
        let classes = classes(&run.classes, place);
        let of = Of::Run(number, place);
        let mut made: Vec<Self> = Vec::new();
        for literal in &run.literals {
            let mut written = Part::default();
            for (at, byte) in (0..).zip(literal) {
                let Some(at) = usize::try_from(at - place).ok() else {
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

    pub(super) fn token(token: &[u8], place: isize) -> Self {
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
fn classes(whole: &[u8], place: isize) -> Part {
    let mut part = Part::default();
    for (at, class) in (0..).zip(whole) {
        let Some(at) = usize::try_from(at + BEFORE.cast_signed() - place).ok() else {
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
    ranks: Ranks,
    /// By the rank of the window.
    groups: Vec<Group>,
    shown: Vec<Shown>,
}

/// All that one window may be part of.
struct Group {
    /// The classes that all of them have around it.
    common: Part,
    from: u32,
    to: u32,
}

impl Index {
    pub(super) fn new(mut all: Vec<([u8; WINDOW], Shown)>) -> Self {
        all.sort_unstable_by_key(|(window, shown)| (key(*window), *shown));
        all.dedup();
        let mut known = Known::default();
        let mut groups: Vec<Group> = Vec::new();
        for (at, (window, shown)) in (0..).zip(&all) {
            match groups.last_mut().filter(|_| known.has(key(*window))) {
                Some(group) => {
                    group.common = group.common.and(shown.classes);
                    group.to = at + 1;
                }
                None => groups.push(Group {
                    common: shown.classes,
                    from: at,
                    to: at + 1,
                }),
            }
            known.insert(key(*window));
        }
        Self {
            ranks: Ranks::of(&known),
            known,
            groups,
            shown: all.into_iter().map(|(_, shown)| shown).collect(),
        }
    }

    /// What the window in the middle of a view, a known one, may be part of.
    #[inline]
    pub(super) fn of(&self, view: View) -> &[Shown] {
        let group = self.groups.get(self.ranks.below(&self.known, view.key()));
        let fitting = group.filter(|group| group.common.is_of(view.classes));
        let shown = fitting.and_then(|group| self.shown.get(group.from as usize..group.to as usize));
        shown.unwrap_or_default()
    }
}
