//! `/promises`: what bodies said they would do, by when, in whose words.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, page};
use crate::trouble::Trouble;
use crate::view::{Promised, Quote, View};
use crate::words;

#[derive(Template)]
#[template(path = "promises.html")]
struct Promises {
    chrome: Chrome,
    rows: Vec<Row>,
    counted: String,
    pager: Pager,
}

struct Row {
    id: String,
    /// Id and name of the body, where it is surely known; else as written.
    body: Option<(String, String)>,
    who: String,
    act: String,
    quote: Quote,
    by: String,
    past: bool,
    given: String,
    voice: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/promises", get(promises))
}

async fn promises(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let part = Part::of(&view.promises, query.page, ROWS);
    let pager = part.pager("/promises", &query);
    page(&Promises {
        chrome: Chrome::new(&view, "/promises", "What bodies said they would do"),
        rows: part.rows.iter().map(|it| Row::of(it, &view)).collect(),
        counted: words::count(part.total as u64, "promise", "promises"),
        pager,
    })
}

impl Row {
    fn of(promised: &Promised, view: &View) -> Self {
        let what = &promised.said.what;
        let day = what.by.as_ref().and_then(|by| by.date);
        Self {
            id: promised.said.id.clone(),
            body: promised
                .body
                .as_ref()
                .map(|it| (it.id.to_string(), it.name.clone())),
            who: if what.who.is_empty() {
                "body not named".into()
            } else {
                view.words(&what.who)
            },
            act: what.act.as_str().replace('-', " "),
            quote: view.quote(promised.body.as_ref().map(|it| &it.id), &what.evidence),
            by: match (&what.by, day) {
                (_, Some(day)) => words::day(day),
                (Some(by), None) => view.words(&by.words),
                (None, None) => "no day named".into(),
            },
            past: day.is_some_and(|day| day < view.today),
            given: words::days(what.days.document.or(promised.said.written), None),
            voice: format!("{} words", what.voice),
        }
    }
}
