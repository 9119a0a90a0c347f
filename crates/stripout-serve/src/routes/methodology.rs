//! `/methodology`: how findings are made, and what they cannot say.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::Status;

use crate::app::App;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "methodology.html")]
struct Methodology {
    chrome: Chrome,
    /// Status, its words, what it says.
    statuses: Vec<(Status, &'static str, &'static str)>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/methodology", get(methodology))
}

async fn methodology(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let statuses = Status::ALL.iter();
    page(&Methodology {
        chrome: Chrome::new(&view, "/methodology", "Methodology and limitations"),
        statuses: statuses
            .map(|it| (*it, words::status(*it), words::meaning(*it)))
            .collect(),
    })
}
