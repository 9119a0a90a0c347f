//! A cartogram: every body gets a cell of its own, near where it is. The same places always give the same cells.

use std::collections::HashSet;

use super::{HEIGHT, Point, WIDTH};

/// From the middle of a cell of one body to the next in its row, and of one region.
pub(crate) const CELL: f64 = 14.0;
pub(crate) const TILE: f64 = 122.0;
/// Between rows, as a part of that.
const RISE: f64 = 0.866;
/// Squared: by how much a change must bring tiles nearer.
const NEARER: f64 = 1.0;
/// Places this near to each other are a crowd.
const CROWD: f64 = 25.0;

/// The middle of a cell for each place, in their order. Crowds choose first, each taking the nearest cell that is free, so
/// that cities keep their shape and the land around them gives way.
pub(crate) fn cells(places: &[Point], pitch: f64) -> Vec<Point> {
    let grid = grid(pitch);
    let crowd = |place: Point| {
        places
            .iter()
            .filter(|other| other.far(place) < CROWD * CROWD)
            .count()
    };
    let mut order: Vec<(usize, usize)> = places.iter().map(|place| crowd(*place)).enumerate().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut taken: HashSet<usize> = HashSet::new();
    let mut cells: Vec<Point> = places.to_vec();
    for (number, _) in order {
        let Some(place) = places.get(number) else { continue };
        let free = grid.iter().enumerate().filter(|(cell, _)| !taken.contains(cell));
        let nearest = free.min_by(|a, b| a.1.far(*place).total_cmp(&b.1.far(*place)));
        if let (Some((cell, middle)), Some(own)) = (nearest, cells.get_mut(number)) {
            taken.insert(cell);
            *own = *middle;
        }
    }
    cells
}

/// The same for a few places, which are first spread over the whole sheet, so that each keeps its neighbours: no two tiles
/// that change places, and none that takes a free cell, would then lie nearer to where they are.
pub(crate) fn tiled(places: &[Point], pitch: f64) -> Vec<Point> {
    let spread = spread(places, pitch);
    let mut tiles = cells(&spread, pitch);
    let grid = grid(pitch);
    let mut settled = false;
    while !settled {
        settled = true;
        for one in 0..tiles.len() {
            let (Some(place), Some(own)) = (spread.get(one).copied(), tiles.get(one).copied()) else {
                continue;
            };
            let better = |to: &&Point| to.far(place) + NEARER < own.far(place);
            let free = grid
                .iter()
                .filter(|cell| !tiles.contains(cell))
                .find(better)
                .copied();
            if let (Some(to), Some(tile)) = (free, tiles.get_mut(one)) {
                *tile = to;
                settled = false;
                continue;
            }
            let gains = |other: &usize| {
                let (Some(there), Some(its)) = (spread.get(*other), tiles.get(*other)) else {
                    return false;
                };
                its.far(place) + own.far(*there) + NEARER < own.far(place) + its.far(*there)
            };
            if let Some(other) = (one + 1..tiles.len()).find(gains) {
                tiles.swap(one, other);
                settled = false;
            }
        }
    }
    tiles
}

/// From edge to edge, as far as whole cells allow.
fn spread(places: &[Point], pitch: f64) -> Vec<Point> {
    let ends = |of: fn(&Point) -> f64| {
        let all = || places.iter().map(of);
        (
            all().fold(f64::INFINITY, f64::min),
            all().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let (west, east) = ends(|place| place.x);
    let (north, south) = ends(|place| place.y);
    let along = |at: f64, low: f64, high: f64, size: f64| {
        let room = size - 2.0 * pitch;
        pitch + (at - low) / (high - low).max(1.0) * room
    };
    let spread = places.iter().map(|place| Point {
        x: along(place.x, west, east, WIDTH),
        y: along(place.y, north, south, HEIGHT),
    });
    spread.collect()
}

/// The corners of a cell around its middle, a hair's breadth inside it, as SVG wants them.
pub(crate) fn corners(middle: Point, pitch: f64) -> String {
    let half = pitch / 2.0 - pitch / 45.0;
    let (tall, short) = (half * 1.155, half * 0.577);
    let around = [
        (0.0, -tall),
        (half, -short),
        (half, short),
        (0.0, tall),
        (-half, short),
        (-half, -short),
    ];
    let corners = around.map(|(x, y)| format!("{:.1},{:.1}", middle.x + x, middle.y + y));
    corners.join(" ")
}

/// Middles of all cells of the sheet, row by row.
fn grid(pitch: f64) -> Vec<Point> {
    let rise = pitch * RISE;
    let mut grid = Vec::new();
    let mut y = pitch * 0.6;
    let mut odd = false;
    while y < HEIGHT - pitch / 2.0 {
        let mut x = if odd { pitch } else { pitch / 2.0 };
        while x < WIDTH - pitch / 4.0 {
            grid.push(Point { x, y });
            x += pitch;
        }
        y += rise;
        odd = !odd;
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_keep_their_order_from_north_to_south_and_from_west_to_east() {
        // Three in a row near the south, as the middle of England, and one far in the north.
        let places = [
            (300.0, 200.0),
            (250.0, 600.0),
            (300.0, 605.0),
            (350.0, 600.0),
            (300.0, 700.0),
        ];
        let places = places.map(|(x, y)| Point { x, y });
        let tiles = tiled(&places, TILE);
        for (number, tile) in tiles.iter().enumerate() {
            assert!(tiles.iter().skip(number + 1).all(|other| other.far(*tile) > 1.0));
        }
        assert!(tiles[1].x < tiles[2].x && tiles[2].x < tiles[3].x, "{tiles:?}");
        assert!(tiles[0].y < tiles[2].y && tiles[2].y < tiles[4].y, "{tiles:?}");
    }

    #[test]
    fn every_place_has_a_cell_of_its_own_near_by() {
        let place = |x: u32, y: u32| Point {
            x: f64::from(x),
            y: f64::from(y),
        };
        let mut places: Vec<Point> = (0..12).map(|n| place(300 + n % 4, 400 + n / 4)).collect();
        places.push(place(40, 60));
        let cells = cells(&places, CELL);
        assert_eq!(cells, super::cells(&places, CELL));
        for (number, cell) in cells.iter().enumerate() {
            let others = cells.iter().skip(number + 1);
            assert!(others.clone().all(|other| other.far(*cell) > 1.0), "{cells:?}");
            let own = places[number];
            assert!(own.far(*cell) < (4.0 * CELL).powi(2), "{own:?} {cell:?}");
        }
        assert!(places[12].far(cells[12]) < CELL * CELL);
    }
}
