//! Feeds, and the card that other sites frame.

use quick_xml::Reader;
use quick_xml::events::Event;
use stripout_serve::Audience;

use super::{BASE, accept, private, screened, serve};

/// Names of the elements of a feed in their order; fails where it is no XML.
pub(super) fn elements(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut names = Vec::new();
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}: {xml}"))
        {
            Event::Start(it) | Event::Empty(it) => {
                names.push(it.name().as_ref().to_owned());
            }
            Event::Eof => return names,
            _ => {}
        }
    }
}

fn within<'x>(xml: &'x str, start: &str, end: &str) -> &'x str {
    let rest = xml
        .split_once(start)
        .unwrap_or_else(|| panic!("{start}: {xml}"))
        .1;
    rest.split_once(end).unwrap().0
}

#[tokio::test]
async fn feeds_tell_what_changed() {
    let site = private().await;
    for (address, least) in [
        ("/findings.atom", 3),
        ("/alerts.atom", 0),
        ("/bodies/harrogate-borough-council.atom", 1),
        ("/bodies/york-city-council.atom", 0),
        ("/makers/hikvision.atom", 1),
    ] {
        let feed = site.get(address).await;
        if feed.status == 404 && least == 0 {
            continue;
        }
        assert_eq!(feed.status, 200, "{address}: {}", feed.body);
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        let names = elements(&feed.body);
        let entries = names.iter().filter(|it| *it == "entry").count();
        assert!(entries >= least, "{address}: {}", feed.body);
        assert_eq!(names.iter().filter(|it| *it == "updated").count(), entries + 1);
        assert!(
            feed.body
                .contains(&format!("<id>tag:cameras.example.org,2026:{address}</id>")),
            "{}",
            feed.body
        );
        assert!(feed.body.contains(&format!(
            "rel=\"self\" type=\"application/atom+xml\" href=\"{BASE}{address}\""
        )));
        let newest = feed.body.split("<updated>").nth(1).unwrap();
        assert!(
            feed.body
                .split("<updated>")
                .skip(1)
                .all(|it| it.get(..20) <= newest.get(..20)),
            "newest first"
        );
    }
    // The day of the evidence, not of the clock.
    let feed = site.get("/bodies/harrogate-borough-council.atom").await.body;
    assert_eq!(within(&feed, "<updated>", "</updated>"), "2016-03-30T00:00:00Z");
    for nowhere in ["/bodies/nobody.atom", "/makers/nobody.atom", "/bodies/x.exe"] {
        assert_eq!(site.get(nowhere).await.status, 404, "{nowhere}");
    }
}

#[tokio::test]
async fn a_decision_is_news() {
    let all = private().await;
    let finding = all.json("/api/v1/findings/leeds-city-council.hikvision").await;
    let sighting = finding["data"]["sightings"][0].as_str().unwrap().to_owned();
    let (home, register) = screened().await;
    accept(&register, &[sighting]).await;
    let site = serve(home, Audience::Everybody).await;
    let feed = site.get("/findings.atom").await.body;
    assert_eq!(feed.matches("<entry>").count(), 1, "{feed}");
    assert_eq!(within(&feed, "<updated>", "</updated>"), "2026-11-22T11:00:00Z");
    assert_eq!(within(&feed, "<category term=\"", "\""), "bought");
    assert!(
        feed.contains(&format!("href=\"{BASE}/bodies/leeds-city-council#hikvision\"")),
        "{feed}"
    );
}

#[tokio::test]
async fn a_card_may_be_framed_and_nothing_else() {
    let site = private().await;
    let card = site.get("/embed/bodies/leeds-city-council").await;
    assert_eq!(card.status, 200, "{}", card.body);
    assert!(card.body.contains("Leeds City Council") && card.body.contains("Hikvision"));
    assert!(!card.body.contains("<script") && !card.body.contains("style=\""));
    let style = card
        .body
        .split("stylesheet\" href=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let style = site.get(style).await;
    assert_eq!(style.status, 200);
    assert!(style.body.contains("prefers-color-scheme:dark"));
    assert!(
        card.body.len() + style.body.len() <= 30_000,
        "{}",
        card.body.len() + style.body.len()
    );
    // The answer that was kept is guarded like the one that was made.
    for _ in 0..2 {
        let card = site.get("/embed/bodies/leeds-city-council").await;
        let policy = card.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors *"),
            "{policy}"
        );
        assert_eq!(card.header("x-frame-options"), "");
        assert_eq!(card.header("cross-origin-resource-policy"), "cross-origin");
    }
    for other in [
        "/bodies/leeds-city-council",
        "/embed/bodies/nobody",
        "/oembed?url=x",
    ] {
        let page = site.get(other).await;
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{other}"
        );
        assert_eq!(page.header("x-frame-options"), "DENY", "{other}");
    }
}

#[tokio::test]
async fn other_sites_learn_how_to_frame_it() {
    let site = private().await;
    let page = site.get("/bodies/leeds-city-council").await.body;
    let link = within(
        &page,
        "application/json+oembed\" title=\"Leeds City Council\" href=\"",
        "\"",
    );
    assert!(
        link.starts_with("/oembed?url=https%3A%2F%2Fcameras.example.org%2Fuk%2Fbodies%2F"),
        "{link}"
    );
    for address in [link.to_owned(), "/oembed/bodies/leeds-city-council".into()] {
        let told = site.json(&address).await;
        assert_eq!(
            (told["version"].as_str(), told["type"].as_str()),
            (Some("1.0"), Some("rich"))
        );
        let html = told["html"].as_str().unwrap();
        assert!(
            html.contains(&format!("src=\"{BASE}/embed/bodies/leeds-city-council\"")),
            "{html}"
        );
    }
    let narrow = site.json(&format!("{link}&maxwidth=300&maxheight=9000")).await;
    assert_eq!(
        (narrow["width"].as_u64(), narrow["height"].as_u64()),
        (Some(300), Some(300))
    );
    for (address, status) in [
        ("/oembed", 400),
        ("/oembed?url=", 400),
        (
            "/oembed?url=https://elsewhere.example.org/bodies/leeds-city-council",
            404,
        ),
        ("/oembed?url=https://cameras.example.org/uk/bodies/nobody", 404),
        ("/oembed?url=https://cameras.example.org/uk/findings", 404),
        (
            "/oembed?format=xml&url=https://cameras.example.org/uk/bodies/leeds-city-council",
            501,
        ),
    ] {
        let answer = site.get(address).await;
        assert_eq!(answer.status, status, "{address}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{address}"
        );
    }
}
