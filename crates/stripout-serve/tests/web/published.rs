//! The site of files: whole, public, and the same from the same register.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use stripout_serve::{Audience, publish};

use super::crawl::links;
use super::public::CANARIES;
use super::{accept, grounds, private, screened};

/// All files of a site by their paths.
fn files(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in super::answers::walk(site) {
        let name = path
            .strip_prefix(site)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        found.insert(name, fs::read(&path).unwrap());
    }
    found
}

/// The file that a link in another leads to.
fn target(from: &str, link: &str) -> String {
    let link = link.split(['#', '?']).next().unwrap();
    let mut folder: Vec<&str> = from.split('/').collect();
    folder.pop();
    for part in link.split('/') {
        if part == ".." {
            assert!(folder.pop().is_some(), "{from} links out of the site: {link}");
        } else {
            folder.push(part);
        }
    }
    folder.join("/")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_of_files_is_whole_and_public() {
    let all = private().await;
    let finding = all.json("/api/v1/findings/leeds-city-council.hikvision").await;
    let accepted = finding["data"]["sightings"][0].as_str().unwrap().to_owned();
    let finding = all.json("/api/v1/findings/leeds-city-council.dahua").await;
    let undecided = finding["data"]["sightings"][0].as_str().unwrap().to_owned();
    let (home, register) = screened().await;
    accept(&register, std::slice::from_ref(&accepted)).await;
    let out = home.path().join("site");
    // What the caller may see does not matter: a site is for everybody.
    let first = publish(grounds(home.path(), Audience::Private).await, &out)
        .await
        .unwrap();
    let made = files(&out);
    assert_eq!((first.files, first.bytes > 0), (made.len(), true));
    for wanted in [
        "index.html",
        "search.html",
        "a-to-z/l.html",
        "names.json",
        "bodies/leeds-city-council.html",
        "bodies/leeds-city-council.atom",
        "api/v1/bodies/leeds-city-council.json",
        "embed/bodies/leeds-city-council.html",
        "oembed/bodies/leeds-city-council.json",
        "findings.csv",
        "findings~status=bought.html",
        "bodies~kind=council.html",
        "map~view=regions.html",
        "gap~what-if=us-889-a1A.html",
        "sitemap.xml",
        "robots.txt",
        &format!("evidence/{accepted}.html"),
    ] {
        assert!(made.contains_key(wanted), "{wanted}: {} files", made.len());
    }
    let mut holds = 0;
    for (file, bytes) in &made {
        let text = String::from_utf8_lossy(bytes);
        holds += usize::from(text.contains("CANARY-ROW"));
        let folder = home.path().to_str().unwrap();
        for private in
            CANARIES
                .iter()
                .chain(&[undecided.as_str(), "stripout.evidence", folder, "Private view"])
        {
            assert!(!text.contains(private), "{file} holds {private}");
        }
        if Path::new(file).extension().is_none_or(|it| it != "html") {
            continue;
        }
        assert!(text.contains("Content-Security-Policy"), "{file}");
        for link in links(&text) {
            if link.starts_with("https://") || link.starts_with('#') {
                continue;
            }
            let to = target(file, &link);
            let Some(page) = made.get(&to) else {
                panic!("{file} links to {link}, and there is no {to}");
            };
            if let Some((_, fragment)) = link.split_once('#') {
                let page = String::from_utf8_lossy(page);
                assert!(
                    page.contains(&format!("id=\"{fragment}\"")),
                    "{file}: {to} has no #{fragment}"
                );
            }
        }
    }
    assert!(holds >= 2, "the accepted words are there");
    let names: serde_json::Value = serde_json::from_slice(&made["names.json"]).unwrap();
    let leeds = names["bodies"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["id"] == "leeds-city-council");
    assert_eq!(
        leeds.unwrap()["statuses"],
        serde_json::json!([["bought", "Bought"]])
    );
    let told: serde_json::Value =
        serde_json::from_slice(&made["oembed/bodies/leeds-city-council.json"]).unwrap();
    assert!(
        told["html"]
            .as_str()
            .unwrap()
            .contains("/uk/embed/bodies/leeds-city-council.html\""),
        "{told}"
    );
    // Again into the same folder: the same bytes.
    let second = publish(grounds(home.path(), Audience::Everybody).await, &out)
        .await
        .unwrap();
    assert_eq!(second, first);
    let again = files(&out);
    let differ: Vec<&String> = made
        .iter()
        .filter(|(file, bytes)| again.get(*file) != Some(*bytes))
        .map(|it| it.0)
        .collect();
    assert!(differ.is_empty() && again.len() == made.len(), "{differ:?}");
}
