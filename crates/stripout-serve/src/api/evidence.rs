//! `/api/v1/evidence/ID`: one piece of evidence, with all that is needed to find it again.

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use stripout_register::RowId;

use super::{Gives, Resource, nothing, one};
use crate::trouble::Trouble;
use crate::view::View;

pub(super) const ONE: Resource = Resource {
    path: "/api/v1/evidence/{id}",
    what: "one piece of evidence: the words, why they say so, and where they stand",
    gives: Gives::One("Evidence"),
    asks: nothing,
    route: || get(evidence),
};

async fn evidence(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: RowId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let proof = view.proof(id).await?.ok_or_else(|| view.no_evidence(id))?;
    Ok(one(&view, proof))
}
