//! Decisions that a program sends: the same rights and the same log, and nothing twice.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use stripout_serve::Audience;

use super::{Answer, Site, private, screened, serve};

async fn send(site: &Site, key: Option<&str>, body: &str) -> Answer {
    let mut request = Request::post("/api/v1/decisions")
        .header("host", "127.0.0.1:8080")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    site.ask(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn thing(site: &Site) -> String {
    let page = site.get("/review").await;
    let (_, rest) = page.body.split_once("name=\"thing\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

fn accept(thing: &str) -> String {
    json!({ "thing": thing, "verdict": "accept" }).to_string()
}

#[tokio::test]
async fn the_same_request_under_the_same_key_is_answered_once() {
    let site = private().await;
    let one = thing(&site).await;
    let first = send(&site, Some("\"k-1\""), &accept(&one)).await;
    assert_eq!(first.status, 201, "{}", first.body);
    let told: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(
        (told["data"]["thing"].as_str(), told["data"]["id"].as_i64()),
        (Some(one.as_str()), Some(1))
    );
    assert_eq!(told["data"]["who"], "Reviewer One");
    let again = send(&site, Some("k-1"), &accept(&one)).await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(site.log().await.len(), 1);
    let other = json!({ "thing": one, "verdict": "reject", "why": "a street" }).to_string();
    let refused = send(&site, Some("k-1"), &other).await;
    assert_eq!(
        (refused.status, refused.header("content-type")),
        (422, "application/problem+json")
    );
    assert!(refused.body.contains("idempotency-key"), "{}", refused.body);
    assert_eq!(site.log().await.len(), 1, "nothing was done");
    let fresh = send(&site, Some("k-2"), &other).await;
    assert_eq!((fresh.status, site.log().await.len()), (201, 2), "{}", fresh.body);
    // Whatever was decided since, the first request has its first answer.
    assert_eq!(send(&site, Some("k-1"), &accept(&one)).await.body, first.body);
}

#[tokio::test]
async fn without_a_key_what_stands_is_not_said_again() {
    let site = private().await;
    let one = thing(&site).await;
    assert_eq!(send(&site, None, &accept(&one)).await.status, 201);
    assert_eq!(send(&site, None, &accept(&one)).await.status, 200);
    assert_eq!(site.log().await.len(), 1);
}

#[tokio::test]
async fn what_is_wrong_is_a_problem_and_no_decision() {
    let site = private().await;
    let one = thing(&site).await;
    for (key, body, status) in [
        (None, "{".to_owned(), 400),
        (None, json!({ "thing": one }).to_string(), 400),
        (
            None,
            json!({ "thing": one, "verdict": "accept", "colour": "red" }).to_string(),
            400,
        ),
        (
            None,
            json!({ "thing": "0000", "verdict": "accept" }).to_string(),
            404,
        ),
        (
            None,
            json!({ "thing": one, "verdict": "reject" }).to_string(),
            422,
        ),
        (
            None,
            json!({ "thing": one, "verdict": "perhaps" }).to_string(),
            422,
        ),
        (Some("\"\""), accept(&one), 400),
    ] {
        let answer = send(&site, key, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert_eq!(site.log().await, []);
}

#[tokio::test]
async fn everybody_decides_nothing() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    let answer = send(&site, None, &accept("0000")).await;
    assert!([404, 405].contains(&answer.status), "{}", answer.status);
    let described = site.json("/api/v1/openapi.json").await;
    assert!(described["paths"].get("/api/v1/decisions").is_none());
    let described = private().await.json("/api/v1/openapi.json").await;
    assert!(described["paths"]["/api/v1/decisions"]["post"].is_object());
}
