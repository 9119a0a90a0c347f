//! A letter, where it stands and how it was drawn.

/// A drawn letter, in points from the top left corner of the page as shown, y downwards.
#[derive(Debug, Clone)]
pub(crate) struct Glyph {
    pub(crate) text: Letters,
    /// Where its baseline begins and where the next letter would.
    pub(crate) start: (f64, f64),
    pub(crate) end: (f64, f64),
    /// Height of the font in points.
    pub(crate) size: f64,
    pub(crate) ink: Ink,
    /// When it was drawn, counted over everything on the page.
    pub(crate) turn: u32,
}

/// What a letter was drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Colour([u8; 3]),
    /// A pattern or a shading: not looked into.
    Unknown,
    /// Invisible mode, or wholly transparent.
    None,
}

/// One character almost always; several for a ligature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Letters {
    One(char),
    Many(Box<str>),
}

impl Letters {
    /// As they are written on: ligatures taken apart, control characters left out, odd spaces made plain.
    pub(crate) fn new(chars: impl Iterator<Item = char>) -> Option<Self> {
        let mut text = String::new();
        for c in chars {
            match c {
                '\u{FB00}' => text.push_str("ff"),
                '\u{FB01}' => text.push_str("fi"),
                '\u{FB02}' => text.push_str("fl"),
                '\u{FB03}' => text.push_str("ffi"),
                '\u{FB04}' => text.push_str("ffl"),
                '\u{FB05}' | '\u{FB06}' => text.push_str("st"),
                // The bullet of symbol fonts, which have their codes in the private area.
                '\u{F0B7}' => text.push('\u{2022}'),
                '\t' | '\n' | '\r' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => {
                    text.push(' ');
                }
                c if c.is_control() => {}
                c => text.push(c),
            }
        }
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => None,
            (Some(only), None) => Some(Self::One(only)),
            (Some(_), Some(_)) => Some(Self::Many(text.into())),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::One(c) => *c == ' ',
            Self::Many(text) => text.trim().is_empty(),
        }
    }

    pub(crate) fn push_to(&self, text: &mut String) {
        match self {
            Self::One(c) => text.push(*c),
            Self::Many(more) => text.push_str(more),
        }
    }
}
