//! `/policies` and `/policies/ID`: what an instrument says, clause by clause, its worked cases, what it reaches here, and
//! what it would change.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_catalogue::{Policy, Provision, Situation};
use stripout_judge::{Change, work_case};

use crate::app::App;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Cited, Reach, View};
use crate::{ServeError, words};

#[derive(Template)]
#[template(path = "policies.html")]
struct Policies<'v> {
    chrome: Chrome,
    rows: Vec<Row<'v>>,
}

struct Row<'v> {
    policy: &'v Policy,
    place: &'v str,
    kind: &'v str,
    status: &'v str,
}

#[derive(Template)]
#[template(path = "policy.html")]
struct PolicyPage<'v> {
    chrome: Chrome,
    policy: &'v Policy,
    place: &'v str,
    kind: &'v str,
    status: &'v str,
    clauses: Vec<Clause<'v>>,
    cases: Vec<Worked>,
    reach: Reach,
    changed: String,
    changes: Vec<Change>,
    sources: Vec<Cited>,
}

struct Clause<'v> {
    provision: &'v Provision,
    effect: &'v str,
    days: String,
    source: Vec<Cited>,
}

struct Worked {
    given: String,
    outcome: &'static str,
    why: String,
    what_if: bool,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/policies", get(policies))
        .route("/policies/{id}", get(policy))
}

async fn policies(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let catalogue = view.catalogue();
    let mut rows: Vec<Row<'_>> = view
        .policies()
        .map(|policy| Row {
            place: words::meaning_of(catalogue, "nations", &policy.jurisdiction),
            kind: words::meaning_of(catalogue, "policy-kinds", &policy.kind),
            status: words::meaning_of(catalogue, "policy-status", policy.status.as_str()),
            policy,
        })
        .collect();
    rows.sort_by_key(|row| (row.place, &row.policy.adopted, &row.policy.id));
    page(&Policies {
        chrome: Chrome::new(&view, "/policies", "Rules and promises"),
        rows,
    })
}

async fn policy(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let catalogue = view.catalogue();
    let policy = view.policy(&id).ok_or(Trouble::NotFound)?;
    let clauses = policy
        .provisions
        .iter()
        .filter(|it| view.may_tell_clause(it))
        .map(|it| Clause {
            provision: it,
            effect: words::meaning_of(catalogue, "policy-effects", it.effect.as_str()),
            days: days(it),
            source: view.cited([&it.source]),
        });
    let mut cases = Vec::new();
    for case in &policy.cases {
        let worked = work_case(catalogue, policy, case).map_err(ServeError::from)?;
        let determined = worked.reasoning.determination;
        cases.push(Worked {
            given: given(&case.given, &view),
            outcome: words::coverage(determined.coverage),
            why: words::reason(&policy.title, &determined.why).to_owned(),
            what_if: case.what_if,
        });
    }
    let changes = view.changes(&id)?;
    let cited = policy.sources.iter().filter(|it| view.may_state(it.verification));
    page(&PolicyPage {
        chrome: Chrome::new(&view, "/policies", policy.title.clone()),
        place: words::meaning_of(catalogue, "nations", &policy.jurisdiction),
        kind: words::meaning_of(catalogue, "policy-kinds", &policy.kind),
        status: words::meaning_of(catalogue, "policy-status", policy.status.as_str()),
        clauses: clauses.collect(),
        cases,
        reach: view.reach(&id)?,
        changed: words::count(changes.len() as u64, "finding", "findings"),
        changes,
        sources: view.cited(cited.map(|it| &it.citation)),
        policy,
    })
}

fn days(provision: &Provision) -> String {
    let mut days = Vec::new();
    days.extend(provision.from.as_ref().map(|day| format!("from {day}")));
    days.extend(provision.until.as_ref().map(|day| format!("until {day}")));
    days.extend(
        provision
            .deadline
            .as_ref()
            .map(|day| format!("to be done by {day}")),
    );
    days.join(", ")
}

/// A situation in a line: `Council, Hikvision, keep, 1 January 2024`
fn given(situation: &Situation, view: &View) -> String {
    let catalogue = view.catalogue();
    let mut parts: Vec<String> = Vec::new();
    match &situation.id {
        Some(id) => parts.push(view.name_of(id).to_owned()),
        None => parts.extend(
            situation
                .body
                .iter()
                .map(|it| words::label(catalogue, "body-kinds", it).to_owned()),
        ),
    }
    parts.extend(
        situation
            .nation
            .iter()
            .map(|it| words::meaning_of(catalogue, "nations", it).to_owned()),
    );
    parts.extend(situation.maker.iter().map(|it| view.maker_label(it).to_owned()));
    parts.extend(
        situation
            .act
            .iter()
            .map(|it| words::meaning_of(catalogue, "acts", it).to_owned()),
    );
    for (criterion, so) in &situation.site {
        let criterion = criterion.replace('-', " ");
        parts.push(if *so {
            format!("site: {criterion}")
        } else {
            format!("site: not {criterion}")
        });
    }
    parts.extend(
        situation
            .made_in
            .iter()
            .map(|it| format!("made in {}", words::meaning_of(catalogue, "nations", it))),
    );
    parts.extend(situation.date.iter().map(ToString::to_string));
    parts.join(", ")
}
