//! The web register in one process, over a register made from the example evidence.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests are no tests to clippy"
)]

mod accounts;
mod answers;
mod bodies;
mod briefings;
mod charts;
mod claims;
mod crawl;
mod decisions;
mod embargo;
mod evidence;
mod exports;
mod feeds;
mod map;
mod places;
mod public;
mod published;
mod replies;
mod review;
mod tasks;
mod timeline;
mod upload;
mod withdrawals;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, header::HeaderMap};
use jiff::Timestamp;
use stripout_catalogue::{Bodies, Catalogue};
use stripout_identify::Identifier;
use stripout_ingest::{Counting, IntoRegister, Keep, Progress, Rows, ScreenOptions, screen, screen_as, walk};
use stripout_model::{Decision, Verdict};
use stripout_read::Options;
use stripout_register::{OpenMode, Register};
use stripout_serve::{Access, Audience, Grounds, Names, Screener, router};
use tower::ServiceExt as _;

/// Where the register is said to be reached.
const BASE: &str = "https://cameras.example.org/uk";

/// A spend file whose words attack whoever shows them, and hold what no public page may show.
const HOSTILE: &str = "Body Name,Payment date,Supplier Name,Net Amount,Narrative\n\
    Leeds City Council,2021-05-04,<script>alert(1)</script> Ltd,100.00,\
    \"4 x Hikvision dome cameras <img src=x onerror=alert(2)> at 10.11.12.13, MAC 44:19:b6:12:34:56, CANARY-ROW\"\n\
    Leeds City Council,2022-06-05,\"\"\"><svg/onload=alert(3)> Ltd\",200.00,Supply of 2 Dahua cameras CANARY-UNDECIDED\n";

static CATALOGUE: LazyLock<Arc<Catalogue>> =
    LazyLock::new(|| Arc::new(Catalogue::load(Some(&root().join("examples/catalogue"))).unwrap()));
static BODIES: LazyLock<Arc<Bodies>> =
    LazyLock::new(|| Arc::new(Bodies::load(Some(&root().join("examples/catalogue"))).unwrap()));
static IDENTIFIER: LazyLock<Identifier> = LazyLock::new(|| Identifier::new(&CATALOGUE));

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A register on disk, and the addresses over it.
struct Site {
    home: tempfile::TempDir,
    router: Router,
}

/// An answer, read whole.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

/// The example evidence and the hostile file, read into a register.
async fn screened() -> (tempfile::TempDir, Register) {
    screened_with(&[]).await
}

/// With more files of these names and texts.
async fn screened_with(more: &[(&str, &str)]) -> (tempfile::TempDir, Register) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("stripout.db");
    let hostile = home.path().join("hostile-spend.csv");
    std::fs::write(&hostile, HOSTILE).unwrap();
    let mut inputs = vec![root().join("examples/evidence"), hostile];
    for (name, text) in more {
        let file = home.path().join(name);
        std::fs::write(&file, text).unwrap();
        inputs.push(file);
    }
    let at = path.clone();
    tokio::task::spawn_blocking(move || {
        let files = walk(&inputs, &[]).inputs;
        let folder = at.with_extension("evidence");
        let mut into = IntoRegister::open(&at, &folder, Keep::All).unwrap();
        screen(&files, &IDENTIFIER, &options(), &mut into, &Progress::default()).unwrap();
    })
    .await
    .unwrap();
    let register = Register::open(&path, OpenMode::Write).await.unwrap();
    (home, register)
}

async fn grounds(home: &Path, audience: Audience) -> Grounds {
    let path = home.join("stripout.db");
    Grounds {
        register: Register::open(&path, OpenMode::Read).await.unwrap(),
        evidence: path.with_extension("evidence"),
        catalogue: CATALOGUE.clone(),
        bodies: BODIES.clone(),
        names: Names::of(&BODIES, &CATALOGUE),
        reviewers: 1,
        audience,
        base: Some(BASE.parse().unwrap()),
        staffed: false,
        around: Some(Arc::new({
            let folder = path.with_extension("evidence");
            move |source, locator| {
                stripout_ingest::surroundings(source, &folder, locator, &Options::default(), 1_500)
            }
        })),
    }
}

async fn serve(home: tempfile::TempDir, audience: Audience) -> Site {
    let access = access(audience, home.path());
    Site {
        router: router(grounds(home.path(), audience).await, access)
            .await
            .unwrap(),
        home,
    }
}

/// Everybody reads; whoever has the private view may do all.
fn access(audience: Audience, home: &Path) -> Access {
    match audience {
        Audience::Everybody => Access::reading(),
        Audience::Private => Access::alone(Some("Reviewer One".into())).adding(screener(home)),
    }
}

/// Reads files as the program does.
fn screener(home: &Path) -> Screener {
    let path = home.join("stripout.db");
    Arc::new(move |inputs, progress| {
        let folder = path.with_extension("evidence");
        let mut into = IntoRegister::open(&path, &folder, Keep::All)?;
        screen_as(inputs, &IDENTIFIER, &options(), &mut into, progress)
    })
}

fn options() -> ScreenOptions {
    ScreenOptions {
        reading: Options::default(),
        rows: Rows::Matching,
        counting: Counting::All,
        threads: 2,
        tolerate: 20,
        fail_fast: false,
        now: "2026-11-22T10:00:00Z".parse::<Timestamp>().unwrap(),
        reader: "test".into(),
        catalogue: "test".into(),
    }
}

async fn private() -> Site {
    let (home, _) = screened().await;
    serve(home, Audience::Private).await
}

async fn accept(register: &Register, things: &[String]) {
    decide(register, things, Verdict::Accept).await;
}

async fn reject(register: &Register, things: &[String]) {
    decide(register, things, Verdict::Reject).await;
}

async fn decide(register: &Register, things: &[String], verdict: Verdict) {
    let decisions: Vec<Decision> = things
        .iter()
        .map(|thing| Decision {
            id: 0,
            thing: thing.clone(),
            verdict,
            who: "CANARY-REVIEWER".into(),
            when: "2026-11-22T11:00:00Z".parse().unwrap(),
            why: "CANARY-REASON".into(),
            body: None,
            maker: None,
        })
        .collect();
    register.decide(&decisions).await.unwrap();
}

impl Site {
    async fn get(&self, address: &str) -> Answer {
        self.ask(Request::get(address).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as a page of the site does.
    async fn post(&self, address: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(address)
            .header("host", "127.0.0.1:8080")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let body = serde_urlencoded::to_string(form).unwrap();
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// What has been decided so far.
    async fn log(&self) -> Vec<Decision> {
        let path = self.home.path().join("stripout.db");
        let register = Register::open(path, OpenMode::Read).await.unwrap();
        register.decisions().await.unwrap()
    }

    async fn ask(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// What is no text.
    async fn bytes(&self, address: &str) -> Vec<u8> {
        let request = Request::get(address).body(Body::empty()).unwrap();
        let response: Response<Body> = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), 200, "{address}");
        to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec()
    }

    async fn json(&self, address: &str) -> serde_json::Value {
        let answer = self.get(address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
