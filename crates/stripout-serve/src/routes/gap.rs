//! `/gap`: what is there by how the rules stand to it, as they are and as they would be.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_catalogue::Policy;
use stripout_judge::{Change, GapRow};

use crate::app::App;
use crate::chart::{self, Chart, Mark};
use crate::list::{GapQuery, Rows};
use crate::page::{Asked, Chrome, address, page};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "gap.html")]
struct GapPage<'v> {
    chrome: Chrome,
    what_if: &'v str,
    by: &'static str,
    rows: Vec<(&'static str, &'static str)>,
    policies: Vec<(&'v str, &'v str)>,
    table: Vec<Line>,
    all: Line,
    /// How many findings, and what an instrument says of them.
    deciding: Vec<(String, String)>,
    supposed: Option<&'v str>,
    changes: Vec<Change>,
    json: String,
    chart: Chart,
}

/// A row with what its group is called, and its bar.
struct Line {
    name: String,
    row: GapRow,
    marks: Vec<Mark>,
}

const ALL: &str = "All";

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/gap", get(gap))
}

async fn gap(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<GapQuery>,
) -> Result<Response, Trouble> {
    let supposed = supposed(&query, &view)?;
    let table = view.gap_by(query.by.by(), query.what_if.as_deref())?;
    let changes = match supposed {
        Some(policy) => view.changes(&policy.id)?,
        None => Vec::new(),
    };
    let deciding = table.instruments.iter().map(|one| {
        let counted = words::count(one.findings, "finding", "findings");
        (counted, one.determination.why.clone())
    });
    let chart = chart_of(&query, &view)?;
    let marks = |at: usize| {
        chart
            .bars
            .get(at)
            .map(|bar| bar.marks.clone())
            .unwrap_or_default()
    };
    let lines = table.rows.iter().enumerate().map(|(at, row)| Line {
        name: name(&row.group, &query, &view),
        row: row.clone(),
        marks: marks(at),
    });
    page(&GapPage {
        chrome: Chrome::new(&view, "/gap", "What no rule reaches"),
        what_if: supposed.map_or("", |policy| policy.id.as_str()),
        by: query.by.as_str(),
        rows: Rows::ALL.map(|it| (it.as_str(), it.as_str())).to_vec(),
        policies: view
            .policies()
            .filter(|policy| !policy.provisions.is_empty())
            .map(|policy| (policy.id.as_str(), policy.title.as_str()))
            .collect(),
        table: lines.collect(),
        all: Line {
            name: ALL.into(),
            row: table.all.clone(),
            marks: marks(table.rows.len()),
        },
        supposed: supposed.map(|policy| policy.title.as_str()),
        json: address("/api/v1/gap", &query),
        deciding: deciding.collect(),
        changes,
        chart,
    })
}

/// The bars of the page, all of it last.
pub(super) fn chart_of(query: &GapQuery, view: &View) -> Result<Chart, Trouble> {
    let supposed = supposed(query, view)?;
    let table = view.gap_by(query.by.by(), query.what_if.as_deref())?;
    let names: Vec<String> = table
        .rows
        .iter()
        .map(|row| name(&row.group, query, view))
        .collect();
    let rows = names.iter().map(String::as_str).zip(&table.rows);
    let rows: Vec<(&str, &GapRow)> = rows.chain([(ALL, &table.all)]).collect();
    let title = supposed.map(|policy| policy.title.as_str());
    Ok(chart::gap(&rows, &address("", query), title))
}

/// The instrument that is taken as if it were in force.
fn supposed<'v>(query: &GapQuery, view: &'v View) -> Result<Option<&'v Policy>, Trouble> {
    let policy = |id: &str| view.policy(id).ok_or_else(|| unknown(id));
    query.what_if.as_deref().map(policy).transpose()
}

/// What a group is called.
fn name(group: &str, query: &GapQuery, view: &View) -> String {
    let catalogue = view.catalogue();
    match query.by {
        _ if group.is_empty() => "Not known".to_owned(),
        Rows::Kind => words::label(catalogue, "body-kinds", group).to_owned(),
        Rows::Maker => catalogue
            .makers
            .values()
            .find(|maker| maker.id.as_str() == group)
            .map_or_else(|| group.to_owned(), |maker| maker.label.clone()),
        Rows::Region => group.to_owned(),
    }
}

pub(crate) fn unknown(policy: &str) -> Trouble {
    Trouble::Malformed(format!("no instrument has the id \"{}\"", words::safe(policy)))
}

impl Line {
    fn money(&self) -> String {
        words::money(&self.row.no_rule.money)
    }
}
