//! Bytes in thirty classes: what scanners and clerks confuse is one class, so are all separators.
//!
//! Five bits a byte make four bytes a number of twenty bits, and a set of them a bitmap of 128 KiB that answers without
//! hashing. Letters that OCR mixes up, any case, any dash or space are then the same pattern.

/// Spaces, punctuation, line ends and everything beyond the text.
pub(super) const SEPARATOR: u8 = 0;
/// Digits that are taken for no letter.
pub(super) const DIGIT: u8 = 27;
/// Bytes of characters that are not ASCII.
pub(super) const HIGH: u8 = 28;
/// A backslash: perhaps an escape.
pub(super) const BACKSLASH: u8 = 29;
/// An ampersand: perhaps a character reference.
pub(super) const AMPERSAND: u8 = 30;
/// One more than the highest class.
pub(super) const CLASSES: u8 = 31;

/// The class of each byte. Letters are 1 to 26.
const CLASSES_OF_BYTES: [u8; 256] = classes();
static CLASS: [u8; 256] = CLASSES_OF_BYTES;

const fn classes() -> [u8; 256] {
    let mut table = [SEPARATOR; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = of(low_byte(byte));
        byte += 1;
    }
    table
}

/// An index of the table as the byte it stands for.
const fn low_byte(index: usize) -> u8 {
    index.to_le_bytes()[0]
}

const fn of(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b'1' | b'l' | b'!' | b'|' => letter(b'i'),
        b'0' => letter(b'o'),
        b'5' => letter(b's'),
        b'2' => letter(b'z'),
        b'8' => letter(b'b'),
        b'3' | b'4' | b'6' | b'7' | b'9' => DIGIT,
        b'\\' => BACKSLASH,
        b'&' => AMPERSAND,
        lower @ b'a'..=b'z' => letter(lower),
        128.. => HIGH,
        _ => SEPARATOR,
    }
}

pub(super) const fn letter(lower: u8) -> u8 {
    lower - b'a' + 1
}

/// Set beside the class of a byte that may have to be decoded.
pub(super) const DECODE: u32 = 1 << 31;

/// For the first and the second byte of a pair: their places in the index of the quick filter. Bits 0 to 8 are of the
/// pair as the end of a window, bits 9 to 17 as its beginning; the outer bytes of a window are told apart less finely.
pub(super) static FIRST_OF_PAIR: [u32; 256] = places(4, 14);
pub(super) static SECOND_OF_PAIR: [u32; 256] = places(0, 9);

pub(super) const AS_END: u32 = 0x1ff;
pub(super) const AS_BEGINNING: u32 = 0x1ff << 9;

const fn places(end: u32, beginning: u32) -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let class = CLASSES_OF_BYTES[byte];
        // The inner bytes of a window are the second of its beginning and the first of its end.
        let (at_end, at_beginning) = if end == 0 {
            (coarse(class), class)
        } else {
            (class, coarse(class))
        };
        let flag = if class >= HIGH { DECODE } else { 0 };
        table[byte] = (at_end as u32) << end | (at_beginning as u32) << beginning | flag;
        byte += 1;
    }
    table
}

/// Sixteen kinds of classes: common ones by themselves, rare ones with others as rare.
const fn coarse(class: u8) -> u8 {
    if class == 0 || class > 26 {
        return if class == DIGIT { 15 } else { 0 };
    }
    match b'a' + class - 1 {
        b'e' => 1,
        b't' => 2,
        b'a' => 3,
        b'o' => 4,
        b'i' => 5,
        b'n' => 6,
        b's' => 7,
        b'r' => 8,
        b'd' | b'h' => 9,
        b'c' | b'u' => 10,
        b'm' | b'p' => 11,
        b'g' | b'f' => 12,
        b'b' | b'y' | b'w' => 13,
        b'v' | b'k' | b'x' => 14,
        _ => 15,
    }
}

/// The index of a window in the quick filter.
pub(super) fn quick(window: &[u8]) -> usize {
    let &[a, b, c, d] = window else { return 0 };
    let [a, d] = [coarse(a), coarse(d)].map(usize::from);
    a << 14 | usize::from(b) << 9 | usize::from(c) << 4 | d
}

/// The classes of an ASCII text.
pub(super) fn of_text(text: &str) -> Vec<u8> {
    text.bytes().map(class).collect()
}

pub(super) fn class(byte: u8) -> u8 {
    CLASS[usize::from(byte)]
}
