//! `/sectors`: of how many bodies of each kind anything is known, every share with what it is a share of.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_judge::Responses;

use crate::app::App;
use crate::chart::{self, Chart, is_known};
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "sectors.html")]
struct Sectors<'v> {
    chrome: Chrome,
    spread: Option<Chart>,
    answers: Option<Chart>,
    known: Vec<Sector<'v>>,
    /// Kinds of which nothing is known, with how many there are.
    silent: Vec<(&'v str, &'v str, u64)>,
}

struct Sector<'v> {
    id: &'v str,
    label: &'v str,
    row: &'v Responses,
    shares: Chart,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/sectors", get(sectors))
}

async fn sectors(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let catalogue = view.catalogue();
    let known = view
        .responses
        .iter()
        .filter(|row| is_known(row))
        .map(|row| Sector {
            id: &row.kind,
            label: words::label(catalogue, "body-kinds", &row.kind),
            row,
            shares: chart::shares(row, &view),
        });
    let silent = view
        .responses
        .iter()
        .filter(|row| !is_known(row) && row.existing > 0);
    page(&Sectors {
        chrome: Chrome::new(&view, "/sectors", "Sectors"),
        spread: chart::spread(&view),
        answers: chart::answers(&view),
        known: known.collect(),
        silent: silent
            .map(|row| {
                (
                    row.kind.as_str(),
                    words::label(catalogue, "body-kinds", &row.kind),
                    row.existing,
                )
            })
            .collect(),
    })
}
