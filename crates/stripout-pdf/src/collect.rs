//! Takes down what the drawing instructions of a page draw.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint as Source, SoftMask,
};

use crate::area::{Area, Paint, Rule};
use crate::glyph::{Glyph, Ink, Letters};

/// More letters than any page that is meant to be read; what comes after is not taken down.
const GLYPHS: usize = 500_000;
/// Areas and lines beyond these are those of drawings, not of tables.
const AREAS: usize = 50_000;
const RULES: usize = 50_000;
/// Opacity up to which nothing is seen, and from which nothing shines through.
const INVISIBLE: f32 = 0.03;
const SOLID: f32 = 0.97;

/// Everything on one page.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) areas: Vec<Area>,
    pub(crate) rules: Vec<Rule>,
    /// Where pictures lie, whatever is over or under them.
    pub(crate) pictures: Vec<Rect>,
    /// Letters that stand for no known character.
    pub(crate) unknown: usize,
    /// Whether there was more than is taken down.
    pub(crate) cut: bool,
    clips: Vec<Rect>,
    /// Opacity of each open transparency group.
    groups: Vec<f32>,
    turn: u32,
}

impl Collector {
    fn next_turn(&mut self) -> u32 {
        self.turn = self.turn.saturating_add(1);
        self.turn
    }

    fn group_opacity(&self) -> f32 {
        self.groups.iter().product()
    }

    /// Colour and opacity; `None` for a pattern or a shading.
    fn colour(&self, paint: &Source<'_>) -> Option<([u8; 3], f32)> {
        match paint {
            Source::Color(colour) => {
                let colour = colour.to_rgba();
                let [red, green, blue, _] = colour.to_rgba8();
                let [.., opacity] = colour.components();
                Some(([red, green, blue], opacity * self.group_opacity()))
            }
            Source::Pattern(_) => None,
        }
    }

    fn area(&mut self, rect: Rect, paint: Paint) {
        let rect = self.clips.last().map_or(rect, |clip| rect.intersect(*clip));
        let turn = self.next_turn();
        if rect.width() <= 0.0 || rect.height() <= 0.0 {
            return;
        }
        if self.areas.len() < AREAS {
            self.areas.push(Area { rect, paint, turn });
        }
    }

    fn rule(&mut self, rule: Rule) {
        if self.rules.len() < RULES {
            self.rules.push(rule);
        }
    }

    fn fill(&mut self, path: &BezPath, props: &DrawProps<'_>) {
        let colour = self.colour(&props.paint);
        if colour.is_some_and(|(_, opacity)| opacity < INVISIBLE) {
            return;
        }
        let seen_through = props.blend_mode != BlendMode::Normal || props.soft_mask.is_some();
        for part in parts(path, props.transform) {
            match part.rect {
                Some(rect) if Rule::of_thin(rect).is_some() => {
                    if let Some(rule) = Rule::of_thin(rect) {
                        self.rule(rule);
                    }
                }
                rect => {
                    let paint = match (rect, colour) {
                        (Some(_), Some((colour, opacity))) if opacity >= SOLID && !seen_through => {
                            Paint::Colour(colour)
                        }
                        _ => Paint::Unknown,
                    };
                    self.area(part.bounds, paint);
                }
            }
        }
    }

    fn stroke(&mut self, path: &BezPath, props: &DrawProps<'_>) {
        if self
            .colour(&props.paint)
            .is_some_and(|(_, opacity)| opacity < INVISIBLE)
        {
            return;
        }
        for part in parts(path, props.transform) {
            if let Some(rect) = part.rect.filter(|rect| Rule::of_thin(*rect).is_none()) {
                for side in Rule::of_box(rect) {
                    self.rule(side);
                }
            } else {
                for (a, b) in part.lines {
                    if let Some(rule) = Rule::of_thin(Rect::from_points(a, b)) {
                        self.rule(rule);
                    }
                }
            }
        }
    }
}

/// One closed or open run of a path.
struct Part {
    bounds: Rect,
    /// Set if it is a rectangle along the axes.
    rect: Option<Rect>,
    lines: Vec<(Point, Point)>,
}

fn parts(path: &BezPath, transform: Affine) -> Vec<Part> {
    /// How far from straight a side may be, in points.
    const SLACK: f64 = 0.5;
    let mut parts = Vec::new();
    let mut points: Vec<Point> = Vec::new();
    let mut curved = false;
    let mut finish = |points: &mut Vec<Point>, curved: &mut bool| {
        let (Some(first), true) = (points.first().copied(), points.len() > 1) else {
            points.clear();
            *curved = false;
            return;
        };
        let bounds = points
            .iter()
            .fold(Rect::from_points(first, first), |bounds, point| {
                bounds.union_pt(*point)
            });
        let straight = |(a, b): (&Point, &Point)| (a.x - b.x).abs() < SLACK || (a.y - b.y).abs() < SLACK;
        let lines: Vec<(Point, Point)> = if *curved {
            Vec::new()
        } else {
            points
                .iter()
                .copied()
                .zip(points.iter().copied().skip(1))
                .collect()
        };
        let boxed = points
            .iter()
            .zip(points.iter().skip(1).chain([&first]))
            .all(straight);
        let rect = (!*curved && (4..=6).contains(&points.len()) && boxed).then_some(bounds);
        parts.push(Part { bounds, rect, lines });
        points.clear();
        *curved = false;
    };
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                finish(&mut points, &mut curved);
                points.push(transform * to);
            }
            PathEl::LineTo(to) => points.push(transform * to),
            PathEl::QuadTo(over, to) => {
                curved = true;
                points.extend([transform * over, transform * to]);
            }
            PathEl::CurveTo(first, second, to) => {
                curved = true;
                points.extend([transform * first, transform * second, transform * to]);
            }
            PathEl::ClosePath => {
                let first = points.first().copied();
                points.extend(first);
                finish(&mut points, &mut curved);
                // A path goes on from where it was closed.
                points.extend(first);
            }
        }
    }
    finish(&mut points, &mut curved);
    parts
}

