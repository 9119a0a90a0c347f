//! What bodies reply: recorded on a page, by a program or by the command, and shown beside what it speaks to.

use axum::body::Body;
use axum::http::Request;
use stripout_register::{BodyReply, BodyReplyAct, Embargo, Register, Replied};
use stripout_serve::Audience;

use super::{Answer, Site, accept, private, screened, serve};

const LEEDS: &str = "leeds-city-council";
const WORDS: &str = "The cameras were bought for the bus station and are not connected to the internet.";

async fn changed(site: &Site, address: &str, words: &str) -> Answer {
    let look = async {
        loop {
            let page = site.get(address).await;
            if page.body.contains(words) {
                return page;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(30), look).await;
    waited.unwrap_or_else(|_| panic!("{address} never tells {words}"))
}

fn replied(finding: Option<&str>, words: &str) -> BodyReply {
    BodyReply {
        body: LEEDS.parse().unwrap(),
        act: BodyReplyAct::Replied(Replied {
            finding: finding.map(str::to_owned),
            words: words.into(),
            given: "2026-11-01".parse().unwrap(),
            source: "https://www.leeds.example/reply".into(),
        }),
        who: "CANARY-REVIEWER".into(),
        when: "2026-11-22T11:00:00Z".parse().unwrap(),
    }
}

/// All that the hostile file says of Leeds is accepted.
async fn accepted() -> (tempfile::TempDir, Register) {
    let (home, register) = screened().await;
    let said = register.stated_sightings().await.unwrap();
    let own = said.iter().filter(|it| it.source.ends_with("hostile-spend.csv"));
    let ids: Vec<String> = own.map(|it| it.id.clone()).collect();
    accept(&register, &ids).await;
    (home, register)
}

#[tokio::test]
async fn a_reply_is_recorded_shown_and_taken_back() {
    let site = private().await;
    let page = site.get("/bodies/leeds-city-council").await;
    assert!(
        page.body.contains("No reply of Leeds City Council"),
        "{}",
        page.body
    );
    let form = |given: &'static str| {
        [
            ("body", "Leeds City Council"),
            ("finding", "leeds-city-council.hikvision"),
            ("words", WORDS),
            ("given", given),
            ("source", "https://www.leeds.example/reply"),
        ]
    };
    for (wrong, why) in [
        (form("2999-01-01"), "yet to come"),
        (form("yesterday"), "one like 2026-01-31"),
    ] {
        let answer = site.post("/replies", &wrong).await;
        assert!(
            answer.status == 422 && answer.body.contains(why),
            "{}",
            answer.body
        );
        assert!(answer.body.contains(WORDS), "what was entered is not lost");
    }
    let mut other = form("2026-11-01");
    other[1].1 = "camden-london-borough-council.hikvision";
    assert_eq!(site.post("/replies", &other).await.status, 422);
    for _twice in 0..2 {
        assert_eq!(site.post("/replies", &form("2026-11-01")).await.status, 303);
    }
    let page = changed(&site, "/bodies/leeds-city-council", WORDS).await;
    for words in [
        "Reply of 1 November 2026",
        "href=\"https://www.leeds.example/reply\"",
        "entered by Reviewer One on",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(page.body.matches(WORDS).count(), 1, "sent twice, it is one reply");
    let reply = page.body.find(WORDS).unwrap();
    assert!(
        reply > page.body.find("id=\"hikvision\"").unwrap(),
        "it stands beside its finding"
    );
    let log = site.get("/corrections").await;
    assert!(
        log.body.contains("its reply of 1 November 2026 recorded"),
        "{}",
        log.body
    );
    let briefing = site.get("/bodies/leeds-city-council/briefing").await;
    assert!(briefing.body.contains(WORDS) && !briefing.body.contains("No reply of the body"));
    assert_eq!(
        site.post("/replies", &[("withdraw", "1"), ("why", " ")])
            .await
            .status,
        422
    );
    let back = [("withdraw", "1"), ("why", "sent in error")];
    assert_eq!(site.post("/replies", &back).await.status, 303);
    let log = changed(&site, "/corrections", "taken back: sent in error").await;
    assert!(log.body.contains("recorded"), "{}", log.body);
    assert!(!site.get("/bodies/leeds-city-council").await.body.contains(WORDS));
    assert_eq!(site.post("/replies", &back).await.status, 404);
}

#[tokio::test]
async fn a_program_records_a_reply_once() {
    let site = private().await;
    let send = |body: serde_json::Value| {
        let request = Request::post("/api/v1/replies")
            .header("host", "127.0.0.1:8080")
            .header("sec-fetch-site", "same-origin");
        site.ask(request.body(Body::from(body.to_string())).unwrap())
    };
    let reply = serde_json::json!({
        "body": LEEDS, "words": WORDS, "given": "2026-11-01", "source": "letter of 1 November",
    });
    for status in [201, 200] {
        let answer = send(reply.clone()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(
            (&told["data"]["id"], &told["data"]["body"]),
            (&1.into(), &LEEDS.into())
        );
    }
    let mut wrong = reply.clone();
    wrong["words"] = "".into();
    let answer = send(wrong).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (422, "application/problem+json")
    );
    changed(&site, "/api/v1/replies", WORDS).await;
    assert_eq!(site.json("/api/v1/replies").await["total"], 1);
}

#[tokio::test]
async fn everybody_reads_a_reply_where_they_read_what_it_speaks_to() {
    let (home, register) = accepted().await;
    let mail = "Ring Jane Canaryname on 0113 496 0000, jane@leeds.example.";
    let entries = [
        replied(None, &format!("General words. {mail}")),
        replied(Some("leeds-city-council.hikvision"), "Words on one maker."),
        BodyReply {
            body: "camden-london-borough-council".parse().unwrap(),
            ..replied(None, "Nothing of this body is public.")
        },
    ];
    register.keep_body_replies(&entries).await.unwrap();
    let site = serve(home, Audience::Everybody).await;
    let all = site.get("/replies").await.body
        + &site.get("/bodies/leeds-city-council").await.body
        + &site.get("/api/v1/replies").await.body
        + &site.get("/corrections").await.body;
    assert!(all.contains("General words.") && all.contains("Words on one maker."));
    assert!(all.contains("entered by a reviewer on 22 November 2026"), "{all}");
    for private in [
        "CANARY-REVIEWER",
        "jane@",
        "Canaryname",
        "Nothing of this body is public",
        "<textarea",
    ] {
        assert!(!all.contains(private), "{private}");
    }
    assert_eq!(site.json("/api/v1/replies").await["total"], 2);
    assert!([404, 405].contains(&site.post("/replies", &[]).await.status));
}

#[tokio::test]
async fn a_reply_to_what_is_held_back_is_held_back_with_it() {
    let (home, register) = accepted().await;
    let entries = [
        replied(None, "CANARY-GENERAL"),
        replied(Some("leeds-city-council.hikvision"), "CANARY-HELD"),
        replied(Some("leeds-city-council.dahua"), "Words that may be read."),
    ];
    register.keep_body_replies(&entries).await.unwrap();
    let embargo = Embargo {
        thing: "leeds-city-council.hikvision".into(),
        until: Some("2999-01-01".parse().unwrap()),
        who: "a".into(),
        when: "2026-11-22T11:00:00Z".parse().unwrap(),
        why: "right of reply".into(),
    };
    register.embargo(&[embargo]).await.unwrap();
    let site = serve(home, Audience::Everybody).await;
    let mut all = String::new();
    for answer in super::crawl::crawl(&site).await.into_values() {
        all.push_str(&answer.body);
    }
    assert!(all.contains("Words that may be read."));
    assert!(!all.contains("CANARY-GENERAL") && !all.contains("CANARY-HELD"));
}
