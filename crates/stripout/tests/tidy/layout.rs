//! Folders, crate pages, lints, file sizes, and a documented line for every error code.

use toml::Value;

use crate::tree::Tree;
use crate::{complaints_over, expect_clean};

const README_LINES: usize = 40;
const SOURCE_LINES: usize = 600;

fn crates(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for it in tree.crates() {
        let folder = &it.folder;
        let package = it.manifest.get("package");
        let name = package
            .and_then(|package| package.get("name"))
            .and_then(Value::as_str)
            .unwrap_or_default();
        if name != folder {
            complaints.push(format!(
                "crates/{folder} holds the package `{name}`: folder and package have one name"
            ));
        }
        let described = package
            .and_then(|package| package.get("description"))
            .and_then(Value::as_str);
        if described.is_none_or(|text| text.trim().is_empty()) {
            complaints.push(format!(
                "crates/{folder}/Cargo.toml has no description: one sentence, as its README begins"
            ));
        }
        let lints = it
            .manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"))
            .and_then(Value::as_bool);
        if lints != Some(true) {
            complaints.push(format!(
                "crates/{folder} does not inherit the lints: add `[lints]` with `workspace = true`"
            ));
        }
        match tree.text(&format!("crates/{folder}/README.md")) {
            None => complaints.push(format!(
                "crates/{folder} has no README.md: purpose, input, output, what it must not know, in {README_LINES} lines"
            )),
            Some(text) if text.lines().count() > README_LINES => complaints.push(format!(
                "crates/{folder}/README.md has {} lines, {README_LINES} is the most",
                text.lines().count()
            )),
            Some(_) => {}
        }
        let included = ["lib.rs", "main.rs"].iter().any(|file| {
            let text = tree
                .text(&format!("crates/{folder}/src/{file}"))
                .unwrap_or_default();
            text.contains("#![doc = include_str!(\"../README.md\")]")
        });
        if !included {
            complaints.push(format!(
                "crates/{folder} does not show its README.md as crate doc: begin lib.rs or main.rs with `#![doc = include_str!(\"../README.md\")]`"
            ));
        }
    }
    complaints
}

fn sizes(tree: &Tree) -> Vec<String> {
    let mut complaints = Vec::new();
    for path in tree.sources() {
        let lines = tree.text(&path).expect("a source file is UTF-8").lines().count();
        if lines > SOURCE_LINES {
            complaints.push(format!(
                "{path} has {lines} lines, {SOURCE_LINES} is the most: split it by idea"
            ));
        }
    }
    complaints
}

fn error_codes(tree: &Tree) -> Vec<String> {
    let page = tree.text("docs/errors.md").unwrap_or_default();
    stripout_model::Code::ALL
        .iter()
        .filter(|code| !page.lines().any(|line| line.contains(&format!("`{code}`"))))
        .map(|code| {
            format!("the error code `{code}` has no line in docs/errors.md: what it means, and what to do")
        })
        .collect()
}

#[test]
fn every_crate_is_laid_out_alike() {
    expect_clean(&crates(&Tree::here()));
}

#[test]
fn no_source_file_is_too_long() {
    expect_clean(&sizes(&Tree::here()));
}

#[test]
fn every_error_code_is_documented() {
    expect_clean(&error_codes(&Tree::here()));
}

#[test]
fn a_crate_that_is_not_laid_out_so_is_named() {
    let long = "line\n".repeat(README_LINES + 1);
    let found = complaints_over(
        crates,
        &[
            ("crates/stripout-bare/Cargo.toml", "[package]\nname = \"bare\""),
            (
                "crates/stripout-good/Cargo.toml",
                "[package]\nname = \"stripout-good\"\ndescription = \"Good\"\n[lints]\nworkspace = true",
            ),
            ("crates/stripout-good/README.md", "# Good\n"),
            (
                "crates/stripout-good/src/lib.rs",
                "#![doc = include_str!(\"../README.md\")]\n",
            ),
            (
                "crates/stripout-wordy/Cargo.toml",
                "[package]\nname = \"stripout-wordy\"\ndescription = \"Wordy\"\n[lints]\nworkspace = true",
            ),
            ("crates/stripout-wordy/README.md", &long),
            (
                "crates/stripout-wordy/src/main.rs",
                "#![doc = include_str!(\"../README.md\")]\n",
            ),
        ],
    );
    assert_eq!(
        found,
        [
            "crates/stripout-bare holds the package `bare`: folder and package have one name",
            "crates/stripout-bare/Cargo.toml has no description: one sentence, as its README begins",
            "crates/stripout-bare does not inherit the lints: add `[lints]` with `workspace = true`",
            "crates/stripout-bare has no README.md: purpose, input, output, what it must not know, in 40 lines",
            "crates/stripout-bare does not show its README.md as crate doc: begin lib.rs or main.rs with `#![doc = include_str!(\"../README.md\")]`",
            "crates/stripout-wordy/README.md has 41 lines, 40 is the most",
        ]
    );
}

#[test]
fn a_long_source_file_is_named_and_a_long_test_is_not() {
    let long = "// line\n".repeat(SOURCE_LINES + 1);
    let found = complaints_over(
        sizes,
        &[
            ("crates/stripout-x/src/deep/long.rs", &long),
            ("crates/stripout-x/tests/long.rs", &long),
        ],
    );
    assert_eq!(
        found,
        ["crates/stripout-x/src/deep/long.rs has 601 lines, 600 is the most: split it by idea"]
    );
}

#[test]
fn a_missing_error_code_is_named() {
    let all_but_one: Vec<String> = stripout_model::Code::ALL
        .iter()
        .skip(1)
        .map(|code| format!("| `{code}` | … |"))
        .collect();
    let found = complaints_over(error_codes, &[("docs/errors.md", &all_but_one.join("\n"))]);
    assert_eq!(
        found,
        ["the error code `input-truncated` has no line in docs/errors.md: what it means, and what to do"]
    );
}
