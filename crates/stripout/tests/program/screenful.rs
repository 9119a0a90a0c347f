//! What a screen prints is one screen of lines, whatever the folder, and nothing is out of reach from there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{corpora, root, stripout};

/// Lines of one screen (`summary/section.rs`).
const SCREEN: usize = 45;

/// Files below a folder into another one, without what tells about them.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if !matches!(path.extension().and_then(|e| e.to_str()), Some("expected" | "py"))
            && name != "README.md"
        {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// The first number behind some words.
fn number(text: &str, before: &str) -> u64 {
    let from = text
        .find(before)
        .unwrap_or_else(|| panic!("no {before:?} in\n{text}"))
        + before.len();
    let digits: String = text[from..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .collect();
    digits.replace(',', "").parse().unwrap()
}

#[test]
fn a_folder_of_every_format_fits_on_one_screen() {
    let home = tempfile::tempdir().unwrap();
    copy(&root().join("fixtures/formats"), &home.path().join("in"));
    copy(
        &root().join("examples/evidence"),
        &home.path().join("in/evidence"),
    );
    if let Some(shared) = corpora() {
        copy(
            &shared.join("data/hostile/mail"),
            &home.path().join("in/mail-of-others"),
        );
        copy(
            &shared.join("data/hostile/csv"),
            &home.path().join("in/csv-of-others"),
        );
    }
    let run = stripout(home.path(), &["screen", "in", "--ocr", "never"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let lines = run.out.lines().count();
    assert!(lines <= SCREEN, "{lines} lines\n{}", run.out);
    for heading in [
        "Sightings by maker",
        "Money in rows",
        "Strongest evidence",
        "What bodies promised",
        "How requests were answered",
        "Leads:",
        "Payments to companies of a maker's group",
        "To review",
        "What could not be read",
        "Next",
    ] {
        assert!(
            run.out.contains(&format!("\n\n{heading}")),
            "{heading}\n{}",
            run.out
        );
    }
    every_command_runs(home.path(), &run.out);
    every_problem_is_counted(home.path(), &run.out);

    // The same folder again: what was read is told in one line, and counted.
    let again = stripout(home.path(), &["screen", "in", "--ocr", "never"]);
    assert!(again.out.lines().count() <= SCREEN, "{}", again.out);
    assert!(again.out.contains(" was already read on "), "{}", again.out);
    every_command_runs(home.path(), &again.out);
}

/// The commands behind `all:` show what the heading counts.
fn every_command_runs(home: &Path, out: &str) {
    let commands = out
        .lines()
        .filter_map(|line| line.split_once(" · all: stripout "));
    for (heading, command) in commands {
        let command = command.split(" [").next().unwrap();
        let mut arguments: Vec<&str> = command.split(' ').collect();
        arguments.push("--json");
        let rows = stripout(home, &arguments).ok().lines();
        assert!(!rows.is_empty(), "{command}");
        for counted in [
            "What bodies promised (",
            "Leads: cameras bought or in use, maker not stated (",
            "To review before anyone relies on it (",
        ] {
            if heading.starts_with(counted) {
                assert_eq!(
                    rows.len() as u64,
                    number(heading, counted),
                    "{heading}: {command}"
                );
            }
        }
    }
}

/// Each problem stands under one of the kinds that are shown, or is counted by its code; each code is found by its name.
fn every_problem_is_counted(home: &Path, out: &str) {
    let rows = stripout(home, &["list", "problems", "--json"]).ok().lines();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for row in &rows {
        *codes.entry(row["code"].as_str().unwrap().into()).or_default() += 1;
    }
    let listed = number(out, "and what to do (");
    assert!(listed >= rows.len() as u64, "{listed} of {}", rows.len());
    for (code, n) in codes {
        assert!(out.contains(&code), "{code}\n{out}");
        let of_code = stripout(home, &["list", "problems", "--code", &code, "--json"])
            .ok()
            .lines();
        assert_eq!(of_code.len(), n, "{code}");
        assert!(
            of_code
                .iter()
                .all(|row| row["code"] == Value::String(code.clone()))
        );
    }
    let wrong = stripout(home, &["list", "sightings", "--code", "input-date"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert_eq!(stripout(home, &["list", "problems", "--code", "no-code"]).code, 2);
}

#[test]
fn a_small_folder_is_told_at_length_and_without_a_register_nothing_of_one() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("reply.txt"), "We have 4 Hikvision cameras.\n").unwrap();
    let run = stripout(home.path(), &["screen", "reply.txt"]).ok();
    assert!(run.out.contains("is a registered spelling of"), "{}", run.out);
    assert!(
        !run.out.contains(" · all: ") && run.out.contains("stripout explain ID "),
        "{}",
        run.out
    );
    let named = stripout(home.path(), &["screen", "reply.txt", "--register", "r.db"]).ok();
    assert!(
        named.out.contains("stripout verify --register r.db "),
        "{}",
        named.out
    );
    let dry = stripout(home.path(), &["screen", "reply.txt", "--dry-run"]).ok();
    assert!(!dry.out.contains("\nNext"), "{}", dry.out);
}
