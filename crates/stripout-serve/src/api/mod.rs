//! JSON under `/api/v1`: one file and one line for each resource. They ask the questions that the pages ask.

mod bodies;
mod findings;
mod known;
mod makers;
mod policies;
mod search;

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::app::Routes;
use crate::export;
use crate::page::{Part, link};
use crate::view::View;

pub(crate) const RESOURCES: &[Routes] = &[
    bodies::routes,
    findings::routes,
    makers::routes,
    policies::routes,
    known::routes,
    search::routes,
    export::routes,
    export::citations,
];

/// One thing.
#[derive(Serialize)]
struct One<T> {
    revision: String,
    licence: &'static str,
    data: T,
}

/// Part of a list.
#[derive(Serialize)]
struct Many<T> {
    revision: String,
    licence: &'static str,
    total: usize,
    page: usize,
    pages: usize,
    /// Address of the next part.
    next: Option<String>,
    data: Vec<T>,
}

/// What the register states may be used by anyone who names it.
pub(crate) const LICENCE: &str = "CC-BY-4.0";

fn one(view: &View, data: impl Serialize) -> Response {
    let revision = view.revision.clone();
    Json(One {
        revision,
        licence: LICENCE,
        data,
    })
    .into_response()
}

fn many<T: Serialize>(view: &View, part: Part<T>, path: &str, query: &impl Serialize) -> Response {
    Json(Many {
        revision: view.revision.clone(),
        licence: LICENCE,
        total: part.total,
        page: part.number,
        pages: part.parts,
        next: part.next().map(|number| link(path, query, number)),
        data: part.rows,
    })
    .into_response()
}
