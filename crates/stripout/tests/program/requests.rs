//! Lists of requests: imported, followed up, counted.

use super::hostile::under;
use super::{Run, corpora, root, stripout};

fn fixture(name: &str) -> String {
    let path = root().join("fixtures/requests").join(name);
    path.to_str().unwrap().to_owned()
}

fn import(home: &std::path::Path) -> Run {
    let (table, json) = (fixture("requests.csv"), fixture("whatdotheyknow.json"));
    stripout(home, &["request", "import", "--json", &table, &json])
}

fn states(home: &std::path::Path) -> Vec<(String, String, String)> {
    let listed = stripout(home, &["list", "requests", "--json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    let text = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or("-").to_owned();
    let rows = listed.lines();
    rows.iter()
        .map(|line| (text(line, "state"), text(line, "body"), text(line, "due")))
        .collect()
}

#[test]
fn lists_are_imported_and_what_is_overdue_comes_first() {
    let home = tempfile::tempdir().unwrap();
    let first = import(home.path());
    assert_eq!(first.code, 0, "{}{}", first.out, first.err);
    assert!(first.out.contains("`soon` is no date"), "{}", first.out);
    assert!(
        first.out.contains("`02/04/2024` and days like it"),
        "{}",
        first.out
    );
    let summary: Vec<_> = first
        .lines()
        .into_iter()
        .filter(|line| line.get("new").is_some())
        .collect();
    assert_eq!(summary[0]["new"], 7, "{}", first.out);
    assert_eq!(summary[1]["new"], 1, "{}", first.out);

    let known = states(home.path());
    let state = |body: &str| {
        let row = known.iter().find(|(_, known, _)| known == body);
        row.map(|(state, _, due)| (state.as_str(), due.as_str()))
    };
    assert_eq!(state("leeds-city-council"), Some(("held", "2024-04-04")));
    // Under the Scottish Act; 5 August is a holiday there, and 12 July is not.
    assert_eq!(state("glasgow-city-council"), Some(("overdue", "2024-07-22")));
    // Under the Act of 2000 with 12 July.
    assert_eq!(state("city-of-york-council"), Some(("overdue", "2024-05-31")));
    assert_eq!(
        state("kent-police").map(|(state, _)| state),
        Some("neither-confirm-nor-deny")
    );
    // An internal review follows an answer: nobody is late.
    assert_eq!(
        state("derby-city-council").map(|(state, _)| state),
        Some("clarification")
    );
    // Which body it is is not known; neither is its law, so the longest time counts.
    assert_eq!(state("-"), Some(("overdue", "2024-09-19")));
    let order: Vec<&str> = known.iter().map(|(state, ..)| state.as_str()).collect();
    let overdue = order.iter().rposition(|state| *state == "overdue").unwrap();
    assert!(
        order.iter().take(overdue).all(|state| *state == "overdue"),
        "{order:?}"
    );
    // Who asked is kept nowhere.
    let everything = std::fs::read(home.path().join("stripout.db")).unwrap();
    assert!(!everything.windows(8).any(|bytes| bytes == b"Not Read"));

    let again = import(home.path());
    assert!(
        again
            .lines()
            .iter()
            .filter_map(|line| line.get("new"))
            .all(|new| *new == 0)
    );
    assert_eq!(states(home.path()), known);
}

#[test]
fn a_newer_list_says_how_a_request_stands_now() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("list.csv");
    let path = list.to_str().unwrap();
    for (state, want) in [("waiting response", "overdue"), ("not held", "not-held")] {
        let rows = format!(
            "authority;sent;state;url\nLeeds City Council;2024-03-04;{state};https://example.org/1\n"
        );
        std::fs::write(&list, rows).unwrap();
        let imported = stripout(home.path(), &["request", "import", path]);
        assert_eq!(imported.code, 0, "{}{}", imported.out, imported.err);
        let known = states(home.path());
        assert_eq!(known.len(), 1, "{known:?}");
        assert_eq!(known[0].0, want);
    }
    let shares = stripout(home.path(), &["responses", "--json"]);
    let councils = shares
        .lines()
        .into_iter()
        .find(|row| row["kind"] == "council")
        .unwrap();
    assert_eq!(
        (&councils["asked"], &councils["not_held"]),
        (&1.into(), &1.into())
    );

    let rebuilt = stripout(home.path(), &["rebuild", "--json"]);
    assert_eq!(rebuilt.code, 0, "{}{}", rebuilt.out, rebuilt.err);
    let of = |register: &str| stripout(home.path(), &["export", "requests", "--register", register]).out;
    assert_eq!(of("stripout.db"), of("stripout.rebuilt.db"));
    assert!(of("stripout.db").contains("not-held"));
}

#[test]
fn a_reply_answers_the_request_whose_day_it_names() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("list.csv");
    let rows = "body,asked\nLeeds City Council,2023-02-19\nLeeds City Council,2022-02-19\n";
    std::fs::write(&list, rows).unwrap();
    let reply = home.path().join("reply.txt");
    let text = "Leeds City Council\n14 March 2023\n\nDear requester,\n\nThank you for your request under the Freedom of \
                Information Act 2000 received on 20 February 2023.\n\nWe do not hold this information about Hikvision cameras.\n";
    std::fs::write(&reply, text).unwrap();
    stripout(home.path(), &["request", "import", list.to_str().unwrap()]);
    stripout(home.path(), &["screen", reply.to_str().unwrap()]);
    let listed = stripout(home.path(), &["list", "requests", "--json"]).lines();
    let of = |asked: &str| listed.iter().find(|row| row["asked"] == asked).unwrap();
    assert_eq!(of("2023-02-19")["state"], "not-held", "{listed:#?}");
    assert_eq!(of("2023-02-19")["answered"], "2023-03-14");
    assert_eq!(of("2022-02-19")["state"], "overdue");
    assert_eq!(listed.len(), 2, "{listed:#?}");
}

#[test]
fn what_is_no_list_is_refused_with_a_reason() {
    let home = tempfile::tempdir().unwrap();
    for (text, says) in [
        ("", "empty"),
        ("{\"a\": 1}", "no request of WhatDoTheyKnow"),
        ("{", "line 1"),
        ("name;colour\nx;red\n", "no column holds"),
    ] {
        let path = home.path().join("list");
        std::fs::write(&path, text).unwrap();
        let run = stripout(home.path(), &["request", "import", path.to_str().unwrap()]);
        assert_eq!(run.code, 5, "{text}: {}", run.out);
        assert!(run.out.contains(says), "{text}: {}", run.out);
    }
}

#[test]
fn contract_01_hostile_files_are_no_lists_of_requests() {
    let mut files = under(&root().join("fixtures/formats"));
    if let Some(shared) = corpora() {
        files.extend(under(&shared.join("data/hostile")));
    }
    let home = tempfile::tempdir().unwrap();
    let mut arguments = vec!["request", "import", "--json"];
    arguments.extend(files.iter().filter_map(|file| file.to_str()));
    let run = stripout(home.path(), &arguments);
    assert!([1, 5].contains(&run.code), "{}: {}", run.code, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    for line in run.lines() {
        assert!(line.get("new").is_some() || line.get("code").is_some(), "{line}");
    }
}
