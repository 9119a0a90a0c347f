//! `/api/v1/bodies`, `/api/v1/bodies/ID` and `/api/v1/bodies/ID/sightings`

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Serialize;
use stripout_catalogue::PublicBody;
use stripout_model::{BodyId, Finding};

use super::{many, one};
use crate::app::App;
use crate::list::{BodyQuery, PageQuery};
use crate::page::{Asked, Part, ROWS};
use crate::trouble::Trouble;
use crate::view::View;

const PATH: &str = "/api/v1/bodies";
/// Sightings in one part.
const SIGHTINGS: usize = 20;

/// A body with what is known of it.
#[derive(Serialize)]
struct Known<'v> {
    body: &'v PublicBody,
    findings: &'v [Finding],
    /// Their ids.
    alerts: Vec<&'v str>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route(PATH, get(list))
        .route("/api/v1/bodies/{id}", get(body))
        .route("/api/v1/bodies/{id}/sightings", get(sightings))
}

async fn list(Extension(view): Extension<Arc<View>>, Asked(query): Asked<BodyQuery>) -> Response {
    let part = Part::of(query.of(&view), query.page, ROWS);
    many(&view, part, PATH, &query)
}

async fn body(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let body = known(&view, &id)?;
    let known = Known {
        body,
        findings: view.findings_of(&body.id),
        alerts: view.alerts_of(&body.id).map(|alert| alert.id.as_str()).collect(),
    };
    Ok(one(&view, known))
}

async fn sightings(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let body = known(&view, &id)?;
    let ids = Part::of(view.sighting_ids(&body.id), query.page, SIGHTINGS);
    let part = Part {
        rows: view.sightings(&ids.rows).await?,
        number: ids.number,
        parts: ids.parts,
        total: ids.total,
    };
    Ok(many(
        &view,
        part,
        &format!("{PATH}/{}/sightings", body.id),
        &query,
    ))
}

fn known<'v>(view: &'v View, id: &str) -> Result<&'v PublicBody, Trouble> {
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    view.body(&id).ok_or(Trouble::NotFound)
}
