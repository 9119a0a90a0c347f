//! `/sectors/KIND.svg`: the shares of one kind of body as a picture that stands alone, with its source and day.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

use super::sectors::{Drawn, is_known};
use crate::app::App;
use crate::page::Chrome;
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Where the bars begin and how long one percent is, in pixels; where the first row stands, and how far rows are apart.
const LEFT: f64 = 352.0;
const PERCENT: f64 = 3.6;
const FIRST: usize = 106;
const ROW: usize = 46;
/// Below the last row.
const FOOT: usize = 92;

#[derive(Template)]
#[template(path = "chart.svg")]
struct Chart {
    title: String,
    subtitle: String,
    axis: Vec<(f64, String)>,
    bars: Vec<Bar>,
    /// Where the rows end, and the picture.
    foot: usize,
    height: usize,
    /// Address of the page it belongs to.
    page: String,
    updated: String,
    revision: String,
}

struct Bar {
    share: Drawn,
    y: usize,
    at: f64,
    low: f64,
    width: f64,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/sectors/{file}", get(chart))
}

async fn chart(Extension(view): Extension<Arc<View>>, Path(file): Path<String>) -> Result<Response, Trouble> {
    let kind = file.strip_suffix(".svg").ok_or(Trouble::NotFound)?;
    let row = view
        .responses
        .iter()
        .find(|row| row.kind == kind && is_known(row))
        .ok_or(Trouble::NotFound)?;
    let shares = row.shares.iter().filter_map(Drawn::of);
    let bars: Vec<Bar> = shares
        .enumerate()
        .map(|(at, share)| Bar {
            y: FIRST + at * ROW,
            at: LEFT + share.at * PERCENT,
            low: LEFT + share.low * PERCENT,
            width: share.width * PERCENT,
            share,
        })
        .collect();
    let foot = FIRST + bars.len().saturating_sub(1) * ROW + ROW / 2;
    let chart = Chart {
        title: format!(
            "{}: who was asked, and what they say",
            words::label(view.catalogue(), "body-kinds", &row.kind)
        ),
        subtitle: format!(
            "{} exist; {} of them are known to have been asked",
            words::number(row.existing),
            words::number(row.asked)
        ),
        axis: [0.0, 25.0, 50.0, 75.0, 100.0]
            .map(|at| (LEFT + at * PERCENT, format!("{at} %")))
            .into(),
        bars,
        foot,
        height: foot + FOOT,
        page: view.url("/sectors"),
        updated: Chrome::new(&view, "/sectors", "").updated,
        revision: view.revision.clone(),
    };
    Ok(([(CONTENT_TYPE, "image/svg+xml")], chart.render()?).into_response())
}
