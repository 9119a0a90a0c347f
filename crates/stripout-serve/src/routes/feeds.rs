//! `/findings.atom`, `/alerts.atom`, and the feeds of one body and one maker: what changed, newest first (RFC 4287).

use std::cmp::Reverse;
use std::sync::Arc;

use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use stripout_model::{Alert, BodyId, Finding, MakerId};

use crate::app::App;
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

/// Entries of one feed.
const NEWEST: usize = 100;

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed {
    title: String,
    id: String,
    updated: Timestamp,
    /// Addresses of the feed and of the page that tells the same.
    own: String,
    page: String,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    id: String,
    updated: Timestamp,
    link: String,
    category: &'static str,
    summary: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/findings.atom", get(findings))
        .route("/alerts.atom", get(alerts))
}

async fn findings(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let entries = view.findings.iter().map(|it| of_finding(it, &view));
    feed(&view, "Findings", "/findings", entries.collect())
}

async fn alerts(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let entries = view.alerts.iter().map(|it| of_alert(it, &view));
    feed(&view, "Two facts that contradict", "/alerts", entries.collect())
}

/// Findings and alerts of one body.
pub(super) fn of_body(view: &View, id: &str) -> Result<Response, Trouble> {
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let body = view.body(&id).ok_or(Trouble::NotFound)?;
    let findings = view.findings_of(&id).iter().map(|it| of_finding(it, view));
    let alerts = view.alerts_of(&id).map(|it| of_alert(it, view));
    feed(
        view,
        &body.name,
        &format!("/bodies/{id}"),
        findings.chain(alerts).collect(),
    )
}

/// Findings that name one maker.
pub(super) fn of_maker(view: &View, id: &str) -> Result<Response, Trouble> {
    let id: MakerId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let maker = view.maker(&id).ok_or(Trouble::NotFound)?;
    let findings = view.findings.iter().filter(|it| it.maker == id);
    feed(
        view,
        &maker.label,
        &format!("/makers/{id}"),
        findings.map(|it| of_finding(it, view)).collect(),
    )
}

fn feed(view: &View, title: &str, page: &str, mut entries: Vec<Entry>) -> Result<Response, Trouble> {
    entries.sort_by(|a, b| (Reverse(a.updated), &a.id).cmp(&(Reverse(b.updated), &b.id)));
    entries.truncate(NEWEST);
    let own = format!("{page}.atom");
    let feed = Feed {
        title: format!("{title} · Stripout register"),
        id: view.tag(&own),
        updated: entries.first().map_or(Timestamp::UNIX_EPOCH, |it| it.updated),
        own: view.url(&own),
        page: view.url(page),
        entries,
    };
    Ok((
        [(CONTENT_TYPE, "application/atom+xml; charset=utf-8")],
        feed.render()?,
    )
        .into_response())
}

fn of_finding(finding: &Finding, view: &View) -> Entry {
    let rests_on = finding.sightings.iter().chain(&finding.contradicted_by);
    let things = rests_on.map(String::as_str);
    Entry {
        title: format!(
            "{}: {} ({})",
            view.name_of(&finding.body),
            view.maker_label(&finding.maker),
            words::status(finding.status).to_lowercase()
        ),
        id: view.tag(&format!("/findings/{}", finding.id)),
        updated: updated(view, things, finding.last),
        link: format!(
            "{}#{}",
            view.url(&format!("/bodies/{}", finding.body)),
            finding.maker
        ),
        category: finding.status.as_str(),
        summary: finding.sentence.clone(),
    }
}

fn of_alert(alert: &Alert, view: &View) -> Entry {
    let seen = alert.seen.as_ref().and_then(|fact| fact.date);
    Entry {
        title: format!(
            "{}: {}",
            view.name_of(&alert.body),
            words::alert(alert.kind).to_lowercase()
        ),
        id: view.tag(&format!("/alerts/{}", alert.id)),
        updated: updated(
            view,
            std::iter::once(alert.id.as_str()),
            seen.max(alert.said.date),
        ),
        link: format!("{}#alerts", view.url(&format!("/bodies/{}", alert.body))),
        category: alert.kind.as_str(),
        summary: alert.sentence.clone(),
    }
}

/// When a claim became what it is: the last decision on what it rests on, else the last day that its evidence speaks of.
/// Never the clock, so that the same register gives the same feed.
fn updated<'a>(view: &View, things: impl Iterator<Item = &'a str>, last: Option<Date>) -> Timestamp {
    let decided = things
        .flat_map(|thing| view.decisions_on(thing))
        .map(|it| it.when);
    let spoken_of = || {
        let day = last?.to_zoned(TimeZone::UTC).ok()?;
        Some(day.timestamp())
    };
    decided.max().or_else(spoken_of).unwrap_or(Timestamp::UNIX_EPOCH)
}
