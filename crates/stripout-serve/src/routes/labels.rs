//! `/labels` and `/labels/ID`: what equipment is sold as, and who makes it: by product line and day.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_catalogue::Brand;
use stripout_model::BrandId;

use super::makers::days;
use crate::app::App;
use crate::list::PageQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, page};
use crate::trouble::Trouble;
use crate::view::{Cited, View};

#[derive(Template)]
#[template(path = "labels.html")]
struct Labels<'v> {
    chrome: Chrome,
    rows: Vec<(&'v str, &'v str, String)>,
    total: usize,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "label.html")]
struct LabelPage<'v> {
    chrome: Chrome,
    label: &'v str,
    disputed: Option<&'v str>,
    note: Option<&'v str>,
    made_by: Vec<Made<'v>>,
}

struct Made<'v> {
    /// Id where it has a page.
    maker: Option<(&'v str, &'v str)>,
    wording: &'v str,
    lines: &'v str,
    days: String,
    certainty: &'static str,
    verification: &'static str,
    sources: Vec<Cited>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/labels", get(labels))
        .route("/labels/{id}", get(label))
}

async fn labels(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let part = Part::of(view.labels(), query.page, ROWS);
    let pager = part.pager("/labels", &query);
    let makers = |brand: &Brand| {
        let told = brand.made_by.iter().filter(|it| view.may_tell(it));
        let mut makers: Vec<&str> = told
            .map(|it| {
                it.maker
                    .as_ref()
                    .map_or("maker not established", |id| view.maker_label(id))
            })
            .collect();
        makers.dedup();
        makers.join(", ")
    };
    page(&Labels {
        chrome: Chrome::new(&view, "/makers", "Labels"),
        total: part.total,
        rows: part
            .rows
            .iter()
            .map(|it| (it.id.as_str(), it.label.as_str(), makers(it)))
            .collect(),
        pager,
    })
}

async fn label(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    let id: BrandId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let brand = view.label(&id).ok_or(Trouble::NotFound)?;
    let told = brand.made_by.iter().filter(|it| view.may_tell(it));
    let made_by = told.map(|it| Made {
        maker: it
            .maker
            .as_ref()
            .and_then(|id| view.maker(id))
            .map(|it| (it.id.as_str(), it.label.as_str())),
        wording: &it.wording,
        lines: &it.lines,
        days: days(it.from.as_deref(), it.until.as_deref()),
        certainty: it.certainty.as_str(),
        verification: it.verification.as_str(),
        sources: view.cited(&it.sources),
    });
    page(&LabelPage {
        chrome: Chrome::new(&view, "/makers", brand.label.clone()),
        label: &brand.label,
        disputed: brand.disputed.as_deref(),
        note: brand.note.as_deref().filter(|_| view.is_private()),
        made_by: made_by.collect(),
    })
}
