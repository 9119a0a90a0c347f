//! `/makers` and `/makers/ID`: who owns a maker, where it is listed, what it is sold as, and what has been said of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::MakerId;

use super::feeds;
use crate::app::App;
use crate::claim::Claim;
use crate::list::FindingQuery;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Cited, Dossier, View};
use crate::words;

/// Findings told on the page of a maker.
const TOLD: usize = 6;

#[derive(Template)]
#[template(path = "makers.html")]
struct Makers<'v> {
    chrome: Chrome,
    rows: Vec<Row<'v>>,
}

struct Row<'v> {
    id: &'v str,
    label: &'v str,
    legal_name: &'v str,
    jurisdiction: &'v str,
    labels: usize,
    findings: usize,
}

#[derive(Template)]
#[template(path = "maker.html")]
struct MakerPage<'v> {
    chrome: Chrome,
    dossier: Dossier<'v>,
    jurisdiction: &'v str,
    shares: Vec<Sourced<'v>>,
    restrictions: Vec<Listed<'v>>,
    labels: Vec<Sold<'v>>,
    claims: Vec<Said>,
    findings: Vec<Claim<'v>>,
    total: usize,
    sources: Vec<Cited>,
}

struct Sourced<'v> {
    day: &'v str,
    what: String,
    sources: Vec<Cited>,
}

struct Listed<'v> {
    day: &'v str,
    instrument: &'v str,
    measure: &'v str,
    status: &'v str,
    sources: Vec<Cited>,
}

struct Sold<'v> {
    id: &'v str,
    label: &'v str,
    lines: &'v str,
    wording: &'v str,
    days: String,
    certainty: &'static str,
}

struct Said {
    claim: String,
    by: String,
    date: String,
    reply: Option<String>,
    reply_by: String,
    /// There is a reply, and it may not be told.
    untold: bool,
    sources: Vec<Cited>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/makers", get(makers))
        .route("/makers/{id}", get(maker))
}

async fn makers(Extension(view): Extension<Arc<View>>) -> Result<Response, Trouble> {
    let mut findings: BTreeMap<&MakerId, usize> = BTreeMap::new();
    for finding in &view.findings {
        *findings.entry(&finding.maker).or_default() += 1;
    }
    let mut labels: BTreeMap<&MakerId, usize> = BTreeMap::new();
    for brand in view.labels() {
        for maker in brand
            .made_by
            .iter()
            .filter(|it| view.may_tell(it))
            .filter_map(|it| it.maker.as_ref())
        {
            *labels.entry(maker).or_default() += 1;
        }
    }
    let mut rows: Vec<Row<'_>> = view
        .makers()
        .into_iter()
        .map(|maker| Row {
            id: maker.id.as_str(),
            label: &maker.label,
            legal_name: &maker.legal_name,
            jurisdiction: words::meaning_of(view.catalogue(), "jurisdictions", &maker.jurisdiction),
            labels: labels.get(&maker.id).copied().unwrap_or(0),
            findings: findings.get(&maker.id).copied().unwrap_or(0),
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.findings));
    page(&Makers {
        chrome: Chrome::new(&view, "/makers", "Makers"),
        rows,
    })
}

async fn maker(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    if let Some(id) = id.strip_suffix(".atom") {
        return feeds::of_maker(&view, id);
    }
    let id: MakerId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let dossier = view.dossier(&id).ok_or(Trouble::NotFound)?;
    let shares = dossier.shares.iter().map(|it| Sourced {
        day: it.as_of.as_deref().unwrap_or("no day stated"),
        what: match &it.percent {
            Some(percent) if percent.ends_with(|c: char| c.is_ascii_digit()) => {
                format!("{}: {percent} %", it.holder)
            }
            Some(percent) => format!("{}: {percent}", it.holder),
            None => it.holder.clone(),
        },
        sources: view.cited(&it.sources),
    });
    let restrictions = dossier.restrictions.iter().map(|it| Listed {
        day: it
            .effective
            .as_deref()
            .or(it.adopted.as_deref())
            .unwrap_or("no day stated"),
        instrument: &it.instrument,
        measure: &it.measure,
        status: words::meaning_of(view.catalogue(), "measure-status", &it.status),
        sources: view.cited(&it.sources),
    });
    let labels = dossier.labels.iter().map(|(brand, it)| Sold {
        id: brand.id.as_str(),
        label: &brand.label,
        lines: if it.lines.is_empty() {
            "lines not stated"
        } else {
            &it.lines
        },
        wording: &it.wording,
        days: days(it.from.as_deref(), it.until.as_deref()),
        certainty: it.certainty.as_str(),
    });
    let claims: Vec<Said> = dossier
        .claims
        .iter()
        .map(|it| Said {
            claim: it.claim.clone(),
            by: it.claimed_by.clone(),
            date: it.date.clone().unwrap_or_else(|| "no day stated".into()),
            reply: it.reply.as_ref().map(|reply| reply.text.clone()),
            reply_by: it
                .reply
                .as_ref()
                .and_then(|reply| reply.by.clone())
                .unwrap_or_default(),
            untold: it.reply.is_none()
                && view
                    .catalogue()
                    .claims
                    .get(&it.id)
                    .is_some_and(|claim| claim.reply.is_some()),
            sources: view.cited(&it.sources),
        })
        .collect();
    let of_maker = FindingQuery {
        maker: Some(id),
        ..FindingQuery::default()
    };
    let findings = of_maker.of(&view);
    page(&MakerPage {
        chrome: Chrome::new(&view, "/makers", dossier.maker.label.clone()),
        jurisdiction: words::meaning_of(view.catalogue(), "jurisdictions", &dossier.maker.jurisdiction),
        shares: shares.collect(),
        restrictions: restrictions.collect(),
        labels: labels.collect(),
        claims,
        total: findings.len(),
        findings: findings
            .into_iter()
            .take(TOLD)
            .map(|it| Claim::of(it, &view))
            .collect(),
        sources: view.cited(&dossier.maker.sources),
        dossier,
    })
}

/// As exact as the sources are.
pub(super) fn days(from: Option<&str>, until: Option<&str>) -> String {
    match (from.map(words::written), until.map(words::written)) {
        (Some(from), Some(until)) => format!("{from} to {until}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => "days not stated".into(),
    }
}
