//! `/bodies/ID/briefing`: one page to print, its sources as footnotes.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::BodyId;

use crate::app::App;
use crate::claim::Claim;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Proof, View};
use crate::words;

/// What fits on the page.
const FINDINGS: usize = 5;
const ALERTS: usize = 2;
const PROMISES: usize = 2;

#[derive(Template)]
#[template(path = "briefing.html")]
struct Briefing<'v> {
    chrome: Chrome,
    id: &'v str,
    name: &'v str,
    kind: &'v str,
    place: &'v str,
    points: Vec<Stated<'v>>,
    alerts: Vec<String>,
    promises: Vec<String>,
    /// Findings that do not fit.
    more: usize,
    revision: String,
}

/// A finding with the number of its footnote.
struct Stated<'v> {
    claim: Claim<'v>,
    note: usize,
    proof: Option<Proof>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/bodies/{id}/briefing", get(briefing))
}

async fn briefing(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let body = view.body(&id).ok_or(Trouble::NotFound)?;
    let findings = view.findings_of(&id);
    let mut points = Vec::new();
    for (number, finding) in findings.iter().take(FINDINGS).enumerate() {
        let first: Vec<&str> = finding.sightings.iter().take(1).map(String::as_str).collect();
        points.push(Stated {
            claim: Claim::of(finding, &view),
            note: number + 1,
            proof: view.sightings(&first).await?.into_iter().next(),
        });
    }
    let promises = view.promises_of(&id).take(PROMISES).map(|promised| {
        let what = &promised.said.what;
        format!(
            "\"{}\" ({})",
            view.quote(Some(&id), &what.evidence).text(),
            words::days(what.days.document.or(promised.said.written), None)
        )
    });
    page(&Briefing {
        chrome: Chrome::new(&view, "/bodies", format!("Briefing: {}", body.name)),
        id: body.id.as_str(),
        name: &body.name,
        kind: words::label(view.catalogue(), "body-kinds", &body.kind),
        place: words::place(view.catalogue(), body),
        more: findings.len().saturating_sub(FINDINGS),
        points,
        alerts: view
            .alerts_of(&id)
            .take(ALERTS)
            .map(|alert| alert.sentence.clone())
            .collect(),
        promises: promises.collect(),
        revision: view.revision.clone(),
    })
}
