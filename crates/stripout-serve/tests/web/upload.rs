//! Files from a page: whole in the register or not at all, and what was found leads to its evidence.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use stripout_ingest::Summary;
use stripout_register::{Filter, OpenMode, Register, SourceRow};
use stripout_serve::{Access, Audience, Screener, router};

use super::{Answer, Site, grounds, private, screened, screener, serve};

const REPLY: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n\
    Leeds City Council,2024-05-04,Acme Ltd,100.00,3 x Hikvision cameras for the annexe\n";

/// A form with these files, as browsers send it.
fn form(files: &[(&str, &str)]) -> Request<Body> {
    let mut body = String::new();
    for (name, text) in files {
        body.push_str("--cut\r\ncontent-disposition: form-data; name=\"files\"; filename=\"");
        body.push_str(name);
        body.push_str("\"\r\ncontent-type: text/csv\r\n\r\n");
        body.push_str(text);
        body.push_str("\r\n");
    }
    body.push_str("--cut--\r\n");
    let request = Request::post("/add")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=cut");
    request.body(Body::from(body)).unwrap()
}

/// Waits until the lot at this address was read.
async fn read(site: &Site, address: &str) -> Answer {
    loop {
        let page = site.get(address).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        if !page.body.contains("http-equiv=\"refresh\"") {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn sources(site: &Site) -> Vec<SourceRow> {
    let path = site.home.path().join("stripout.db");
    let register = Register::open(path, OpenMode::Read).await.unwrap();
    register.sources(&Filter::default()).await.unwrap()
}

fn lying_about(site: &Site) -> PathBuf {
    site.home.path().join("stripout.uploading")
}

#[tokio::test]
async fn what_is_found_in_a_file_leads_to_its_evidence() {
    let site = private().await;
    let sent = site.ask(form(&[("../../spend (1).csv", REPLY)])).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = read(&site, sent.header("location")).await;
    assert!(
        page.body.contains("What was found") && page.body.contains("1 record read"),
        "{}",
        page.body
    );
    let (_, rest) = page.body.split_once("href=\"/evidence/").unwrap();
    let id = rest.split('"').next().unwrap();
    let proof = site.get(&format!("/evidence/{id}")).await;
    assert!(proof.body.contains("for the annexe"), "{}", proof.body);
    let added: Vec<SourceRow> = sources(&site).await;
    let added = added
        .iter()
        .find(|it| it.source.path.ends_with("spend (1).csv"))
        .unwrap();
    assert!(added.source.path.starts_with("upload/2"), "{}", added.source.path);
    let original = site
        .get(&format!("/sources/{}/original", added.source.blob))
        .await;
    assert_eq!(
        (original.status, original.body.as_str()),
        (200, REPLY),
        "it is nowhere else, so it is kept"
    );
    let review = site.get(&format!("/review?about={id}")).await;
    assert_eq!(review.status, 200);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!lying_about(&site).exists(), "nothing is left lying about");
    let before = sources(&site).await.len();
    let again = site.ask(form(&[("other name.csv", REPLY)])).await;
    let page = read(&site, again.header("location")).await;
    assert!(
        page.body.contains("these bytes were read before"),
        "{}",
        page.body
    );
    assert_eq!(sources(&site).await.len(), before);
}

#[tokio::test]
async fn a_bad_file_is_told_with_its_reason_and_the_good_one_is_read() {
    let site = private().await;
    let before = sources(&site).await.len();
    let sent = site
        .ask(form(&[
            ("empty.csv", ""),
            ("good.csv", REPLY),
            ("good.csv", "a,b\n1,2\n"),
        ]))
        .await;
    let page = read(&site, sent.header("location")).await;
    assert!(
        page.body
            .contains("could not be read; nothing of it is in the register"),
        "{}",
        page.body
    );
    assert!(page.body.contains("the file is empty"), "{}", page.body);
    assert!(page.body.contains("for the annexe"));
    assert_eq!(sources(&site).await.len(), before + 2);
}

/// A screener that waits until it is told to go on.
fn waiting() -> (Screener, Sender<()>) {
    let (go, wait) = channel();
    let wait = Mutex::new(wait);
    let screener: Screener = Arc::new(move |_, _| {
        let _told = wait.lock().unwrap().recv();
        Ok(Summary::default())
    });
    (screener, go)
}

#[tokio::test]
async fn one_lot_is_read_at_a_time() {
    let (home, _) = screened().await;
    let (screener, go) = waiting();
    let grounds = grounds(home.path(), Audience::Private).await;
    let site = Site {
        router: router(grounds, Access::alone(None).adding(screener))
            .await
            .unwrap(),
        home,
    };
    let first = site.ask(form(&[("a.csv", "a")])).await;
    assert_eq!(first.status, 303);
    let page = site.get(first.header("location")).await;
    assert!(page.body.contains("so far"), "{}", page.body);
    let second = site.ask(form(&[("b.csv", "b")])).await;
    assert_eq!((second.status, second.header("retry-after")), (409, "5"));
    assert!(second.body.contains("Nothing was changed"), "{}", second.body);
    go.send(()).unwrap();
    read(&site, first.header("location")).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    go.send(()).unwrap();
    assert_eq!(site.ask(form(&[("b.csv", "b")])).await.status, 303);
}

#[tokio::test]
async fn a_form_that_breaks_off_leaves_nothing() {
    let site = private().await;
    let before = sources(&site).await.len();
    let whole =
        "--cut\r\ncontent-disposition: form-data; name=\"files\"; filename=\"a.csv\"\r\n\r\nBody Name,Narr";
    let request = Request::post("/add")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=cut");
    let answer = site.ask(request.body(Body::from(whole)).unwrap()).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert!(!lying_about(&site).exists());
    assert_eq!(sources(&site).await.len(), before);
    assert_eq!(site.ask(form(&[])).await.status, 422, "no file");
    let many: Vec<(&str, &str)> = vec![("a.csv", "x"); 501];
    assert_eq!(site.ask(form(&many)).await.status, 413);
    assert!(!lying_about(&site).exists());
}

#[tokio::test]
async fn what_a_run_that_was_ended_left_is_swept_away() {
    let (home, _) = screened().await;
    let left = home.path().join("stripout.uploading/0");
    std::fs::create_dir_all(&left).unwrap();
    std::fs::write(left.join("half.csv"), "half").unwrap();
    let site = serve(home, Audience::Private).await;
    assert!(!lying_about(&site).exists());
}

#[tokio::test]
async fn everybody_adds_nothing() {
    let (home, _) = screened().await;
    let site = serve(home, Audience::Everybody).await;
    assert_eq!(site.get("/add").await.status, 404);
    assert_eq!(site.ask(form(&[("a.csv", REPLY)])).await.status, 404);
    let (home, _) = screened().await;
    let accounts = stripout_serve::Accounts::beside(&home.path().join("stripout.db"))
        .await
        .unwrap();
    let grounds = grounds(home.path(), Audience::Everybody).await;
    let access = Access::accounts(accounts, false).adding(screener(home.path()));
    let site = Site {
        router: router(grounds, access).await.unwrap(),
        home,
    };
    assert_eq!(site.ask(form(&[("a.csv", REPLY)])).await.status, 401);
}
