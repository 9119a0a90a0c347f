//! `/a-to-z`, `/a-to-z/LETTER` and `/names.json`: every name in a list, for readers without a search.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Serialize;
use stripout_catalogue::PublicBody;

use crate::app::App;
use crate::assets::FIND;
use crate::list::BodyQuery;
use crate::page::{Chrome, address, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "letters.html")]
struct Letters {
    chrome: Chrome,
    letters: Vec<(char, String)>,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Letter<'v> {
    chrome: Chrome,
    title: String,
    bodies: Vec<Named<'v>>,
}

/// The search of a site of files: a script looks into the names, and the list is there without it.
#[derive(Template)]
#[template(path = "find.html")]
struct Find<'v> {
    chrome: Chrome,
    letters: Vec<(char, String)>,
    /// Regions and nations, with the addresses of their lists.
    places: Vec<(&'v str, String)>,
    script: &'static str,
}

#[derive(Serialize)]
struct Named<'v> {
    id: &'v str,
    name: &'v str,
    /// Kind and place.
    about: String,
    /// What is known: class and words of each status, once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statuses: Vec<(&'static str, &'static str)>,
}

#[derive(Serialize)]
struct Names<'v> {
    bodies: Vec<Named<'v>>,
    makers: Vec<Named<'v>>,
    labels: Vec<Named<'v>>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/a-to-z", get(letters))
        .route("/a-to-z/{letter}", get(letter))
        .route("/names.json", get(names))
}

pub(super) fn find(view: &View) -> Result<Response, Trouble> {
    page(&Find {
        chrome: Chrome::new(view, "/search", "Search"),
        letters: counted(view),
        places: view.places().into_keys().map(in_place).collect(),
        script: FIND.address(),
    })
}

async fn letters(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    page(&Letters {
        chrome: Chrome::new(&view, "/bodies", "Public bodies from A to Z"),
        letters: counted(&view),
    })
}

async fn letter(
    Extension(view): Extension<Arc<View>>,
    Path(letter): Path<String>,
) -> Result<Response, Trouble> {
    let mut chars = letter.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else {
        return Err(Trouble::NotFound);
    };
    let bodies = by_letter(&view).remove(&letter).ok_or(Trouble::NotFound)?;
    let title = format!("Public bodies: {}", letter.to_uppercase());
    page(&Letter {
        chrome: Chrome::new(&view, "/bodies", title.clone()),
        title,
        bodies: bodies.into_iter().map(|it| named(it, &view)).collect(),
    })
}

async fn names(Extension(view): Extension<Arc<View>>) -> Response {
    let makers = view.makers().into_iter().map(|it| Named {
        id: it.id.as_str(),
        name: &it.label,
        about: it.legal_name.clone(),
        statuses: Vec::new(),
    });
    let labels = view.labels().into_iter().map(|it| Named {
        id: it.id.as_str(),
        name: &it.label,
        about: String::new(),
        statuses: Vec::new(),
    });
    Json(Names {
        bodies: by_letter(&view)
            .into_values()
            .flatten()
            .map(|it| named(it, &view))
            .collect(),
        makers: makers.collect(),
        labels: labels.collect(),
    })
    .into_response()
}

fn in_place(place: &str) -> (&str, String) {
    let asked = BodyQuery {
        place: Some(place.to_owned()),
        ..BodyQuery::default()
    };
    (place, address("/bodies", &asked))
}

fn counted(view: &View) -> Vec<(char, String)> {
    let letters = by_letter(view).into_iter();
    letters
        .map(|(letter, bodies)| (letter, words::count(bodies.len() as u64, "body", "bodies")))
        .collect()
}

/// By the first letter or digit of the name, then by name.
fn by_letter(view: &View) -> BTreeMap<char, Vec<&PublicBody>> {
    let mut letters: BTreeMap<char, Vec<&PublicBody>> = BTreeMap::new();
    for body in view.bodies().iter() {
        let first = body.name.chars().find(char::is_ascii_alphanumeric);
        let letter = first.map_or('0', |c| c.to_ascii_lowercase());
        letters.entry(letter).or_default().push(body);
    }
    for bodies in letters.values_mut() {
        bodies.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    }
    letters
}

fn named<'v>(body: &'v PublicBody, view: &'v View) -> Named<'v> {
    let kind = words::label(view.catalogue(), "body-kinds", &body.kind);
    let place = words::place(view.catalogue(), body);
    Named {
        id: body.id.as_str(),
        name: &body.name,
        about: format!("{kind}, {place}"),
        statuses: view
            .statuses_of(&body.id)
            .into_iter()
            .map(|it| (it.as_str(), words::status(it)))
            .collect(),
    }
}
