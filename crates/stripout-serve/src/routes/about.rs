//! `/data`, `/corrections` and `/accessibility`: what a reader must know to use the register and to set it right.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use jiff::tz::TimeZone;
use stripout_model::Verdict;

use crate::app::App;
use crate::export::{EXPORTS, Export};
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "data.html")]
struct Data {
    chrome: Chrome,
    revision: String,
    exports: &'static [Export],
    resources: &'static [(&'static str, &'static str)],
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Corrections {
    chrome: Chrome,
    rows: Vec<Correction>,
}

/// A decision that took something back or set it right.
struct Correction {
    day: String,
    what: &'static str,
    thing: String,
    why: String,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    chrome: Chrome,
}

/// Addresses for programs, with what they give.
const RESOURCES: &[(&str, &str)] = &[
    (
        "/api/v1/findings",
        "findings: body, maker, status, days, sentence, ids of evidence",
    ),
    ("/api/v1/bodies", "public bodies with their ids in registers"),
    (
        "/api/v1/makers",
        "makers: ownership, listings, labels, claims with replies",
    ),
    ("/api/v1/labels", "labels and who makes them, by line and day"),
    (
        "/api/v1/policies",
        "instruments, clause by clause, with worked cases",
    ),
    ("/api/v1/gap", "what is there by how the rules stand to it"),
    (
        "/api/v1/sectors",
        "by kind of body: existing, asked, answered, found",
    ),
    ("/api/v1/alerts", "two facts that contradict"),
    ("/api/v1/promises", "what bodies said they would do"),
    ("/api/v1/leads", "cameras whose maker is not stated"),
];

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/data", get(data))
        .route("/corrections", get(corrections))
        .route("/accessibility", get(accessibility))
}

async fn data(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    page(&Data {
        chrome: Chrome::new(&view, "", "Data and downloads"),
        revision: view.revision.clone(),
        exports: EXPORTS,
        resources: RESOURCES,
    })
}

async fn corrections(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let mut rows: Vec<_> = view
        .decisions()
        .filter(|it| it.verdict != Verdict::Accept || it.body.is_some() || it.maker.is_some())
        .collect();
    rows.sort_by_key(|it| std::cmp::Reverse(it.id));
    let rows = rows.into_iter().map(|it| Correction {
        day: words::day(it.when.to_zoned(TimeZone::UTC).date()),
        what: match it.verdict {
            Verdict::Accept => "Body or maker set right",
            Verdict::Reject => "Rejected",
            Verdict::Unsure => "Held back: a reviewer is not sure",
            Verdict::Dispute => "Disputed by whom it concerns",
            Verdict::Undo => "An earlier decision taken back",
        },
        thing: it.thing.clone(),
        why: if view.is_private() {
            words::safe(&it.why)
        } else {
            String::new()
        },
    });
    page(&Corrections {
        chrome: Chrome::new(&view, "", "Corrections"),
        rows: rows.collect(),
    })
}

async fn accessibility(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    page(&Accessibility {
        chrome: Chrome::new(&view, "", "Accessibility statement"),
    })
}
