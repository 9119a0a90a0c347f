//! Regions and nations as tiles near where they are, each with how many of its bodies something is known of: bodies without
//! a position count, too.

use std::collections::{BTreeMap, BTreeSet};

use stripout_catalogue::PublicBody;
use stripout_model::Status;

use crate::list::BodyQuery;
use crate::map::{Point, TILE, WIDTH, corners, point, tiled};
use crate::page::address;
use crate::view::View;
use crate::words;

/// Letters of a line of the name, so that it fits a tile.
const LINE: usize = 11;
/// Height of a tile by its width, with a gap.
const TALL: f64 = 1.2;
/// Where tiles stand of bodies that belong to no region.
const APART: f64 = 74.0;

pub(super) struct Tile<'v> {
    pub(super) name: &'v str,
    pub(super) link: String,
    pub(super) at: Point,
    pub(super) lines: Vec<(f64, String)>,
    /// Of bodies that belong to no region.
    pub(super) rest: bool,
    pub(super) known: usize,
    pub(super) all: usize,
    /// Of those, bodies that have or bought it.
    pub(super) there: usize,
}

impl Tile<'_> {
    pub(super) fn corners(&self) -> String {
        corners(self.at, TILE)
    }

    /// How much of it is known, in three steps that do not rest on colour.
    pub(super) fn class(&self) -> &'static str {
        match (self.known, self.known * 20 >= self.all) {
            (0, _) => "none",
            (_, false) => "few",
            (_, true) => "some",
        }
    }

    pub(super) fn words(&self) -> String {
        format!(
            "{}something is known of {} of {}; {} have or bought it",
            if self.rest { "of no one region; " } else { "" },
            self.known,
            words::count(self.all as u64, "body", "bodies"),
            self.there
        )
    }
}

/// Those of these bodies, in the order of their names.
pub(super) fn tiles<'v>(
    view: &'v View,
    bodies: &[(&'v PublicBody, Option<Status>)],
    kind: Option<&str>,
) -> Vec<Tile<'v>> {
    let mut places: BTreeMap<&str, Vec<(&PublicBody, Option<Status>)>> = BTreeMap::new();
    for (body, status) in bodies {
        let place = words::place(view.catalogue(), body);
        places.entry(place).or_default().push((body, *status));
    }
    let middle = |own: &[(&PublicBody, Option<Status>)]| {
        let points: Vec<Point> = own
            .iter()
            .filter_map(|(body, _)| body.position)
            .map(point)
            .collect();
        #[allow(clippy::cast_precision_loss, reason = "a tile is drawn there")]
        let count = points.len() as f64;
        (!points.is_empty()).then(|| Point {
            x: points.iter().map(|it| it.x).sum::<f64>() / count,
            y: points.iter().map(|it| it.y).sum::<f64>() / count,
        })
    };
    // A body of no region is of no region's tile; where no body of a nation has one, the nation is its own.
    let parted = bodies.iter().filter(|(body, _)| body.region.is_some());
    let parted: BTreeSet<&str> = parted.map(|(body, _)| body.nation.as_str()).collect();
    let middle = |own: &[(&PublicBody, Option<Status>)]| {
        let of_none = own
            .iter()
            .all(|(body, _)| body.region.is_none() && parted.contains(body.nation.as_str()));
        middle(own).filter(|_| !of_none)
    };
    let middles: Vec<Point> = places.values().filter_map(|own| middle(own)).collect();
    let mut near = tiled(&middles, TILE).into_iter();
    let mut apart = 0.0;
    let tile = |(name, own): (&'v str, Vec<(&PublicBody, Option<Status>)>)| {
        let at = if middle(&own).is_some() {
            near.next()
        } else {
            apart += 1.0;
            Some(Point {
                x: WIDTH - APART,
                y: APART + (apart - 1.0) * TILE * TALL,
            })
        };
        let rest = middle(&own).is_none() && !parted.is_empty();
        let asked = BodyQuery {
            place: Some(name.to_owned()),
            kind: kind.map(str::to_owned),
            ..BodyQuery::default()
        };
        Some(Tile {
            name,
            link: address("/bodies", &asked),
            at: at?,
            lines: lines(name, rest),
            rest,
            known: own.iter().filter(|(_, status)| status.is_some()).count(),
            all: own.len(),
            there: own
                .iter()
                .filter(|(_, status)| status.is_some_and(Status::is_there))
                .count(),
        })
    };
    places.into_iter().filter_map(tile).collect()
}

/// The name in lines that fit, with how far above the middle of the tile each stands.
fn lines(name: &str, rest: bool) -> Vec<(f64, String)> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if rest {
        lines.push("no region".to_owned());
    }
    let mut at = if lines.len() > 2 { -34.0 } else { -20.0 };
    let line = |line| {
        let own = at;
        at += 18.0;
        (own, line)
    };
    lines.into_iter().map(line).collect()
}
