//! The queue on a page: it decides as the terminal does, and for nobody who did not mean to.

use axum::body::Body;
use axum::http::Request;
use stripout_model::{Decision, Verdict};
use stripout_serve::{Access, Audience, router};

use super::{Answer, Site, grounds, private, screened, screened_with, serve};

/// The value of the hidden field `name`.
fn hidden(answer: &Answer, name: &str) -> String {
    let field = format!("type=\"hidden\" name=\"{name}\" value=\"");
    let (_, rest) = answer
        .body
        .split_once(&field)
        .unwrap_or_else(|| panic!("no {name} in {}", answer.body));
    rest.split('"').next().unwrap().to_owned()
}

async fn first(site: &Site) -> String {
    hidden(&site.get("/review").await, "thing")
}

fn said(decision: &Decision) -> (&str, Verdict, &str) {
    (&decision.thing, decision.verdict, &decision.who)
}

#[tokio::test]
async fn a_decision_is_in_the_log_before_the_next_thing_is_shown() {
    let site = private().await;
    let page = site.get("/review").await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    let one = hidden(&page, "thing");
    let answer = site
        .post(
            "/review",
            &[("thing", &one), ("verdict", "accept"), ("after", "")],
        )
        .await;
    assert_eq!((answer.status, answer.header("location")), (303, "/review"));
    let log = site.log().await;
    assert_eq!(
        log.iter().map(said).collect::<Vec<_>>(),
        [(one.as_str(), Verdict::Accept, "Reviewer One")]
    );
    let next = site.get("/review").await;
    assert_ne!(hidden(&next, "thing"), one);
    assert!(
        next.body.contains("Your last decision: <strong>accept</strong>"),
        "{}",
        next.body
    );
    let again = site
        .post(
            "/review",
            &[("thing", &one), ("verdict", "accept"), ("after", "")],
        )
        .await;
    assert_eq!(
        (again.status, site.log().await.len()),
        (303, 1),
        "sent twice, kept once"
    );
}

