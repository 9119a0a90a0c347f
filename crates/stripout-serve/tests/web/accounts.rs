//! People who sign in: by link, passphrase and code, and each may do what their role allows.

use axum::body::Body;
use axum::http::Request;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha1::Sha1;
use stripout_serve::{Access, Accounts, Audience, router};

use super::{Answer, Site, grounds, screened};

const PASSPHRASE: &str = "CANARY-PASSPHRASE of some length";

/// A site that people sign in to, and the link for its first owner.
async fn staffed(secure: bool) -> (Site, Accounts, String) {
    let (home, _) = screened().await;
    let accounts = Accounts::beside(&home.path().join("stripout.db")).await.unwrap();
    let token = accounts.first_owner().await.unwrap();
    let grounds = grounds(home.path(), Audience::Everybody).await;
    let access = Access::accounts(accounts.clone(), secure);
    let router = router(grounds, access).await.unwrap();
    (Site { home, router }, accounts, format!("/join?token={token}"))
}

/// What an authenticator app would show, so many half minutes from now.
fn code(secret: &str, ahead: i64) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut key, mut bits, mut held) = (Vec::new(), 0_usize, 0);
    for letter in secret.bytes() {
        bits = bits << 5 & 0xffff | letters.iter().position(|it| *it == letter).unwrap();
        held += 5;
        if held >= 8 {
            held -= 8;
            key.push(u8::try_from(bits >> held & 0xff).unwrap());
        }
    }
    let step = Timestamp::now().as_second() / 30 + ahead;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
    mac.update(&step.to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let at = usize::from(sum[19] & 15);
    let word = u32::from_be_bytes(sum[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// The session that an answer begins.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn secret(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("<code class=\"hash\">").unwrap();
    rest.split('<').next().unwrap().to_owned()
}

/// Follows a link: the cookie of the new account, and the secret of its app.
async fn join(site: &Site, link: &str, name: &str) -> (String, String) {
    let page = site.get(link).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    let secret = self::secret(&page);
    let token = link.split_once('=').unwrap().1;
    let form = [
        ("token", token),
        ("name", name),
        ("passphrase", PASSPHRASE),
        ("code", &code(&secret, 0)),
    ];
    let answer = site.post("/join", &form).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    (cookie(&answer), secret)
}

async fn sign_in(site: &Site, name: &str, passphrase: &str, code: &str) -> Answer {
    site.post(
        "/sign-in",
        &[("name", name), ("passphrase", passphrase), ("code", code)],
    )
    .await
}

impl Site {
    async fn get_as(&self, cookie: &str, address: &str) -> Answer {
        let request = Request::get(address).header("cookie", cookie);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    async fn post_as(&self, cookie: &str, address: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(address)
            .header("cookie", cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let body = serde_urlencoded::to_string(form).unwrap();
        self.ask(request.body(Body::from(body)).unwrap()).await
    }
}

/// The link that a page shows.
fn link(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("/join?token=").unwrap();
    format!("/join?token={}", rest.split('<').next().unwrap())
}

#[tokio::test]
async fn the_first_link_makes_an_owner_once() {
    let (site, _, first) = staffed(false).await;
    let outside = site.get("/").await;
    assert!(outside.body.contains("href=\"/sign-in\"") && !outside.body.contains("Private view"));
    let (cookie, _) = join(&site, &first, "Olga Owner").await;
    let inside = site.get_as(&cookie, "/").await;
    assert!(
        inside.body.contains("for people who signed in"),
        "{}",
        inside.body
    );
    assert_eq!(inside.header("cache-control"), "no-store");
    assert_eq!(site.get_as(&cookie, "/people").await.status, 200);
    assert_eq!(site.get(&first).await.status, 404, "a link makes one account");
    let again = site.get("/").await;
    assert!(!again.body.contains("Private view"), "nobody else is inside");
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same_and_soon_there_is_none() {
    let (site, _, first) = staffed(false).await;
    let (_, secret) = join(&site, &first, "Olga Owner").await;
    let taken = sign_in(&site, "Olga Owner", PASSPHRASE, &code(&secret, 0)).await;
    assert_eq!(taken.status, 422, "a code is taken once");
    let told = |answer: &Answer| {
        let (_, rest) = answer.body.split_once("There is a problem").unwrap();
        rest.split("</div>").next().unwrap().to_owned()
    };
    for (name, passphrase, code) in [
        ("Olga Owner", "another passphrase", code(&secret, 1)),
        ("Olga Owner", PASSPHRASE, "000000".into()),
        ("Nobody", PASSPHRASE, code(&secret, 1)),
    ] {
        let answer = sign_in(&site, name, passphrase, &code).await;
        assert_eq!((answer.status, told(&answer)), (422, told(&taken)), "{name}");
        assert_eq!(answer.header("set-cookie"), "");
    }
    for _ in 0..2 {
        assert_eq!(sign_in(&site, "olga owner", PASSPHRASE, "1").await.status, 422);
    }
    let right = sign_in(&site, "Olga Owner", PASSPHRASE, &code(&secret, 1)).await;
    assert_eq!(right.status, 429, "five attempts in a quarter of an hour");
    assert!(right.header("retry-after").parse::<u32>().unwrap() > 600);
}

#[tokio::test]
async fn one_signs_in_and_out() {
    let (site, _, first) = staffed(false).await;
    let (old, secret) = join(&site, &first, "Olga Owner").await;
    let answer = sign_in(&site, " olga owner ", PASSPHRASE, &code(&secret, 1)).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let new = cookie(&answer);
    assert_ne!(old, new, "every session has a token of its own");
    let out = site.post_as(&new, "/sign-out", &[]).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    assert!(out.header("clear-site-data").contains("cookies"));
    assert!(!site.get_as(&new, "/").await.body.contains("Private view"));
    assert!(site.get_as(&old, "/").await.body.contains("Private view"));
}

#[tokio::test]
async fn each_may_do_what_their_role_allows() {
    let (site, _, first) = staffed(false).await;
    let (owner, _) = join(&site, &first, "Olga Owner").await;
    assert_eq!(site.get("/review").await.status, 401);
    assert_eq!(
        site.post("/review", &[("thing", "x"), ("verdict", "accept")])
            .await
            .status,
        401
    );
    for (role, reviews, people) in [
        ("reader", 403, 403),
        ("contributor", 403, 403),
        ("reviewer", 200, 403),
        ("owner", 200, 200),
    ] {
        let made = site.post_as(&owner, "/people", &[("role", role)]).await;
        let name = format!("Some {role}");
        let (cookie, _) = join(&site, &link(&made), &name).await;
        assert!(
            site.get_as(&cookie, "/findings")
                .await
                .body
                .contains("Private view")
        );
        assert_eq!(site.get_as(&cookie, "/review").await.status, reviews, "{role}");
        assert_eq!(site.get_as(&cookie, "/people").await.status, people, "{role}");
        let invites = site.post_as(&cookie, "/people", &[("role", "owner")]).await;
        assert_eq!(invites.status, people, "{role}");
        let holds = [("thing", "x"), ("until", "2030-01-01")];
        let holds = site.post_as(&cookie, "/embargoes", &holds).await.status;
        assert_eq!(holds, if reviews == 200 { 422 } else { 403 }, "{role}");
    }
    assert_eq!(
        site.post_as(&owner, "/people", &[("role", "king")]).await.status,
        422
    );
}

#[tokio::test]
async fn a_reviewer_decides_under_the_name_of_the_account() {
    let (site, _, first) = staffed(false).await;
    let (cookie, _) = join(&site, &first, "Olga Owner").await;
    let page = site.get_as(&cookie, "/review").await;
    let (_, rest) = page.body.split_once("name=\"thing\" value=\"").unwrap();
    let thing = rest.split('"').next().unwrap();
    let form = [("thing", thing), ("verdict", "accept")];
    assert_eq!(site.post_as(&cookie, "/review", &form).await.status, 303);
    let log = site.log().await;
    assert_eq!((log.len(), log[0].who.as_str()), (1, "Olga Owner"));
}

#[tokio::test]
async fn an_account_that_is_ended_is_ended_at_once() {
    let (site, _, first) = staffed(false).await;
    let (owner, _) = join(&site, &first, "Olga Owner").await;
    let made = site.post_as(&owner, "/people", &[("role", "reviewer")]).await;
    let (cookie, secret) = join(&site, &link(&made), "Rita").await;
    let last = site.post_as(&owner, "/people/end", &[("id", "1")]).await;
    assert!(last.body.contains("last owner"), "{}", last.body);
    assert_eq!(
        site.post_as(&owner, "/people/end", &[("id", "2")]).await.status,
        303
    );
    assert_eq!(site.get_as(&cookie, "/review").await.status, 401);
    assert_eq!(
        sign_in(&site, "Rita", PASSPHRASE, &code(&secret, 1)).await.status,
        422
    );
    let made = site.post_as(&owner, "/people", &[("role", "reader")]).await;
    let last = link(&made);
    let offered = self::secret(&site.get(&last).await);
    let form = [
        ("token", last.split_once('=').unwrap().1),
        ("name", "rita"),
        ("passphrase", PASSPHRASE),
        ("code", &code(&offered, 0)),
    ];
    let taken = site.post("/join", &form).await;
    assert_eq!(taken.status, 422, "a name stays with its decisions");
    let log = site.get_as(&owner, "/people").await.body;
    for act in ["invited", "joined", "ended", "refused"] {
        assert!(log.contains(&format!("<td>{act}</td>")), "{act}");
    }
}

#[tokio::test]
async fn no_secret_is_kept_as_it_is_and_no_line_of_the_log_changes() {
    let (site, accounts, first) = staffed(false).await;
    let (cookie, _) = join(&site, &first, "Olga Owner").await;
    sign_in(&site, "CANARY-TYPED-AS-NAME", "CANARY-OTHER", "123456").await;
    let path = accounts.path().to_path_buf();
    let mut kept = Vec::new();
    for ending in ["", "-wal"] {
        let file = format!("{}{ending}", path.display());
        kept.extend(std::fs::read(file).unwrap_or_default());
    }
    let token = first.split_once('=').unwrap().1;
    let session = cookie.split_once('=').unwrap().1;
    for secret in [PASSPHRASE, token, session, "CANARY-TYPED-AS-NAME", "CANARY-OTHER"] {
        let found = kept.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
        assert!(!found, "{secret} stands in the file");
    }
    assert!(
        kept.windows(10).any(|bytes| bytes == b"Olga Owner"),
        "it was looked into"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
    let pool = sqlx::sqlite::SqlitePool::connect_with(options).await.unwrap();
    for change in ["DELETE FROM audit", "UPDATE audit SET who = 'x'"] {
        let refused = sqlx::query(change).execute(&pool).await.unwrap_err();
        assert!(refused.to_string().contains("appended"), "{refused}");
    }
}

#[tokio::test]
async fn over_encrypted_connections_the_cookie_stays_on_them() {
    let (site, _, first) = staffed(true).await;
    let page = site.get(&first).await;
    let secret = self::secret(&page);
    let form = [
        ("token", first.split_once('=').unwrap().1),
        ("name", "Olga"),
        ("passphrase", PASSPHRASE),
        ("code", &code(&secret, 0)),
    ];
    let answer = site.post("/join", &form).await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Host-stripout="), "{set}");
    for part in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(set.contains(part), "{part} in {set}");
    }
}

#[tokio::test]
async fn every_table_and_column_has_a_comment() {
    let schema = include_str!("../../migrations/0001_accounts.sql");
    let mut tables = 0;
    for table in schema.split("CREATE TABLE ").skip(1) {
        tables += 1;
        let (body, _) = table.split_once("\n) STRICT;").expect("STRICT");
        let mut lines = body.lines();
        let name = lines.next().unwrap();
        assert!(lines.next().unwrap().trim().starts_with("-- "), "{name}");
        for line in lines {
            assert!(line.contains(" -- "), "{name}: {line}");
        }
    }
    assert_eq!(tables, 5);
}

#[tokio::test]
async fn a_passphrase_is_changed_by_whoever_has_the_old_one_and_the_app() {
    const NEW: &str = "CANARY-PASSPHRASE, another one";
    let (site, accounts, first) = staffed(false).await;
    let (cookie, secret) = join(&site, &first, "Olga Owner").await;
    let elsewhere = sign_in(&site, "Olga Owner", PASSPHRASE, &code(&secret, 1)).await;
    let elsewhere = self::cookie(&elsewhere);
    assert_eq!(site.get_as(&elsewhere, "/people").await.status, 200);
    assert_eq!(site.get("/account").await.status, 401);
    let page = site.get_as(&cookie, "/account").await;
    assert!(page.body.contains("Olga Owner") && page.header("cache-control") == "no-store");
    let form = |old, new, code| [("old", old), ("new", new), ("code", code)];
    // None of these is right; only those that are tried with a good new one count as attempts.
    for (old, new, code) in [
        (PASSPHRASE, "short", "000000"),
        (PASSPHRASE, "Olga Owner herself", "000000"),
        (PASSPHRASE, PASSPHRASE, "000000"),
        ("not the old one", NEW, "000000"),
        (PASSPHRASE, NEW, "000000"),
    ] {
        let answer = site.post_as(&cookie, "/account", &form(old, new, code)).await;
        assert_eq!(answer.status, 422, "{old} {new}: {}", answer.body);
        assert!(!answer.body.contains("CANARY-PASSPHRASE"), "{}", answer.body);
    }
    assert_eq!(
        site.get_as(&elsewhere, "/people").await.status,
        200,
        "nothing was changed"
    );
    // The codes of now and of the next half minute are taken: as if a minute had passed.
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(accounts.path());
    let mut db = sqlx::ConnectOptions::connect(&file).await.unwrap();
    sqlx::raw_sql("UPDATE account SET totp_step = 0")
        .execute(&mut db)
        .await
        .unwrap();
    let changed = site
        .post_as(&cookie, "/account", &form(PASSPHRASE, NEW, &code(&secret, 0)))
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert!(
        changed.body.contains("Your passphrase is changed"),
        "{}",
        changed.body
    );
    assert_eq!(
        site.get_as(&elsewhere, "/people").await.status,
        401,
        "other sessions end"
    );
    let people = site.get_as(&cookie, "/people").await;
    assert!(people.body.contains("changed-passphrase"), "{}", people.body);
    let old = sign_in(&site, "Olga Owner", PASSPHRASE, &code(&secret, 1)).await;
    assert_eq!(old.status, 422);
    let new = sign_in(&site, "Olga Owner", NEW, &code(&secret, 1)).await;
    assert_eq!(new.status, 303, "{}", new.body);
}

#[tokio::test]
async fn accounts_of_an_earlier_program_keep_their_log() {
    let (home, _) = screened().await;
    let path = home.path().join("stripout.accounts");
    let file = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&path)
        .create_if_missing(true);
    let mut db = sqlx::ConnectOptions::connect(&file).await.unwrap();
    sqlx::raw_sql(include_str!("../../migrations/0001_accounts.sql"))
        .execute(&mut db)
        .await
        .unwrap();
    sqlx::raw_sql("INSERT INTO audit (at, who, act, about) VALUES (1, 'a', 'signed-in', 'a')")
        .execute(&mut db)
        .await
        .unwrap();
    sqlx::Connection::close(db).await.unwrap();
    let accounts = Accounts::beside(&home.path().join("stripout.db")).await.unwrap();
    drop(accounts);
    let mut db = sqlx::ConnectOptions::connect(&file).await.unwrap();
    let log: i64 = sqlx::query_scalar("SELECT count(*) FROM audit WHERE act = 'signed-in'")
        .fetch_one(&mut db)
        .await
        .unwrap();
    let version: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut db)
        .await
        .unwrap();
    assert_eq!((log, version), (1, 2));
    let changed = sqlx::raw_sql("UPDATE audit SET who = 'b'").execute(&mut db).await;
    assert!(changed.unwrap_err().to_string().contains("never changed"));
    sqlx::raw_sql("PRAGMA user_version = 9")
        .execute(&mut db)
        .await
        .unwrap();
    let later = Accounts::beside(&home.path().join("stripout.db")).await;
    assert!(later.is_err(), "a later program's file is left alone");
}
