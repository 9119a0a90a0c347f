//! Questions that people take to research: one in one pair of hands, and every act in the log.

use axum::body::Body;
use axum::http::Request;
use jiff::{Timestamp, ToSpan as _};
use stripout_register::{OpenMode, Register, TaskAct, TaskEntry};
use stripout_serve::{Access, Audience, router};

use super::{Answer, Site, grounds, private, screened, serve};

const TAKE: &[(&str, &str)] = &[("act", "taken")];

/// The lead in the hands of whoever sees the page.
fn lead(page: &Answer) -> String {
    let (_, rest) = page
        .body
        .split_once("name=\"lead\" value=\"")
        .unwrap_or_else(|| panic!("nothing in hand: {}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

async fn entries(site: &Site) -> Vec<(TaskAct, String)> {
    let path = site.home.path().join("stripout.db");
    let register = Register::open(path, OpenMode::Read).await.unwrap();
    let tasks = register.tasks().await.unwrap();
    tasks.log().iter().map(|it| (it.act, it.words.clone())).collect()
}

/// The same register as another person sees it.
async fn other(site: &Site, name: &str) -> axum::Router {
    let grounds = grounds(site.home.path(), Audience::Private).await;
    router(grounds, Access::alone(Some(name.into()))).await.unwrap()
}

#[tokio::test]
async fn a_question_is_taken_and_brought_back() {
    let site = private().await;
    let before = site.get("/tasks").await;
    assert_eq!(before.header("cache-control"), "no-store");
    assert!(before.body.contains("Take a question"), "{}", before.body);
    assert_eq!(site.post("/tasks", TAKE).await.status, 303);
    let page = site.get("/tasks").await;
    assert!(page.body.contains("20 minutes left"), "{}", page.body);
    let one = lead(&page);
    // Taking twice gives nothing more.
    assert_eq!(site.post("/tasks", TAKE).await.status, 303);
    assert_eq!(lead(&site.get("/tasks").await), one);
    let empty = site
        .post("/tasks", &[("lead", &one), ("act", "answered"), ("words", " ")])
        .await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("an answer without words"), "{}", empty.body);
    let words = "It says <Dahua> on page 3 of https://example.org/spec.pdf";
    let back = site
        .post("/tasks", &[("lead", &one), ("act", "answered"), ("words", words)])
        .await;
    assert_eq!(back.status, 303, "{}", back.body);
    let after = site.get("/tasks").await;
    assert!(
        after.body.contains("It says &#60;Dahua&#62; on page 3"),
        "{}",
        after.body
    );
    assert_eq!(
        entries(&site).await,
        [
            (TaskAct::Taken, String::new()),
            (TaskAct::Answered, words.to_owned())
        ]
    );
    let again = site
        .post(
            "/tasks",
            &[("lead", &one), ("act", "unsolved"), ("words", "sent twice")],
        )
        .await;
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(
        again.body.contains("sent twice"),
        "what was written is not lost: {}",
        again.body
    );
    assert_eq!(site.post("/tasks", TAKE).await.status, 303);
    assert_ne!(
        lead(&site.get("/tasks").await),
        one,
        "an answered one is not handed out"
    );
}

#[tokio::test]
async fn nobody_else_is_handed_it_until_its_time_is_over() {
    let site = private().await;
    site.post("/tasks", TAKE).await;
    let one = lead(&site.get("/tasks").await);
    let theirs = Site {
        router: other(&site, "Somebody Else").await,
        home: tempfile::tempdir().unwrap(),
    };
    assert!(theirs.get("/tasks").await.body.contains("1 is in other hands"));
    theirs.post("/tasks", TAKE).await;
    assert_ne!(lead(&theirs.get("/tasks").await), one);
    let stolen = theirs
        .post(
            "/tasks",
            &[("lead", &one), ("act", "answered"), ("words", "mine")],
        )
        .await;
    assert_eq!(stolen.status, 422, "{}", stolen.body);
}

#[tokio::test]
async fn what_nobody_brings_back_comes_back_by_itself() {
    let (home, register) = screened().await;
    let now = Timestamp::now();
    let lead_of = |site: Answer| lead(&site);
    let site = serve(home, Audience::Private).await;
    site.post("/tasks", TAKE).await;
    let one = lead_of(site.get("/tasks").await);
    site.post("/tasks", &[("lead", &one), ("act", "unsolved"), ("words", "")])
        .await;
    // Somebody took the next one half an hour ago and was not heard of since.
    site.post("/tasks", TAKE).await;
    let two = lead_of(site.get("/tasks").await);
    site.post("/tasks", &[("lead", &two), ("act", "unsolved"), ("words", "")])
        .await;
    let late = TaskEntry {
        lead: two.clone(),
        act: TaskAct::Taken,
        who: "Somebody Else".into(),
        when: now - 30.minutes(),
        until: Some(now - 10.minutes()),
        words: String::new(),
    };
    register.keep_tasks(&[late]).await.unwrap();
    let page = site.get("/tasks").await;
    assert!(page.body.contains("0 are in other hands"), "{}", page.body);
    let taken = TaskEntry {
        lead: two,
        act: TaskAct::Taken,
        who: "Reviewer One".into(),
        when: now,
        until: Some(now + 20.minutes()),
        words: String::new(),
    };
    assert!(register.do_task(&taken).await.unwrap());
    assert!(!register.do_task(&taken).await.unwrap(), "one pair of hands");
}

#[tokio::test]
async fn whoever_only_reads_takes_nothing() {
    let (home, _) = screened().await;
    let open = serve(home, Audience::Everybody).await;
    assert_eq!(open.get("/tasks").await.status, 404);
    let site = private().await;
    let elsewhere = Request::post("/tasks")
        .header("host", "127.0.0.1:8080")
        .header("sec-fetch-site", "cross-site");
    let answer = site.ask(elsewhere.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 403);
    assert_eq!(entries(&site).await, []);
}
