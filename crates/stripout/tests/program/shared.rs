//! The shared corpora, when they are there.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use super::contract::holds;
use super::{corpora, sightings, stripout};

#[test]
fn the_real_spend_and_notices_give_one_true_row_and_no_false_one() {
    let Some(shared) = corpora() else { return };
    let home = tempfile::tempdir().unwrap();
    let folder = shared.join("data/procurement");
    let run = stripout(
        home.path(),
        &["screen", folder.to_str().unwrap(), "--quiet", "--keep", "none"],
    );
    assert!([0, 1].contains(&run.code), "{}", run.err);
    let rows = sightings(home.path(), &["--source", "harrogate/2016-03.csv"]);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(
        (&rows[0]["maker"], &rows[0]["count"], &rows[0]["stance"]),
        (&"hikvision".into(), &5.into(), &"has".into())
    );
    assert_eq!(rows[0]["amount"], 3627.50);

    let labels = fs::read_to_string(folder.join("labels-seed.tsv")).unwrap();
    let label = |wanted: &str| -> BTreeSet<(String, u64)> {
        labels
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|cells| cells.get(3) == Some(&wanted))
            .map(|cells| (cells[0].to_string(), cells[1].parse().unwrap()))
            .collect()
    };
    let (wrong, related) = (label("false"), label("related"));
    assert!(
        wrong.len() > 30 && related.len() == 3,
        "{} {}",
        wrong.len(),
        related.len()
    );
    let place = |row: &serde_json::Value| {
        let source = row["source"].as_str().unwrap();
        let file = source.split("data/procurement/").last().unwrap().to_string();
        (file, row["locator"]["place"]["line"].as_u64().unwrap_or(0))
    };
    for row in sightings(
        home.path(),
        &["--confidence", "certain", "--confidence", "likely"],
    ) {
        assert!(!wrong.contains(&place(&row)), "labelled false: {row:#}");
        assert!(!related.contains(&place(&row)), "a payee is no device: {row:#}");
    }
    let ties = stripout(home.path(), &["list", "affiliations", "--json"])
        .ok()
        .lines();
    let places: BTreeSet<_> = ties.iter().map(place).collect();
    assert_eq!(places.intersection(&related).count(), related.len(), "{ties:#?}");
}

#[test]
fn the_campaign_texts_give_stances_and_keep_no_contact_data() {
    let Some(shared) = corpora() else { return };
    let home = tempfile::tempdir().unwrap();
    stripout(
        home.path(),
        &[
            "screen",
            shared.join("data/campaign").to_str().unwrap(),
            "--quiet",
        ],
    )
    .ok();
    let rows = sightings(home.path(), &[]);
    assert!(
        rows.iter()
            .any(|row| row["via"] == "typo" && row["maker"] == "hikvision"),
        "{rows:#?}"
    );
    let stance = |wanted: &str| rows.iter().filter(|row| row["stance"] == wanted).count();
    assert!(
        stance("prohibits") >= 1 && stance("planned_removal") >= 1 && stance("mentions") >= 3,
        "{rows:#?}"
    );
    for secret in [&b"07730439257"[..], b"info@bigbrotherwatch"] {
        for place in ["stripout.db", "stripout.db-wal", "stripout.evidence"] {
            assert!(!holds(&home.path().join(place), secret), "{place}");
        }
    }
    stripout(home.path(), &["verify"]).ok();
}

#[test]
fn contract_01_hostile_files_end_in_time_and_never_in_a_panic() {
    let Some(shared) = corpora() else { return };
    let home = tempfile::tempdir().unwrap();
    for kind in ["json", "csv", "zip", "strings", "made", "text"] {
        let folder = shared.join("data/hostile").join(kind);
        if !folder.is_dir() {
            continue;
        }
        let started = Instant::now();
        let run = stripout(
            home.path(),
            &["screen", folder.to_str().unwrap(), "--dry-run", "--json"],
        );
        assert!([0, 1, 5].contains(&run.code), "{kind}: {} {}", run.code, run.err);
        assert!(
            started.elapsed() < Duration::from_mins(5),
            "{kind}: {:?}",
            started.elapsed()
        );
    }
}

#[test]
fn the_campaign_release_gives_the_one_promise_that_it_quotes() {
    let Some(shared) = corpora() else { return };
    let home = tempfile::tempdir().unwrap();
    let folder = shared.join("data/campaign");
    let run = stripout(home.path(), &["screen", folder.to_str().unwrap(), "--quiet"]);
    assert!([0, 1].contains(&run.code), "{}", run.err);
    let rows = stripout(home.path(), &["list", "commitments", "--json"])
        .ok()
        .lines();
    assert_eq!(rows.len(), 1, "{rows:#?}");
    let row = &rows[0];
    assert_eq!(
        (&row["act"], &row["by"], &row["said_on"], &row["voice"]),
        (
            &"stop-buying".into(),
            &"2025-06-23".into(),
            &"2022-06-23".into(),
            &"quoted".into()
        )
    );
    assert!(
        row["who"].as_str().unwrap().starts_with("Department for"),
        "{row:#}"
    );
    assert!(
        row["scope"].as_str().unwrap().contains("manufactured in China"),
        "{row:#}"
    );
    let excerpt = row["excerpt"].as_str().unwrap();
    assert!(
        excerpt.starts_with("The Department will not") && excerpt.ends_with("programme."),
        "{excerpt}"
    );
    assert_eq!(stripout(home.path(), &["verify", "--quiet"]).code, 0);
}
