//! Every entry of the catalogue proves itself: its examples hit it, its counter-examples miss it, and no other entry
//! takes them.
#![allow(clippy::print_stderr, reason = "figures for people")]

use stripout_catalogue::Catalogue;
use stripout_identify::prove;

#[test]
fn examples_hit_and_counter_examples_miss() {
    let proof = prove(&Catalogue::embedded().expect("the embedded catalogue"));
    eprintln!(
        "{} examples hit, {} counter-examples missed",
        proof.hits, proof.misses
    );
    assert_eq!(proof.faults, []);
    // Firmware strings begin with any digit: camera words must say where to look.
    assert!(
        proof.helped.len() <= 2,
        "these should prove their maker by themselves: {:?}",
        proof.helped
    );
    assert!(
        proof.hits > 200 && proof.misses > 20,
        "too few examples: {} and {}",
        proof.hits,
        proof.misses
    );
}
