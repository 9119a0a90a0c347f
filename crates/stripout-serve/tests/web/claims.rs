//! What pages claim: counts, days, words and answers say no more than the sources behind them.

use std::fmt::Write as _;

use stripout_model::{DocumentKind, Stance};
use stripout_serve::Audience;

use super::crawl::crawl;
use super::{accept, private, reject, screened, screened_with, serve};

const HEAD: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n";

/// A hundred payments of one body, fifty in each of two years.
fn payments() -> String {
    let mut text = HEAD.to_owned();
    for number in 0..100 {
        let (year, day) = (2023 + number / 50, 1 + number % 28);
        let _ = writeln!(
            text,
            "Trafford Metropolitan Borough Council,{year}-05-{day:02},Acme {number} Ltd,100.00,2 Hikvision cameras lot {number}"
        );
    }
    text
}

#[tokio::test]
async fn charts_and_counts_rest_on_all_evidence() {
    let (home, _) = screened_with(&[("trafford.csv", &payments())]).await;
    let site = serve(home, Audience::Private).await;
    let page = site.get("/bodies/trafford-metropolitan-borough-council").await;
    // The page of a body with much evidence is there before anybody asks.
    assert_eq!(page.header("cache-status"), "stripout; hit");
    for words in [
        "<th scope=\"row\">2023</th>",
        "GBP 5,000.00 in 50 payments",
        "100 devices of Hikvision: bought, in 50 lines",
        "<dt>Devices bought, in payments and contracts</dt><dd>200</dd>",
        "the latest 20 of 100 entries",
        "the latest 20 of 100 rows",
        "<span class=\"tag bought\">Bought</span>",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(page.body.matches("GBP 5,000.00 in 50 payments").count(), 2);
    // A payment says nothing of what is used.
    assert!(
        !page.body.contains("Devices there") && !page.body.contains("In use"),
        "{}",
        page.body
    );
    let svg = site
        .get("/bodies/trafford-metropolitan-borough-council/devices.svg")
        .await;
    assert!(
        svg.body.contains("100 devices of Hikvision: bought, in 50 lines"),
        "{}",
        svg.body
    );
}

#[tokio::test]
async fn what_came_after_the_same_words_is_told_with_them_once() {
    let mut spend = HEAD.to_owned();
    for (day, what) in [
        ("2025-03-04", "dome"),
        ("2024-02-03", "turret"),
        ("2026-01-02", "bullet"),
    ] {
        let _ = writeln!(
            spend,
            "North Wales Police,{day},Acme Ltd,100.00,Supply of 6 Hikvision {what} cameras"
        );
    }
    let (home, _) = screened_with(&[("north-wales.csv", &spend)]).await;
    let site = serve(home, Audience::Private).await;
    let page = site.get("/bodies/north-wales-police").await;
    let told = |words: &str| page.body.matches(words).count();
    assert_eq!(told("Promise and later purchase"), 1, "{}", page.body);
    // The first purchase is told in words, those after it by their days; each leads to its proof.
    let alert = page.body.split("class=\"alerts\"").nth(1).unwrap();
    let alert = alert.split("</section>").next().unwrap();
    assert!(alert.contains("3 February 2024 names"), "{alert}");
    assert!(
        alert.contains("And 2 more like it: <a href=\"/evidence/"),
        "{alert}"
    );
    let day = |day: &str| alert.find(&format!(">{day}</a>")).unwrap();
    assert!(day("3 February 2024") < day("4 March 2025") && day("4 March 2025") < day("2 January 2026"));
    // The first page tells the latest of them alone.
    let home = site.get("/").await.body;
    let of_it = home.matches("href=\"/bodies/north-wales-police#alerts\"").count();
    assert!(of_it == 1 && home.contains("2 January 2026 names"), "{home}");
    let all = site.get("/alerts").await;
    assert_eq!(all.body.matches("href=\"/bodies/north-wales-police\"").count(), 3);
}

const REPLY: &str = "Trafford Metropolitan Borough Council\nFreedom of Information Act 2000\n\nDate of reply: 3 May 2024\n\n\
    Question 1. How many Hikvision cameras does the council have?\n\
    Answer 1. The Council has 36 Hikvision cameras.\n\nInformation Rights Team\n";

#[tokio::test]
async fn a_purchase_adds_nothing_to_what_is_there() {
    let spend = format!(
        "{HEAD}Trafford Metropolitan Borough Council,2024-06-04,Acme Ltd,100.00,Supply of 6 Hikvision cameras\n"
    );
    let files = [("trafford-reply.txt", REPLY), ("trafford.csv", spend.as_str())];
    let (home, _) = screened_with(&files).await;
    let site = serve(home, Audience::Private).await;
    let found = site
        .json("/api/v1/findings/trafford-metropolitan-borough-council.hikvision")
        .await;
    let found = &found["data"];
    assert_eq!(found["status"], "in-use", "{found}");
    assert_eq!(
        (&found["stated"], &found["last"]),
        (&"2024-05-03".into(), &"2024-06-04".into())
    );
    assert_eq!((&found["devices"], &found["bought"]), (&36.into(), &6.into()));
    let page = site.get("/bodies/trafford-metropolitan-borough-council").await;
    for words in [
        "as stated for 3 May 2024",
        "36 in number",
        "36 devices of Hikvision: there",
        "6 devices of Hikvision: bought",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("as stated for 4 June 2024"), "{}", page.body);
}

#[tokio::test]
async fn what_a_reply_comes_to_follows_what_was_accepted_of_it() {
    let (home, register) = screened_with(&[("trafford-reply.txt", REPLY)]).await;
    let said = register.stated_sightings().await.unwrap();
    let own = || said.iter().filter(|it| it.source.ends_with("trafford-reply.txt"));
    assert!(own().any(|it| (it.kind, it.what.stance) == (DocumentKind::Foi, Stance::Has)));
    let ids: Vec<String> = own().map(|it| it.id.clone()).collect();
    accept(&register, &ids).await;
    let site = serve(home, Audience::Everybody).await;
    let home = site.get("/").await;
    assert!(
        home.body
            .contains("of 1 bodies of which an accepted reply is known"),
        "{}",
        home.body
    );
    assert!(
        home.body
            .contains("<p class=\"number\">1 <span>of 1 bodies of which"),
        "{}",
        home.body
    );
    let sectors = site.get("/sectors").await;
    assert!(
        sectors.body.contains("<dt>Answered</dt><dd>1</dd>"),
        "{}",
        sectors.body
    );
    assert!(
        sectors.body.contains("whose reply a reviewer has accepted"),
        "{}",
        sectors.body
    );
}

#[tokio::test]
async fn secrets_and_people_in_accepted_words_are_withheld() {
    let secrets = [
        "DS-2CD2143G0-I20190101AAWRC12345678",
        "SN:CANARYS99887766",
        "password CanaryP123",
        "Mr John CanaryName ext 4471",
        "home of a resident 12 CanaryHome Street",
        "NI AB123456C",
        "ring Jane CanaryAsk on",
    ];
    let mut spend = HEAD.to_owned();
    for (number, secret) in secrets.iter().enumerate() {
        let _ = writeln!(
            spend,
            "Trafford Metropolitan Borough Council,2024-06-{:02},Acme Ltd,100.00,Supply of 2 Hikvision cameras {secret}",
            number + 1
        );
    }
    let (home, register) = screened_with(&[("trafford.csv", &spend)]).await;
    let said = register.stated_sightings().await.unwrap();
    let own = said.iter().filter(|it| it.source.ends_with("trafford.csv"));
    let ids: Vec<String> = own.map(|it| it.id.clone()).collect();
    assert!(ids.len() >= secrets.len(), "{ids:?}");
    accept(&register, &ids).await;
    let site = serve(home, Audience::Everybody).await;
    let page = site.get("/bodies/trafford-metropolitan-borough-council").await;
    assert!(page.body.contains("[withheld]"), "{}", page.body);
    let mut pages = crawl(&site).await;
    pages.insert("/bodies/trafford".into(), page);
    for (address, answer) in pages {
        for secret in [
            "12345678",
            "CANARYS",
            "CanaryP",
            "CanaryName",
            "4471",
            "CanaryHome",
            "AB123456C",
            "CanaryAsk",
        ] {
            // Hashes may hold any digits.
            let words =
                answer.body.contains(secret) && (secret.len() > 4 || answer.body.contains("ext 4471"));
            assert!(!words, "{address} holds {secret}");
        }
    }
}

#[tokio::test]
async fn what_is_recalled_and_what_nobody_said_is_not_told() {
    let all = private().await;
    assert_eq!(all.get("/policies/dk-2022").await.status, 200);
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    for address in [
        "/policies/dk-2022",
        "/api/v1/policies/dk-2022",
        "/policies/dk-2022/briefing",
    ] {
        assert_eq!(site.get(address).await.status, 404, "{address}");
    }
    for address in ["/policies", "/gap", "/api/v1/policies"] {
        assert!(!site.get(address).await.body.contains("dk-2022"), "{address}");
    }
    for maker in ["hikvision", "dahua"] {
        let page = site.get(&format!("/makers/{maker}")).await;
        let claims = page.body.split("id=\"claims\"").nth(1).unwrap();
        let claims = claims.split("</section>").next().unwrap();
        // Summaries of the compilers are nobody's words.
        assert!(
            !claims.contains("<q>") && claims.contains("As summarised"),
            "{claims}"
        );
        assert!(!claims.contains("(recalled)"), "{claims}");
    }
}

#[tokio::test]
async fn what_was_taken_back_is_told() {
    let all = private().await;
    let found = all.json("/api/v1/findings/leeds-city-council.hikvision").await;
    let id = found["data"]["sightings"][0].as_str().unwrap().to_owned();
    let (home, register) = screened().await;
    accept(&register, std::slice::from_ref(&id)).await;
    reject(&register, std::slice::from_ref(&id)).await;
    let site = serve(home, Audience::Everybody).await;
    let page = site.get("/corrections").await;
    assert!(
        page.body.contains("Rejected on Leeds City Council and Hikvision"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("CANARY-"), "{}", page.body);
    assert_eq!(site.get(&format!("/evidence/{id}")).await.status, 410);
}

#[tokio::test]
async fn whoever_says_none_and_whoever_does_not_say_have_two_marks() {
    let site = private().await;
    let page = site.get("/map").await;
    // The mark of each stands in the key: another filling, and another shape.
    let mark = |words: &str| {
        let end = page.body.find(&format!("</g></svg> {words}")).expect(words);
        let before = page.body.get(..end).unwrap();
        let (_, mark) = before.rsplit_once("<path ").unwrap();
        mark.to_owned()
    };
    let shape = |words: &str| mark(words).split('"').nth(1).unwrap().to_owned();
    assert!(
        mark("says none").contains("fill=\"url(#level)\""),
        "{}",
        mark("says none")
    );
    assert!(
        mark("does not say").contains("fill=\"url(#grid)\""),
        "{}",
        mark("does not say")
    );
    assert_eq!(shape("in use"), shape("bought"));
    for (one, other) in [
        ("says none", "does not say"),
        ("says none", "in use"),
        ("does not say", "in use"),
    ] {
        assert_ne!(shape(one), shape(other), "{one} and {other}");
    }
}
