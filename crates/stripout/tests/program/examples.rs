//! The story of `examples/evidence/`.

use std::fs;

use serde_json::{Value, json};

use super::{root, sightings, stripout};

fn screened() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let evidence = root().join("examples/evidence");
    let run = stripout(home.path(), &["screen", evidence.to_str().unwrap(), "--quiet"]).ok();
    assert!(run.out.contains("hikvision"), "{}", run.out);
    home
}

fn field<'a>(row: &'a Value, name: &str) -> &'a Value {
    row.get(name).unwrap_or_else(|| panic!("no `{name}` in {row}"))
}

#[test]
fn the_harrogate_row_from_file_to_bytes() {
    let home = screened();
    let rows = sightings(home.path(), &["--source", "harrogate"]);
    let [row] = rows.as_slice() else {
        panic!("one sighting wanted: {rows:#?}")
    };
    for (name, want) in [
        ("maker", json!("hikvision")),
        ("stance", json!("has")),
        ("count", json!(5)),
        ("via", json!("typo")),
        ("body", json!("Harrogate Borough Council")),
        ("supplier", json!("BAYDALE CONTROL SYSTEMS LTD")),
        ("amount", json!(3627.50)),
        ("date", json!("2016-03-30")),
        (
            "excerpt",
            json!("Supply  and  Installation of 5 number HIK Vision Recorders"),
        ),
    ] {
        assert_eq!(field(row, name), &want, "{name}");
    }
    assert_ne!(
        field(row, "confidence"),
        "certain",
        "a fuzzy match is never certain"
    );
    let id = field(row, "id").as_str().unwrap();
    let explained = stripout(home.path(), &["explain", id]).ok().out;
    for words in [
        "[HIK Vision]",
        "the same words stand there",
        "48 49 4b 20 56 69 73 69 6f 6e",
        "3,627.50",
    ] {
        assert!(explained.contains(words), "`{words}` is not in\n{explained}");
    }
}

#[test]
fn each_file_gives_what_it_says_and_no_more() {
    let home = screened();
    let makers = |source: &str, stance: &str| -> Vec<String> {
        let mut makers: Vec<String> = sightings(home.path(), &["--source", source, "--stance", stance])
            .iter()
            .map(|row| field(row, "maker").as_str().unwrap().to_string())
            .collect();
        makers.sort();
        makers.dedup();
        makers
    };
    assert_eq!(makers("exampleshire-foi-reply-2024.txt", "has"), ["hikvision"]);
    assert_eq!(makers("exampleshire-foi-reply-2024.txt", "removed"), ["dahua"]);
    assert_eq!(
        makers("sampleford-foi-reply-2024.md", "denies"),
        ["dahua", "hikvision"]
    );
    assert_eq!(makers("sampleford-foi-reply-2024.md", "has"), [""; 0]);
    assert_eq!(
        makers("sampleford-asset-register-2025.csv", "has"),
        ["dahua", "hikvision"]
    );
    assert_eq!(
        makers("sampleford-asset-register-2025.csv", "removed"),
        ["hikvision"]
    );
    assert_eq!(
        makers("fictonbury-police-refusal-2025.txt", "refuses"),
        ["dahua", "hikvision"]
    );
    assert_eq!(makers("fictonbury-police-refusal-2025.txt", "has"), [""; 0]);
    assert_eq!(
        makers("example-affairs-letter-2025.txt", "prohibits"),
        ["dahua", "hikvision"]
    );
    assert_eq!(makers("example-affairs-letter-2025.txt", "denies"), ["dahua"]);
    assert_eq!(
        makers("example-affairs-card-spend-2025.jsonl", "has"),
        ["hikvision"]
    );
    assert_eq!(makers("brokenbridge-spend-2025-q1.csv", "has"), ["dahua"]);
    for source in ["contracts-finder-2025.json", "lambeth", "sheffield"] {
        assert_eq!(
            sightings(home.path(), &["--source", source]),
            [json!(null); 0],
            "{source}"
        );
    }
}

#[test]
fn payees_of_a_group_are_dated_affiliations_and_no_devices() {
    let home = screened();
    let rows = stripout(home.path(), &["list", "affiliations", "--json"])
        .ok()
        .lines();
    assert_eq!(rows.len(), 2, "{rows:#?}");
    for row in &rows {
        assert_eq!(field(row, "maker"), "hikvision");
        assert_eq!(field(row, "tied_at_the_time"), false, "{row}");
    }
}

#[test]
fn cameras_without_a_maker_become_leads() {
    let home = screened();
    let leads = |source: &str| {
        stripout(home.path(), &["list", "leads", "--json", "--source", source])
            .ok()
            .lines()
            .len()
    };
    assert_eq!(leads("harrogate"), 2);
    assert_eq!(leads("lambeth"), 2);
    assert!(leads("contracts-finder") >= 3);
}

#[test]
fn every_excerpt_is_found_again_and_a_changed_file_is_noticed() {
    let home = tempfile::tempdir().unwrap();
    let evidence = home.path().join("evidence");
    fs::create_dir(&evidence).unwrap();
    for file in fs::read_dir(root().join("examples/evidence")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), evidence.join(file.file_name())).unwrap();
    }
    stripout(home.path(), &["screen", "evidence", "--keep", "none", "--quiet"]).ok();
    let verified = stripout(home.path(), &["verify"]).ok().out;
    assert!(verified.contains("all are as registered"), "{verified}");
    let reply = evidence.join("sampleford-foi-reply-2024.md");
    fs::write(&reply, fs::read_to_string(&reply).unwrap().replace("not", "now")).unwrap();
    let verified = stripout(home.path(), &["verify"]);
    assert_eq!(verified.code, 6, "{}", verified.out);
    assert!(
        verified.out.contains("sampleford-foi-reply-2024.md"),
        "{}",
        verified.out
    );
}

#[test]
fn the_same_for_any_number_of_threads() {
    let home = tempfile::tempdir().unwrap();
    let evidence = root().join("examples/evidence");
    let run = |threads: &str| {
        let run = stripout(
            home.path(),
            &[
                "screen",
                evidence.to_str().unwrap(),
                "--dry-run",
                "--json",
                "--threads",
                threads,
            ],
        )
        .ok();
        let mut lines = run.lines();
        for line in &mut lines {
            line.as_object_mut().and_then(|line| line.remove("milliseconds"));
        }
        lines
    };
    let one = run("1");
    assert!(one.len() > 20, "{}", one.len());
    assert_eq!(one, run("3"));
}
