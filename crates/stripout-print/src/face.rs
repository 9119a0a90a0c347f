//! The fonts, and words as rows of their glyphs.

use std::collections::BTreeSet;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::PrintError;

pub(crate) const SANS: &[u8] = include_bytes!("../fonts/NotoSans-Regular.ttf");
pub(crate) const BOLD: &[u8] = include_bytes!("../fonts/NotoSans-Bold.ttf");
pub(crate) const SERIF: &[u8] = include_bytes!("../fonts/NotoSerif-Regular.ttf");
pub(crate) const HAN: &[u8] = include_bytes!("../fonts/NotoSansSC-Regular.otf");

/// Whose letters: what it has not is taken from `Han`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Sans,
    Bold,
    Serif,
    Han,
}

/// A font of this program.
struct Loaded {
    reference: FontRef<'static>,
    shaper: ShaperData,
    font: Font,
}

pub(crate) struct Faces([Loaded; 4]);

/// Words of one font.
pub(crate) struct Run {
    pub(crate) face: Face,
    pub(crate) text: String,
    pub(crate) glyphs: Vec<KrillaGlyph>,
    /// In parts of the letters' size.
    pub(crate) width: f32,
}

impl Faces {
    pub(crate) fn new() -> Result<Self, PrintError> {
        let load = |data: &'static [u8]| {
            let reference = FontRef::new(data).map_err(|_error| PrintError::Font)?;
            Ok(Loaded {
                shaper: ShaperData::new(&reference),
                font: Font::new(data.into(), 0).ok_or(PrintError::Font)?,
                reference,
            })
        };
        Ok(Self([load(SANS)?, load(BOLD)?, load(SERIF)?, load(HAN)?]))
    }

    fn of(&self, face: Face) -> &Loaded {
        let [sans, bold, serif, han] = &self.0;
        match face {
            Face::Sans => sans,
            Face::Bold => bold,
            Face::Serif => serif,
            Face::Han => han,
        }
    }

    pub(crate) fn font(&self, face: Face) -> Font {
        self.of(face).font.clone()
    }

    /// The face that has the character, this one first.
    fn having(&self, face: Face, character: char) -> Option<Face> {
        if character == ' ' || character.is_ascii_graphic() {
            return Some(face);
        }
        let has = |face: &Face| {
            let run = self.run(*face, character.to_string());
            run.glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0)
        };
        [face, Face::Han].into_iter().find(has)
    }

    /// The words in runs of one font each. What no font has is written as its number and noted in `missing`.
    pub(crate) fn runs(&self, face: Face, text: &str, missing: &mut BTreeSet<char>) -> Vec<Run> {
        let mut parts: Vec<(Face, String)> = Vec::new();
        for character in text.chars() {
            let had = self.having(face, character);
            let told = had.map_or_else(
                || format!("[U+{:04X}]", u32::from(character)),
                |_face| character.to_string(),
            );
            if had.is_none() {
                missing.insert(character);
            }
            let face = had.unwrap_or(face);
            match parts.last_mut() {
                Some((last, text)) if *last == face => text.push_str(&told),
                _ => parts.push((face, told)),
            }
        }
        let parts = parts.into_iter();
        parts.map(|(face, text)| self.run(face, text)).collect()
    }

    fn run(&self, face: Face, text: String) -> Run {
        let loaded = self.of(face);
        let shaper = loaded.shaper.shaper(&loaded.reference).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let set = shaper.shape(buffer, ShapeOptions::new());
        let em = loaded.font.units_per_em();
        #[allow(clippy::cast_precision_loss, reason = "units of a font are few thousands")]
        let part = |units: i32| units as f32 / em;
        let starts: Vec<usize> = set.glyph_infos().iter().map(|it| it.cluster as usize).collect();
        let end_of = |start: usize| {
            let after = starts.iter().copied().filter(|other| *other > start);
            after.min().unwrap_or(text.len())
        };
        let glyphs: Vec<KrillaGlyph> = set
            .glyph_infos()
            .iter()
            .zip(set.glyph_positions())
            .zip(&starts)
            .map(|((info, at), start)| KrillaGlyph {
                glyph_id: GlyphId::new(info.glyph_id),
                text_range: *start..end_of(*start),
                x_advance: part(at.x_advance),
                x_offset: part(at.x_offset),
                y_offset: part(at.y_offset),
                y_advance: part(at.y_advance),
                location: None,
            })
            .collect();
        Run {
            face,
            width: glyphs.iter().map(|glyph| glyph.x_advance).sum(),
            glyphs,
            text,
        }
    }
}
