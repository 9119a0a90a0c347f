//! The coast, and the border in Ireland, behind what is drawn on the sheet.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;
use stripout_catalogue::Position;

use super::point;

/// Natural Earth, Admin 0 countries, 1:10m, public domain: simplified, islands under a few square kilometres left out.
const OUTLINE: &str = include_str!("../../assets/outline.geojson");

/// Of a feature (RFC 7946), what is drawn: rings of longitude and latitude.
#[derive(Deserialize)]
struct Feature {
    geometry: MultiPolygon,
}

#[derive(Deserialize)]
struct MultiPolygon {
    coordinates: Vec<Vec<Vec<(f64, f64)>>>,
}

/// As a path of SVG, to whole units of the sheet.
pub(crate) fn outline() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| {
        let feature: Feature = serde_json::from_str(OUTLINE).expect("an asset that a test reads");
        let rings = feature.geometry.coordinates.iter().flatten();
        rings.map(|ring| path(ring)).collect()
    });
    &PATH
}

fn path(ring: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let mut before = None;
    for (long, lat) in ring.iter().copied() {
        let at = point(Position { lat, long });
        let corner = format!("{:.0} {:.0}", at.x, at.y);
        if before.as_ref() != Some(&corner) {
            let _ = write!(path, "{}{corner}", if path.is_empty() { 'M' } else { 'L' });
            before = Some(corner);
        }
    }
    path.push('z');
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::{HEIGHT, WIDTH};

    #[test]
    fn the_whole_country_lies_on_the_sheet() {
        let rings: Vec<&str> = outline().split_terminator('z').collect();
        assert!(rings.len() > 20, "{} rings", rings.len());
        for ring in rings {
            let corners: Vec<(f64, f64)> = ring
                .split(['M', 'L'])
                .skip(1)
                .map(|it| it.split_once(' ').unwrap())
                .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
                .collect();
            assert!(corners.len() > 2, "{ring}");
            for (x, y) in corners {
                assert!((0.0..WIDTH).contains(&x) && (0.0..HEIGHT).contains(&y), "{x} {y}");
            }
        }
    }
}
