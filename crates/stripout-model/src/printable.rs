//! Text of a source on its way to a screen: nothing in it may move the cursor, hide or reorder words.

use std::fmt::Write as _;

/// Control, invisible and bidirectional characters as `<U+XXXX>`; line breaks and tabs as spaces.
pub fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => shown.push(' '),
            c if is_deceptive(c) => {
                let _ = write!(shown, "<U+{:04X}>", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F
            | 0x2028..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB
            | 0xE0000..=0xE0FFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_cannot_paint_the_screen() {
        for (text, want) in [
            ("plain £ 海康威视", "plain £ 海康威视"),
            ("a\u{1b}[31mb", "a<U+001B>[31mb"),
            ("x\u{202e}y\u{200b}z\u{9b}", "x<U+202E>y<U+200B>z<U+009B>"),
            ("two\nlines\tand", "two lines and"),
        ] {
            assert_eq!(printable(text), want);
        }
    }
}
