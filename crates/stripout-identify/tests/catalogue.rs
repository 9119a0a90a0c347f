//! Every entry of the catalogue proves itself: its examples hit it, its counter-examples miss it, and no other entry
//! takes them.
#![allow(clippy::print_stderr, reason = "figures for people")]

use std::sync::Arc;

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

/// Phrases that are written as text is never read.
#[test]
fn phrases_that_nothing_matches_are_faults() {
    for (phrase, what) in [
        ("-", "`-` holds no word"),
        ("e.g", "text is never read as the one word `e.g`"),
        ("n/a", "text is never read as the one word `n/a`"),
        ("’til", "text is never read as the one word `’til`"),
        ("has {nonsense}", "names the class `nonsense`, and there is none"),
        (".. in use", "begins with no word"),
    ] {
        let mut catalogue = Catalogue::embedded().expect("the embedded catalogue");
        let words = Arc::make_mut(&mut catalogue.words);
        let cue = words.stance.cue.first_mut().expect("a cue");
        cue.phrases.push(phrase.into());
        let faults: Vec<String> = prove(&catalogue).faults.iter().map(ToString::to_string).collect();
        assert!(
            faults.iter().any(|fault| fault.contains(what)),
            "{phrase}: {faults:?}"
        );
    }
}
