//! Bytes as hex digits. Ids and hashes are written and told by the million: the formatter of numbers takes several times as
//! long.

use std::fmt;

const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// Bytes that are written at a time.
const SOME: usize = 32;

/// Lower case, two digits a byte.
pub fn write_hex(to: &mut impl fmt::Write, bytes: &[u8]) -> fmt::Result {
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or(b'0');
    for some in bytes.chunks(SOME) {
        let mut text = [[0; 2]; SOME];
        for (two, byte) in text.iter_mut().zip(some) {
            *two = [digit(byte >> 4), digit(byte & 15)];
        }
        let written = text.get(..some.len()).unwrap_or_default().as_flattened();
        to.write_str(str::from_utf8(written).map_err(|_not_ascii| fmt::Error)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_two_digits() {
        let bytes: Vec<u8> = (0..=255).collect();
        let mut text = String::new();
        write_hex(&mut text, &bytes).unwrap();
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let read = |two: &[u8; 2]| u8::from_str_radix(str::from_utf8(two).unwrap(), 16).unwrap();
        assert!(rest.is_empty() && text.to_lowercase() == text);
        assert_eq!(pairs.iter().map(read).collect::<Vec<u8>>(), bytes);
    }
}
