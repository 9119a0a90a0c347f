//! What the instruments say: of a thing, of a bid, and why.

use std::fs;

use serde_json::Value;

use super::{Run, root, stripout};

fn here(arguments: &[&str]) -> Run {
    stripout(&root(), arguments)
}

/// The determination of one instrument on one thing.
fn thing(policy: &str, flags: &[&str]) -> Value {
    let run = here(&[&["judge", "thing", "--json", "--policy", policy], flags].concat()).ok();
    let [line] = run.lines().try_into().expect("one line");
    line
}

#[test]
fn a_thing_is_judged_by_flags() {
    let department = [
        "--body",
        "department",
        "--nation",
        "United Kingdom",
        "--maker",
        "dahua",
    ];
    for (flags, coverage) in [
        (
            &["--act", "deploy", "--date", "2023-01-01", "--site", "sensitive"][..],
            "covered",
        ),
        (
            &[
                "--act",
                "deploy",
                "--date",
                "2023-01-01",
                "--site",
                "not-sensitive",
            ],
            "out-of-scope",
        ),
        (
            &["--act", "deploy", "--date", "2023-01-01", "--site", "ministers"],
            "covered",
        ),
        (&["--act", "deploy", "--date", "2023-01-01"], "unknown"),
        (
            &["--act", "deploy", "--date", "2022-11", "--site", "sensitive"],
            "unknown",
        ),
        (
            &["--act", "deploy", "--date", "2022-10", "--site", "sensitive"],
            "out-of-scope",
        ),
    ] {
        let said = thing("uk-wms-2022-11-24", &[&department[..], flags].concat());
        assert_eq!(said["coverage"], coverage, "{flags:?}: {said}");
        assert_eq!(said["binding"], coverage == "covered");
    }
}

#[test]
fn a_what_if_covers_and_the_rejected_instrument_does_not() {
    let council = [
        "--body",
        "council",
        "--nation",
        "GB-ENG",
        "--maker",
        "hikvision",
        "--act",
        "keep",
        "--date",
        "2024-06",
    ];
    let policy = "uk-alton-amendment";
    let stands = thing(policy, &council);
    assert_eq!(stands["coverage"], "out-of-scope");
    let supposed = thing(policy, &[&council[..], &["--what-if", policy]].concat());
    assert_eq!(supposed["coverage"], "covered");
    assert!(supposed["why"].as_str().unwrap().contains("if it were in force"));
}

#[test]
fn a_word_that_no_vocabulary_holds_is_a_usage_error_with_a_next_step() {
    for (flags, word) in [
        (["--body", "castle"], "castle"),
        (["--nation", "Atlantis"], "Atlantis"),
        (["--maker", "nobody"], "nobody"),
        (["--site", "not-quiet"], "quiet"),
        (["--policy", "no-such"], "no-such"),
        (["--date", "yesterday"], "yesterday"),
    ] {
        let run = here(&[&["judge", "thing"], &flags[..]].concat());
        assert_eq!(run.code, 2, "{flags:?}: {}{}", run.out, run.err);
        assert!(run.err.contains(word), "{}", run.err);
        assert!(run.out.is_empty());
    }
}

#[test]
fn every_instrument_is_listed_and_explains_its_cases() {
    let policies = here(&["judge", "policies", "--json"]).ok().lines();
    assert_eq!(policies.len(), 24);
    for policy in &policies {
        let id = policy["id"].as_str().unwrap();
        let cases = here(&["judge", "explain", id, "--json"]).ok().lines();
        assert!(
            cases.len() >= 6 && cases.iter().all(|case| case["holds"] == true),
            "{id}"
        );
    }
    let one = here(&["judge", "explain", "uk-wms-2022-11-24", "site-not-stated"])
        .ok()
        .out;
    for words in [
        "site       not known",
        "asks for a sensitive site",
        "it depends on whether it is a sensitive site",
    ] {
        assert!(one.contains(words), "`{words}` is not in\n{one}");
    }
    assert_eq!(
        here(&["judge", "explain", "uk-wms-2022-11-24", "no-such-case"]).code,
        2
    );
}

#[test]
fn an_id_says_kind_and_nation_and_what_contradicts_it_is_an_error() {
    let by_id = ["--id", "home-office", "--maker", "hikvision", "--act", "deploy"];
    let then = ["--site", "sensitive", "--date", "2024-06-01"];
    for more in [
        &[][..],
        &["--body", "department"],
        &["--body", "Home Office", "--nation", "GB"],
    ] {
        let said = thing("uk-wms-2022-11-24", &[&by_id[..], &then, more].concat());
        assert_eq!(said["coverage"], "covered", "{more:?}: {said}");
    }
    for (flags, what, next) in [
        (
            &["--id", "nobody-council"][..],
            "no body of the catalogue",
            "stripout resolve",
        ),
        (
            &["--id", "leeds-city-council", "--body", "department"],
            "is of the kind council, not department",
            "leave out --body",
        ),
        (
            &["--id", "leeds-city-council", "--nation", "US"],
            "is of GB-ENG, not US",
            "leave out --nation",
        ),
        (
            &["--id", "leeds-city-council", "--body", "Home Office"],
            "not `leeds-city-council`",
            "give one body",
        ),
    ] {
        let run = here(&[&["judge", "thing"], flags].concat());
        assert_eq!(run.code, 2, "{flags:?}: {}", run.out);
        assert!(run.err.contains(what) && run.err.contains(next), "{}", run.err);
    }
}

