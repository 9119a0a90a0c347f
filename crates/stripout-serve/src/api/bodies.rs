//! `/api/v1/bodies`, `/api/v1/bodies/ID` and `/api/v1/bodies/ID/sightings`

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_catalogue::PublicBody;
use stripout_model::{BodyId, Finding};

use super::schema::fields;
use super::{Gives, Resource, many, nothing, one};
use crate::list::{BodyQuery, PageQuery};
use crate::page::{Asked, Part};
use crate::trouble::Trouble;
use crate::view::View;

const PATH: &str = "/api/v1/bodies";
/// Sightings in one part.
const TOGETHER: usize = 20;
const MOST_TOGETHER: usize = 100;

/// A body with what is known of it.
#[derive(Serialize)]
struct Known<'v> {
    body: &'v PublicBody,
    findings: &'v [Finding],
    /// Their ids.
    alerts: Vec<&'v str>,
}

pub(super) const LIST: Resource = Resource {
    path: PATH,
    what: "public bodies with their ids in registers",
    gives: Gives::Many("Body"),
    asks: fields::<BodyQuery>,
    route: || get(list),
};

pub(super) const ONE: Resource = Resource {
    path: "/api/v1/bodies/{id}",
    what: "a body and what is known of it",
    gives: Gives::One("BodyKnown"),
    asks: nothing,
    route: || get(body),
};

pub(super) const SIGHTINGS: Resource = Resource {
    path: "/api/v1/bodies/{id}/sightings",
    what: "the evidence behind what is known of a body",
    gives: Gives::Many("Evidence"),
    asks: fields::<PageQuery>,
    route: || get(sightings),
};

async fn list(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<BodyQuery>,
) -> Result<Response, Trouble> {
    query.known(&view)?;
    let (found, cursor) = (query.of(&view), query.cursor.as_deref());
    let part = Part::asked(found, query.page, cursor, query.size(), |it| it.id.as_str())?;
    Ok(many(&view, part, PATH, &query))
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
    let (ids, cursor) = (view.sighting_ids(&body.id), query.cursor.as_deref());
    let size = query.limit.map_or(TOGETHER, |limit| limit.0.min(MOST_TOGETHER));
    let ids = Part::asked(ids, query.page, cursor, size, |id| *id)?;
    let part = Part {
        rows: view.sightings(&ids.rows).await?,
        number: ids.number,
        parts: ids.parts,
        total: ids.total,
        cursor: ids.cursor,
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
