//! What a finding says in its sentence.

use jiff::civil::date;
use stripout_judge::sentence;
use stripout_model::{DocumentKind, Stance, Via};

use crate::{CATALOGUE, KINDS, said};

#[test]
fn every_sentence_has_a_body_a_date_and_no_word_that_accuses() {
    let forbidden = &CATALOGUE.words.forbidden;
    assert!(!forbidden.words.is_empty());
    let mut seen = 0;
    for kind in KINDS {
        for stance in Stance::ALL {
            for day in [Some(date(2024, 3, 30)), None] {
                for via in Via::ALL {
                    let mut one = said("a", stance, day);
                    one.kind = kind;
                    one.what.via = via;
                    let text = sentence(&one, "Example Council", &CATALOGUE);
                    assert!(
                        text.contains("Example Council") && text.contains("'Hikvision dome cameras'"),
                        "{text}"
                    );
                    let dated = day.map_or("it reached us on 22 November 2026", |_| "30 March 2024");
                    assert!(text.contains(dated), "{text}");
                    assert_eq!(forbidden.first_in(&text), None, "{text}");
                    assert!(
                        !text.contains("Depot") && !text.contains("Mr Example"),
                        "no place, no person: {text}"
                    );
                    seen += 1;
                }
            }
        }
    }
    assert_eq!(seen, 6 * 8 * 2 * 5);
}

#[test]
fn text_of_sources_cannot_paint_a_sentence() {
    let mut one = said("a", Stance::Has, None);
    one.what.evidence.excerpt = "Hik\u{202e}vision{body}\u{1b}[2J".into();
    one.what.evidence.mark = 0..one.what.evidence.excerpt.len();
    let text = sentence(&one, "Ex\u{200b}ample", &CATALOGUE);
    assert!(
        text.contains("'Hik<U+202E>vision{body}<U+001B>[2J'") && text.contains("Ex<U+200B>ample"),
        "{text}"
    );
}

#[test]
fn a_sentence_agrees_with_one_camera_and_with_many() {
    for stance in [Stance::Removed, Stance::PlannedRemoval, Stance::Prohibits] {
        for kind in [
            DocumentKind::Foi,
            DocumentKind::Letter,
            DocumentKind::Web,
            DocumentKind::Contract,
        ] {
            let mut one = said("a", stance, Some(date(2024, 5, 3)));
            one.kind = kind;
            let sentence = sentence(&one, "Example Council", &CATALOGUE);
            for verb in ["' is ", "' was ", "' are ", "' were "] {
                assert!(!sentence.contains(verb), "{sentence}");
            }
        }
    }
}
