//! The part of the sheet that is shown: all of it, or a region large.

use super::{HEIGHT, Point, WIDTH};

/// Around the outermost places, in units of the sheet before it is enlarged.
const EDGE: f64 = 14.0;
/// Further than this nothing is gained: places are centroids.
const LARGEST: f64 = 8.0;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    scale: f64,
    /// Where the origin of the sheet lies.
    x: f64,
    y: f64,
}

impl Window {
    pub(crate) const WHOLE: Self = Self {
        scale: 1.0,
        x: 0.0,
        y: 0.0,
    };

    /// As large as lets all of these places in; the whole sheet where there are none.
    pub(crate) fn around(places: &[Point]) -> Self {
        let Some(first) = places.first() else {
            return Self::WHOLE;
        };
        let (mut low, mut high) = (*first, *first);
        for place in places {
            low = Point {
                x: low.x.min(place.x),
                y: low.y.min(place.y),
            };
            high = Point {
                x: high.x.max(place.x),
                y: high.y.max(place.y),
            };
        }
        let wide = high.x - low.x + 2.0 * EDGE;
        let tall = high.y - low.y + 2.0 * EDGE;
        let scale = (WIDTH / wide).min(HEIGHT / tall).clamp(1.0, LARGEST);
        Self {
            scale,
            x: WIDTH / 2.0 - scale * f64::midpoint(low.x, high.x),
            y: HEIGHT / 2.0 - scale * f64::midpoint(low.y, high.y),
        }
    }

    /// Where a place of the sheet is seen.
    pub(crate) fn seen(self, place: Point) -> Point {
        Point {
            x: self.x + self.scale * place.x,
            y: self.y + self.scale * place.y,
        }
    }

    /// The same for a whole drawing, as SVG wants it.
    pub(crate) fn transform(self) -> String {
        format!(
            "matrix({:.3} 0 0 {:.3} {:.1} {:.1})",
            self.scale, self.scale, self.x, self.y
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_made_for_lies_inside_and_large() {
        let places = [(300.0, 500.0), (360.0, 540.0), (310.0, 560.0)].map(|(x, y)| Point { x, y });
        let window = Window::around(&places);
        assert!(window.scale > 4.0, "{window:?}");
        for place in places {
            let seen = window.seen(place);
            assert!(
                (0.0..WIDTH).contains(&seen.x) && (0.0..HEIGHT).contains(&seen.y),
                "{seen:?}"
            );
        }
        assert_eq!(Window::around(&[]), Window::WHOLE);
        let one = Window::around(&places[..1]);
        assert_eq!(
            one.seen(places[0]),
            Point {
                x: WIDTH / 2.0,
                y: HEIGHT / 2.0
            }
        );
    }
}
