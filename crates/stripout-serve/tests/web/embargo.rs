//! What is held back is nowhere: 200 strings of a source that is, looked for in everything that everybody gets.

use std::fmt::Write as _;

use stripout_register::{Embargo, Register};
use stripout_serve::{Audience, publish};

use super::crawl::crawl;
use super::{BODIES, Site, accept, grounds, private, screened_with, serve};

const CANARIES: usize = 200;

fn canary(number: usize) -> String {
    format!("CANARYHELD{number:04}")
}

/// A payment of each of 200 bodies, each with a string of its own.
fn spend() -> String {
    let mut text = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n".to_owned();
    let bodies = BODIES.iter().filter(|body| !body.name.contains(','));
    for (number, body) in bodies.take(CANARIES).enumerate() {
        let held = canary(number);
        let _ = writeln!(
            text,
            "{},2024-05-04,Acme {held} Ltd,100.00,2 Hikvision cameras {held}",
            body.name
        );
    }
    text
}

async fn hold(register: &Register, thing: &str, until: &str) {
    let entry = Embargo {
        thing: thing.to_owned(),
        until: Some(until.parse().unwrap()),
        who: "CANARY-REVIEWER".into(),
        when: "2026-11-22T11:00:00Z".parse().unwrap(),
        why: "CANARY-REASON".into(),
    };
    register.embargo(&[entry]).await.unwrap();
}

/// Accepts all that the file says, then serves everybody with this held back until that day.
async fn held(what: Held, until: &str) -> (Site, usize) {
    let (home, register) = screened_with(&[("held.csv", &spend())]).await;
    let said = register.stated_sightings().await.unwrap();
    let own: Vec<_> = said.iter().filter(|it| it.source.ends_with("held.csv")).collect();
    let ids: Vec<String> = own.iter().map(|it| it.id.clone()).collect();
    assert_eq!(ids.len(), CANARIES);
    accept(&register, &ids).await;
    match what {
        Held::Nothing => {}
        Held::Source => hold(&register, &own[0].what.evidence.blob.to_string(), until).await,
    }
    (serve(home, Audience::Everybody).await, ids.len())
}

enum Held {
    Nothing,
    Source,
}

/// How many of the strings stand anywhere that can be reached, or in any file of a published site.
async fn found(site: &Site) -> usize {
    let out = site.home.path().join("site");
    publish(grounds(site.home.path(), Audience::Everybody).await, &out)
        .await
        .unwrap();
    let mut all: Vec<String> = crawl(site)
        .await
        .into_values()
        .map(|answer| answer.body)
        .collect();
    for address in ["/api/v1/findings?limit=500", "/findings.atom", "/alerts.atom"] {
        all.push(site.get(address).await.body);
    }
    for file in super::answers::walk(&out) {
        all.push(String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned());
    }
    let all = all.concat();
    assert!(!all.contains("CANARY-REASON") && !all.contains("CANARY-REVIEWER"));
    (0..CANARIES)
        .filter(|number| all.contains(&canary(*number)))
        .count()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_source_that_is_held_back_nothing_is_shown() {
    let (site, all) = held(Held::Source, "2999-01-01").await;
    assert_eq!((found(&site).await, all), (0, CANARIES));
    assert_eq!(site.json("/api/v1/findings").await["total"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn on_its_day_it_is_shown() {
    let (site, _) = held(Held::Source, "2020-01-01").await;
    assert!(found(&site).await > CANARIES * 9 / 10);
    let (site, _) = held(Held::Nothing, "2999-01-01").await;
    assert!(site.json("/api/v1/findings").await["total"].as_u64().unwrap() > 150);
}

#[tokio::test]
async fn a_finding_that_is_held_back_is_shown_to_nobody_outside_and_the_others_are() {
    let (home, register) = screened_with(&[]).await;
    let said = register.stated_sightings().await.unwrap();
    let ids: Vec<String> = said
        .iter()
        .filter(|it| it.source.ends_with("hostile-spend.csv"))
        .map(|it| it.id.clone())
        .collect();
    accept(&register, &ids).await;
    hold(&register, "leeds-city-council.hikvision", "2999-01-01").await;
    let site = serve(home, Audience::Everybody).await;
    let findings = site.json("/api/v1/findings").await;
    assert_eq!(findings["total"], 1, "{findings}");
    assert_eq!(findings["data"][0]["id"], "leeds-city-council.dahua");
    for (address, answer) in crawl(&site).await {
        assert!(!answer.body.contains("CANARY-ROW"), "{address}");
    }
    assert_eq!(site.get("/embargoes").await.status, 404);
}

#[tokio::test]
async fn a_page_holds_back_and_lets_go() {
    let site = private().await;
    let form = [
        ("thing", "leeds-city-council.hikvision"),
        ("until", "2999-01-01"),
        ("why", "right of reply"),
    ];
    let answer = site.post("/embargoes", &form).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/embargoes"),
        "{}",
        answer.body
    );
    let page = site.get("/embargoes").await;
    assert!(
        page.body
            .contains("until 1 January 2999, by Reviewer One: right of reply"),
        "{}",
        page.body
    );
    let by_path = site
        .post(
            "/embargoes",
            &[("thing", "hostile-spend.csv"), ("until", "2999-01-01")],
        )
        .await;
    assert_eq!(by_path.status, 303);
    for (wrong, until) in [
        ("no such thing", "2999-01-01"),
        ("leeds-city-council.hikvision", "tomorrow"),
        // A slip of the year would publish it.
        ("leeds-city-council.hikvision", "2020-01-01"),
    ] {
        let answer = site
            .post("/embargoes", &[("thing", wrong), ("until", until)])
            .await;
        assert_eq!(answer.status, 422, "{wrong} {until}");
    }
    site.post(
        "/embargoes",
        &[("thing", "leeds-city-council.hikvision"), ("until", "")],
    )
    .await;
    let page = site.get("/embargoes").await;
    assert!(!page.body.contains("right of reply") && page.body.matches("until 1 January 2999").count() == 1);
}
