//! Downloads are read back by the libraries of their formats, and say what the pages say.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::RowAccessor as _;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;
use stripout_serve::Audience;
use tower::ServiceExt as _;

use super::{Site, accept, private, screened, serve};

async fn bytes(site: &Site, address: &str) -> Vec<u8> {
    let request = Request::get(address).body(Body::empty()).unwrap();
    let response = site.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200, "{address}");
    to_bytes(response.into_body(), 64 << 20).await.unwrap().into()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Every finding, by the lists of the interface, part by part.
async fn findings(site: &Site) -> Vec<Value> {
    let mut found = Vec::new();
    let mut next = Some("/api/v1/findings".to_owned());
    while let Some(address) = next {
        let part = site.json(&address).await;
        found.extend(part["data"].as_array().unwrap().clone());
        next = part["next"].as_str().map(str::to_owned);
    }
    found
}

fn ids(rows: &[Value]) -> Vec<&str> {
    let mut ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn tables_hold_every_finding() {
    let site = private().await;
    let all = findings(&site).await;
    let wanted = ids(&all);
    assert!(wanted.len() > 10, "{wanted:?}");
    let told = lines(&bytes(&site, "/findings.jsonl").await);
    assert_eq!(ids(&told), wanted);
    let csv = bytes(&site, "/findings.csv").await;
    let mut rows = csv::Reader::from_reader(csv.as_slice());
    let mut told: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
    told.sort_unstable();
    assert_eq!(told, wanted);
    let parquet = axum::body::Bytes::from(bytes(&site, "/findings.parquet").await);
    let file = SerializedFileReader::new(parquet).unwrap();
    let rows = file.get_row_iter(None).unwrap();
    let mut told: Vec<String> = rows
        .map(|row| row.unwrap().get_string(0).unwrap().clone())
        .collect();
    told.sort_unstable();
    assert_eq!(told, wanted);
    let one = lines(&bytes(&site, "/findings.jsonl?maker=hikvision").await);
    assert!(!one.is_empty() && one.iter().all(|row| row["maker"] == "hikvision"));
}

#[tokio::test]
async fn places_are_those_of_bodies_and_of_none_that_is_guarded() {
    let site = private().await;
    let text = String::from_utf8(bytes(&site, "/findings.geojson").await).unwrap();
    let geojson: geojson::FeatureCollection = text.parse().unwrap();
    let mut seen = (0, 0);
    for feature in &geojson.features {
        let kind = feature.property("kind").unwrap().as_str().unwrap();
        match &feature.geometry {
            Some(geometry) => {
                assert!(matches!(geometry.value, geojson::Value::Point(_)), "{feature:?}");
                assert_ne!(kind, "department", "{feature:?}");
                seen.0 += 1;
            }
            None => seen.1 += 1,
        }
        assert!(
            !feature
                .property("findings")
                .unwrap()
                .as_array()
                .unwrap()
                .is_empty()
        );
    }
    assert!(seen.0 > 0 && seen.1 > 0, "{seen:?}");
}

#[tokio::test]
async fn a_link_is_made_of_what_is_there_and_never_of_a_denial() {
    let site = private().await;
    let all = findings(&site).await;
    let entities = lines(&bytes(&site, "/entities.ftm.json").await);
    let links: Vec<&Value> = entities
        .iter()
        .filter(|it| it["schema"] == "UnknownLink")
        .collect();
    let status = |id: &str| {
        all.iter().find(|row| row["id"] == id).unwrap()["status"]
            .as_str()
            .unwrap()
    };
    for link in &links {
        let properties = &link["properties"];
        for end in ["subject", "object"] {
            assert!(entities.iter().any(|it| it["id"] == properties[end][0]), "{link}");
        }
        let told = status(properties["recordId"][0].as_str().unwrap());
        assert!(
            ["in-use", "bought", "removal-planned", "removed", "formerly"].contains(&told),
            "{link}"
        );
    }
    let there =
        |row: &&Value| !["denied", "refused", "no-evidence"].contains(&row["status"].as_str().unwrap());
    assert_eq!(links.len(), all.iter().filter(there).count());
    assert!(links.len() < all.len(), "the example has a denial");
}

#[tokio::test]
async fn the_package_describes_the_files_as_they_are() {
    let site = private().await;
    let package = site.json("/datapackage.json").await;
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 5);
    for resource in resources {
        let file = bytes(&site, &format!("/{}", resource["path"].as_str().unwrap())).await;
        assert_eq!(resource["bytes"], file.len(), "{resource}");
        let hash = BlobId::from_digest(Sha256::digest(&file).into());
        assert_eq!(resource["hash"], format!("sha256:{hash}"), "{resource}");
    }
    let csv = resources.iter().find(|it| it["path"] == "findings.csv").unwrap();
    let file = bytes(&site, "/findings.csv").await;
    let mut rows = csv::Reader::from_reader(file.as_slice());
    let fields: Vec<&Value> = csv["schema"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["name"])
        .collect();
    assert_eq!(fields, rows.headers().unwrap().iter().collect::<Vec<_>>());
}