#[tokio::test]
async fn a_page_elsewhere_decides_nothing() {
    let site = private().await;
    let one = first(&site).await;
    let form = format!("thing={one}&verdict=accept");
    for headers in [
        &[][..],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", "https://elsewhere.example")],
    ] {
        let request = Request::post("/review")
            .header("host", "127.0.0.1:8080")
            .header("content-type", "application/x-www-form-urlencoded");
        let request = headers
            .iter()
            .fold(request, |it, (name, value)| it.header(*name, *value));
        let answer = site.ask(request.body(Body::from(form.clone())).unwrap()).await;
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let rebound = Request::get("/review").header("host", "rebound.example");
    assert_eq!(site.ask(rebound.body(Body::empty()).unwrap()).await.status, 421);
    assert_eq!(site.log().await, []);
}

#[tokio::test]
async fn a_reject_wants_a_reason_and_keeps_what_was_entered() {
    let site = private().await;
    let one = first(&site).await;
    let answer = site
        .post(
            "/review",
            &[("thing", &one), ("verdict", "reject"), ("why", "  ")],
        )
        .await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("There is a problem"), "{}", answer.body);
    assert_eq!(hidden(&answer, "thing"), one);
    let body = site
        .post(
            "/review",
            &[
                ("thing", &one),
                ("verdict", "accept"),
                ("body", "no such body <x>"),
                ("why", "told so"),
            ],
        )
        .await;
    assert_eq!(body.status, 422);
    assert!(body.body.contains("surely no one body") && body.body.contains("value=\"told so\""));
    assert!(!body.body.contains("<x>"));
    assert_eq!(site.log().await, []);
    let answer = site
        .post(
            "/review",
            &[("thing", &one), ("verdict", "reject"), ("why", "a street name")],
        )
        .await;
    assert_eq!(answer.status, 303);
    assert_eq!(site.log().await[0].why, "a street name");
    assert_eq!(
        site.post("/review", &[("thing", "nothing"), ("verdict", "accept")])
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_correction_is_accepted_with_its_body_and_maker() {
    let site = private().await;
    let one = first(&site).await;
    let form = [
        ("thing", one.as_str()),
        ("verdict", "accept"),
        ("body", "Leeds City Council"),
        ("maker", "dahua"),
        ("why", "the letterhead"),
    ];
    assert_eq!(site.post("/review", &form).await.status, 303);
    let log = site.log().await;
    assert_eq!(log[0].body.as_ref().unwrap().as_str(), "leeds-city-council");
    assert_eq!(log[0].maker.as_ref().unwrap().as_str(), "dahua");
    let page = site.get(&format!("/review?about={one}")).await;
    assert!(
        page.body.contains("body: leeds-city-council · maker: dahua"),
        "the history says so"
    );
}

#[tokio::test]
async fn a_skip_passes_on_and_an_undo_comes_back() {
    let site = private().await;
    let one = first(&site).await;
    let skipped = site
        .post("/review", &[("thing", &one), ("verdict", "skip")])
        .await;
    let on = skipped.header("location").to_owned();
    assert_eq!(on, format!("/review?after={one}"));
    let two = hidden(&site.get(&on).await, "thing");
    assert_ne!(one, two);
    site.post(
        "/review",
        &[("thing", &two), ("verdict", "unsure"), ("after", &one)],
    )
    .await;
    let page = site.get(&on).await;
    assert_ne!(hidden(&page, "thing"), two);
    let last = hidden(&page, "decision");
    let form = [("decision", last.as_str()), ("after", one.as_str())];
    let undone = site.post("/review/undo", &form).await;
    assert_eq!(
        undone.header("location"),
        format!("/review?after={one}&about={two}")
    );
    // The same form once more takes nothing else back.
    site.post("/review/undo", &form).await;
    let verdicts: Vec<Verdict> = site.log().await.iter().map(|it| it.verdict).collect();
    assert_eq!(verdicts, [Verdict::Unsure, Verdict::Undo]);
    let mut passed = 0;
    let mut address = "/review".to_owned();
    while let Some((_, rest)) = site
        .get(&address)
        .await
        .body
        .split_once("name=\"thing\" value=\"")
    {
        address = format!("/review?after={}", rest.split('"').next().unwrap());
        passed += 1;
    }
    assert!(passed > 10, "all can be passed over: {passed}");
    assert!(site.get(&address).await.body.contains("The end of the queue"));
}

#[tokio::test]
async fn the_same_words_about_the_same_body_are_decided_on_at_once() {
    let rows = "Leeds City Council,2023-01-02,Acme Ltd,10.00,Hikvision dome camera for the depot\n";
    let other = rows.replace("Leeds City", "Harrogate Borough");
    let text = format!(
        "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n{rows}{}{}{other}",
        rows.replace("10.00", "11.00"),
        rows.replace("10.00", "12.00")
    );
    let (home, register) = screened_with(&[("same.csv", &text)]).await;
    let said = register.stated_sightings().await.unwrap();
    let mut same = said
        .iter()
        .filter(|it| it.what.evidence.excerpt.contains("for the depot"));
    let one = same.clone().next().unwrap().id.clone();
    assert_eq!(same.by_ref().count(), 4);
    let site = serve(home, Audience::Private).await;
    let page = site.get(&format!("/review?about={one}")).await;
    assert!(
        page.body.contains("The same words stand in 2 more places"),
        "{}",
        page.body
    );
    let form = [
        ("thing", one.as_str()),
        ("verdict", "reject"),
        ("why", "one invoice"),
        ("alike", "yes"),
    ];
    assert_eq!(site.post("/review", &form).await.status, 303);
    let log = site.log().await;
    assert_eq!(log.len(), 3, "not on the other body's");
    assert!(log.iter().all(|it| it.why == "one invoice"));
}

#[tokio::test]
async fn two_reviewers_must_accept_where_two_are_asked_for() {
    let (home, _) = screened().await;
    let mut sites = Vec::new();
    for name in ["Reviewer One", "Reviewer Two"] {
        let mut grounds = grounds(home.path(), Audience::Private).await;
        grounds.reviewers = 2;
        let name = Some(name.to_owned());
        sites.push(router(grounds, Access::alone(name)).await.unwrap());
    }
    let mut site = Site {
        home,
        router: sites[0].clone(),
    };
    let page = site.get("/review").await;
    assert!(
        page.body.contains("once 1 more reviewer accepts it too"),
        "{}",
        page.body
    );
    let one = hidden(&page, "thing");
    site.post("/review", &[("thing", &one), ("verdict", "accept")])
        .await;
    site.router = sites[1].clone();
    let page = site.get(&format!("/review?about={one}")).await;
    assert!(
        page.body
            .contains("Accepted, it may be shown to everybody. So far: 1 accept"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn everybody_has_no_queue() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!(site.get("/review").await.status, 404);
    assert_eq!(
        site.post("/review", &[("thing", "x"), ("verdict", "accept")])
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn without_a_name_nobody_reviews() {
    let (home, _) = screened().await;
    let grounds = grounds(home.path(), Audience::Private).await;
    let site = Site {
        router: router(grounds, Access::alone(None)).await.unwrap(),
        home,
    };
    let page = site.get("/review").await;
    assert_eq!(page.status, 403);
    assert!(page.body.contains("--as NAME"), "{}", page.body);
}
