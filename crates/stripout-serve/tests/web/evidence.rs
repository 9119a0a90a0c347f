//! The page of a piece of evidence: what it is, the words with what stands around them, and who may have the original.

use stripout_register::SourcePage;
use stripout_serve::Audience;

use super::{Site, accept, private, screened_with, serve};

const REPLY: &str = "Trafford Metropolitan Borough Council\nFreedom of Information Act 2000\n\nDate of reply: 3 May 2024\n\n\
    Dear requester,\n\nQuestion 1. How many Hikvision cameras does the council have?\n\
    Answer 1. The Council has 36 Hikvision cameras.\n\nCANARY-AFTER the car parks have none.\n\nInformation Rights Team\n";

async fn evidence(site: &Site, body: &str) -> String {
    let found = site.json(&format!("/api/v1/bodies/{body}/sightings")).await;
    found["data"][0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_letter_is_told_by_body_sort_and_day_with_what_stands_around() {
    let (home, _) = screened_with(&[("trafford-reply.txt", REPLY)]).await;
    let site = serve(home, Audience::Private).await;
    let id = evidence(&site, "trafford-metropolitan-borough-council").await;
    let page = site.get(&format!("/evidence/{id}")).await.body;
    let title = "Trafford Metropolitan Borough Council: reply to a request for information, 3 May 2024";
    assert!(page.contains(&format!("<h1>{title}</h1>")), "{page}");
    assert!(page.contains(&format!("<title>{title}")), "{page}");
    // In the lines and paragraphs of the letter.
    let around = [
        "Dear requester,\n\n",
        "\n\nCANARY-AFTER the car parks have none.\n",
        "<mark>Hikvision",
    ];
    for words in around {
        assert!(page.contains(words), "{words}: {page}");
    }
    let told = site.json(&format!("/api/v1/evidence/{id}")).await;
    assert_eq!(
        (&told["data"]["id"], &told["data"]["link"]),
        (&id.into(), &serde_json::Value::Null)
    );
}

#[tokio::test]
async fn a_payment_is_told_by_body_and_day_with_its_row() {
    let site = private().await;
    let id = evidence(&site, "harrogate-borough-council").await;
    let page = site.get(&format!("/evidence/{id}")).await.body;
    assert!(
        page.contains("<h1>Harrogate Borough Council: payment, 30 March 2016</h1>"),
        "{page}"
    );
    assert!(
        page.contains("Service Label") && page.contains("<mark>HIK Vision</mark>"),
        "{page}"
    );
}

#[tokio::test]
async fn everybody_has_the_words_alone_until_the_source_is_opened() {
    let (home, register) = screened_with(&[("trafford-reply.txt", REPLY)]).await;
    let said = register.stated_sightings().await.unwrap();
    let of_reply = said.iter().filter(|it| it.source.ends_with("trafford-reply.txt"));
    let ids: Vec<String> = of_reply.clone().map(|it| it.id.clone()).collect();
    accept(&register, &ids).await;
    let own = of_reply
        .into_iter()
        .find(|it| it.what.stance == stripout_model::Stance::Has)
        .unwrap();
    let sha256 = own.what.evidence.blob;
    let (page, original) = (
        format!("/evidence/{}", own.id),
        format!("/sources/{sha256}/original"),
    );
    let site = serve(home, Audience::Everybody).await;
    let closed = site.get(&page).await.body;
    assert!(
        !closed.contains("CANARY-AFTER") && !closed.contains("Save the original"),
        "{closed}"
    );
    assert!(
        closed.contains("on 22 November 2026 by a reviewer of this register"),
        "{closed}"
    );
    assert!(
        !closed.contains("CANARY-REVIEWER") && !closed.contains("<form class=\"fields\""),
        "{closed}"
    );
    assert_eq!(site.get(&original).await.status, 404);

    let entry = SourcePage {
        sha256,
        link: Some("https://www.trafford.example/foi/1".into()),
        open: true,
        who: "CANARY-REVIEWER".into(),
        when: "2026-11-22T11:00:00Z".parse().unwrap(),
        why: "CANARY-REASON".into(),
    };
    register
        .keep_source_pages(std::slice::from_ref(&entry))
        .await
        .unwrap();
    let Site { home, .. } = site;
    let site = serve(home, Audience::Everybody).await;
    let opened = site.get(&page).await.body;
    for words in ["href=\"https://www.trafford.example/foi/1\"", "Save the original"] {
        assert!(opened.contains(words), "{words}: {opened}");
    }
    assert!(!opened.contains("CANARY-RE"), "{opened}");
    assert!(site.get(&original).await.body.contains("CANARY-AFTER"));

    // Of sources of which nothing is public the address tells nothing.
    let other = said
        .iter()
        .find(|it| it.source.ends_with("hostile-spend.csv"))
        .unwrap();
    let other = other.what.evidence.blob;
    let open = SourcePage {
        sha256: other,
        link: None,
        ..entry
    };
    register.keep_source_pages(&[open]).await.unwrap();
    let mut home = site.home;
    // Held back, it is nobody's; nor is it while something is of which it is not known where it stands.
    let things = [
        ("kent-county-council.hikvision", "2999-01-01"),
        ("kent-county-council.hikvision", "2020-01-01"),
        (&sha256.to_string(), "2999-01-01"),
    ];
    for (number, (thing, until)) in things.into_iter().enumerate() {
        let embargo = stripout_register::Embargo {
            thing: thing.to_owned(),
            until: Some(until.parse().unwrap()),
            who: "a".into(),
            when: "2026-11-22T11:00:00Z".parse().unwrap(),
            why: String::new(),
        };
        register.embargo(&[embargo]).await.unwrap();
        let site = serve(home, Audience::Everybody).await;
        let want = if number == 1 { 200 } else { 404 };
        assert_eq!(site.get(&original).await.status, want, "{thing} {until}");
        let address = format!("/sources/{other}/original");
        assert_eq!(site.get(&address).await.status, 404);
        home = site.home;
    }
}

#[tokio::test]
async fn a_reviewer_says_where_it_was_published() {
    let site = private().await;
    let id = evidence(&site, "harrogate-borough-council").await;
    let address = format!("/evidence/{id}");
    let form = |link: &'static str| [("link", link.to_owned()), ("open", "yes".into())];
    let send = async |link: &'static str| {
        let form = form(link);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        site.post(&address, &form).await.status
    };
    assert_eq!(send("javascript:alert(1)").await, 422);
    assert_eq!(send("https://data.harrogate.example/spend").await, 303);
    let page = format!("/evidence/{id}");
    let look = async {
        while !site
            .get(&page)
            .await
            .body
            .contains("href=\"https://data.harrogate.example/spend\"")
        {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), look)
        .await
        .expect("the page tells it");
    let page = site.get(&page).await.body;
    assert!(
        page.contains("name=\"open\" type=\"checkbox\" value=\"yes\" checked"),
        "{page}"
    );
}
