//! The charts of the pages as pictures: `/sectors/KIND.svg`, `/bodies/ID/money.png`, `/gap.svg` ...

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::BodyId;

use super::gap;
use crate::app::App;
use crate::chart::{self, Ending, picture};
use crate::list::GapQuery;
use crate::page::Asked;
use crate::trouble::Trouble;
use crate::view::View;

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/sectors/{file}", get(of_sectors))
        .route("/bodies/{id}/{file}", get(of_body))
        .route("/gap.svg", get(gap_svg))
        .route("/gap.png", get(gap_png))
}

/// `money.svg` is the chart `money` as SVG.
fn named(file: &str) -> Result<(&str, Ending), Trouble> {
    let (name, ending) = file.rsplit_once('.').ok_or(Trouble::NotFound)?;
    Ok((name, ending.parse()?))
}

async fn of_sectors(
    Extension(view): Extension<Arc<View>>,
    Path(file): Path<String>,
) -> Result<Response, Trouble> {
    let (name, ending) = named(&file)?;
    let chart = match name {
        "answers" => chart::answers(&view),
        "spread" => chart::spread(&view),
        kind => {
            let mut rows = view.responses.iter();
            let row = rows.find(|row| row.kind == kind && chart::is_known(row));
            row.map(|row| chart::shares(row, &view))
        }
    };
    picture(&chart.ok_or(Trouble::NotFound)?, ending, &view).await
}

async fn of_body(
    Extension(view): Extension<Arc<View>>,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Trouble> {
    let (name, ending) = named(&file)?;
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let body = view.body(&id).ok_or(Trouble::NotFound)?;
    let ledger = view.ledger(body).await?;
    let chart = match name {
        "money" => ledger.spent.as_ref(),
        "devices" => ledger.devices.as_ref(),
        _ => None,
    };
    picture(chart.ok_or(Trouble::NotFound)?, ending, &view).await
}

async fn gap_svg(Extension(view): Extension<Arc<View>>, query: Asked<GapQuery>) -> Result<Response, Trouble> {
    picture(&gap::chart_of(&query.0, &view)?, Ending::Svg, &view).await
}

async fn gap_png(Extension(view): Extension<Arc<View>>, query: Asked<GapQuery>) -> Result<Response, Trouble> {
    picture(&gap::chart_of(&query.0, &view)?, Ending::Png, &view).await
}
