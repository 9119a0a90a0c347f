//! The embedded catalogue keeps its own rules.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

use stripout_catalogue::Catalogue;

#[test]
fn nothing_is_wrong_with_the_embedded_catalogue() {
    let (catalogue, unreadable) = Catalogue::read(None).unwrap();
    let faults: Vec<String> = unreadable
        .iter()
        .chain(&catalogue.check())
        .map(ToString::to_string)
        .collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
