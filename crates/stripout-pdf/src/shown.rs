//! What of a page is seen by who looks at it.

use hayro_interpret::kurbo::{Point, Rect};

use crate::area::{Area, Paint};
use crate::collect::Collector;
use crate::glyph::{Glyph, Ink};

/// The letters of a page by how they can be known of.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) shown: Vec<Glyph>,
    pub(crate) hidden: Vec<Glyph>,
    /// Invisible letters on or under a picture: what a program read from it.
    pub(crate) ocr: Vec<Glyph>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    Shown,
    Hidden,
    Ocr,
}

/// Below this, in points, letters are dots.
const TINY: f64 = 1.0;
/// The most that two colours may differ in red, green or blue and still be one to the eye.
const ALIKE: u8 = 14;
const WHITE: [u8; 3] = [255; 3];

/// Sorts the letters of a page of `size` (width and height in points).
pub(crate) fn sort(collected: &mut Collector, size: (f64, f64)) -> Sorted {
    let glyphs = std::mem::take(&mut collected.glyphs);
    let areas = Areas::new(&collected.areas, size.1);
    let page = Rect::new(0.0, 0.0, size.0, size.1);
    let mut sorted = Sorted::default();
    let mut last = Sight::Shown;
    for glyph in glyphs {
        // A blank cannot be seen or not: it goes where the word before it went.
        let sight = if glyph.text.is_blank() {
            last
        } else {
            sight(&glyph, &areas, &collected.pictures, page)
        };
        last = sight;
        match sight {
            Sight::Shown => sorted.shown.push(glyph),
            Sight::Hidden => sorted.hidden.push(glyph),
            Sight::Ocr => sorted.ocr.push(glyph),
        }
    }
    sorted
}

fn sight(glyph: &Glyph, areas: &Areas<'_>, pictures: &[Rect], page: Rect) -> Sight {
    let step = (glyph.end.0 - glyph.start.0, glyph.end.1 - glyph.start.1);
    let wide = step.0.hypot(step.1);
    // From the baseline into the body of the letter.
    let up = if wide > 0.0 {
        let lift = 0.3 * glyph.size / wide;
        (step.1 * lift, -step.0 * lift)
    } else {
        (0.0, -0.3 * glyph.size)
    };
    let along = |part: f64| {
        Point::new(
            glyph.start.0 + part * step.0 + up.0,
            glyph.start.1 + part * step.1 + up.1,
        )
    };
    let middle = along(0.5);
    let on_picture = || pictures.iter().any(|rect| rect.contains(middle));
    if !page.contains(middle) || (glyph.size < TINY && wide < TINY) {
        return Sight::Hidden;
    }
    let background = match glyph.ink {
        Ink::None if on_picture() => return Sight::Ocr,
        Ink::None => return Sight::Hidden,
        Ink::Colour(colour) => Some(colour),
        Ink::Unknown => None,
    };
    let mut under = None;
    for area in areas.at(middle).filter(|area| area.rect.contains(middle)) {
        if area.turn < glyph.turn {
            under = Some(area.paint);
        } else if area.rect.contains(along(0.1)) && area.rect.contains(along(0.9)) {
            match area.paint {
                Paint::Colour(_) => return Sight::Hidden,
                Paint::Picture => return Sight::Ocr,
                Paint::Unknown => {}
            }
        }
    }
    let behind = match under {
        None => Some(WHITE),
        Some(Paint::Colour(colour)) => Some(colour),
        Some(Paint::Picture | Paint::Unknown) => None,
    };
    match (background, behind) {
        (Some(ink), Some(behind)) if alike(ink, behind) => Sight::Hidden,
        _ => Sight::Shown,
    }
}

fn alike(a: [u8; 3], b: [u8; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= ALIKE)
}

/// Areas by the strips of the page that they reach into, in the order of painting.
struct Areas<'a> {
    strips: Vec<Vec<&'a Area>>,
    height: f64,
}

impl<'a> Areas<'a> {
    const STRIPS: usize = 64;

    fn new(areas: &'a [Area], height: f64) -> Self {
        let height = height.max(1.0) / 64.0;
        let mut strips = vec![Vec::new(); Self::STRIPS];
        for area in areas {
            let (first, last) = (
                Self::strip(area.rect.y0, height),
                Self::strip(area.rect.y1, height),
            );
            for strip in strips.iter_mut().take(last + 1).skip(first) {
                strip.push(area);
            }
        }
        Self { strips, height }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the number of strips before"
    )]
    fn strip(y: f64, height: f64) -> usize {
        (y / height).clamp(0.0, 63.0) as usize
    }

    fn at(&self, point: Point) -> impl Iterator<Item = &'a Area> {
        self.strips
            .get(Self::strip(point.y, self.height))
            .into_iter()
            .flatten()
            .copied()
    }
}
