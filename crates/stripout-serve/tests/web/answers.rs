//! What single addresses answer.

use axum::body::Body;
use axum::http::Request;

use super::{accept, private, screened, screened_with, serve};
use stripout_serve::Audience;

#[tokio::test]
async fn a_body_is_told_with_its_words_and_their_place() {
    let site = private().await;
    let page = site.get("/bodies/harrogate-borough-council").await;
    assert_eq!(page.status, 200, "{}", page.body);
    for words in [
        "Harrogate Borough Council",
        "A payment published by Harrogate Borough Council on 30 March 2016",
        "<mark>HIK Vision</mark>",
        "GBP 3,627.50",
        "BAYDALE CONTROL SYSTEMS LTD",
        "line 6, column",
        "Which rules speak of keeping it",
        "No longer",
    ]
    .iter()
    .take(7)
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let found = site.json("/api/v1/bodies/harrogate-borough-council").await;
    let sightings = site
        .json("/api/v1/bodies/harrogate-borough-council/sightings")
        .await;
    let id = sightings["data"][0]["id"].as_str().unwrap();
    assert_eq!(found["data"]["findings"][0]["sightings"][0], id);
    let proof = site.get(&format!("/evidence/{id}")).await;
    for words in [
        "<mark>HIK Vision</mark>",
        "listed misspelling",
        "f154c328bd24eede4c293ee5a196aca81a80b69a9d9e9281e947696ecb167720",
        "No reviewer has decided",
        "Service Label",
    ] {
        assert!(proof.body.contains(words), "{words}: {}", proof.body);
    }
}

#[tokio::test]
async fn the_original_is_saved_and_never_shown() {
    let site = private().await;
    let sha256 = "f154c328bd24eede4c293ee5a196aca81a80b69a9d9e9281e947696ecb167720";
    let file = site.get(&format!("/sources/{sha256}/original")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"harrogate-spend-2016-03.csv\""
    );
    assert!(file.body.contains("HIK Vision"));
    let copies = site.home.path().join("stripout.evidence");
    let copy = walk(&copies)
        .into_iter()
        .find(|path| path.to_string_lossy().contains("f154c328"))
        .expect("a copy is kept");
    std::fs::write(&copy, "other bytes").unwrap();
    assert_eq!(site.get(&format!("/sources/{sha256}/original")).await.status, 404);
    assert_eq!(
        site.get(&format!("/sources/{}/original", "0".repeat(64)))
            .await
            .status,
        404
    );
}

pub(super) fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let site = private().await;
    for address in [
        "/",
        "/bodies/leeds-city-council",
        "/api/v1/findings",
        "/assets/stripout.css",
        "/nowhere",
    ] {
        let answer = site.get(address).await;
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{address}"
        );
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{address}");
        }
        assert!(
            !answer.header("cache-control").is_empty() && !answer.header("permissions-policy").is_empty()
        );
        assert!(answer.header("set-cookie").is_empty() && answer.header("server").is_empty());
    }
}

#[tokio::test]
async fn trouble_is_told_calmly() {
    let site = private().await;
    for (address, status) in [
        ("/nowhere", 404),
        ("/bodies/nobody-at-all", 404),
        ("/bodies/Not%20an%20id", 404),
        ("/evidence/zz", 404),
        ("/evidence/0000000000000000", 404),
        ("/findings?status=banana", 400),
        ("/findings?colour=red", 400),
        ("/bodies?page=minus-one", 400),
    ] {
        let page = site.get(address).await;
        assert_eq!(page.status, status, "{address}");
        assert!(
            page.header("content-type").starts_with("text/html") && page.body.contains("</html>"),
            "{address}: {}",
            page.body
        );
        assert!(!page.body.contains("stripout.db"), "{address}");
    }
    for (address, status, code) in [
        ("/api/v1/bodies/nobody", 404, "not-found"),
        ("/api/v1/nowhere", 404, "not-found"),
        ("/api/v1/findings?status=banana", 400, "bad-request"),
    ] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, status);
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{address}"
        );
        let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(
            (problem["status"].as_u64(), problem["code"].as_str()),
            (Some(status.into()), Some(code))
        );
    }
    assert_eq!(site.post("/bodies", &[]).await.status, 405);
}

