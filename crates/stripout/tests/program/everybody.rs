//! What everybody may see rests on what reviewers accepted, and on nothing else.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::{sightings, stripout};

const LETTER: &str = "Woking Borough Council\n3 May 2022\n\nFreedom of Information request FOI 12\n\nDear Ms Price\n\n\
    The Council has 5 Hikvision cameras.\n\nYours sincerely\n\nInformation Officer\n";
const SPEND: &str = "Body,Date,Supplier,Purpose,Amount\n\
    Woking Borough Council,2025-03-30,ABC Ltd,Supply of 500 Hikvision cameras,900000.00\n";

fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("letter.txt"), LETTER).unwrap();
    fs::write(home.path().join("spend.csv"), SPEND).unwrap();
    stripout(home.path(), &["screen", "letter.txt", "spend.csv", "--quiet"]).ok();
    home
}

fn id(home: &Path, source: &str) -> String {
    let found = sightings(home, &["--source", source]);
    found[0]["id"].as_str().unwrap().to_owned()
}

/// Says something of one sighting.
fn decide(home: &Path, who: &str, thing: &str, body: &str, maker: &str) {
    let table = format!("thing,verdict,why,body,maker\n{thing},accept,looked at it,{body},{maker}\n");
    fs::write(home.join("said.csv"), table).unwrap();
    stripout(home, &["review", "--import", "said.csv", "--as", who]).ok();
}

fn findings(home: &Path, flags: &[&str]) -> Vec<Value> {
    stripout(home, &[&["list", "findings", "--json"], flags].concat())
        .ok()
        .lines()
}

#[test]
fn what_nobody_accepted_is_in_no_public_sum() {
    let home = home();
    let home = home.path();
    assert!(findings(home, &["--public"]).is_empty());
    decide(home, "Ann", &id(home, "letter.txt"), "", "");
    let [all] = findings(home, &[]).try_into().unwrap();
    let [public] = findings(home, &["--public"]).try_into().unwrap();
    assert_eq!((&all["devices"], &public["devices"]), (&5.into(), &5.into()));
    assert_eq!((&all["bought"], &public["bought"]), (&500.into(), &Value::Null));
    assert_eq!(
        (&public["last"], &public["money"]),
        (&"2022-05-03".into(), &Value::Array(Vec::new()))
    );
    assert_eq!(public["sightings"].as_array().unwrap().len(), 1);
    let exported = stripout(home, &["export", "findings", "--public"]).ok().out;
    assert!(
        !exported.contains("900000") && !exported.contains("2025"),
        "{exported}"
    );
    let judged = stripout(home, &["judge", "--public"]).ok().out;
    assert!(!judged.contains("900,000") && !judged.contains("500"), "{judged}");
    // With the payment accepted it counts.
    decide(home, "Ann", &id(home, "spend.csv"), "", "");
    let [public] = findings(home, &["--public"]).try_into().unwrap();
    assert_eq!(public["last"], "2025-03-30");
}

#[test]
fn two_reviewers_agree_on_the_same_body_and_maker_or_not_at_all() {
    let two = ["--public", "--reviewers", "2"];
    for (ann, bob, public) in [
        (("", ""), ("", ""), Some("woking-borough-council.hikvision")),
        (("", "dahua"), ("", "uniview"), None),
        (("guildford-borough-council", ""), ("", ""), None),
        (
            ("guildford-borough-council", ""),
            ("guildford-borough-council", ""),
            Some("guildford-borough-council.hikvision"),
        ),
    ] {
        let home = home();
        let home = home.path();
        let letter = id(home, "letter.txt");
        decide(home, "Ann", &letter, ann.0, ann.1);
        assert!(findings(home, &two).is_empty());
        decide(home, "Bob", &letter, bob.0, bob.1);
        let found = findings(home, &two);
        let told: Vec<&str> = found.iter().filter_map(|it| it["id"].as_str()).collect();
        assert_eq!(told, public.into_iter().collect::<Vec<_>>(), "{ann:?} {bob:?}");
    }
}

#[test]
fn the_body_written_to_says_nothing_of_itself() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let letter = "Baydale Control Systems Ltd\nUnit 4, Trading Estate\n3 May 2024\n\nThe Head of Estates\nWigan Council\nTown Hall\n\n\
        Dear Sir\n\nWe have 6 Hikvision cameras at our warehouse and are happy to demonstrate them.\n\nYours faithfully\nA Manager\n";
    fs::write(home.join("letter.txt"), letter).unwrap();
    fs::write(
        home.join("place.csv"),
        SPEND.replace("Woking Borough Council", "Warwick"),
    )
    .unwrap();
    fs::write(
        home.join("abroad.csv"),
        SPEND.replace("Woking Borough Council", "\"Ministry of Defence, Singapore\""),
    )
    .unwrap();
    stripout(home, &["screen", ".", "--quiet"]).ok();
    assert!(!sightings(home, &[]).is_empty());
    assert_eq!(findings(home, &[]), [] as [Value; 0]);
}
