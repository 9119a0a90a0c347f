//! `/search?q=`: bodies, makers and labels by name.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use super::letters;
use crate::app::App;
use crate::list::SearchQuery;
use crate::page::{Asked, Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Hits, View};
use crate::words::{self, safe};

/// Of each sort, on the page.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'v> {
    chrome: Chrome,
    q: String,
    bodies: Vec<FoundBody<'v>>,
    /// Bodies that fit and are not shown.
    more: usize,
    makers: Vec<(&'v str, &'v str)>,
    brands: Vec<(&'v str, &'v str)>,
}

struct FoundBody<'v> {
    id: &'v str,
    name: &'v str,
    about: String,
    statuses: Vec<&'static str>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/search", get(search))
}

async fn search(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<SearchQuery>,
) -> Result<Response, Trouble> {
    if view.files {
        return letters::find(&view);
    }
    let Hits {
        bodies,
        makers,
        brands,
    } = view.names().find(&query.q, view.bodies());
    let more = bodies.len().saturating_sub(SHOWN);
    let catalogue = view.catalogue();
    let found = bodies.iter().take(SHOWN).filter_map(|id| view.body(id));
    let bodies = found.map(|body| {
        let kind = words::label(catalogue, "body-kinds", &body.kind);
        let place = words::place(catalogue, body);
        FoundBody {
            id: body.id.as_str(),
            name: &body.name,
            about: format!("{kind}, {place}"),
            statuses: view
                .findings_of(&body.id)
                .iter()
                .map(|it| words::status(it.status))
                .collect(),
        }
    });
    let told_makers = makers.iter().filter_map(|id| view.maker(id)).take(SHOWN);
    let told_makers = told_makers.map(|it| (it.id.as_str(), it.label.as_str()));
    let labels = brands.iter().filter_map(|id| view.label(id)).take(SHOWN);
    let told_brands = labels.map(|it| (it.id.as_str(), it.label.as_str()));
    let title = if query.q.trim().is_empty() {
        "Search".to_owned()
    } else {
        format!("Search for \"{}\"", safe(&query.q))
    };
    page(&Search {
        chrome: Chrome::new(&view, "/search", title),
        bodies: bodies.collect(),
        more,
        makers: told_makers.collect(),
        brands: told_brands.collect(),
        q: safe(&query.q),
    })
}
