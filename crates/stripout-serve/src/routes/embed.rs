//! `/embed/bodies/ID`: one body as a card that other sites may frame, and `/oembed?url=`, which tells them how.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::{Deserialize, Serialize};
use stripout_catalogue::PublicBody;
use stripout_model::BodyId;

use crate::app::App;
use crate::assets::CARD;
use crate::base_url::BaseUrl;
use crate::claim::Claim;
use crate::page::{Asked, address, filled, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Makers told on a card; the page tells the rest.
const TOLD: usize = 3;
/// Size of the frame in pixels, where less was not asked for.
const WIDTH: u32 = 560;
const HEIGHT: u32 = 300;
/// How long others may keep an answer, in seconds.
const KEPT: u32 = 24 * 60 * 60;

#[derive(Template)]
#[template(path = "embed.html")]
struct Card<'v> {
    style: &'static str,
    id: &'v str,
    name: &'v str,
    kind: &'v str,
    claims: Vec<Claim<'v>>,
    more: usize,
    state: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    #[serde(deserialize_with = "filled")]
    url: Option<String>,
    #[serde(deserialize_with = "filled")]
    format: Option<String>,
    #[serde(deserialize_with = "filled")]
    maxwidth: Option<u32>,
    #[serde(deserialize_with = "filled")]
    maxheight: Option<u32>,
}

/// As <https://oembed.com> has it.
#[derive(Serialize)]
struct Rich<'v> {
    version: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'v str,
    provider_name: &'static str,
    provider_url: String,
    cache_age: u32,
    html: String,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct Discovery<'a> {
    url: &'a str,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/embed/bodies/{id}", get(card))
        .route("/oembed", get(asked))
        .route("/oembed/bodies/{id}", get(told))
}

/// Where other sites learn how to show a body; `None` where nobody said where readers reach the register.
pub(super) fn discovery(view: &View, id: &BodyId) -> Option<String> {
    view.base()?;
    let page = format!("/bodies/{id}");
    if view.files {
        // Files are found by their path alone.
        return Some(format!("/oembed{page}"));
    }
    Some(address(
        "/oembed",
        &Discovery {
            url: &view.url(&page),
        },
    ))
}

async fn card(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let body = body(&view, &id)?;
    let findings = view.findings_of(&body.id);
    page(&Card {
        style: CARD.address(),
        id: body.id.as_str(),
        name: &body.name,
        kind: words::label(view.catalogue(), "body-kinds", &body.kind),
        claims: findings
            .iter()
            .take(TOLD)
            .map(|it| Claim::of(it, &view))
            .collect(),
        more: findings.len().saturating_sub(TOLD),
        state: words::day(view.today),
    })
}

async fn asked(
    Extension(view): Extension<Arc<View>>,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, Trouble> {
    let url = wanted
        .url
        .as_deref()
        .ok_or_else(|| Trouble::Malformed("`url` is missing".into()))?;
    if wanted.format.as_deref().is_some_and(|format| format != "json") {
        return Ok(StatusCode::NOT_IMPLEMENTED.into_response());
    }
    let base = view.base().ok_or(Trouble::NotFound)?;
    let path = base.path_of(url).and_then(|path| path.split(['?', '#']).next());
    let id = path.and_then(|path| path.strip_prefix("/bodies/"));
    rich(&view, base, body(&view, id.ok_or(Trouble::NotFound)?)?, &wanted)
}

async fn told(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let base = view.base().ok_or(Trouble::NotFound)?;
    rich(&view, base, body(&view, &id)?, &Wanted::default())
}

fn body<'v>(view: &'v View, id: &str) -> Result<&'v PublicBody, Trouble> {
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    view.body(&id).ok_or(Trouble::NotFound)
}

fn rich(view: &View, base: &BaseUrl, body: &PublicBody, wanted: &Wanted) -> Result<Response, Trouble> {
    let width = wanted.maxwidth.unwrap_or(WIDTH).min(WIDTH);
    let height = wanted.maxheight.unwrap_or(HEIGHT).min(HEIGHT);
    let frame = Frame {
        src: view.url(&format!("/embed/bodies/{}", body.id)),
        title: &body.name,
        width,
        height,
    };
    let rich = Rich {
        version: "1.0",
        kind: "rich",
        title: &body.name,
        provider_name: "Stripout register",
        provider_url: format!("{base}/"),
        cache_age: KEPT,
        html: frame.render()?,
        width,
        height,
    };
    Ok(Json(rich).into_response())
}

/// What another site puts into its page.
#[derive(Template)]
#[template(
    source = r#"<iframe src="{{ src }}" title="{{ title }}: what the register knows" width="{{ width }}" height="{{ height }}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>"#,
    ext = "html"
)]
struct Frame<'v> {
    src: String,
    title: &'v str,
    width: u32,
    height: u32,
}
