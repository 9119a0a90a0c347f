//! `/api/v1/findings` and `/api/v1/findings/ID`

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;

use super::schema::fields;
use super::{Gives, Resource, many, nothing, one};
use crate::list::FindingQuery;
use crate::page::{Asked, Part};
use crate::trouble::Trouble;
use crate::view::View;

const PATH: &str = "/api/v1/findings";

pub(super) const LIST: Resource = Resource {
    path: PATH,
    what: "findings: body, maker, status, days, sentence, ids of evidence",
    gives: Gives::Many("Finding"),
    asks: fields::<FindingQuery>,
    route: || get(list),
};

pub(super) const ONE: Resource = Resource {
    path: "/api/v1/findings/{id}",
    what: "one finding",
    gives: Gives::One("Finding"),
    asks: nothing,
    route: || get(finding),
};

async fn list(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<FindingQuery>,
) -> Result<Response, Trouble> {
    query.known(&view)?;
    let (found, cursor) = (query.of(&view), query.cursor.as_deref());
    let part = Part::asked(found, query.page, cursor, query.size(), |it| it.id.as_str())?;
    Ok(many(&view, part, PATH, &query))
}

async fn finding(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let finding = view.finding(&id).ok_or_else(|| view.no_finding(&id))?;
    Ok(one(&view, finding))
}
