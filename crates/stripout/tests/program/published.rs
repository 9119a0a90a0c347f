//! What stands beside findings: replies of bodies, and where sources were published; kept over a rebuild.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{Run, stripout};

const LETTER: &str = "Woking Borough Council\n3 May 2022\n\nFreedom of Information request FOI 12\n\n\
    The Council has 5 Hikvision cameras.\n\nInformation Officer\n";
const FINDING: &str = "woking-borough-council.hikvision";

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("letter.txt"), LETTER).unwrap();
    fs::write(home.path().join("reply.txt"), "They are off.\n").unwrap();
    stripout(home.path(), &["screen", "letter.txt", "--quiet"]).ok();
    home
}

fn reply(home: &Path, finding: &str, given: &str) -> Run {
    let flags = [
        "reply",
        "Woking Borough Council",
        "--finding",
        finding,
        "--words-in",
        "reply.txt",
        "--given",
        given,
        "--source",
        "https://woking.example/reply",
        "--as",
        "Ann",
    ];
    stripout(home, &flags)
}

fn replies(home: &Path, flags: &[&str]) -> Vec<Value> {
    stripout(home, &[&["reply", "--json"], flags].concat())
        .ok()
        .lines()
}

#[test]
fn a_reply_is_recorded_once_listed_carried_over_and_taken_back() {
    let home = home();
    let home = home.path();
    let none = stripout(home, &["reply"]).ok();
    assert_eq!(none.out, "No reply of a body is known.\n");
    for (finding, given, why) in [
        (
            "woking-borough-council.dahua",
            "2026-01-02",
            "is no finding on this body",
        ),
        (FINDING, "2999-01-02", "yet to come"),
        (FINDING, "soon", "one like 2026-01-31"),
    ] {
        let refused = reply(home, finding, given);
        assert!(refused.code == 2 || refused.code == 3, "{}", refused.code);
        assert!(refused.err.contains(why), "{}", refused.err);
    }
    let first = reply(home, FINDING, "2026-01-02").ok();
    assert_eq!(
        first.out,
        "Reply 1 of woking-borough-council stands beside what it speaks to.\n"
    );
    let again = reply(home, FINDING, "2026-01-02").ok();
    assert_eq!(again.out, "It stands already, as number 1.\n");
    let [one] = replies(home, &[]).try_into().unwrap();
    let said = &one["replied"];
    assert_eq!(
        (&said["words"], &said["finding"], &one["who"]),
        (&"They are off.".into(), &FINDING.into(), &"Ann".into())
    );
    stripout(home, &["rebuild", "--out", "again.db", "--quiet"]).ok();
    assert_eq!(replies(home, &["--register", "again.db"]), [one]);

    let back = [
        "reply",
        "--withdraw",
        "1",
        "--why",
        "sent in error",
        "--as",
        "Bea",
    ];
    stripout(home, &back).ok();
    assert_eq!(replies(home, &[]), Vec::<Value>::new());
    assert_ne!(stripout(home, &back).code, 0, "it stands no more");
}

#[test]
fn a_source_has_a_page_and_is_opened_and_closed() {
    let home = home();
    let home = home.path();
    let source = |flags: &[&str]| {
        stripout(
            home,
            &[&["source", "letter.txt", "--as", "Ann", "--json"], flags].concat(),
        )
    };
    assert_ne!(source(&[]).code, 0);
    assert_ne!(source(&["--link", "javascript:alert(1)"]).code, 0);
    let [opened] = source(&["--link", "https://woking.example/foi", "--open"])
        .ok()
        .lines()
        .try_into()
        .unwrap();
    assert_eq!(
        (&opened["link"], &opened["open"]),
        (&"https://woking.example/foi".into(), &true.into())
    );
    let [closed] = source(&["--close"]).ok().lines().try_into().unwrap();
    assert_eq!(
        (&closed["link"], &closed["open"]),
        (&opened["link"], &false.into())
    );
    let listed = stripout(home, &["source", "--json"]).ok().lines();
    assert_eq!(listed, std::slice::from_ref(&closed));
    stripout(home, &["rebuild", "--out", "again.db", "--quiet"]).ok();
    let carried = stripout(home, &["source", "--json", "--register", "again.db"])
        .ok()
        .lines();
    assert_eq!(carried, [closed]);
    assert_ne!(
        stripout(home, &["source", "nothing", "--close", "--as", "Ann"]).code,
        0
    );
}