#[test]
fn without_a_nation_only_instruments_of_home_are_asked_and_the_others_are_named() {
    let flags = ["--body", "department", "--maker", "hikvision", "--act", "procure"];
    let home = here(&[&["judge", "thing"], &flags[..]].concat()).ok().out;
    assert!(home.contains("uk-wms-2022-11-24"), "{home}");
    let (asked, not_asked) = home.split_once("Not asked").unwrap();
    assert!(
        not_asked.contains("ca-2025") && !asked.contains("ca-2025"),
        "{home}"
    );
    let canada = here(&[&["judge", "thing", "--nation", "CA"], &flags[..]].concat())
        .ok()
        .out;
    assert!(
        canada.contains("ca-2025") && !canada.contains("Not asked"),
        "{canada}"
    );
}

#[test]
fn a_maker_and_its_number_in_one_line_are_one_item() {
    let home = tempfile::tempdir().unwrap();
    let bid = "Description,Quantity\nHikvision DS-2CD2143G2-I dome,4\nDahua IPC-HDW2431T camera,2\n";
    fs::write(home.path().join("bid.csv"), bid).unwrap();
    let flags = [
        "--body",
        "department",
        "--nation",
        "GB",
        "--site",
        "sensitive",
        "--json",
    ];
    let run = stripout(
        home.path(),
        &[&["check", "bid.csv", "--date", "2026-03-01"], &flags[..]].concat(),
    );
    let lines = run.lines();
    let summary = lines.iter().find(|line| line["type"] == "summary").unwrap();
    assert_eq!(summary["items"]["named"], 2, "{summary}");
    assert_eq!(summary["items"]["covered"], 2, "{summary}");
}

#[test]
fn a_bid_is_gated_by_the_exit_status() {
    let bid = "examples/bid/example-affairs-schedule-2026.csv";
    let check = |flags: &[&str]| here(&[&["check", bid, "--date", "2026-03-01"], flags].concat());
    let wms = [
        "--policy",
        "uk-wms-2022-11-24",
        "--body",
        "department",
        "--nation",
        "GB",
    ];
    let sensitive = check(&[&wms[..], &["--site", "sensitive"]].concat());
    assert_eq!(sensitive.code, 6, "{}{}", sensitive.out, sensitive.err);
    assert!(
        sensitive.out.contains("covered  uk-wms-2022-11-24"),
        "{}",
        sensitive.out
    );
    // Nobody said whether the site is a sensitive one: told, and stopped only on request.
    let not_stated = check(&wms);
    assert_eq!(not_stated.code, 0, "{}{}", not_stated.out, not_stated.err);
    assert!(not_stated.out.contains(" 0 covered,"), "{}", not_stated.out);
    assert!(
        not_stated.out.contains("unknown  uk-wms-2022-11-24"),
        "{}",
        not_stated.out
    );
    assert_eq!(check(&[&wms[..], &["--strict"]].concat()).code, 6);
    let council = check(&[
        "--policy",
        "uk-wms-2022-11-24",
        "--body",
        "council",
        "--nation",
        "England",
        "--strict",
    ]);
    assert_eq!(
        (council.code, council.out.contains(" 0 not known,")),
        (0, true),
        "{}",
        council.out
    );
    // The item without a maker is never covered.
    for line in check(&[&wms[..], &["--site", "sensitive", "--json"]].concat()).lines() {
        if line["maker"].is_null() && line["determination"].is_object() {
            assert_eq!(line["determination"]["coverage"], "unknown", "{line}");
        }
    }
}

#[test]
fn a_line_of_a_schedule_that_names_nobody_is_an_item_whose_maker_is_not_stated() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("schedule.txt"), "CCTV cameras\n").unwrap();
    fs::write(home.path().join("walls.txt"), "Paint for the walls\n").unwrap();
    let check = |file: &str| {
        let flags = [
            "check",
            file,
            "--body",
            "department",
            "--nation",
            "GB",
            "--site",
            "sensitive",
            "--strict",
        ];
        stripout(home.path(), &flags)
    };
    let run = check("schedule.txt");
    assert_eq!(run.code, 6, "{}", run.out);
    assert!(
        run.out.contains("1 item named: 0 covered, 1 not known"),
        "{}",
        run.out
    );
    assert_eq!(check("walls.txt").code, 0);
}