#[tokio::test]
async fn bodies_and_findings_are_cited() {
    let site = private().await;
    for address in [
        "/bodies/leeds-city-council.bib",
        "/findings/leeds-city-council.hikvision.bib",
    ] {
        let text = String::from_utf8(bytes(&site, address).await).unwrap();
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
        for part in [
            "@misc{stripout-leeds-city-council",
            "Leeds City Council",
            "/uk/bodies/leeds-city-council",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let cff = String::from_utf8(bytes(&site, "/CITATION.cff").await).unwrap();
    assert!(
        cff.starts_with("cff-version: 1.2.0\n") && cff.contains("url: \"https://"),
        "{cff}"
    );
}

#[tokio::test]
async fn the_description_is_of_what_answers() {
    let site = private().await;
    let finding = findings(&site).await.swap_remove(0);
    let described = site.json("/api/v1/openapi.json").await;
    assert_eq!(described["openapi"], "3.1.0");
    let required = described["components"]["schemas"]["Finding"]["required"]
        .as_array()
        .unwrap();
    let named: Vec<&str> = required.iter().map(|it| it.as_str().unwrap()).collect();
    for name in finding.as_object().unwrap().keys() {
        assert!(named.contains(&name.as_str()), "{name} is not described");
    }
    assert_eq!(named.len(), finding.as_object().unwrap().len());
    for (path, item) in described["paths"].as_object().unwrap() {
        let of = path.trim_start_matches("/api/v1").split('/').nth(1);
        let id = match of {
            Some("findings") => finding["id"].as_str().unwrap(),
            Some("bodies") => finding["body"].as_str().unwrap(),
            Some("makers") => finding["maker"].as_str().unwrap(),
            Some("evidence") => finding["sightings"][0].as_str().unwrap(),
            _ => "us-889-a1A",
        };
        let address = path.replace("{id}", id);
        // What is sent has tests of its own.
        let Some(get) = item.get("get") else {
            continue;
        };
        let asked = get["parameters"].as_array().unwrap();
        let asked = asked.iter().filter(|it| it["in"] == "query");
        let asked: Vec<&str> = asked.map(|it| it["name"].as_str().unwrap()).collect();
        let empty: Vec<String> = asked
            .iter()
            .filter(|name| !["by", "view"].contains(name))
            .map(|name| match *name {
                "url" => format!("url={}/bodies/{}", super::BASE, finding["body"].as_str().unwrap()),
                name => format!("{name}="),
            })
            .collect();
        let answer = site.get(&format!("{address}?{}", empty.join("&"))).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        let content = get["responses"]["200"]["content"].as_object().unwrap();
        if let Some(json) = content
            .get("application/json")
            .filter(|it| it["schema"].is_object())
        {
            let told: Value = serde_json::from_str(&answer.body).unwrap();
            holds(&told, &json["schema"], &described, &address);
        }
        if !asked.is_empty() && address != "/oembed" {
            let answer = site.get(&format!("{address}?colour=red")).await;
            assert_eq!(answer.status, 400, "{address}");
        }
    }
}

/// What is told is as described: no field is missing, and none is there that is not described.
fn holds(told: &Value, schema: &Value, described: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return holds(told, described.pointer(pointer).unwrap(), described, at);
    }
    if let Some(either) = schema["anyOf"].as_array() {
        let wanted = either.iter().find(|it| (it["type"] == "null") == told.is_null());
        return holds(told, wanted.unwrap(), described, at);
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.clone(),
        kind => vec![kind.clone()],
    };
    let kind = match told {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if it.is_i64() || it.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |it: &Value| *it == kind || (*it == "number" && kind == "integer");
    assert!(kinds.iter().any(fits), "{at}: {told} is no {kinds:?}");
    if let Value::Array(rows) = told {
        for (number, row) in rows.iter().enumerate() {
            let own = schema["prefixItems"].get(number).unwrap_or(&schema["items"]);
            assert!(own.is_object(), "{at}: what the list holds is not described");
            holds(row, own, described, &format!("{at}[]"));
        }
    }
    let Value::Object(fields) = told else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(
            fields.contains_key(name.as_str().unwrap()),
            "{at}: {name} is missing"
        );
    }
    for (name, value) in fields {
        let own = schema["properties"]
            .get(name)
            .unwrap_or(&schema["additionalProperties"]);
        assert!(own.is_object(), "{at}: {name} is not described");
        holds(value, own, described, &format!("{at}.{name}"));
    }
}

#[tokio::test]
async fn a_list_goes_on_after_its_cursor() {
    let site = private().await;
    let first = site.json("/api/v1/bodies").await;
    let next = first["next"].as_str().unwrap();
    assert!(next.contains("cursor="), "{next}");
    let second = site.json(next).await;
    let by_number = site.json("/api/v1/bodies?page=2").await;
    assert_eq!(
        (&second["data"], &second["page"]),
        (&by_number["data"], &by_number["page"])
    );
    assert_eq!(site.get("/api/v1/bodies?cursor=no-such-row").await.status, 410);
}

#[tokio::test]
async fn what_was_taken_back_is_gone_and_not_unknown() {
    let all = private().await;
    let finding = all.json("/api/v1/findings/leeds-city-council.hikvision").await;
    let sighting = finding["data"]["sightings"][0].as_str().unwrap().to_owned();
    let (home, register) = screened().await;
    accept(&register, std::slice::from_ref(&sighting)).await;
    super::reject(&register, std::slice::from_ref(&sighting)).await;
    let site = serve(home, Audience::Everybody).await;
    for (address, status) in [
        (format!("/evidence/{sighting}"), 410),
        ("/api/v1/findings/leeds-city-council.hikvision".into(), 410),
        ("/findings/leeds-city-council.hikvision.bib".into(), 410),
        ("/api/v1/findings/leeds-city-council.dahua".into(), 404),
        ("/evidence/0123456789abcdef".into(), 404),
    ] {
        assert_eq!(site.get(&address).await.status, status, "{address}");
    }
    let problem = site.get("/api/v1/findings/leeds-city-council.hikvision").await;
    let problem: Value = serde_json::from_str(&problem.body).unwrap();
    assert_eq!(
        (&problem["code"], &problem["status"]),
        (&"withdrawn".into(), &410.into())
    );
}
