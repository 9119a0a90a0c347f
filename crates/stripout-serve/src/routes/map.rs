//! `/map`: bodies where they are, one cell for each, or as a table: three views of one address.

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
use crate::map::{HEIGHT, Point, WIDTH, cells, corners, dots, hexagons, outline, point};
use crate::page::{Asked, Chrome, address, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Bodies named beside a map; the table has all.
const LISTED: usize = 60;

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
    /// The coast, where places are where they are.
    outline: &'static str,
    /// Marks of bodies of which nothing is known, as one path.
    silent: String,
    known: Vec<Mark<'v>>,
    table: String,
    /// Known bodies of which no place is known.
    nowhere: usize,
    counted: String,
}

struct Mark<'v> {
    id: &'v str,
    body: &'v BodyId,
    name: &'v str,
    status: Option<Status>,
    at: Option<Point>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/map", get(map))
}

async fn map(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<MapQuery>,
) -> Result<Response, Trouble> {
    let bodies = shown(&view, &query);
    let points: Vec<Point> = bodies
        .iter()
        .filter_map(|(body, _)| body.position)
        .map(point)
        .collect();
    let mut places = match query.view {
        MapView::Hex => cells(&points),
        MapView::Points | MapView::Table => points,
    }
    .into_iter();
    let marks = bodies.iter().map(|(body, status)| Mark {
        id: body.id.as_str(),
        body: &body.id,
        name: &body.name,
        status: *status,
        at: body.position.and_then(|_| places.next()),
    });
    let (known, silent): (Vec<Mark<'_>>, Vec<Mark<'_>>) = marks.partition(|mark| mark.status.is_some());
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
        MapView::Hex => (hexagons(quiet), ""),
        MapView::Points | MapView::Table => (dots(quiet), outline()),
    };
    let views = [MapView::Points, MapView::Hex, MapView::Table].map(|one| {
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
        nowhere: known.iter().filter(|mark| mark.at.is_none()).count(),
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
            MapView::Points | MapView::Hex => self.known.get(..LISTED).unwrap_or(&self.known),
        }
    }
}

impl Mark<'_> {
    /// What it is filled with, by its id in the page: whoever has none and whoever does not say are two marks.
    fn pattern(&self) -> Option<&'static str> {
        match self.status? {
            Status::InUse => None,
            Status::Bought => Some("upright"),
            Status::RemovalPlanned => Some("hatch"),
            Status::Removed | Status::Formerly => Some("dots"),
            Status::Denied => Some("level"),
            Status::Refused | Status::NoEvidence => Some("grid"),
        }
    }

    fn class(&self) -> &'static str {
        self.status.map_or("nothing", Status::as_str)
    }

    fn words(&self) -> &'static str {
        self.status.map_or("Nothing known", words::status)
    }

    fn corners(&self) -> String {
        self.at.map(corners).unwrap_or_default()
    }
}
