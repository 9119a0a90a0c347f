//! One page about a body or an instrument, on paper.

use stripout_serve::Audience;

use super::{private, screened, serve};

#[tokio::test]
async fn a_briefing_is_a_page_and_the_same_as_pdf() {
    let site = private().await;
    let page = site.get("/bodies/harrogate-borough-council/briefing").await;
    assert!(
        page.body
            .contains("/bodies/harrogate-borough-council/briefing.pdf"),
        "{}",
        page.body
    );
    let file = site.bytes("/bodies/harrogate-borough-council/briefing.pdf").await;
    assert!(file.starts_with(b"%PDF-1.7"), "{} bytes", file.len());
    let policy = site.get("/policies/us-889-a1A").await;
    assert!(
        policy.body.contains("/policies/us-889-a1A/briefing.pdf"),
        "{}",
        policy.body
    );
    assert!(
        site.bytes("/policies/us-889-a1A/briefing.pdf")
            .await
            .starts_with(b"%PDF-1.7")
    );
    for address in ["/bodies/nobody/briefing.pdf", "/policies/none/briefing.pdf"] {
        assert_eq!(site.get(address).await.status, 404, "{address}");
    }
}

#[tokio::test]
async fn every_instrument_fits_on_one_page() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    let policies = site.json("/api/v1/policies").await;
    let ids: Vec<&str> = policies["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap())
        .collect();
    assert!(ids.len() > 20, "{}", ids.len());
    for id in ids {
        assert!(
            site.bytes(&format!("/policies/{id}/briefing.pdf")).await.len() > 5_000,
            "{id}"
        );
    }
}
