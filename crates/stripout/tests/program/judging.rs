//! From sightings to findings: judged, reviewed, rebuilt.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Run, root, sightings, stripout};

fn screened() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let evidence = root().join("examples/evidence");
    stripout(home.path(), &["screen", evidence.to_str().unwrap(), "--quiet"]).ok();
    home
}

fn findings(home: &Path, arguments: &[&str]) -> Vec<Value> {
    stripout(home, &[&["list", "findings", "--json"], arguments].concat())
        .ok()
        .lines()
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no `{name}` in {row}"))
}

fn harrogate(home: &Path) -> Value {
    let found = findings(home, &["--body", "harrogate", "--maker", "hikvision"]);
    let [one] = found.as_slice() else {
        panic!("one finding wanted: {found:#?}")
    };
    one.clone()
}

#[test]
fn a_finding_says_what_the_source_says() {
    let home = screened();
    let one = harrogate(home.path());
    assert_eq!(
        text(&one, "sentence"),
        "A payment published by Harrogate Borough Council on 30 March 2016 names 'HIK Vision Recorders'."
    );
    assert_eq!(text(&one, "status"), "bought");
    assert_eq!(one["bought"], 5);
    assert_eq!(one["money"][0]["minor_units"], 362_750);
    assert_eq!(one["public"], false);
    let shown = stripout(home.path(), &["show", text(&one, "id")]).ok().out;
    for words in ["Rests on", "[HIK Vision]", "BAYDALE"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let missing = stripout(home.path(), &["show", "nobody.nothing"]);
    assert_eq!(missing.code, 2, "{}", missing.err);
    let csv = stripout(home.path(), &["export", "findings"]).ok().out;
    assert!(
        csv.starts_with("\"id\",\"body\",\"maker\"") && csv.contains("harrogate"),
        "{csv}"
    );
}

#[test]
fn unknown_bodies_are_listed_apart() {
    let home = screened();
    let listed = stripout(home.path(), &["list", "findings"]).ok().out;
    let apart = listed
        .split("Body not known, for review")
        .nth(1)
        .expect("a list apart");
    assert!(
        apart.contains("neither the source nor the name of its file"),
        "{apart}"
    );
    // A file name alone makes no finding about a body that nobody knows.
    assert!(findings(home.path(), &["--body", "brokenbridge"]).is_empty());
}

/// What one row of the review table says.
fn filled(table: &str, id: &str, verdict: &str, why: &str) -> String {
    let start = format!("\"{id}\",\"\",\"\",\"\",\"\",");
    assert!(table.contains(&start), "{id} is not open in {table}");
    table.replace(&start, &format!("\"{id}\",\"{verdict}\",\"{why}\",\"\",\"\","))
}

fn import(home: &Path, table: &str, who: &str) -> Run {
    fs::write(home.join("filled.csv"), table).unwrap();
    stripout(home, &["review", "--import", "filled.csv", "--as", who])
}

fn exported(home: &Path, who: &str) -> String {
    stripout(home, &["review", "--export", "queue.csv", "--as", who]).ok();
    fs::read_to_string(home.join("queue.csv")).unwrap()
}

#[test]
fn what_was_rejected_does_not_come_back_with_the_file() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let first = "Body,Supplier,Narrative,Amount,Date\n\
        Harrogate Borough Council,Example Ltd,HIK Vision Recorders,3627.50,30/03/2016\n";
    let more = "Harrogate Borough Council,Example Ltd,HIK Vision Recorders,99.00,31/03/2016\n";
    fs::write(home.join("spend.csv"), first).unwrap();
    stripout(home, &["screen", "spend.csv", "--quiet"]).ok();
    let old = text(&sightings(home, &[])[0], "id").to_string();
    let rejected = filled(&exported(home, "Ada"), &old, "reject", "a name of an alarm");
    import(home, &rejected, "Ada").ok();
    // What was decided is in the file that people copy.
    assert!(!home.join("stripout.db-wal").exists());
    assert!(findings(home, &[]).is_empty());

    fs::write(home.join("spend-2.csv"), format!("{first}{more}")).unwrap();
    stripout(home, &["screen", "spend-2.csv", "--quiet"]).ok();
    assert_eq!(sightings(home, &[]).len(), 3);
    let now = findings(home, &[]);
    assert_eq!(now.len(), 1, "{now:#?}");
    assert_eq!(now[0]["first"], "2016-03-31", "only the new line counts");
    let open = exported(home, "ADA");
    let of_file: Vec<&str> = open.lines().filter(|line| line.contains("spend-2.csv")).collect();
    let [new, same] = of_file.as_slice() else {
        panic!("{open}")
    };
    assert!(new.contains("31 March 2016") && !new.contains("reject"), "{open}");
    assert!(
        same.contains("\"reject\"") && same.contains(&format!("of the same claim, {old}")),
        "{open}"
    );
    // A spreadsheet may save it with semicolons.
    let semicolons = open.lines().next().unwrap().replace(',', ";");
    import(home, &format!("{semicolons}\n"), "Ada").ok();
    // Nothing is written for it: the log has what Ada said, and she may say otherwise of the new file.
    let log = stripout(home, &["list", "decisions", "--json"]).ok().lines();
    assert_eq!(log.len(), 1, "{log:#?}");
}

