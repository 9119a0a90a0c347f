//! `/bodies`: all public bodies of the catalogue, by kind and by what is known of them.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::Status;

use crate::app::App;
use crate::list::BodyQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "bodies.html")]
struct Bodies<'v> {
    chrome: Chrome,
    query: BodyQuery,
    kinds: Vec<(&'v str, &'v str)>,
    places: Vec<(&'v str, &'v str)>,
    statuses: Vec<(&'static str, &'static str)>,
    rows: Vec<Row<'v>>,
    counted: String,
    pager: Pager,
}

struct Row<'v> {
    id: &'v str,
    name: &'v str,
    kind: &'v str,
    place: &'v str,
    gone: bool,
    statuses: Vec<(Status, &'v str)>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/bodies", get(bodies))
}

async fn bodies(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<BodyQuery>,
) -> Result<Response, Trouble> {
    query.known(&view)?;
    let found = query.of(&view);
    let counted = view.headcount(found.iter().copied()).told();
    let part = Part::of(found, query.page, ROWS);
    let pager = part.pager("/bodies", &query);
    let catalogue = view.catalogue();
    let rows = part.rows.iter().map(|body| Row {
        id: body.id.as_str(),
        name: &body.name,
        kind: words::label(catalogue, "body-kinds", &body.kind),
        place: words::place(catalogue, body),
        gone: !body.existed(Some(view.today)),
        statuses: view
            .findings_of(&body.id)
            .iter()
            .map(|it| (it.status, view.maker_label(&it.maker)))
            .collect(),
    });
    page(&Bodies {
        chrome: Chrome::new(&view, "/bodies", "Public bodies"),
        kinds: kinds(&view),
        places: view.places().into_keys().map(|place| (place, place)).collect(),
        statuses: Status::ALL
            .iter()
            .map(|it| (it.as_str(), words::status(*it)))
            .collect(),
        rows: rows.collect(),
        counted,
        query,
        pager,
    })
}

/// Kinds of which there is a body, with what they are called.
pub(crate) fn kinds(view: &View) -> Vec<(&str, &str)> {
    let kinds = view.existing().into_keys();
    let mut named: Vec<_> = kinds
        .map(|kind| (kind, words::label(view.catalogue(), "body-kinds", kind)))
        .collect();
    named.sort_by_key(|(_, label)| *label);
    named
}
