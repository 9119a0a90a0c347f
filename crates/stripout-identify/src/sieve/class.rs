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
static CLASS: [u8; 256] = classes();

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

/// The classes of an ASCII text.
pub(super) fn of_text(text: &str) -> Vec<u8> {
    text.bytes().map(class).collect()
}

#[inline]
pub(super) const fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}