/// Length of what `matrix` makes of a step.
fn length(matrix: Affine, along: f64, up: f64) -> f64 {
    let [along_x, along_y, up_x, up_y, ..] = matrix.as_coeffs();
    (along_x * along + up_x * up).hypot(along_y * along + up_y * up)
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let turn = self.next_turn();
        let ink = match (mode, self.colour(&props.paint)) {
            (DrawMode::Invisible, _) => Ink::None,
            (_, Some((_, opacity))) if opacity < INVISIBLE => Ink::None,
            (_, Some((colour, _))) => Ink::Colour(colour),
            (_, None) => Ink::Unknown,
        };
        let upright = run.writing_mode() == WritingMode::Vertical;
        // A font put in for another is stretched letter by letter; only where all letters are as wide as drawn does
        // the matrix tell how far the next one is.
        let widths = run
            .glyphs()
            .iter()
            .map(|glyph| length(glyph.transform(), 1.0, 0.0));
        let (least, most) = widths.fold((f64::MAX, 0.0_f64), |(least, most), width| {
            (least.min(width), most.max(width))
        });
        let alike = most - least < 1e-6 * most.max(1e-9);
        for glyph in run.glyphs() {
            if self.glyphs.len() >= GLYPHS {
                self.cut = true;
                return;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => Letters::new([c].into_iter()),
                Some(BfString::String(text)) => Letters::new(text.chars()),
                // Bitmap fonts mostly name nothing and keep the codes of ASCII.
                None => match (&**glyph, u8::try_from(glyph.char_code())) {
                    (Drawn::Type3(_), Ok(code @ b' '..=b'~')) => Letters::new([char::from(code)].into_iter()),
                    _ => None,
                },
            };
            let advance = match &**glyph {
                Drawn::Outline(glyph) => glyph.advance_width(),
                Drawn::Type3(glyph) => glyph.advance_width(),
            };
            let Some(text) = text else {
                if advance.is_none_or(|advance| advance > 0.0) {
                    self.unknown += 1;
                }
                continue;
            };
            let matrix = props.transform * glyph.transform();
            let advance = f64::from(advance.unwrap_or(500.0));
            let [a, b, _, _, x, y] = matrix.as_coeffs();
            let mut size = 1000.0 * length(matrix, 0.0, 1.0);
            let (mut dx, mut dy) = (a * advance, b * advance);
            if !alike {
                let (wide, high) = (length(matrix, 1.0, 0.0), length(matrix, 0.0, 1.0));
                if wide > 0.0 {
                    (dx, dy) = (dx * high / wide, dy * high / wide);
                }
            }
            if matches!(&**glyph, Drawn::Type3(_)) {
                // The font's own matrix may hold most of its size.
                size = size.max(1.5 * dx.hypot(dy));
            }
            if upright {
                (dx, dy) = (0.0, size);
            }
            if !(x.is_finite() && y.is_finite() && dx.is_finite() && dy.is_finite() && size.is_finite()) {
                continue;
            }
            self.glyphs.push(Glyph {
                text,
                start: (x, y),
                end: (x + dx, y + dy),
                size,
                ink,
                turn,
            });
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        match mode {
            DrawMode::Fill(_) => self.fill(path, &props),
            DrawMode::Stroke(_) => self.stroke(path, &props),
            DrawMode::FillAndStroke(..) => {
                self.fill(path, &props);
                self.stroke(path, &props);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // What the bits of a stencil leave free, and what a mask takes away, shines through.
        let (width, height, holes) = match &image {
            Image::Stencil(stencil) => (stencil.width(), stencil.height(), true),
            Image::Raster(raster) => {
                let dict = raster.stream().dict();
                let masked = [&b"SMask"[..], b"Mask", b"SMaskInData"]
                    .iter()
                    .any(|key| dict.contains_key(*key));
                (raster.width(), raster.height(), masked)
            }
        };
        let whole = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let rect = props.transform.transform_rect_bbox(whole);
        let through = props.blend_mode != BlendMode::Normal || self.group_opacity() < SOLID;
        let paint = if holes || through || props.soft_mask.is_some() {
            Paint::Unknown
        } else {
            Paint::Picture
        };
        self.area(rect, paint);
        if self.pictures.len() < AREAS {
            self.pictures.push(rect);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.push_clip_rect(&clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        let rect = self.clips.last().map_or(*rect, |clip| rect.intersect(*clip));
        self.clips.push(rect);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn push_transparency_group(&mut self, opacity: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.groups.push(opacity);
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }
}
