//! Figures on labelled sets: who is named, and where.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use stripout_model::{Confidence, DocumentKind, Stance};
use support::{Figures, figures, identify, rows, shared, workspace};

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

/// What only the weights of words say is a guess: a person looks at it before it can be a finding.
#[test]
fn a_stance_by_weight_is_for_review() {
    let rows = (2..=9).flat_map(|n| rows(&workspace().join(format!("fixtures/identify/blind-{n}.jsonl"))));
    let mut guesses = 0;
    for row in rows {
        for mention in identify(row.kind, &row.text).mentions {
            if mention.why.contains("weigh for") && mention.stance != Stance::Mentions {
                guesses += 1;
                assert_eq!(
                    mention.confidence,
                    Confidence::Review,
                    "{}: {}",
                    row.id,
                    mention.why
                );
            }
        }
    }
    assert!(guesses > 0);
}

/// Dates and sums of a row speak of no removal, though sentences about removals hold dates and sums.
#[test]
fn cells_of_a_row_are_not_weighed() {
    for (kind, text) in [
        (
            DocumentKind::Web,
            "| 02/05/2016 | Brightwell Alarms Ltd | Dahua dome cameras | 1,940.10 |",
        ),
        (
            DocumentKind::Web,
            "| 30/03/2016 | Brightwell Alarms Ltd | HIK Vision recorders x 5 | 3,627.50 |",
        ),
        (DocumentKind::Foi, "| 2016-03 | Hikvision | dome | 319.65 |"),
    ] {
        for mention in identify(kind, text).mentions {
            assert!(
                matches!(mention.stance, Stance::Mentions | Stance::Has),
                "{text}: {:?}, {}",
                mention.stance,
                mention.why
            );
        }
    }
}
