//! `/api/v1/makers`, `/api/v1/makers/ID` and `/api/v1/labels`

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Serialize;
use stripout_catalogue::MadeBy;
use stripout_model::{BrandId, MakerId};

use super::{many, one};
use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Part, ROWS};
use crate::trouble::Trouble;
use crate::view::View;

const MAKERS: &str = "/api/v1/makers";
const LABELS: &str = "/api/v1/labels";

#[derive(Serialize)]
struct MakerRow<'v> {
    id: &'v MakerId,
    label: &'v str,
    legal_name: &'v str,
    jurisdiction: &'v str,
}

#[derive(Serialize)]
struct LabelRow<'v> {
    id: &'v BrandId,
    label: &'v str,
    made_by: Vec<&'v MadeBy>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route(MAKERS, get(makers))
        .route("/api/v1/makers/{id}", get(maker))
        .route(LABELS, get(labels))
}

async fn makers(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    let rows = view.makers().into_iter().map(|maker| MakerRow {
        id: &maker.id,
        label: &maker.label,
        legal_name: &maker.legal_name,
        jurisdiction: &maker.jurisdiction,
    });
    many(&view, Part::of(rows, query.page, ROWS), MAKERS, &query)
}

async fn maker(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let id: MakerId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let dossier = view.dossier(&id).ok_or(Trouble::NotFound)?;
    Ok(one(&view, dossier))
}

async fn labels(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    let rows = view.labels().into_iter().map(|brand| LabelRow {
        id: &brand.id,
        label: &brand.label,
        made_by: brand.made_by.iter().filter(|it| view.may_tell(it)).collect(),
    });
    many(&view, Part::of(rows, query.page, ROWS), LABELS, &query)
}
