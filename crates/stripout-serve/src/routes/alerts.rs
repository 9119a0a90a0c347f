//! `/alerts`: two facts that contradict, side by side.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::{Alert, Fact, Wording};

use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "alerts.html")]
struct Alerts<'v> {
    chrome: Chrome,
    rows: Vec<Row<'v>>,
    counted: String,
    pager: Pager,
}

struct Row<'v> {
    alert: &'v Alert,
    body: &'v str,
    said: Side,
    seen: Option<Side>,
}

/// One of the two facts.
struct Side {
    day: String,
    quote: String,
    /// The quote is the catalogue's summary, not the source's words.
    summary: bool,
    source: String,
    /// Where its proof is, for what stands in a source.
    link: Option<String>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/alerts", get(alerts))
}

async fn alerts(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let part = Part::of(&view.alerts, query.page, ROWS);
    let pager = part.pager("/alerts", &query);
    let rows = part.rows.iter().map(|alert| Row {
        body: view.name_of(&alert.body),
        said: Side::of(&alert.said, &view),
        seen: alert.seen.as_ref().map(|fact| Side::of(fact, &view)),
        alert,
    });
    page(&Alerts {
        chrome: Chrome::new(&view, "/alerts", "Two facts that contradict"),
        rows: rows.collect(),
        counted: words::count(part.total as u64, "contradiction", "contradictions"),
        pager,
    })
}

impl Side {
    fn of(fact: &Fact, view: &View) -> Self {
        Self {
            day: fact.when.clone().unwrap_or_else(|| "no day stated".to_owned()),
            quote: view.words(&fact.quote),
            summary: fact.wording == Wording::Summary,
            source: view.file(&fact.source),
            link: view.proof_of(fact),
        }
    }
}
