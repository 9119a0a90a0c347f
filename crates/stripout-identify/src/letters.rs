//! The letters of a word, with those that scanners and clerks take for each other folded, and a test that tells most
//! pairs of words apart without computing a distance.

/// Longer words are no misspelt names.
pub(crate) const MOST: usize = 32;
/// Errors that `any_near` allows.
pub(crate) const FEW: usize = 2;

/// Up to `MOST` folded letters; nothing is allocated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letters {
    folded: [u8; MOST],
    length: usize,
    /// One bit a letter; all that is no letter shares one.
    mask: u32,
}

impl Letters {
    /// `None` when there are too many.
    pub(crate) fn new(word: &str) -> Option<Self> {
        let mut made = Self {
            folded: [0; MOST],
            length: 0,
            mask: 0,
        };
        made.push(word).then_some(made)
    }

    /// Adds the letters of another piece; false when there are too many.
    pub(crate) fn push(&mut self, piece: &str) -> bool {
        let Some(room) = self.folded.get_mut(self.length..self.length + piece.len()) else {
            return false;
        };
        for (to, from) in room.iter_mut().zip(piece.bytes()) {
            let (letter, bit) = FOLDED[usize::from(from)];
            *to = letter;
            self.mask |= bit;
        }
        self.length += piece.len();
        true
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.folded.get(..self.length).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn mask(&self) -> u32 {
        self.mask
    }

    pub(crate) fn sketch(&self) -> Sketch {
        Sketch {
            mask: self.mask,
            length: u32::try_from(self.length).unwrap_or(u32::MAX),
        }
    }
}

/// What a quick look at a word sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sketch {
    mask: u32,
    length: u32,
}

impl Sketch {
    /// Whether the two could be `errors` apart: each error takes or adds at most one kind of letter.
    pub(crate) fn may_be_near(self, other: Self, errors: usize) -> bool {
        at_most(self.mask & !other.mask, errors)
            && at_most(other.mask & !self.mask, errors)
            && usize::try_from(self.length.abs_diff(other.length)).is_ok_and(|apart| apart <= errors)
    }
}

/// Whether any of these words could be `FEW` errors apart from one, by their letters alone. Without a branch, so that
/// the compiler compares several at a time.
pub(crate) fn any_near(masks: &[u32], letters: &Letters) -> bool {
    let mine = letters.mask;
    let near = |other: &u32| at_most(mine & !other, FEW) & at_most(other & !mine, FEW);
    masks.iter().fold(false, |any, other| any | near(other))
}

/// Whether at most `most` bits are set. `most` is 0 to 2 in practice; counting bits is slow without an instruction for it.
#[inline]
fn at_most(mut bits: u32, most: usize) -> bool {
    for _ in 0..most {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}

/// Every byte folded, and its bit in a mask.
const FOLDED: [(u8, u32); 256] = {
    let mut folded = [(0, 0); 256];
    let mut byte = 0_u8;
    loop {
        let letter = fold(byte);
        let place = if letter.is_ascii_lowercase() {
            letter - b'a'
        } else {
            26
        };
        folded[byte as usize] = (letter, 1 << place);
        if byte == u8::MAX {
            break folded;
        }
        byte += 1;
    }
};

/// Lower case, and the same letter for those that are taken for each other in print: `1 l I ! |`, `0 O`, `5 S`.
const fn fold(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b'1' | b'l' | b'!' | b'|' => b'i',
        b'0' => b'o',
        b'5' => b's',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_keeps_every_near_pair() {
        let words = [
            "lantern", "1antern", "lanter", "lanterns", "latnern", "lamtern", "lantem", "harbour",
        ];
        for a in words {
            for b in words {
                let (x, y) = (Letters::new(a).expect("short"), Letters::new(b).expect("short"));
                let distance = rapidfuzz::distance::osa::distance(
                    x.as_slice().iter().copied(),
                    y.as_slice().iter().copied(),
                );
                for errors in distance..3 {
                    assert!(
                        x.sketch().may_be_near(y.sketch(), errors),
                        "{a} and {b} are {distance} apart"
                    );
                }
            }
        }
        let (x, y) = (
            Letters::new("lantern").expect("short"),
            Letters::new("harbour").expect("short"),
        );
        assert!(!x.sketch().may_be_near(y.sketch(), 2));
    }
}
