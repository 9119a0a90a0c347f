//! `/api/v1/makers`, `/api/v1/makers/ID` and `/api/v1/labels`

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_catalogue::MadeBy;
use stripout_model::{BrandId, MakerId};

use super::schema::fields;
use super::{Gives, Resource, many, nothing, one};
use crate::list::PageQuery;
use crate::page::{Asked, Part};
use crate::trouble::Trouble;
use crate::view::View;

const MAKERS: &str = "/api/v1/makers";
const LABELS_PATH: &str = "/api/v1/labels";

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

pub(super) const LIST: Resource = Resource {
    path: MAKERS,
    what: "makers: who they are",
    gives: Gives::Many("MakerRow"),
    asks: fields::<PageQuery>,
    route: || get(makers),
};

pub(super) const ONE: Resource = Resource {
    path: "/api/v1/makers/{id}",
    what: "a maker: ownership, listings, labels, claims with replies",
    gives: Gives::One("Dossier"),
    asks: nothing,
    route: || get(maker),
};

pub(super) const LABELS: Resource = Resource {
    path: LABELS_PATH,
    what: "labels and who makes them, by line and day",
    gives: Gives::Many("Label"),
    asks: fields::<PageQuery>,
    route: || get(labels),
};

async fn makers(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let rows = view.makers().into_iter().map(|maker| MakerRow {
        id: &maker.id,
        label: &maker.label,
        legal_name: &maker.legal_name,
        jurisdiction: &maker.jurisdiction,
    });
    let part = Part::asked(rows, query.page, query.cursor.as_deref(), query.size(), |it| {
        it.id.clone()
    })?;
    Ok(many(&view, part, MAKERS, &query))
}

async fn maker(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let id: MakerId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let dossier = view.dossier(&id).ok_or(Trouble::NotFound)?;
    Ok(one(&view, dossier))
}

async fn labels(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let rows = view.labels().into_iter().map(|brand| LabelRow {
        id: &brand.id,
        label: &brand.label,
        made_by: brand.made_by.iter().filter(|it| view.may_tell(it)).collect(),
    });
    let part = Part::asked(rows, query.page, query.cursor.as_deref(), query.size(), |it| {
        it.id.clone()
    })?;
    Ok(many(&view, part, LABELS_PATH, &query))
}
