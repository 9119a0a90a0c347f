//! `/api/v1/policies`, `/api/v1/policies/ID` and `/api/v1/gap`

use std::sync::Arc;

use axum::Extension;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use stripout_catalogue::{Policy, PolicyStatus};
use stripout_judge::{Change, Gap};

use super::schema::fields;
use super::{Gives, Resource, many, nothing, one};
use crate::list::{GapQuery, PageQuery};
use crate::page::{Asked, Part};
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
struct Told {
    policy: Policy,
    reach: Reach,
    /// What would stand otherwise with it in force.
    what_if: Vec<Change>,
}

#[derive(Serialize)]
struct Table {
    table: Gap,
    changes: Vec<Change>,
}

pub(super) const LIST: Resource = Resource {
    path: POLICIES,
    what: "instruments",
    gives: Gives::Many("PolicyRow"),
    asks: fields::<PageQuery>,
    route: || get(policies),
};

pub(super) const ONE: Resource = Resource {
    path: "/api/v1/policies/{id}",
    what: "an instrument, clause by clause, with worked cases and what it would change",
    gives: Gives::One("PolicyKnown"),
    asks: nothing,
    route: || get(policy),
};

pub(super) const GAP: Resource = Resource {
    path: "/api/v1/gap",
    what: "what is there by how the rules stand to it",
    gives: Gives::One("Gap"),
    asks: fields::<GapQuery>,
    route: || get(gap),
};

async fn policies(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let rows = view.policies().map(|policy| PolicyRow {
        id: &policy.id,
        title: &policy.title,
        jurisdiction: &policy.jurisdiction,
        kind: &policy.kind,
        adopted: &policy.adopted,
        status: policy.status,
    });
    let part = Part::asked(rows, query.page, query.cursor.as_deref(), query.size(), |it| {
        it.id
    })?;
    Ok(many(&view, part, POLICIES, &query))
}

async fn policy(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let mut policy = view.policy(&id).ok_or(Trouble::NotFound)?.clone();
    policy.provisions.retain(|it| view.may_tell_clause(it));
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
    if let Some(id) = what_if.filter(|id| view.policy(id).is_none()) {
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
