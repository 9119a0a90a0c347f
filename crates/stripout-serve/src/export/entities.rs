//! Bodies, makers and what ties them as `FollowTheMoney` entities, one JSON object a line.
//!
//! A link says that there is or was equipment. What a body denies or does not answer is no link: who reads links alone would take
//! it for one.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use stripout_catalogue::{Maker, PublicBody};
use stripout_model::{BodyId, Finding, MakerId, Status};

use super::Export;
use crate::list::FindingQuery;
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

pub(super) const EXPORT: Export = Export {
    name: "entities.ftm.json",
    title: "Bodies, makers and links as FollowTheMoney entities",
    kind: "application/jsonl; charset=utf-8",
    columns: None,
    make: entities,
};

/// Bodies of the catalogue are those of the United Kingdom; codes of countries are in lower case.
const COUNTRY: &str = "gb";

fn entities(view: &View, query: &FindingQuery) -> Result<Vec<u8>, Trouble> {
    let links: Vec<&Finding> = query
        .of(view)
        .into_iter()
        .filter(|it| is_link(it.status))
        .collect();
    let bodies: BTreeSet<&BodyId> = links.iter().map(|it| &it.body).collect();
    let makers: BTreeSet<&MakerId> = links.iter().map(|it| &it.maker).collect();
    let bodies = bodies.into_iter().filter_map(|id| view.body(id));
    let makers = makers.into_iter().filter_map(|id| view.maker(id));
    let all = bodies
        .map(|body| of_body(body, view))
        .chain(makers.map(of_maker))
        .chain(links.iter().map(|finding| of_finding(finding, view)));
    let mut file = Vec::new();
    for entity in all {
        serde_json::to_writer(&mut file, &entity).map_err(|error| Trouble::Failed(error.to_string()))?;
        file.push(b'\n');
    }
    Ok(file)
}

fn is_link(status: Status) -> bool {
    match status {
        Status::InUse | Status::Bought | Status::RemovalPlanned | Status::Removed | Status::Formerly => true,
        Status::Denied | Status::Refused | Status::NoEvidence => false,
    }
}

fn key(kind: &str, id: &str) -> String {
    format!("stripout-{kind}-{id}")
}

fn of_body(body: &PublicBody, view: &View) -> Value {
    json!({
        "id": key("body", body.id.as_str()),
        "schema": "PublicBody",
        "properties": {
            "name": [body.name],
            "country": [COUNTRY],
            "classification": [words::label(view.catalogue(), "body-kinds", &body.kind)],
            "sourceUrl": address(view, &format!("/bodies/{}", body.id)),
        },
    })
}

fn of_maker(maker: &Maker) -> Value {
    let countries = maker.countries.iter().filter(|code| code.len() == 2);
    json!({
        "id": key("maker", maker.id.as_str()),
        "schema": "Company",
        "properties": {
            "name": [maker.legal_name],
            "alias": [maker.label],
            "country": countries.map(|code| code.to_lowercase()).collect::<Vec<_>>(),
        },
    })
}

fn of_finding(finding: &Finding, view: &View) -> Value {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).into_iter().collect::<Vec<_>>();
    json!({
        "id": key("finding", &finding.id),
        "schema": "UnknownLink",
        "properties": {
            "subject": [key("body", finding.body.as_str())],
            "object": [key("maker", finding.maker.as_str())],
            "role": [format!("Video surveillance equipment: {}", words::status(finding.status).to_lowercase())],
            "startDate": day(finding.first),
            "date": day(finding.last),
            "summary": [finding.sentence],
            "recordId": [finding.id],
            "publisher": ["Stripout register"],
            "sourceUrl": address(view, &format!("/bodies/{}", finding.body)),
        },
    })
}

/// Entities are read away from the site: half an address is none.
fn address(view: &View, path: &str) -> Vec<String> {
    view.base().map(|_| view.url(path)).into_iter().collect()
}
