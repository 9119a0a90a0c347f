//! Ordinary words and people's names beside camera words must not be taken for makers.
//!
//! Word lists are found by `STRIPOUT_WORDS` (files, separated by `:`) or where `tools/wordlists.sh` puts them.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use std::collections::BTreeSet;
use std::path::PathBuf;

use stripout_model::DocumentKind;
use support::{identify, workspace};

const MOST_HITS: usize = 10;

fn lists() -> Vec<PathBuf> {
    if let Some(paths) = std::env::var_os("STRIPOUT_WORDS") {
        return std::env::split_paths(&paths).collect();
    }
    let installed = PathBuf::from("/usr/share/dict/american-english-large");
    let fetched = workspace().join("target/wordlists");
    let names = [
        "american-english-large",
        "dist.all.last",
        "dist.female.first",
        "dist.male.first",
    ];
    let mut found: Vec<PathBuf> = names
        .iter()
        .map(|name| fetched.join(name))
        .filter(|p| p.exists())
        .collect();
    if installed.exists() && !found.iter().any(|p| p.ends_with("american-english-large")) {
        found.push(installed);
    }
    found
}

/// Words that were looked at by a person, with the reason they may be reported.
fn reviewed() -> BTreeSet<String> {
    let path = workspace().join("fixtures/dictionary/reviewed.csv");
    let mut reader = csv::Reader::from_path(path).expect("the reviewed list");
    reader
        .records()
        .map(|r| r.expect("a row").get(0).expect("a word").to_lowercase())
        .collect()
}

fn hits(words: impl Iterator<Item = String>) -> BTreeSet<String> {
    words
        .filter(|word| {
            !identify(DocumentKind::Spend, &format!("CCTV camera {word}"))
                .mentions
                .is_empty()
        })
        .collect()
}

#[test]
fn words_and_names_are_no_makers() {
    let lists = lists();
    if lists.is_empty() {
        eprintln!("word lists not found: run tools/wordlists.sh; own words only");
    }
    let own = std::fs::read_to_string(workspace().join("fixtures/dictionary/words.txt")).expect("own words");
    let mut words: BTreeSet<String> = own.lines().map(str::to_owned).collect();
    for list in &lists {
        let text = std::fs::read(list).expect("a word list");
        let text = String::from_utf8_lossy(&text).into_owned();
        words.extend(
            text.lines()
                .filter_map(|l| l.split_whitespace().next())
                .map(str::to_owned),
        );
    }
    let count = words.len();
    let found = hits(words.into_iter());
    eprintln!("{} of {count} words reported: {found:?}", found.len());
    assert!(found.len() <= MOST_HITS, "{} hits: {found:?}", found.len());
    let reviewed = reviewed();
    let new: Vec<_> = found
        .iter()
        .filter(|word| !reviewed.contains(&word.to_lowercase()))
        .collect();
    assert!(new.is_empty(), "not reviewed yet: {new:?}");
}
