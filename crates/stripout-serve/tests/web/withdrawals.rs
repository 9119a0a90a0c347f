//! What was withdrawn is told while something else is held back, and tells nothing of what is.

use stripout_register::{Embargo, Register};
use stripout_serve::Audience;

use super::{Site, accept, reject, screened_with, serve};

const HEAD: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n";

async fn hold(register: &Register, thing: &str) {
    let entry = Embargo {
        thing: thing.into(),
        until: Some("2999-01-01".parse().unwrap()),
        who: "a".into(),
        when: "2026-11-22T11:00:00Z".parse().unwrap(),
        why: String::new(),
    };
    register.embargo(&[entry]).await.unwrap();
}

/// Of two files all was accepted, and then one payment of each taken back; gives their ids, and the SHA-256 of the second.
async fn taken_back() -> (tempfile::TempDir, Register, String, String, String) {
    let one = format!(
        "{HEAD}Trafford Metropolitan Borough Council,2024-05-04,Acme Ltd,100.00,2 Hikvision cameras\n"
    );
    let two =
        format!("{HEAD}Kent County Council,2024-05-04,Acme Ltd,100.00,2 Hikvision cameras CANARY-KENT\n");
    let (home, register) = screened_with(&[("one.csv", &one), ("two.csv", &two)]).await;
    let said = register.stated_sightings().await.unwrap();
    let of = |file: &str| said.iter().find(|it| it.source.ends_with(file)).unwrap();
    let ids = [of("one.csv").id.clone(), of("two.csv").id.clone()];
    accept(&register, &ids).await;
    reject(&register, &ids).await;
    let source = of("two.csv").what.evidence.blob.to_string();
    let [one, two] = ids;
    (home, register, one, two, source)
}

async fn status(site: &Site, id: &str) -> u16 {
    site.get(&format!("/evidence/{id}")).await.status
}

#[tokio::test]
async fn of_another_source() {
    let (home, register, one, two, source) = taken_back().await;
    hold(&register, &source).await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!((status(&site, &one).await, status(&site, &two).await), (410, 404));
    let log = site.get("/corrections").await.body;
    assert!(
        log.contains("Rejected on Trafford Metropolitan Borough Council and Hikvision"),
        "{log}"
    );
    assert!(!log.contains("Kent") && !log.contains(&two), "{log}");
    let gone = "/api/v1/findings/kent-county-council.hikvision";
    assert_eq!(site.get(gone).await.status, 404);
}

#[tokio::test]
async fn of_another_finding() {
    let (home, register, one, two, _) = taken_back().await;
    hold(&register, "kent-county-council.hikvision").await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!((status(&site, &one).await, status(&site, &two).await), (410, 404));
}

#[tokio::test]
async fn of_the_very_finding_that_was_a_place_of_a_body() {
    let (home, register, one, two, _) = taken_back().await;
    hold(&register, "kent-county-council.hikvision.county-hall").await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!((status(&site, &one).await, status(&site, &two).await), (410, 404));
}

#[tokio::test]
async fn without_an_embargo_all_is_told() {
    let (home, _, one, two, _) = taken_back().await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!((status(&site, &one).await, status(&site, &two).await), (410, 410));
}
