//! `/map`: bodies where they are, by region, one cell for each, or as a table: four views of one address, each of all or of a
//! region shown large.

mod regions;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_catalogue::PublicBody;
use stripout_model::{BodyId, Status};

use super::bodies::kinds;
use crate::app::App;
use crate::list::{BodyQuery, MapQuery, MapView};
use crate::map::{CELL, HEIGHT, Point, WIDTH, Window, cells, corners, dots, hexagons, outline, point, shape};
use crate::page::{Asked, Chrome, address, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

use regions::{Tile, tiles};

/// Bodies named beside a map; the table has all.
const LISTED: usize = 60;
/// Cells of a region by those of the whole sheet.
const LARGE: f64 = 3.0;
/// Of the names on the map, in units of the sheet: width of a letter, height of a line, from the mark to the name.
const LETTER: f64 = 8.4;
const LINE: f64 = 18.0;
const BESIDE: f64 = 13.0;

#[derive(Template)]
#[template(path = "map.html")]
struct Map<'v> {
    chrome: Chrome,
    view: MapView,
    kinds: Vec<(&'v str, &'v str)>,
    kind: &'v str,
    statuses: Vec<(&'static str, &'static str)>,
    status: &'v str,
    /// Address of each view, its name, and whether it is this one.
    views: Vec<(String, &'static str, bool)>,
    width: f64,
    height: f64,
    /// The coast, where places are where they are, and how it is enlarged.
    outline: &'static str,
    transform: String,
    places: Vec<(&'v str, &'v str)>,
    place: &'v str,
    tiles: Vec<Tile<'v>>,
    key: Vec<Key>,
    /// Bodies without a position, in words.
    unplaced: Option<String>,
    /// Marks of bodies of which nothing is known, as one path.
    silent: String,
    known: Vec<Mark<'v>>,
    table: String,
    counted: String,
}

struct Mark<'v> {
    id: &'v str,
    body: &'v BodyId,
    name: &'v str,
    status: Option<Status>,
    at: Option<Point>,
    /// How much larger cells are than those of the whole sheet.
    enlarged: f64,
    /// Its name stands beside it.
    named: bool,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/map", get(map))
}

