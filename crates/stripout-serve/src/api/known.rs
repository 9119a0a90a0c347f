//! `/api/v1/sectors`, `/api/v1/alerts`, `/api/v1/promises` and `/api/v1/leads`

use std::sync::Arc;

use axum::Extension;
use axum::response::Response;
use axum::routing::get;
use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{Act, BodyId};

use super::schema::fields;
use super::{Gives, Resource, many};
use crate::list::PageQuery;
use crate::page::{Asked, Part};
use crate::trouble::Trouble;
use crate::view::{Quote, View};

const SECTORS_PATH: &str = "/api/v1/sectors";
const ALERTS_PATH: &str = "/api/v1/alerts";
const PROMISES_PATH: &str = "/api/v1/promises";
const LEADS_PATH: &str = "/api/v1/leads";

#[derive(Serialize)]
struct Promise<'v> {
    id: &'v str,
    body: Option<&'v BodyId>,
    act: Act,
    quote: Quote,
    by: Option<Date>,
    given: Option<Date>,
}

pub(super) const SECTORS: Resource = Resource {
    path: SECTORS_PATH,
    what: "by kind of body: existing, asked, answered, found",
    gives: Gives::Many("Sector"),
    asks: fields::<PageQuery>,
    route: || get(sectors),
};

pub(super) const ALERTS: Resource = Resource {
    path: ALERTS_PATH,
    what: "two facts that contradict",
    gives: Gives::Many("Alert"),
    asks: fields::<PageQuery>,
    route: || get(alerts),
};

pub(super) const PROMISES: Resource = Resource {
    path: PROMISES_PATH,
    what: "what bodies said they would do",
    gives: Gives::Many("Promise"),
    asks: fields::<PageQuery>,
    route: || get(promises),
};

pub(super) const LEADS: Resource = Resource {
    path: LEADS_PATH,
    what: "cameras whose maker is not stated",
    gives: Gives::Many("Question"),
    asks: fields::<PageQuery>,
    route: || get(leads),
};

async fn sectors(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let (rows, cursor) = (&view.responses, query.cursor.as_deref());
    let part = Part::asked(rows, query.page, cursor, query.size(), |it| it.kind.as_str())?;
    Ok(many(&view, part, SECTORS_PATH, &query))
}

async fn alerts(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let rows = view.alerts.iter().map(|alert| {
        let mut alert = alert.clone();
        for fact in std::iter::once(&mut alert.said).chain(&mut alert.seen) {
            fact.quote = view.words(&fact.quote);
            fact.source = view.file(&fact.source);
        }
        alert
    });
    let part = Part::asked(rows, query.page, query.cursor.as_deref(), query.size(), |it| {
        it.id.clone()
    })?;
    Ok(many(&view, part, ALERTS_PATH, &query))
}

async fn promises(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let rows = view.promises.iter().map(|it| {
        let what = &it.said.what;
        Promise {
            id: &it.said.id,
            body: it.body.as_ref().map(|it| &it.id),
            act: what.act,
            quote: view.quote(it.body.as_ref().map(|it| &it.id), &what.evidence),
            by: what.by.as_ref().and_then(|by| by.date),
            given: what.days.document.or(it.said.written),
        }
    });
    let part = Part::asked(rows, query.page, query.cursor.as_deref(), query.size(), |it| {
        it.id
    })?;
    Ok(many(&view, part, PROMISES_PATH, &query))
}

async fn leads(
    Extension(view): Extension<Arc<View>>,
    Asked(query): Asked<PageQuery>,
) -> Result<Response, Trouble> {
    let (rows, cursor) = (&view.questions, query.cursor.as_deref());
    let part = Part::asked(rows, query.page, cursor, query.size(), |it| it.lead.as_str())?;
    Ok(many(&view, part, LEADS_PATH, &query))
}