#[test]
fn one_person_under_two_spellings_is_one_reviewer() {
    let home = screened();
    let home = home.path();
    let id = text(&sightings(home, &["--source", "harrogate"])[0], "id").to_string();
    let accepted = filled(&exported(home, "Ann"), &id, "accept", "");
    import(home, &accepted, "Ann").ok();
    import(home, &accepted, "ann").ok();
    let public = || findings(home, &["--body", "harrogate", "--public", "--reviewers", "2"]);
    assert!(public().is_empty());
    import(home, &accepted, "Bea").ok();
    assert_eq!(public().len(), 1);
}

#[test]
fn decisions_make_public_and_take_back() {
    let home = screened();
    let home = home.path();
    let id = text(&sightings(home, &["--source", "harrogate"])[0], "id").to_string();
    let accepted = filled(&exported(home, "Ada"), &id, "accept", "");
    let taken = import(home, &accepted, "Ada").ok().out;
    assert!(taken.contains("1 decision taken"), "{taken}");
    assert_eq!(harrogate(home)["public"], true);
    assert!(findings(home, &["--body", "harrogate", "--public", "--reviewers", "2"]).is_empty());
    // The same table again says nothing new.
    assert!(
        import(home, &accepted, "Ada")
            .ok()
            .out
            .contains("0 decisions taken")
    );
    assert!(exported(home, "Ada").contains(&format!("\"{id}\",\"accept\"")));
    let second = filled(&exported(home, "Ben"), &id, "accept", "=seen");
    import(home, &second, "Ben").ok();
    assert_eq!(
        findings(home, &["--body", "harrogate", "--public", "--reviewers", "2"]).len(),
        1
    );
    let table = exported(home, "Ben");
    assert!(table.contains("\"'=seen\""), "no cell acts as a formula: {table}");
    assert!(
        import(home, &table, "Ben").ok().out.contains("0 decisions taken"),
        "and comes back as it was"
    );
    // One against: no longer public. Suppressed once nobody holds it to be right.
    let against = exported(home, "Ben").replace("\"accept\",\"'=seen\"", "\"reject\",\"another firm\"");
    import(home, &against, "Ben").ok();
    assert_eq!(harrogate(home)["public"], false);
    let against = exported(home, "Ada").replace(
        &format!("\"{id}\",\"accept\",\"\""),
        &format!("\"{id}\",\"reject\",\"no\""),
    );
    import(home, &against, "Ada").ok();
    assert!(findings(home, &["--body", "harrogate"]).is_empty());
    // Screened again the decisions stand.
    let evidence = root().join("examples/evidence");
    stripout(home, &["screen", evidence.to_str().unwrap(), "--quiet"]).ok();
    assert!(findings(home, &["--body", "harrogate"]).is_empty());
}

