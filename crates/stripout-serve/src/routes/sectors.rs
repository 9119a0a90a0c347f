//! `/sectors`: of how many bodies of each kind anything is known, every share with what it is a share of.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_judge::{Responses, Share};

use crate::app::App;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "sectors.html")]
struct Sectors<'v> {
    chrome: Chrome,
    known: Vec<Sector<'v>>,
    /// Kinds of which nothing is known, with how many there are.
    silent: Vec<(&'v str, &'v str, u64)>,
}

struct Sector<'v> {
    id: &'v str,
    label: &'v str,
    row: &'v Responses,
    shares: Vec<Drawn>,
}

/// A share as a line: where its interval begins and ends, and where it lies, from 0 to 100.
pub(super) struct Drawn {
    pub(super) what: &'static str,
    pub(super) words: String,
    pub(super) interval: String,
    pub(super) at: f64,
    pub(super) low: f64,
    pub(super) width: f64,
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
            shares: row.shares.iter().filter_map(Drawn::of).collect(),
        });
    let silent = view
        .responses
        .iter()
        .filter(|row| !is_known(row) && row.existing > 0);
    page(&Sectors {
        chrome: Chrome::new(&view, "/sectors", "Sectors"),
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

/// More than that there are bodies of this kind.
pub(super) fn is_known(row: &Responses) -> bool {
    row.asked + row.confirmed + row.denied > 0
}

impl Drawn {
    pub(super) fn of(share: &Share) -> Option<Self> {
        let part = share.share?;
        let (low, high) = share.interval?;
        Some(Self {
            what: share.what,
            words: format!(
                "{} of {} {}: {}",
                words::number(share.count),
                words::number(share.total),
                share.of,
                words::percent(part)
            ),
            interval: format!("{} to {}", words::percent(low), words::percent(high)),
            at: part * 100.0,
            low: low * 100.0,
            width: (high - low) * 100.0,
        })
    }
}
