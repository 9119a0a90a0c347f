//! Figures on labelled sets: who is named, and where.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use support::{Figures, figures, rows, shared, workspace};

fn report(name: &str, figures: &Figures) {
    eprintln!(
        "{name}: maker P {:.3} R {:.3} F1 {:.3}, span F1 {:.3}, false alarms {} of {}",
        figures.makers.precision(),
        figures.makers.recall(),
        figures.makers.f1(),
        figures.spans.f1(),
        figures.false_alarms,
        figures.negatives
    );
    for difference in &figures.differences {
        eprintln!("  {difference}");
    }
}

fn check(name: &str, figures: &Figures) {
    report(name, figures);
    assert!(
        figures.makers.precision() >= 0.98,
        "{name}: precision {:.3}",
        figures.makers.precision()
    );
    assert!(
        figures.makers.f1() >= 0.96,
        "{name}: F1 {:.3}",
        figures.makers.f1()
    );
    assert!(
        figures.spans.f1() >= 0.93,
        "{name}: span F1 {:.3}",
        figures.spans.f1()
    );
    assert!(
        figures.false_alarms <= 2,
        "{name}: {} false alarms",
        figures.false_alarms
    );
}

#[test]
fn own_rows() {
    check(
        "own rows",
        &figures(&rows(&workspace().join("fixtures/identify/own.jsonl"))),
    );
}

#[test]
fn development_rows() {
    if let Some(path) = shared("data/matching/dev.jsonl") {
        check("development rows", &figures(&rows(&path)));
    }
}
