//! Everybody sees what reviewers accepted, and nothing of the rest.

use stripout_serve::Audience;

use super::crawl::crawl;
use super::{Site, accept, private, screened, serve};

/// Strings that stand in private things only.
pub(super) const CANARIES: &[&str] = &[
    "CANARY-UNDECIDED",
    "CANARY-REVIEWER",
    "CANARY-REASON",
    "10.11.12.13",
    "44:19:b6:12:34:56",
];

async fn sighting(site: &Site, finding: &str) -> String {
    let found = site.json(&format!("/api/v1/findings/{finding}")).await;
    found["data"]["sightings"][0].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn nothing_is_public_before_a_decision() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    let findings = site.json("/api/v1/findings").await;
    assert_eq!(findings["total"], 0);
    for (address, answer) in crawl(&site).await {
        assert_eq!(answer.status, 200, "{address}");
        for private in CANARIES
            .iter()
            .chain(&["CANARY-ROW", "HIK Vision", "BAYDALE", "Private view"])
        {
            assert!(!answer.body.contains(private), "{address} holds {private}");
        }
    }
}

#[tokio::test]
async fn what_was_accepted_is_public_and_the_rest_is_not() {
    let all = private().await;
    let accepted = sighting(&all, "leeds-city-council.hikvision").await;
    let undecided = sighting(&all, "leeds-city-council.dahua").await;
    let (home, register) = screened().await;
    accept(&register, std::slice::from_ref(&accepted)).await;
    let site = serve(home, Audience::Everybody).await;
    let findings = site.json("/api/v1/findings").await;
    assert_eq!(findings["total"], 1, "{findings}");
    assert_eq!(findings["data"][0]["id"], "leeds-city-council.hikvision");
    let page = site.get("/bodies/leeds-city-council").await;
    assert!(
        page.body.contains("<mark>Hikvision</mark>") && page.body.contains("[withheld]"),
        "{}",
        page.body
    );
    assert_eq!(site.get(&format!("/evidence/{accepted}")).await.status, 200);
    assert_eq!(site.get(&format!("/evidence/{undecided}")).await.status, 404);
    let proof = site.json("/api/v1/bodies/leeds-city-council/sightings").await;
    assert_eq!(proof["total"], 1);
    let sha256 = proof["data"][0]["sha256"].as_str().unwrap();
    assert_eq!(site.get(&format!("/sources/{sha256}/original")).await.status, 404);
    let folder = site.home.path().to_string_lossy().into_owned();
    let mut holds = 0;
    for (address, answer) in crawl(&site).await {
        holds += usize::from(answer.body.contains("CANARY-ROW"));
        for private in CANARIES
            .iter()
            .chain(&[undecided.as_str(), "stripout.evidence", folder.as_str()])
        {
            assert!(!answer.body.contains(private), "{address} holds {private}");
        }
    }
    assert!(holds >= 2, "the accepted words are there");
}