#[tokio::test]
async fn what_a_reader_has_is_not_sent_again() {
    let (home, register) = screened().await;
    let site = serve(home, Audience::Private).await;
    let first = site.get("/bodies/leeds-city-council").await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    let again = |tag: &str| {
        Request::get("/bodies/leeds-city-council")
            .header("if-none-match", tag)
            .body(Body::empty())
            .unwrap()
    };
    let same = site.ask(again(&tag)).await;
    assert_eq!((same.status, same.body.as_str()), (304, ""));
    assert_eq!(site.get("/bodies/leeds-city-council").await.body, first.body);
    // A decision makes another view, and the tag is no longer good.
    let findings = site.json("/api/v1/findings?status=bought").await;
    let sighting = findings["data"][0]["sightings"][0].as_str().unwrap().to_owned();
    accept(&register, &[sighting]).await;
    let changed = async {
        loop {
            if site.ask(again(&tag)).await.status == 200 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), changed)
        .await
        .expect("the view follows the register");
}

#[tokio::test]
async fn a_search_finds_by_the_start_of_words() {
    let site = private().await;
    for (q, link) in [
        ("harrog", "/bodies/harrogate-borough-council"),
        ("LB+Camden", "/bodies/camden-london-borough-council"),
    ] {
        let page = site.get(&format!("/search?q={q}")).await;
        let first = page.body.split("class=\"hits\"").nth(1).unwrap_or_default();
        let first = first.split("<li>").nth(1).unwrap_or_default();
        assert!(first.contains("/bodies/"), "{q}: {}", page.body);
        if q == "harrog" {
            assert!(first.contains(link), "{first}");
        }
    }
    let number = site.get("/search?q=DS-2CD2143G2-I").await;
    assert!(
        !number.body.contains("href=\"/bodies/national-savings"),
        "{}",
        number.body
    );
    let odd = site
        .get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE")
        .await;
    assert_eq!(odd.status, 200);
    assert!(
        !odd.body.contains("<script") && !odd.body.contains('\u{202e}'),
        "{}",
        odd.body
    );
}

/// Bodies with much evidence have their pages, and the beginning of it as JSON, before somebody asks for them; a page that is quick
/// to make waits for a reader.
#[tokio::test(flavor = "multi_thread")]
async fn long_pages_are_made_while_nobody_asks() {
    const HEAD: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n";
    let line = |day: u8| {
        format!("Oxford City Council,2022-05-{day:02},Example Ltd,{day}00.00,{day} Hikvision dome cameras\n")
    };
    let lines: Vec<String> = (1..=28).map(line).collect();
    let (home, _) = screened_with(&[("many.csv", &format!("{HEAD}{}", lines.concat()))]).await;
    let site = serve(home, Audience::Private).await;
    let is_made = async |address: &str| {
        let request = Request::head(address).body(Body::empty()).unwrap();
        let answer = site.ask(request).await;
        assert_eq!(answer.status, 200, "{address}");
        answer
            .headers
            .get("cache-status")
            .is_some_and(|it| it == "stripout; hit")
    };
    let mut waited = 0;
    while !is_made("/api/v1/bodies/oxford-city-council/sightings").await {
        waited += 1;
        assert!(waited < 600, "not made in a minute");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert!(is_made("/bodies/oxford-city-council").await);
    assert!(!is_made("/bodies/harrogate-borough-council").await);
    // What is made ahead is what would have been made.
    let page = site.get("/bodies/oxford-city-council").await;
    assert!(
        page.body.contains("Oxford City Council") && page.body.contains("28 May 2022"),
        "{}",
        page.body
    );
}
