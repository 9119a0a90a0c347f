//! `/gap`: what is there by how the rules stand to it, as they are and as they would be.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_judge::{Change, GapRow, Tally};

use crate::app::App;
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
}

/// A row with what its group is called, and its shares of the bodies for the bar, from 0 to 100.
struct Line {
    name: String,
    row: GapRow,
    bar: Vec<(&'static str, f64, f64)>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/gap", get(gap))
}

async fn gap(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<GapQuery>,
) -> Result<Response, Trouble> {
    let catalogue = view.catalogue();
    let supposed = match query.what_if.as_deref() {
        Some(id) => Some(catalogue.policies.get(id).ok_or_else(|| unknown(id))?),
        None => None,
    };
    let table = view.gap_by(query.by.by(), query.what_if.as_deref())?;
    let name = |group: &str| match query.by {
        _ if group.is_empty() => "Not known".to_owned(),
        Rows::Kind => words::label(catalogue, "body-kinds", group).to_owned(),
        Rows::Maker => catalogue
            .makers
            .values()
            .find(|maker| maker.id.as_str() == group)
            .map_or_else(|| group.to_owned(), |maker| maker.label.clone()),
        Rows::Region => group.to_owned(),
    };
    let lines = table.rows.iter().map(|row| Line::of(name(&row.group), row));
    let changes = match supposed {
        Some(policy) => view.changes(&policy.id)?,
        None => Vec::new(),
    };
    let deciding = table.instruments.iter().map(|one| {
        let counted = words::count(one.findings, "finding", "findings");
        (counted, one.determination.why.clone())
    });
    page(&GapPage {
        chrome: Chrome::new(&view, "/gap", "What no rule reaches"),
        what_if: supposed.map_or("", |policy| policy.id.as_str()),
        by: query.by.as_str(),
        rows: Rows::ALL.map(|it| (it.as_str(), it.as_str())).to_vec(),
        policies: catalogue
            .policies
            .values()
            .filter(|policy| !policy.provisions.is_empty())
            .map(|policy| (policy.id.as_str(), policy.title.as_str()))
            .collect(),
        table: lines.collect(),
        all: Line::of("All".into(), &table.all),
        supposed: supposed.map(|policy| policy.title.as_str()),
        json: address("/api/v1/gap", &query),
        deciding: deciding.collect(),
        changes,
    })
}

pub(crate) fn unknown(policy: &str) -> Trouble {
    Trouble::Malformed(format!("no instrument has the id \"{}\"", words::safe(policy)))
}

impl Line {
    fn of(name: String, row: &GapRow) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "a bar is drawn from it")]
        let part = |tally: &Tally| tally.findings as f64 * 100.0 / (row.total.findings.max(1) as f64);
        let mut bar = Vec::new();
        let mut from = 0.0;
        for (what, tally) in [
            ("covered", &row.covered),
            ("promised", &row.promised),
            ("unknown", &row.unknown),
            ("no-rule", &row.no_rule),
        ] {
            let width = part(tally);
            if width > 0.0 {
                bar.push((what, from, width));
            }
            from += width;
        }
        Self {
            name,
            row: row.clone(),
            bar,
        }
    }

    fn money(&self) -> String {
        words::money(&self.row.no_rule.money)
    }
}