#[test]
fn what_a_text_rules_out_is_no_item() {
    let home = tempfile::tempdir().unwrap();
    let text = "Specification. No Hikvision equipment shall be supplied under this contract.\n";
    fs::write(home.path().join("spec.txt"), text).unwrap();
    let flags = [
        "--body",
        "department",
        "--nation",
        "GB",
        "--site",
        "sensitive",
        "--date",
        "2026-03-01",
    ];
    let run = stripout(home.path(), &[&["check", "spec.txt"], &flags[..]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("1 more ruled out"), "{}", run.out);
    let nothing = stripout(home.path(), &["check", "absent.txt"]);
    assert!([2, 5].contains(&nothing.code), "{}{}", nothing.out, nothing.err);
}

/// A register of the examples.
/// The spend file of the examples, as if a council that there still is had published it.
fn screened() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let spend = fs::read_to_string(root().join("examples/evidence/harrogate-spend-2016-03.csv")).unwrap();
    let spend = spend.replace("Harrogate Borough Council", "Leeds City Council");
    fs::write(home.path().join("spend.csv"), spend).unwrap();
    stripout(home.path(), &["screen", "spend.csv", "--quiet"]).ok();
    home
}

#[test]
fn a_body_that_is_no_more_is_asked_nothing_and_told_of() {
    let home = tempfile::tempdir().unwrap();
    let evidence = root().join("examples/evidence/harrogate-spend-2016-03.csv");
    stripout(home.path(), &["screen", evidence.to_str().unwrap(), "--quiet"]).ok();
    let on = |date: &str| stripout(home.path(), &["judge", "--date", date]).ok().out;
    let (after, before) = (on("2026-11-22"), on("2023-03-01"));
    let left_out = "1 finding of bodies that were no more by then";
    assert!(
        after.contains("Counted: 0 findings") && after.contains(left_out),
        "{after}"
    );
    assert!(
        before.contains("Counted: 1 finding") && !before.contains(left_out),
        "{before}"
    );
    // What it bought is judged for the day on which it did.
    let bought = stripout(
        home.path(),
        &["judge", "--act", "procure", "--date", "2026-11-22"],
    );
    assert!(bought.ok().out.contains("GBP 3,627.50"));
}

#[test]
fn a_register_is_judged_as_a_table_and_finding_by_finding() {
    let home = screened();
    let judge = |flags: &[&str]| {
        stripout(
            home.path(),
            &[&["judge", "--date", "2026-11-22", "--json"], flags].concat(),
        )
        .ok()
        .lines()
    };
    let rows = judge(&[]);
    let all = rows.iter().find(|line| line["row"]["group"] == "all").unwrap();
    assert_eq!(all["row"]["no-rule"]["bodies"], 1, "{all}");
    assert_eq!(all["row"]["covered"]["bodies"], 0);
    let one = judge(&["--policy", "uk-local-no-duty"]);
    let finding = one.iter().find(|line| line["type"] == "finding").unwrap();
    assert_eq!(finding["determination"]["coverage"], "exempt");
    assert!(
        finding["finding"]["sentence"]
            .as_str()
            .unwrap()
            .contains("HIK Vision"),
        "{finding}"
    );
    // Nobody has accepted anything yet.
    let public = judge(&["--public"]);
    let all = public.iter().find(|line| line["row"]["group"] == "all").unwrap();
    assert_eq!(all["row"]["total"]["findings"], 0);
}

#[test]
fn a_draft_changes_what_it_covers_and_a_bad_one_is_told() {
    let home = screened();
    let draft = root().join("examples/what-if/state-share.toml");
    let with = |path: &str| {
        stripout(
            home.path(),
            &["judge", "--date", "2026-11-22", "--json", "--what-if", path],
        )
    };
    let changes = with(draft.to_str().unwrap()).ok().lines();
    let [change] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    assert_eq!(
        (&change["change"]["before"], &change["change"]["after"]),
        (&"no-rule".into(), &"covered".into())
    );
    // In force from a later day it changes nothing.
    let text = fs::read_to_string(&draft).unwrap();
    fs::write(
        home.path().join("late.toml"),
        text.replace("from = \"2026-01-01\"", "from = \"2027\""),
    )
    .unwrap();
    assert!(with("late.toml").ok().lines().is_empty());
    // What is only proposed, or known from memory, may be supposed to be in force.
    for status in ["proposed", "recalled"] {
        let supposed = text.replace("status = \"rejected\"", &format!("status = \"{status}\""));
        assert_ne!(supposed, text);
        fs::write(home.path().join("supposed.toml"), supposed).unwrap();
        assert_eq!(with("supposed.toml").ok().lines().len(), 1, "{status}");
    }
    for (from, to, said) in [
        ("video-surveillance", "periscopes", "periscopes"),
        ("percent = 33", "percent = 133", "more than 100"),
        ("id = \"no-such-maker\"", "name = \"x\"", "name"),
    ] {
        fs::write(home.path().join("bad.toml"), text.replace(from, to)).unwrap();
        let run = with("bad.toml");
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(
            run.err.contains(said) && run.err.contains("bad.toml"),
            "{}",
            run.err
        );
    }
    // What is missing is told at once.
    fs::write(
        home.path().join("short.toml"),
        "id = \"short\"\ntitle = \"Short\"\n",
    )
    .unwrap();
    let told = with("short.toml").err;
    assert!(
        ["jurisdiction", "issuer", "status", "source"]
            .iter()
            .all(|field| told.contains(field))
            && told.matches("error[").count() <= 1,
        "{told}"
    );
    assert_eq!(with("absent.toml").code, 2);
}
