//! `/leads`: cameras bought or in use whose maker is not stated, each with the question that would settle it.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "leads.html")]
struct Leads<'v> {
    chrome: Chrome,
    rows: Vec<Row<'v>>,
    counted: String,
    pager: Pager,
}

struct Row<'v> {
    lead: &'v str,
    body: Option<&'v str>,
    name: String,
    question: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/leads", get(leads))
}

async fn leads(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let part = Part::of(&view.questions, query.page, ROWS);
    let pager = part.pager("/leads", &query);
    let rows = part.rows.iter().map(|one| Row {
        lead: &one.lead,
        body: one.body.as_ref().map(stripout_model::BodyId::as_str),
        name: one
            .name
            .as_deref()
            .map_or_else(|| "Body not named".to_owned(), |name| view.words(name)),
        question: view.words(&one.question),
    });
    page(&Leads {
        chrome: Chrome::new(&view, "", "Cameras whose maker is not stated"),
        rows: rows.collect(),
        counted: words::count(part.total as u64, "lead", "leads"),
        pager,
    })
}
