//! `/api/v1/sectors`, `/api/v1/alerts`, `/api/v1/promises` and `/api/v1/leads`

use std::sync::Arc;

use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{Act, BodyId};

use super::many;
use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Part, ROWS};
use crate::view::{Quote, View};

const SECTORS: &str = "/api/v1/sectors";
const ALERTS: &str = "/api/v1/alerts";
const PROMISES: &str = "/api/v1/promises";
const LEADS: &str = "/api/v1/leads";

#[derive(Serialize)]
struct Promise<'v> {
    id: &'v str,
    body: Option<&'v BodyId>,
    act: Act,
    quote: Quote,
    by: Option<Date>,
    given: Option<Date>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route(SECTORS, get(sectors))
        .route(ALERTS, get(alerts))
        .route(PROMISES, get(promises))
        .route(LEADS, get(leads))
}

async fn sectors(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    many(
        &view,
        Part::of(&view.responses, query.page, ROWS),
        SECTORS,
        &query,
    )
}

async fn alerts(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    let rows = view.alerts.iter().map(|alert| {
        let mut alert = alert.clone();
        for fact in std::iter::once(&mut alert.said).chain(&mut alert.seen) {
            fact.quote = view.words(&fact.quote);
            fact.source = view.file(&fact.source);
        }
        alert
    });
    many(&view, Part::of(rows, query.page, ROWS), ALERTS, &query)
}

async fn promises(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    let rows = view.promises.iter().map(|it| {
        let what = &it.said.what;
        Promise {
            id: &it.said.id,
            body: it.body.as_ref().map(|it| &it.id),
            act: what.act,
            quote: view.quote(it.body.as_ref().map(|it| &it.id), &what.evidence),
            by: what.by.as_ref().and_then(|by| by.date),
            given: what.days.document.or(it.said.written),
        }
    });
    many(&view, Part::of(rows, query.page, ROWS), PROMISES, &query)
}

async fn leads(Extension(view): Extension<Arc<View>>, Asked(query): Asked<PageQuery>) -> Response {
    many(&view, Part::of(&view.questions, query.page, ROWS), LEADS, &query)
}
