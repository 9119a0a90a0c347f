//! `/search?q=`: bodies, makers and labels by name, regions by theirs, and who is responsible where a postcode lies.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_catalogue::PublicBody;
use stripout_model::Status;

use super::letters;
use crate::app::App;
use crate::list::{BodyQuery, SearchQuery};
use crate::page::{Asked, Chrome, address, page};
use crate::trouble::Trouble;
use crate::view::{Hits, Lies, View};
use crate::words::{self, safe};

/// Of each sort, on the page.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "search.html")]
struct Search<'v> {
    chrome: Chrome,
    q: String,
    postcode: Option<Postcode<'v>>,
    /// Name and address of the list of a region or nation, and how many bodies are there.
    places: Vec<(&'v str, String, String)>,
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
    statuses: Vec<Status>,
    /// Of one that is no more: who took over.
    successors: Vec<(&'v str, &'v str)>,
}

/// What the page says of a postcode.
struct Postcode<'v> {
    written: String,
    /// The month in which it ended.
    ended: Option<String>,
    /// Of the directory that says so.
    edition: Option<String>,
    found: Found<'v>,
}

enum Found<'v> {
    Bodies(Vec<(&'static str, FoundBody<'v>)>),
    NotListed,
    NoDirectory,
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
    let found = bodies.iter().take(SHOWN).filter_map(|id| view.body(id));
    let bodies = found.map(|body| FoundBody::of(body, &view));
    let postcode = view.lies(&query.q).await?.map(|lies| Postcode::of(lies, &view));
    let places = view.places_named(&query.q).into_iter().map(|(place, count)| {
        let asked = BodyQuery {
            place: Some(place.to_owned()),
            ..BodyQuery::default()
        };
        let counted = words::count(count as u64, "body", "bodies");
        (place, address("/bodies", &asked), counted)
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
        postcode,
        places: places.collect(),
        bodies: bodies.collect(),
        more,
        makers: told_makers.collect(),
        brands: told_brands.collect(),
        q: safe(&query.q),
    })
}

impl<'v> FoundBody<'v> {
    fn of(body: &'v PublicBody, view: &'v View) -> Self {
        let catalogue = view.catalogue();
        let kind = words::label(catalogue, "body-kinds", &body.kind);
        let place = words::place(catalogue, body);
        let gone = !body.existed(Some(view.today));
        let successors = view.bodies().successors(&body.id).filter(|_| gone);
        Self {
            id: body.id.as_str(),
            name: &body.name,
            about: format!("{kind}, {place}{}", if gone { ", no more" } else { "" }),
            statuses: view.statuses_of(&body.id),
            successors: successors
                .map(|it| (it.successor.as_str(), view.name_of(&it.successor)))
                .collect(),
        }
    }
}

impl<'v> Postcode<'v> {
    fn of(lies: Lies<'v>, view: &'v View) -> Self {
        let not = |written, found| Self {
            written,
            ended: None,
            edition: None,
            found,
        };
        match lies {
            Lies::NotListed { postcode } => not(postcode, Found::NotListed),
            Lies::NoDirectory { postcode } => not(postcode, Found::NoDirectory),
            Lies::Here { located, responsible } => Self {
                written: located.place.postcode,
                ended: located.place.ended,
                edition: located.vintage.as_deref().map(safe),
                found: Found::Bodies(
                    responsible
                        .into_iter()
                        .map(|it| (words::area(it.area), FoundBody::of(it.body, view)))
                        .collect(),
                ),
            },
        }
    }
}
