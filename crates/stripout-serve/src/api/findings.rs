//! `/api/v1/findings` and `/api/v1/findings/ID`

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use super::{many, one};
use crate::app::App;
use crate::list::FindingQuery;
use crate::page::{Asked, Part, ROWS};
use crate::trouble::Trouble;
use crate::view::View;

const PATH: &str = "/api/v1/findings";

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route(PATH, get(list))
        .route("/api/v1/findings/{id}", get(finding))
}

async fn list(Extension(view): Extension<Arc<View>>, Asked(query): Asked<FindingQuery>) -> Response {
    let part = Part::of(query.of(&view), query.page, ROWS);
    many(&view, part, PATH, &query)
}

async fn finding(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let finding = view.finding(&id).ok_or_else(|| view.no_finding(&id))?;
    Ok(one(&view, finding))
}