async fn map(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<MapQuery>,
) -> Result<Response, Trouble> {
    let bodies = shown(&view, &query);
    let tiles = match query.view {
        MapView::Regions => tiles(&view, &bodies, query.kind.as_deref()),
        _ => Vec::new(),
    };
    let points: Vec<Point> = bodies
        .iter()
        .filter_map(|(body, _)| body.position)
        .map(point)
        .collect();
    let window = match query.place {
        Some(_) => Window::around(&points),
        None => Window::WHOLE,
    };
    let points: Vec<Point> = points.into_iter().map(|place| window.seen(place)).collect();
    let enlarged = if query.place.is_some() { LARGE } else { 1.0 };
    let mut places = match query.view {
        MapView::Hex => cells(&points, CELL * enlarged),
        _ => points,
    }
    .into_iter();
    let marks = bodies.iter().map(|(body, status)| Mark {
        id: body.id.as_str(),
        body: &body.id,
        name: &body.name,
        status: *status,
        at: body.position.and_then(|_| places.next()),
        enlarged,
        named: false,
    });
    let (mut known, silent): (Vec<Mark<'_>>, Vec<Mark<'_>>) = marks.partition(|mark| mark.status.is_some());
    if query.view == MapView::Points || query.place.is_some() {
        name(&mut known);
    }
    let of = |marks: &[Mark<'_>]| view.headcount(marks.iter().filter_map(|mark| view.body(mark.body)));
    let (told, untold) = (of(&known), of(&silent));
    let gone = match told.gone {
        0 => String::new(),
        gone => format!(
            ", and of {}",
            words::count(gone, "body that is no more", "bodies that are no more")
        ),
    };
    let counted = format!(
        "Something is known of {} of {}{gone}",
        words::number(told.today),
        words::count(told.today + untold.today, "body", "bodies")
    );
    let quiet = silent.iter().filter_map(|mark| mark.at);
    let (silent, outline) = match query.view {
        MapView::Hex => (hexagons(quiet, CELL * enlarged), ""),
        _ => (dots(quiet), outline()),
    };
    let views = [MapView::Points, MapView::Regions, MapView::Hex, MapView::Table].map(|one| {
        let other = MapQuery {
            view: one,
            ..query.clone()
        };
        (address("/map", &other), one.label(), one == query.view)
    });
    page(&Map {
        chrome: Chrome::new(&view, "/map", "Map"),
        kinds: kinds(&view),
        kind: query.kind.as_deref().unwrap_or_default(),
        statuses: Status::ALL
            .iter()
            .map(|it| (it.as_str(), words::status(*it)))
            .collect(),
        status: query.status.map_or("", Status::as_str),
        views: Vec::from(views),
        width: WIDTH,
        height: HEIGHT,
        places: view.places().into_keys().map(|place| (place, place)).collect(),
        place: query.place.as_deref().unwrap_or_default(),
        transform: window.transform(),
        unplaced: unplaced(&view, &bodies),
        key: KEY.map(Key::of).into(),
        tiles,
        counted,
        outline,
        silent,
        table: address(
            "/map",
            &MapQuery {
                view: MapView::Table,
                ..query.clone()
            },
        ),
        known,
        view: query.view,
    })
}

/// A mark of the key, in a square of 24.
struct Key {
    class: &'static str,
    shape: String,
    pattern: Option<&'static str>,
    words: &'static str,
}

impl Key {
    fn of((status, words): (Status, &'static str)) -> Self {
        Self {
            class: status.as_str(),
            shape: shape(status, Point { x: 12.0, y: 12.0 }),
            pattern: pattern(status),
            words,
        }
    }
}

/// One of each shape and filling.
const KEY: [(Status, &str); 7] = [
    (Status::InUse, "in use"),
    (Status::Bought, "bought"),
    (Status::RemovalPlanned, "removal planned"),
    (Status::Removed, "removed, formerly"),
    (Status::Denied, "says none"),
    (Status::Refused, "does not say"),
    (Status::NoEvidence, "named only"),
];

/// `Of 12 police forces and 3 universities no place is known ...`; nothing where all have one.
fn unplaced(view: &View, bodies: &[(&PublicBody, Option<Status>)]) -> Option<String> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    let mut known = 0;
    for (body, status) in bodies.iter().filter(|(body, _)| body.position.is_none()) {
        *kinds.entry(&body.kind).or_default() += 1;
        known += usize::from(status.is_some());
    }
    let all: usize = kinds.values().sum();
    if all == 0 {
        return None;
    }
    let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
    let told = kinds.iter().map(|(kind, count)| {
        let label = words::label(view.catalogue(), "body-kinds", kind);
        format!("{label} {count}")
    });
    let told: Vec<String> = told.collect();
    Some(format!(
        "No place is known of {} of these bodies ({}); something is known of {known} of them. They stand in the views by \
         region and as a table.",
        words::number(all as u64),
        told.join(", ")
    ))
}

/// Names those marks whose names cover no other name and no mark, and stay on the sheet: the list beside the map has all.
fn name(marks: &mut [Mark<'_>]) {
    let points: Vec<Point> = marks.iter().filter_map(|mark| mark.at).collect();
    let mut taken: Vec<(Point, Point)> = Vec::new();
    for mark in marks.iter_mut() {
        let Some((low, high)) = mark.label() else {
            continue;
        };
        let inside = low.x > 0.0 && high.x < WIDTH;
        let apart = |(other, end): &(Point, Point)| {
            low.x > end.x || high.x < other.x || low.y > end.y || high.y < other.y
        };
        let covers = |at: &Point| {
            let near = BESIDE - 4.0;
            at.x + near > low.x && at.x - near < high.x && at.y + near > low.y && at.y - near < high.y
        };
        let mut others = points.iter().filter(|at| mark.at != Some(**at));
        if inside && taken.iter().all(apart) && !others.any(covers) {
            taken.push((low, high));
            mark.named = true;
        }
    }
}

/// The map in small: marks of what is not known, of what is known by status, and how many those are.
pub(super) struct Little {
    pub(super) silent: String,
    pub(super) known: Vec<(&'static str, String)>,
}

pub(super) fn little(view: &View) -> Little {
    let bodies = shown(view, &MapQuery::default());
    let of = |wanted: Option<Status>| {
        let own = bodies.iter().filter(move |(_, status)| *status == wanted);
        dots(own.filter_map(|(body, _)| body.position).map(point))
    };
    let known = Status::ALL
        .iter()
        .map(|status| (status.as_str(), of(Some(*status))));
    Little {
        silent: of(None),
        known: known.filter(|(_, marks)| !marks.is_empty()).collect(),
    }
}

/// Bodies on the map, with the status that stands out where it is asked for.
pub(crate) fn shown<'v>(view: &'v View, query: &MapQuery) -> Vec<(&'v PublicBody, Option<Status>)> {
    let of_kind = BodyQuery {
        kind: query.kind.clone(),
        place: query.place.clone(),
        ..BodyQuery::default()
    };
    let there = |body: &&PublicBody| body.existed(Some(view.today)) || !view.findings_of(&body.id).is_empty();
    let bodies = of_kind.of(view).into_iter().filter(there);
    let wanted = |status: &Status| query.status.is_none_or(|wanted| wanted == *status);
    bodies
        .map(|body| (body, standing_out(view, body).filter(wanted)))
        .collect()
}

/// Of several findings, the one that says most: what is there before what is gone before what is denied.
fn standing_out(view: &View, body: &PublicBody) -> Option<Status> {
    let rank = |status: &Status| Status::ALL.iter().position(|it| it == status);
    let statuses = view.findings_of(&body.id).iter().map(|finding| finding.status);
    statuses.min_by_key(|status| match status {
        Status::RemovalPlanned => rank(&Status::Bought),
        Status::Bought => rank(&Status::Formerly),
        Status::Formerly => rank(&Status::RemovalPlanned),
        other => rank(other),
    })
}

impl<'v> Map<'v> {
    /// Of the list beside a map, or of the table.
    fn listed(&self) -> &[Mark<'v>] {
        match self.view {
            MapView::Table => &self.known,
            _ => self.known.get(..LISTED).unwrap_or(&self.known),
        }
    }
}

/// What a mark is filled with, by its id in the page.
fn pattern(status: Status) -> Option<&'static str> {
    match status {
        Status::InUse => None,
        Status::Bought => Some("upright"),
        Status::RemovalPlanned => Some("hatch"),
        Status::Removed | Status::Formerly => Some("dots"),
        Status::Denied => Some("level"),
        Status::Refused | Status::NoEvidence => Some("grid"),
    }
}

impl Mark<'_> {
    fn pattern(&self) -> Option<&'static str> {
        pattern(self.status?)
    }

    fn shape(&self) -> String {
        let placed = self.status.zip(self.at);
        placed.map_or_else(String::new, |(status, at)| shape(status, at))
    }

    /// In a cell, which has the same corners whatever is known.
    fn sign(&self) -> Option<&'static str> {
        match self.status? {
            Status::Denied => Some("\u{2013}"),
            Status::Refused => Some("?"),
            Status::Removed | Status::Formerly => Some("\u{d7}"),
            _ => None,
        }
    }

    /// On which side of the mark its name stands, so that it stays on the sheet.
    fn side(&self) -> &'static str {
        if self.at.is_some_and(|at| at.x > WIDTH * 0.6) {
            "end"
        } else {
            "start"
        }
    }

    fn beside(&self) -> f64 {
        let aside = if self.side() == "end" { -BESIDE } else { BESIDE };
        self.at.map_or(0.0, |at| at.x + aside)
    }

    /// The room that its name takes, from corner to corner.
    fn label(&self) -> Option<(Point, Point)> {
        let at = self.at?;
        #[allow(clippy::cast_precision_loss, reason = "names have a few letters")]
        let wide = self.name.chars().count() as f64 * LETTER;
        let from = self.beside();
        let (west, east) = if self.side() == "end" {
            (from - wide, from)
        } else {
            (from, from + wide)
        };
        let corner = |x, y| Point { x, y };
        Some((corner(west, at.y - LINE / 2.0), corner(east, at.y + LINE / 2.0)))
    }

    fn class(&self) -> &'static str {
        self.status.map_or("nothing", Status::as_str)
    }

    fn words(&self) -> &'static str {
        self.status.map_or("Nothing known", words::status)
    }

    fn corners(&self) -> String {
        self.at
            .map(|at| corners(at, CELL * self.enlarged))
            .unwrap_or_default()
    }
}
