//! Letters to words, as they were drawn.

use super::row::is_leftward;
use crate::glyph::{Glyph, Letters};

/// A run of letters without a gap, in points along the text (`from`, `to`) and across it (`base`, growing downwards).
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) base: f64,
    pub(crate) size: f64,
    /// Whether a blank was drawn before it.
    pub(crate) spaced: bool,
}

/// A gap of this part of the font's height ends a word.
pub(crate) const GAP: f64 = 0.13;
/// The next letter may step back this far, for kerning and accents.
const BACK: f64 = 0.55;
/// Baselines nearer than this are one: indices and raised letters.
const RAISE: f64 = 0.2;

/// Words in the order of drawing, in the frame of text that runs at `angle` degrees.
pub(super) fn words(glyphs: &[&Glyph], angle: i32) -> Vec<Word> {
    let (sin, cos) = f64::from(angle).to_radians().sin_cos();
    let along = |(x, y): (f64, f64)| x * cos + y * sin;
    let across = |(x, y): (f64, f64)| y * cos - x * sin;
    let mut words: Vec<Word> = Vec::new();
    let mut spaced = true;
    // The letter before: for text that is drawn twice to look bold.
    let mut last: Option<&Glyph> = None;
    for &glyph in glyphs {
        if glyph.text.is_blank() {
            spaced = true;
            continue;
        }
        let (from, to) = (along(glyph.start), along(glyph.end));
        let base = across(glyph.start);
        let near = 0.1 * glyph.size;
        if last.is_some_and(|last| {
            last.text == glyph.text
                && (along(last.start) - from).abs() < near
                && (across(last.start) - base).abs() < near
        }) {
            continue;
        }
        last = Some(glyph);
        match words.last_mut() {
            Some(word) if !spaced && word.takes(from, base, glyph.size) => {
                if leftward(&glyph.text) && is_leftward(&word.text) {
                    let mut text = String::new();
                    glyph.text.push_to(&mut text);
                    word.text.insert_str(0, &text);
                } else {
                    glyph.text.push_to(&mut word.text);
                }
                word.to = word.to.max(to);
                word.size = word.size.max(glyph.size);
            }
            _ => {
                let mut text = String::new();
                glyph.text.push_to(&mut text);
                words.push(Word {
                    text,
                    from,
                    to: to.max(from),
                    base,
                    size: glyph.size.max(0.1),
                    spaced,
                });
            }
        }
        spaced = false;
    }
    words
}

fn leftward(letters: &Letters) -> bool {
    match letters {
        Letters::One(c) => is_leftward(c.encode_utf8(&mut [0; 4])),
        Letters::Many(text) => is_leftward(text),
    }
}

impl Word {
    fn takes(&self, from: f64, base: f64, size: f64) -> bool {
        let gap = from - self.to;
        let least = self.size.min(size);
        (self.base - base).abs() < RAISE * self.size.max(size) && gap < GAP * least && gap > -BACK * least
    }

    /// Middle, along and across.
    pub(super) fn middle(&self) -> (f64, f64) {
        (f64::midpoint(self.from, self.to), self.base - 0.3 * self.size)
    }
}
