//! `/bodies/ID/briefing`: one page to print, its sources as footnotes; and as PDF, of bodies and instruments.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::BodyId;

use crate::app::App;
use crate::briefing::{Brief, OfBody, OfPolicy, print};
use crate::claim::Claim;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Proof, View};

#[derive(Template)]
#[template(path = "briefing.html")]
struct Briefing<'v> {
    chrome: Chrome,
    of: &'v OfBody,
    points: Vec<(Claim<'v>, usize, Option<&'v Proof>)>,
    revision: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/bodies/{id}/briefing", get(briefing))
        .route("/bodies/{id}/briefing.pdf", get(of_body))
        .route("/policies/{id}/briefing.pdf", get(of_policy))
}

async fn briefing(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let of = OfBody::of(&view, &body(&id)?).await?;
    let points = of.points.iter().filter_map(|one| {
        let claim = one.claim(&view)?;
        Some((claim, one.note, one.proof.as_ref()))
    });
    page(&Briefing {
        chrome: Chrome::new(&view, "/bodies", format!("Briefing: {}", of.name)),
        points: points.collect(),
        revision: view.revision.clone(),
        of: &of,
    })
}

async fn of_body(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let of = OfBody::of(&view, &body(&id)?).await?;
    file(of, view).await
}

async fn of_policy(
    Extension(view): Extension<Arc<View>>,
    Path(id): Path<String>,
) -> Result<Response, Trouble> {
    let of = OfPolicy::of(&view, &id)?;
    file(of, view).await
}

fn body(id: &str) -> Result<BodyId, Trouble> {
    id.parse().map_err(|_no_id| Trouble::NotFound)
}

async fn file(of: impl Brief + Send + 'static, view: Arc<View>) -> Result<Response, Trouble> {
    let printed = print(of, view).await?;
    Ok(([(CONTENT_TYPE, "application/pdf")], printed.bytes).into_response())
}
