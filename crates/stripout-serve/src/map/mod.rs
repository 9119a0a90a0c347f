//! Places on a sheet: points where bodies are, or one cell for each.

mod dots;
mod hex;
mod mark;
mod outline;
mod window;

use stripout_catalogue::Position;

pub(crate) use dots::{dots, hexagons};
pub(crate) use hex::{CELL, TILE, cells, corners, tiled};
pub(crate) use mark::shape;
pub(crate) use outline::outline;
pub(crate) use window::Window;

/// The sheet in its own units; the northernmost and westernmost places of the United Kingdom lie inside it.
pub(crate) const WIDTH: f64 = 600.0;
pub(crate) const HEIGHT: f64 = 860.0;
const WEST: f64 = -8.6;
const NORTH: f64 = 61.0;
/// Units of a degree of latitude.
const DEGREE: f64 = 73.0;
/// Of a degree of longitude by one of latitude, in the middle of the country.
const SQUEEZE: f64 = 0.58;
const MARGIN: f64 = 20.0;

/// A point of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Where a place lies on the sheet.
pub(crate) fn point(position: Position) -> Point {
    Point {
        x: MARGIN + (position.long - WEST) * DEGREE * SQUEEZE,
        y: MARGIN + (NORTH - position.lat) * DEGREE,
    }
}

impl Point {
    /// Squared.
    fn far(self, other: Self) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        x * x + y * y
    }
}
