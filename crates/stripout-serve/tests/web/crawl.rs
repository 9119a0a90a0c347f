//! Every link of every page leads somewhere, and no page shows markup of a source or a word that accuses.

use std::collections::{BTreeMap, VecDeque};

use super::{Answer, BODIES, CATALOGUE, Site, private};

/// Pages of one shape (bodies, parts of lists) that are looked at.
const OF_A_SHAPE: usize = 60;

/// All pages that can be reached from the first, by address.
pub(super) async fn crawl(site: &Site) -> BTreeMap<String, Answer> {
    let mut seen: BTreeMap<String, Answer> = BTreeMap::new();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut waiting = VecDeque::from(["/".to_owned()]);
    // What is told of is looked at first, as most bodies have an empty page.
    waiting.extend([
        "/findings".to_owned(),
        "/bodies?status=any".to_owned(),
        "/api/v1/findings".to_owned(),
    ]);
    while let Some(address) = waiting.pop_front() {
        if seen.contains_key(&address) {
            continue;
        }
        let shape = shapes.entry(shape(&address)).or_default();
        *shape += 1;
        if *shape > OF_A_SHAPE {
            continue;
        }
        let answer = site.get(&address).await;
        for link in links(&answer.body) {
            assert!(
                link.starts_with('/') || link.starts_with('#') || link.starts_with("https://"),
                "{address} links to {link}"
            );
            let (page, fragment) = link.split_once('#').unwrap_or((&link, ""));
            if page.is_empty() || page == address {
                assert!(
                    fragment.is_empty() || answer.body.contains(&format!("id=\"{fragment}\"")),
                    "{address} has no #{fragment}"
                );
            } else if page.starts_with('/') {
                waiting.push_back(page.to_owned());
            }
        }
        seen.insert(address, answer);
    }
    seen
}

/// `/bodies/x` and `/bodies/y` are one shape.
fn shape(address: &str) -> String {
    let path = address.split('?').next().unwrap_or(address);
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["", "api", "v1", kind, _, rest @ ..] => format!("api {kind} {rest:?}"),
        ["", kind, _, rest @ ..] => format!("{kind} {rest:?}"),
        _ => format!("list {path}"),
    }
}

pub(super) fn links(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for attribute in [" href=\"", " src=\"", " action=\""] {
        let rest = page.split(attribute).skip(1);
        found.extend(
            rest.filter_map(|it| it.split('"').next())
                .map(|it| it.replace("&#38;", "&").replace("&amp;", "&")),
        );
    }
    found
}

/// What a page says in our own words: its text without quotations of sources and without what it reports that others said.
fn own_words(page: &str) -> String {
    let mut text = String::new();
    let mut quoted = 0_i32;
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        if quoted == 0 {
            text.push_str(before);
        }
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or_default();
        if matches!(name, "blockquote" | "cite" | "mark" | "q") {
            quoted += if tag.starts_with('/') { -1 } else { 1 };
        }
        text.push(' ');
        rest = match tag {
            "span class=\"reported\"" => after.split_once("</span>").map_or("", |(_, after)| after),
            _ => after,
        };
    }
    text.replace("&#39;", "'")
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let site = private().await;
    let pages = crawl(&site).await;
    assert!(pages.len() > 60, "{:?}", pages.keys());
    for (address, answer) in &pages {
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
    }
    for wanted in [
        "/bodies/harrogate-borough-council",
        "/methodology",
        "/bodies/leeds-city-council",
    ] {
        assert!(
            pages.contains_key(wanted),
            "{wanted} is reached from the first page"
        );
    }
}

#[tokio::test]
async fn words_of_a_source_are_words_on_every_page() {
    let site = private().await;
    let pages = crawl(&site).await;
    let html = pages
        .iter()
        .filter(|(_, it)| it.header("content-type").starts_with("text/html"));
    let mut shown = 0;
    for (address, answer) in html {
        // Scripts of our own are files.
        let body = answer.body.replace("<script src=\"/assets/", "");
        for attack in [
            "<script",
            "<img",
            "onerror=alert(2)>",
            "<svg/onload",
            "javascript:",
            "style=\"",
        ] {
            assert!(!body.contains(attack), "{address} holds {attack}");
        }
        shown += usize::from(answer.body.contains("onerror=alert(2)"));
        assert!(
            answer.body.len() <= 60_000 || !address.starts_with("/bodies/"),
            "{address} is heavy"
        );
    }
    assert!(shown >= 2, "the hostile words are shown, escaped");
}

#[tokio::test]
async fn no_page_accuses() {
    let site = private().await;
    let pages = crawl(&site).await;
    // What a body is called is no word of ours.
    let forbidden = |text: &str| CATALOGUE.words.forbidden.first_in(text).is_some();
    let called = BODIES
        .iter()
        .flat_map(|body| [body.name.as_str(), body.id.as_str()]);
    let named: Vec<&str> = called.filter(|name| forbidden(name)).collect();
    for (address, answer) in pages.iter().filter(|(address, _)| !address.starts_with("/api/")) {
        if answer.header("content-type").starts_with("text/html") {
            let words = named
                .iter()
                .fold(own_words(&answer.body), |text, name| text.replace(name, ""));
            let forbidden = CATALOGUE.words.forbidden.first_in(&words);
            assert_eq!(forbidden, None, "{address}");
        }
    }
}
