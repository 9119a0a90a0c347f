//! `/data`, `/corrections` and `/accessibility`: what a reader must know to use the register and to set it right.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use stripout_model::{Decision, Verdict};

use crate::api;
use crate::app::App;
use crate::export::{EXPORTS, Export};
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Reply, View};
use crate::words;

#[derive(Template)]
#[template(path = "data.html")]
struct Data {
    chrome: Chrome,
    revision: String,
    exports: &'static [Export],
    /// Addresses for programs, with what they give.
    resources: Vec<(&'static str, &'static str)>,
    openapi: &'static str,
}

#[derive(Template)]
#[template(path = "corrections.html")]
struct Corrections<'v> {
    chrome: Chrome,
    rows: Vec<Correction>,
    replies: Vec<Entry<'v>>,
}

/// A reply of a body that was recorded or taken back.
struct Entry<'v> {
    on: Date,
    what: &'static str,
    name: &'v str,
    reply: &'v Reply,
    why: &'v str,
}

/// A decision that took something back or set it right.
struct Correction {
    day: String,
    what: &'static str,
    thing: String,
    /// Its page, where there is one.
    link: Option<String>,
    /// Whom it speaks of: ` on Leeds City Council and Hikvision`
    about: String,
    why: String,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    chrome: Chrome,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/data", get(data))
        .route("/corrections", get(corrections))
        .route("/accessibility", get(accessibility))
}

async fn data(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    // Addresses of one thing are linked from its page.
    let lists = api::RESOURCES.iter().filter(|it| !it.path.contains('{'));
    let resources = lists.map(|it| (it.path, it.what));
    page(&Data {
        chrome: Chrome::new(&view, "", "Data and downloads"),
        revision: view.revision.clone(),
        exports: EXPORTS,
        resources: resources.collect(),
        openapi: api::OPENAPI,
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
        link: view
            .finding_of(&it.thing)
            .map(|_| format!("/evidence/{}", it.thing)),
        about: about(&view, it),
        thing: it.thing.clone(),
        why: if view.is_private() {
            words::safe(&it.why)
        } else {
            String::new()
        },
    });
    page(&Corrections {
        chrome: Chrome::new(&view, "", "Corrections"),
        replies: replies(&view),
        rows: rows.collect(),
    })
}

/// The latest first.
fn replies<'v>(view: &'v View) -> Vec<Entry<'v>> {
    let entry = |on, what, reply: &'v Reply, why| Entry {
        on,
        what,
        name: view.name_of(&reply.body),
        reply,
        why,
    };
    let mut entries = Vec::new();
    for reply in &view.replies {
        entries.push(entry(reply.entered, "recorded", reply, ""));
        if let Some(withdrawn) = &reply.withdrawn {
            let why = withdrawn.why.as_deref().unwrap_or_default();
            entries.push(entry(withdrawn.on, "taken back", reply, why));
        }
    }
    entries.sort_by_key(|it| std::cmp::Reverse((it.on, it.reply.id)));
    entries
}

/// Whom the thing decided on speaks of, and what a correction set.
fn about(view: &View, decision: &Decision) -> String {
    let of = view
        .finding_of(&decision.thing)
        .map(|finding| (&finding.body, &finding.maker))
        .or_else(|| view.withdrawn(&decision.thing).map(|(body, maker)| (body, maker)));
    let mut words = String::new();
    if let Some((body, maker)) = of {
        words = format!(" on {} and {}", view.name_of(body), view.maker_label(maker));
    }
    if let Some(body) = &decision.body {
        words = format!(
            "{words}; the body is, as a reviewer set it, {}",
            view.name_of(body)
        );
    }
    if let Some(maker) = &decision.maker {
        words = format!(
            "{words}; the maker is, as a reviewer set it, {}",
            view.maker_label(maker)
        );
    }
    words
}

async fn accessibility(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    page(&Accessibility {
        chrome: Chrome::new(&view, "", "Accessibility statement"),
    })
}
