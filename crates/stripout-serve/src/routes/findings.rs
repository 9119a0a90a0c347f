//! `/findings`: who has what, newest first.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_judge::Standing;
use stripout_model::{MakerId, Status};

use super::bodies::kinds;
use crate::app::App;
use crate::claim::Claim;
use crate::list::FindingQuery;
use crate::page::{Asked, Chrome, Pager, Part, ROWS, address, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "findings.html")]
struct Findings<'v> {
    chrome: Chrome,
    query: FindingQuery,
    status: &'v str,
    maker: &'v str,
    /// Address of the same list for programs.
    json: String,
    kinds: Vec<(&'v str, &'v str)>,
    makers: Vec<(&'v str, &'v str)>,
    statuses: Vec<(&'static str, &'static str)>,
    standings: Vec<(&'static str, &'static str)>,
    rows: Vec<Claim<'v>>,
    counted: String,
    pager: Pager,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/findings", get(findings))
}

async fn findings(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<FindingQuery>,
) -> Result<Response, Trouble> {
    query.known(&view)?;
    let part = Part::of(query.of(&view), query.page, ROWS);
    let pager = part.pager("/findings", &query);
    let makers: BTreeSet<_> = view.findings.iter().map(|finding| &finding.maker).collect();
    let status = query.status.map_or("", Status::as_str);
    let maker = query.maker.clone();
    page(&Findings {
        json: address("/api/v1/findings", &query),
        status,
        maker: maker.as_ref().map_or("", MakerId::as_str),
        chrome: Chrome::new(&view, "/findings", "Findings"),
        kinds: kinds(&view),
        makers: makers
            .into_iter()
            .map(|id| (id.as_str(), view.maker_label(id)))
            .collect(),
        statuses: Status::ALL
            .iter()
            .map(|it| (it.as_str(), words::status(*it)))
            .collect(),
        standings: Standing::ALL
            .iter()
            .map(|it| (it.as_str(), words::standing(*it)))
            .collect(),
        counted: words::count(part.total as u64, "finding", "findings"),
        rows: part.rows.into_iter().map(|it| Claim::of(it, &view)).collect(),
        query,
        pager,
    })
}