#[test]
fn a_wrong_row_leaves_nothing_of_its_table() {
    let home = screened();
    let home = home.path();
    let ids: Vec<String> = sightings(home, &[])
        .iter()
        .map(|row| text(row, "id").to_string())
        .collect();
    let table = exported(home, "Ada");
    let good = filled(&table, &ids[0], "accept", "");
    for (bad, words) in [
        (filled(&good, &ids[1], "maybe", ""), "column \"verdict\""),
        (filled(&good, &ids[1], "reject", ""), "without a reason"),
        (
            good.replace(&ids[1], "ffffffffffffffff").replacen(
                "ffffffffffffffff\",\"\"",
                "ffffffffffffffff\",\"accept\"",
                1,
            ),
            "no sighting",
        ),
        (good.clone() + "\"x\",\"accept\"\n", "2 cells"),
        (
            good.replacen("\"verdict\"", "\"opinion\"", 1),
            "no column `verdict`",
        ),
    ] {
        let run = import(home, &bad, "Ada");
        assert_eq!(run.code, 5, "{words}: {}{}", run.out, run.err);
        assert!(run.err.contains(words), "{words}: {}", run.err);
        assert!(
            stripout(home, &["list", "decisions", "--json"])
                .ok()
                .out
                .is_empty(),
            "{words}"
        );
    }
}

#[test]
fn a_review_wants_a_terminal_or_a_table() {
    let home = screened();
    let run = stripout(home.path(), &["review", "--as", "Ada"]);
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(run.err.contains("needs a terminal"), "{}", run.err);
}

