//! `/api/v1/search?q=`

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_model::{BodyId, BrandId, MakerId, Status};

use super::schema::fields;
use super::{Gives, Resource, one};
use crate::list::SearchQuery;
use crate::page::Asked;
use crate::view::View;

/// Of each sort.
const MOST: usize = 50;

#[derive(Serialize)]
struct Found<'v> {
    bodies: Vec<FoundBody<'v>>,
    makers: Vec<MakerId>,
    brands: Vec<BrandId>,
}

#[derive(Serialize)]
struct FoundBody<'v> {
    id: &'v BodyId,
    name: &'v str,
    kind: &'v str,
    statuses: Vec<Status>,
}

pub(super) const SEARCH: Resource = Resource {
    path: "/api/v1/search",
    what: "bodies, makers and labels by the beginnings of words",
    gives: Gives::One,
    asks: fields::<SearchQuery>,
    route: || get(search),
};

async fn search(Extension(view): Extension<Arc<View>>, Asked(query): Asked<SearchQuery>) -> Response {
    let hits = view.names().find(&query.q, view.bodies());
    let bodies = hits.bodies.iter().take(MOST).filter_map(|id| view.body(id));
    let found = Found {
        bodies: bodies
            .map(|body| FoundBody {
                id: &body.id,
                name: &body.name,
                kind: &body.kind,
                statuses: view.findings_of(&body.id).iter().map(|it| it.status).collect(),
            })
            .collect(),
        makers: hits
            .makers
            .into_iter()
            .filter(|id| view.maker(id).is_some())
            .take(MOST)
            .collect(),
        brands: hits
            .brands
            .into_iter()
            .filter(|id| view.label(id).is_some())
            .take(MOST)
            .collect(),
    };
    one(&view, found)
}
