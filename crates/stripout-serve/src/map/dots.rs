//! Many marks as one path: a sheet of a thousand bodies stays small.

use std::fmt::Write as _;

use super::{Point, corners};

/// A dot at each place: strokes without length, which a round cap makes visible.
pub(crate) fn dots(places: impl IntoIterator<Item = Point>) -> String {
    let mut path = String::new();
    for at in places {
        let _ = write!(path, "M{:.0} {:.0}h0", at.x, at.y);
    }
    path
}

/// A cell around each place.
pub(crate) fn hexagons(places: impl IntoIterator<Item = Point>, pitch: f64) -> String {
    let mut path = String::new();
    for at in places {
        let _ = write!(path, "M{}z", corners(at, pitch));
    }
    path
}
