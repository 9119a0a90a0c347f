//! What else is on a page: painted areas, pictures and ruled lines.

use hayro_interpret::kurbo::Rect;

/// Something that covers a rectangle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    pub(crate) rect: Rect,
    pub(crate) paint: Paint,
    /// When it was painted, counted over everything on the page.
    pub(crate) turn: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Fills its rectangle with one colour.
    Colour([u8; 3]),
    /// A picture that fills its rectangle.
    Picture,
    /// Something that may or may not be seen through: a curve, a shading, a picture with holes.
    Unknown,
}

/// A straight line along one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rule {
    pub(crate) axis: Axis,
    /// Where it crosses the other axis.
    pub(crate) at: f64,
    pub(crate) from: f64,
    pub(crate) to: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Across,
    Down,
}

impl Rule {
    /// The line that a thin rectangle is, if it is one.
    pub(crate) fn of_thin(rect: Rect) -> Option<Self> {
        /// Thicker ones are bars and boxes.
        const THIN: f64 = 3.0;
        /// Shorter ones are dashes and ticks.
        const SHORT: f64 = 4.0;
        if rect.height() <= THIN && rect.width() >= SHORT {
            Some(Self {
                axis: Axis::Across,
                at: rect.center().y,
                from: rect.x0,
                to: rect.x1,
            })
        } else if rect.width() <= THIN && rect.height() >= SHORT {
            Some(Self {
                axis: Axis::Down,
                at: rect.center().x,
                from: rect.y0,
                to: rect.y1,
            })
        } else {
            None
        }
    }

    /// The four sides of a box.
    pub(crate) fn of_box(rect: Rect) -> [Self; 4] {
        let across = |at| Self {
            axis: Axis::Across,
            at,
            from: rect.x0,
            to: rect.x1,
        };
        let down = |at| Self {
            axis: Axis::Down,
            at,
            from: rect.y0,
            to: rect.y1,
        };
        [across(rect.y0), across(rect.y1), down(rect.x0), down(rect.x1)]
    }
}

impl Rule {
    /// As it lies when the page is turned so that text at `angle` (degrees clockwise) runs across; `None` for text that
    /// runs along no axis.
    pub(crate) fn turned(&self, angle: i32) -> Option<Self> {
        let (there, back) = ((self.from, self.to), (-self.to, -self.from));
        let (axis, at, (from, to)) = match (angle, self.axis) {
            (0, axis) => (axis, self.at, there),
            (90, Axis::Across) => (Axis::Down, self.at, back),
            (90, Axis::Down) => (Axis::Across, -self.at, there),
            (180, axis) => (axis, -self.at, back),
            (270, Axis::Across) => (Axis::Down, -self.at, there),
            (270, Axis::Down) => (Axis::Across, self.at, back),
            _ => return None,
        };
        Some(Self { axis, at, from, to })
    }
}
