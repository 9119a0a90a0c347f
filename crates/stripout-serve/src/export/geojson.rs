//! Bodies of which something is known, on a map (RFC 7946): one point for each, where its area or seat is.

use serde::Serialize;
use serde_json::{Value, json};
use stripout_judge::Guard;
use stripout_model::{Finding, MakerId, Status};

use super::Export;
use crate::api::LICENCE;
use crate::list::FindingQuery;
use crate::trouble::Trouble;
use crate::view::View;

pub(super) const EXPORT: Export = Export {
    name: "findings.geojson",
    title: "Bodies with findings as GeoJSON",
    kind: "application/geo+json",
    columns: None,
    make: collection,
};

#[derive(Serialize)]
struct Told<'v> {
    id: &'v str,
    maker: &'v MakerId,
    status: Status,
    last: Option<String>,
    sentence: &'v str,
}

/// The place is that of the body and never that of a site; bodies that have sensitive sites have none here, nor do they get one
/// by way of a finding.
fn collection(view: &View, query: &FindingQuery) -> Result<Vec<u8>, Trouble> {
    let mut findings: Vec<&Finding> = query.of(view);
    findings.sort_by(|a, b| (&a.body, &a.id).cmp(&(&b.body, &b.id)));
    let guard = Guard::of(view.catalogue());
    let features = findings.chunk_by(|a, b| a.body == b.body).filter_map(|own| {
        let body = view.body(&own.first()?.body)?;
        let place = body.position.filter(|_| !guard.holds(Some(&body.kind)));
        let told: Vec<Told<'_>> = own.iter().map(|finding| Told::of(finding)).collect();
        Some(json!({
            "type": "Feature",
            "id": body.id,
            "geometry": place.map(|at| json!({ "type": "Point", "coordinates": [at.long, at.lat] })),
            "properties": {
                "name": body.name,
                "kind": body.kind,
                "nation": body.nation,
                "region": body.region,
                "page": view.url(&format!("/bodies/{}", body.id)),
                "findings": told,
            },
        }))
    });
    let collection = json!({
        "type": "FeatureCollection",
        "licence": LICENCE,
        "revision": view.revision,
        "features": features.collect::<Vec<Value>>(),
    });
    serde_json::to_vec(&collection).map_err(|error| Trouble::Failed(error.to_string()))
}

impl<'v> Told<'v> {
    fn of(finding: &'v Finding) -> Self {
        Self {
            id: &finding.id,
            maker: &finding.maker,
            status: finding.status,
            last: finding.last.map(|day| day.to_string()),
            sentence: &finding.sentence,
        }
    }
}
