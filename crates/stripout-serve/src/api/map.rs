//! `/api/v1/map`: the bodies of the map and where they are.

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_catalogue::Position;
use stripout_model::{BodyId, Status};

use super::schema::fields;
use super::{Gives, Resource, one};
use crate::list::MapQuery;
use crate::page::Asked;
use crate::routes::map::shown;
use crate::view::View;

pub(super) const MAP: Resource = Resource {
    path: "/api/v1/map",
    what: "bodies of the map with their places and where they stand",
    gives: Gives::All("Place"),
    asks: fields::<MapQuery>,
    route: || get(map),
};

#[derive(Serialize)]
struct Mark<'v> {
    id: &'v BodyId,
    name: &'v str,
    kind: &'v str,
    /// `None`: nothing is known, which is not the same as nothing there.
    status: Option<Status>,
    position: Option<Position>,
}

async fn map(Extension(view): Extension<Arc<View>>, Asked(query): Asked<MapQuery>) -> Response {
    let marks = shown(&view, &query).into_iter().map(|(body, status)| Mark {
        id: &body.id,
        name: &body.name,
        kind: &body.kind,
        status,
        position: body.position,
    });
    one(&view, marks.collect::<Vec<_>>())
}
