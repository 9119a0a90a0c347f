//! JSON under `/api/v1`: one line for each resource. They ask the questions that the pages ask.

mod bodies;
mod decisions;
mod evidence;
mod findings;
mod known;
mod makers;
mod map;
mod policies;
mod replies;
mod schema;
mod search;

use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Json, Router};
use serde::Serialize;

use crate::app::{App, Routes};
use crate::export;
use crate::page::{Part, Place, link};
use crate::view::View;

pub(crate) use decisions::routes as decide;
pub(crate) use replies::routes as reply;
pub(crate) use schema::PATH as OPENAPI;

/// An address for programs.
pub(crate) struct Resource {
    pub(crate) path: &'static str,
    /// What it gives, in a few words.
    pub(crate) what: &'static str,
    gives: Gives,
    /// Names of what may be asked.
    asks: fn() -> &'static [&'static str],
    route: fn() -> MethodRouter<App>,
}

/// The shape of an answer: what it holds, by its name in the description.
#[derive(Clone, Copy)]
enum Gives {
    One(&'static str),
    /// Part of a list.
    Many(&'static str),
    /// A list whole.
    All(&'static str),
}

pub(crate) const RESOURCES: &[Resource] = &[
    findings::LIST,
    findings::ONE,
    bodies::LIST,
    bodies::ONE,
    bodies::SIGHTINGS,
    evidence::ONE,
    makers::LIST,
    makers::ONE,
    makers::LABELS,
    policies::LIST,
    policies::ONE,
    policies::GAP,
    known::SECTORS,
    known::ALERTS,
    known::PROMISES,
    known::LEADS,
    replies::LIST,
    map::MAP,
    search::SEARCH,
];

/// All of them, with what describes them and with the downloads.
pub(crate) const ROUTES: &[Routes] = &[resources, schema::routes, export::routes, export::citations];

fn resources(router: Router<App>) -> Router<App> {
    let add = |router: Router<App>, it: &Resource| router.route(it.path, (it.route)());
    RESOURCES.iter().fold(router, add)
}

fn nothing() -> &'static [&'static str] {
    &[]
}

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
        next: part
            .cursor
            .as_ref()
            .map(|cursor| link(path, query, &Place::After(cursor))),
        data: part.rows,
    })
    .into_response()
}
