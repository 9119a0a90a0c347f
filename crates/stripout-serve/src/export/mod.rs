//! Downloads of what the register finds: one file for each format, one line for each in `EXPORTS`.

mod citation;
mod entities;
pub mod findings;
mod geojson;
mod package;

use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use stripout_register::Column;

use crate::app::App;
use crate::list::FindingQuery;
use crate::page::Asked;
use crate::trouble::Trouble;
use crate::view::View;

pub(crate) use citation::{of_body as bibtex_of_body, routes as citations};

/// A whole file for others.
pub(crate) struct Export {
    /// Its name, which is its address, too.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// Media type.
    pub(crate) kind: &'static str,
    /// Of a table.
    columns: Option<&'static [Column]>,
    make: fn(&View, &FindingQuery) -> Result<Vec<u8>, Trouble>,
}

pub(crate) const EXPORTS: &[Export] = &[
    findings::CSV,
    findings::JSONL,
    #[cfg(feature = "parquet")]
    findings::PARQUET,
    geojson::EXPORT,
    entities::EXPORT,
];

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    let router = EXPORTS.iter().fold(router, |router, export| {
        let made = move |Extension(view): Extension<Arc<View>>, Asked(query): Asked<FindingQuery>| {
            given(view, query, export)
        };
        router.route(&format!("/{}", export.name), get(made))
    });
    router.route("/datapackage.json", get(package::package))
}

/// On a thread of its own: a file of everything takes long to write.
async fn given(view: Arc<View>, query: FindingQuery, export: &'static Export) -> Result<Response, Trouble> {
    query.known(&view)?;
    let made = tokio::task::spawn_blocking(move || (export.make)(&view, &query));
    let bytes = made.await.map_err(|ended| Trouble::Failed(ended.to_string()))??;
    Ok(([(CONTENT_TYPE, export.kind)], bytes).into_response())
}
