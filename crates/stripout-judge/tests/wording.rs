//! Words on a screen are claims: none accuses, and each says where it is from and of when.
#![allow(clippy::unwrap_used, reason = "in tests outside of test functions too")]

use std::collections::BTreeSet;

use stripout_catalogue::{Catalogue, Situation};
use stripout_judge::{Judge, work_cases};
use stripout_model::{Coverage, Determination};

/// Every instrument on every kind of body, every maker, several acts and days, and all worked cases.
fn sentences(catalogue: &Catalogue) -> Vec<Determination> {
    let judge = Judge::new(catalogue).unwrap();
    let mut all: Vec<Determination> = work_cases(catalogue)
        .unwrap()
        .into_iter()
        .map(|case| case.reasoning.determination)
        .collect();
    let kinds = catalogue.vocabularies["body-kinds"]
        .values
        .iter()
        .map(|it| Some(it.id.clone()));
    let acts = catalogue.vocabularies["acts"]
        .values
        .iter()
        .map(|it| Some(it.id.clone()));
    let acts: Vec<Option<String>> = acts.chain([None]).collect();
    let makers: Vec<_> = catalogue.makers.keys().cloned().map(Some).chain([None]).collect();
    for (n, kind) in kinds.chain([None]).enumerate() {
        for (m, maker) in makers.iter().enumerate() {
            let situation = Situation {
                body: kind.clone(),
                nation: Some(["GB-ENG", "US", "CA-QC", "GB"][m % 4].into()),
                equipment: Some("video-surveillance".into()),
                maker: maker.clone(),
                act: acts[(n + m) % acts.len()].clone(),
                date: Some(["2020", "2023-06-01", "2026"][(n + m) % 3].parse().unwrap()),
                ..Situation::default()
            };
            all.extend(judge.determine(&situation).unwrap());
        }
    }
    all
}

#[test]
fn no_sentence_accuses() {
    let catalogue = Catalogue::embedded().unwrap();
    let forbidden = &catalogue.words.forbidden;
    assert!(!forbidden.words.is_empty());
    let all = sentences(&catalogue);
    assert!(all.len() > 10_000, "{} sentences", all.len());
    for determination in &all {
        let texts = std::iter::once(&determination.why).chain(&determination.missing);
        for text in texts {
            assert_eq!(forbidden.first_in(text), None, "{text}");
        }
    }
}

#[test]
fn every_sentence_has_a_source_and_a_date() {
    let catalogue = Catalogue::embedded().unwrap();
    for determination in sentences(&catalogue) {
        let why = &determination.why;
        let (_, source) = why
            .rsplit_once("(source: ")
            .unwrap_or_else(|| panic!("no source: {why}"));
        assert!(source.ends_with(")."), "{why}");
        let year = |text: &str| {
            text.as_bytes()
                .windows(4)
                .any(|four| four.starts_with(b"20") && four.iter().all(u8::is_ascii_digit))
        };
        assert!(year(source), "a source without its date: {why}");
        assert!(!why.contains('\n') && !why.contains(".."), "{why}");
        assert_eq!(
            determination.missing.is_empty(),
            determination.coverage != Coverage::Unknown,
            "{why}"
        );
    }
}

#[test]
fn no_two_ways_of_saying_the_outcome() {
    let catalogue = Catalogue::embedded().unwrap();
    let outcomes: BTreeSet<String> = sentences(&catalogue)
        .iter()
        .filter_map(|one| one.why.split_once("): ").map(|(_, rest)| rest.to_owned()))
        .filter_map(|rest| rest.split_once(':').map(|(outcome, _)| outcome.to_owned()))
        .collect();
    let expected = [
        "covered",
        "exempt",
        "if it were in force, covered",
        "not known",
        "out of scope",
    ];
    assert_eq!(outcomes.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}
