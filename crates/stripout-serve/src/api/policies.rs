//! `/api/v1/policies`, `/api/v1/policies/ID` and `/api/v1/gap`

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Serialize;
use stripout_catalogue::{Policy, PolicyStatus};
use stripout_judge::{Change, Gap};

use super::{many, one};
use crate::app::App;
use crate::list::{GapQuery, PageQuery};
use crate::page::{Asked, Part, ROWS};
use crate::routes::gap::unknown;
use crate::trouble::Trouble;
use crate::view::{Reach, View};

const POLICIES: &str = "/api/v1/policies";

#[derive(Serialize)]
struct PolicyRow<'v> {
    id: &'v str,
    title: &'v str,
    jurisdiction: &'v str,
    kind: &'v str,
    adopted: &'v str,
    status: PolicyStatus,
}

#[derive(Serialize)]
struct Told<'v> {
    policy: &'v Policy,
    reach: Reach,
    /// What would stand otherwise with it in force.
    what_if: Vec<Change>,
}

#[derive(Serialize)]
struct Table {
    table: Gap,
    changes: Vec<Change>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route(POLICIES, get(policies))
        .route("/api/v1/policies/{id}", get(policy))
        .route("/api/v1/gap", get(gap))
}

async fn policies(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    let rows = view.catalogue().policies.values().map(|policy| PolicyRow {
        id: &policy.id,
        title: &policy.title,
        jurisdiction: &policy.jurisdiction,
        kind: &policy.kind,
        adopted: &policy.adopted,
        status: policy.status,
    });
    many(&view, Part::of(rows, query.page, ROWS), POLICIES, &query)
}

async fn policy(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let policy = view.catalogue().policies.get(&id).ok_or(Trouble::NotFound)?;
    let told = Told {
        reach: view.reach(&id)?,
        what_if: view.changes(&id)?,
        policy,
    };
    Ok(one(&view, told))
}

async fn gap(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<GapQuery>,
) -> Result<Response, Trouble> {
    let what_if = query.what_if.as_deref();
    if let Some(id) = what_if.filter(|id| !view.catalogue().policies.contains_key(*id)) {
        return Err(unknown(id));
    }
    let table = Table {
        table: view.gap_by(query.by.by(), what_if)?,
        changes: match what_if {
            Some(policy) => view.changes(policy)?,
            None => Vec::new(),
        },
    };
    Ok(one(&view, table))
}