#[test]
fn rebuilt_registers_export_the_same() {
    let home = screened();
    let home = home.path();
    let id = text(&sightings(home, &["--source", "harrogate"])[0], "id").to_string();
    import(
        home,
        &filled(&exported(home, "Ada"), &id, "accept", "seen"),
        "Ada",
    )
    .ok();
    let tables = [
        "sightings",
        "leads",
        "affiliations",
        "outcomes",
        "commitments",
        "contracts",
        "payments",
        "sources",
        "problems",
        "decisions",
        "findings",
    ];
    let exports = |register: &str| -> Vec<String> {
        let export = |what: &&str| {
            stripout(
                home,
                &[
                    "export",
                    what,
                    "--format",
                    "jsonl",
                    "--order",
                    "place",
                    "--register",
                    register,
                ],
            )
            .ok()
            .out
        };
        tables.iter().map(export).collect()
    };
    let first = exports("stripout.db");
    assert!(
        first.iter().all(|export| !export.is_empty()),
        "every table has rows to compare"
    );
    for (register, threads) in [("one.db", "1"), ("two.db", "2"), ("again.db", "2")] {
        stripout(home, &["rebuild", "--out", register, "--threads", threads]).ok();
        for ((what, then), now) in tables.iter().zip(&first).zip(exports(register)) {
            assert_eq!(*then, now, "{what} of {register}");
        }
    }
    let taken = stripout(home, &["rebuild", "--out", "one.db"]);
    assert_eq!(taken.code, 2, "{}", taken.err);
    let left: Vec<_> = fs::read_dir(home)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("rebuilding"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn terms_that_ended_are_alerts() {
    let home = screened();
    let alerts = stripout(home.path(), &["list", "alerts", "--json"]).ok().lines();
    for policy in ["uk-timeline-2024-04", "uk-dwp-2022-06-23"] {
        let alert = alerts
            .iter()
            .find(|alert| text(&alert["said"], "id").starts_with(policy));
        let alert = alert.unwrap_or_else(|| panic!("{policy}: {alerts:#?}"));
        assert_eq!(text(alert, "kind"), "deadline-passed");
        assert!(
            text(alert, "sentence").contains("no statement that it is done"),
            "{alert}"
        );
    }
    let listed = stripout(home.path(), &["list", "alerts", "--body", "work and pensions"])
        .ok()
        .out;
    assert!(
        listed.contains("(23 June 2022, as summarised in ")
            && listed.contains("on behalf of Department for Work and Pensions"),
        "{listed}"
    );
    let table = stripout(home.path(), &["export", "alerts", "--format", "jsonl"])
        .ok()
        .lines();
    assert_eq!(table.len(), alerts.len());
}

#[test]
fn alerts_are_decided_on_and_stay_decided() {
    let home = screened();
    let home = home.path();
    let alerts = |arguments: &[&str]| -> Vec<Value> {
        stripout(home, &[&["list", "alerts", "--json"], arguments].concat())
            .ok()
            .lines()
    };
    let all = alerts(&[]);
    assert!(all.len() >= 2, "{all:?}");
    assert!(all.iter().all(|alert| text(alert, "status") == "open"));
    let (contested, wrong) = (text(&all[0], "id").to_string(), text(&all[1], "id").to_string());
    // A dispute and a reject need a reason; an alert is corrected in the sighting it rests on.
    let open = exported(home, "Ada");
    for (bad, words) in [
        (filled(&open, &contested, "dispute", ""), "without a reason"),
        (
            filled(&open, &contested, "accept", "x").replace(
                &format!("\"{contested}\",\"accept\",\"x\",\"\""),
                &format!("\"{contested}\",\"accept\",\"x\",\"leeds-city-council\""),
            ),
            "correction of an alert",
        ),
    ] {
        let run = import(home, &bad, "Ada");
        assert!(
            run.code == 5 && run.err.contains(words),
            "{words}: {}{}",
            run.out,
            run.err
        );
    }
    let table = filled(
        &open,
        &contested,
        "dispute",
        "the department says that it is done",
    );
    import(
        home,
        &filled(&table, &wrong, "reject", "another programme"),
        "Ada",
    )
    .ok();
    let ids = |status: &str| -> Vec<String> {
        let found = alerts(&["--status", status]);
        found.iter().map(|alert| text(alert, "id").to_string()).collect()
    };
    let decided = || {
        assert_eq!(ids("disputed"), [contested.as_str()]);
        assert_eq!(ids("rejected"), [wrong.as_str()]);
        assert_eq!(
            alerts(&[]).len(),
            all.len() - 1,
            "a dispute stands beside the alert"
        );
    };
    decided();
    // The reason of whoever disputes it is shown with it.
    for command in ["show", "explain"] {
        let shown = stripout(home, &[command, &contested]).ok().out;
        let [status, why] = ["disputed", "the department says that it is done"];
        assert!(
            shown.contains(status) && shown.contains(why) && shown.contains("by Ada"),
            "{shown}"
        );
    }
    let json = stripout(home, &["show", "--json", &contested]).ok().lines();
    assert_eq!(text(&json[0]["alert"], "id"), contested);
    assert_eq!(text(&json[0]["decisions"][0], "verdict"), "dispute");
    assert_eq!(stripout(home, &["show", "deadline-passed.nobody.x"]).code, 2);
    // Exports have the same, and a register rebuilt from its sources keeps it.
    let table = stripout(
        home,
        &["export", "alerts", "--format", "jsonl", "--status", "disputed"],
    )
    .ok();
    assert_eq!(text(&table.lines()[0], "status"), "disputed");
    stripout(home, &["rebuild", "--out", "again.db", "--quiet"]).ok();
    let again = stripout(home, &["list", "alerts", "--json", "--register", "again.db"]).ok();
    assert_eq!(again.out, stripout(home, &["list", "alerts", "--json"]).ok().out);
}

#[test]
fn a_purchase_after_a_rule_that_covers_it_is_an_alert() {
    let home = screened();
    let example = root().join("examples/catalogue");
    let overlay = ["--catalogue", example.to_str().unwrap()];
    let list = [&["list", "alerts", "--json"][..], &overlay].concat();
    let found = stripout(home.path(), &list).ok().lines();
    let after: Vec<_> = found
        .iter()
        .filter(|alert| text(alert, "kind") == "purchase-after-rule")
        .collect();
    assert_eq!(after.len(), 1, "{found:?}");
    let alert = after[0];
    assert_eq!(text(alert, "body"), "department-for-example-affairs");
    assert_eq!(text(alert, "maker"), "hikvision");
    assert_eq!(text(&alert["said"], "id"), "example-affairs-stop-2025");
    assert_eq!(text(&alert["said"], "date"), "2025-03-14");
    assert!(text(&alert["seen"], "date") > "2025-03-14");
    // The same rows without the rule are no such alert.
    let without = stripout(home.path(), &["list", "alerts", "--json"]).ok().lines();
    assert!(
        without
            .iter()
            .all(|alert| text(alert, "kind") != "purchase-after-rule")
    );
}

#[test]
fn a_sensitive_site_is_counted_and_not_told() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let register = "Asset No,Site,Sensitive site,Type,Make,Installed\n\
        1,Fernleigh Depot,No,Camera,Hikvision,2021-05-10\n\
        2,Hollow House,Yes,Camera,Hikvision,2021-05-10\n";
    fs::write(home.join("leeds-city-council-cctv-asset-register.csv"), register).unwrap();
    stripout(
        home,
        &["screen", "leeds-city-council-cctv-asset-register.csv", "--quiet"],
    )
    .ok();
    let found = findings(home, &[]);
    let places: Vec<_> = found
        .iter()
        .map(|one| (&one["site"], &one["sensitive"]))
        .collect();
    assert_eq!(
        places,
        [
            (&Value::from("Fernleigh Depot"), &Value::from(false)),
            (&Value::Null, &Value::from(true))
        ]
    );
    for arguments in [
        &["list", "findings"][..],
        &["list", "findings", "--json"],
        &["export", "findings"],
        &["judge", "--by", "body"],
        &["judge", "--policy", "uk-wms-2022-11-24"],
    ] {
        let shown = stripout(home, arguments).ok().out;
        assert!(!shown.to_lowercase().contains("hollow"), "{arguments:?}: {shown}");
    }
    let gap = stripout(home, &["judge", "--json"]).ok().lines();
    let all = gap.iter().rfind(|row| row["type"] == "row").unwrap();
    assert_eq!(all["row"]["total"]["sites"], 2);
}

#[test]
fn leads_come_with_the_question_to_ask() {
    let home = screened();
    let leads = stripout(home.path(), &["list", "leads", "--json"]).ok().lines();
    let questions = stripout(home.path(), &["list", "leads", "--next", "--json"])
        .ok()
        .lines();
    assert!(!questions.is_empty() && questions.len() <= leads.len());
    for one in &questions {
        assert!(text(one, "question").contains("maker, model and number"), "{one}");
        assert!(leads.iter().any(|lead| lead["id"] == one["lead"]), "{one}");
    }
    let sheffield: Vec<_> = questions
        .iter()
        .filter(|one| one["body"] == "sheffield-city-council")
        .collect();
    assert!(
        sheffield
            .iter()
            .any(|one| text(one, "question").contains("CAMWATCH LTD of 11 October 2013 (GBP 475.01)")),
        "{sheffield:#?}"
    );
    // Only the words on cameras are put back to the body, never what stands around them.
    for one in &questions {
        let described = text(one, "question").split("described as \"").nth(1);
        let words = described.and_then(|rest| rest.split('"').next());
        assert!(
            words.is_none_or(|words| words.split_whitespace().count() <= 5),
            "{one}"
        );
    }
    let listed = stripout(home.path(), &["list", "leads", "--next", "--body", "sheffield"])
        .ok()
        .out;
    assert!(listed.starts_with("Sheffield City Council\n  "), "{listed}");
    let refused = stripout(home.path(), &["list", "sightings", "--next"]);
    assert_eq!(refused.code, 2, "{}", refused.out);
}

#[test]
fn shares_come_with_what_they_are_of() {
    let home = screened();
    let rows = stripout(home.path(), &["responses", "--json"]).ok().lines();
    let councils = rows
        .iter()
        .find(|row| row["kind"] == "council")
        .expect("councils");
    assert!(councils["existing"].as_u64().unwrap() >= 382, "{councils}");
    assert_eq!(councils["confirmed"], 1, "{councils}");
    let confirmed = councils["shares"]
        .as_array()
        .unwrap()
        .iter()
        .find(|share| share["what"] == "confirmed")
        .unwrap();
    assert_eq!(
        (confirmed["count"].as_u64(), confirmed["total"].as_u64()),
        (Some(1), Some(1))
    );
    let low = confirmed["interval"][0].as_f64().unwrap();
    assert!(
        (low - 0.2065).abs() < 0.0001,
        "Wilson's interval of one in one: {confirmed}"
    );
    let listed = stripout(home.path(), &["responses", "--all"]).ok().out;
    assert!(
        listed.contains("95 % interval") && listed.contains("police"),
        "{listed}"
    );
}
