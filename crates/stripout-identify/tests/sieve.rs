//! The sieve never throws away what matters, and throws away nearly all the rest.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use std::fmt::Write;

use proptest::prelude::*;
use stripout_catalogue::{Catalogue, Expect};
use stripout_identify::Identifier;
use stripout_model::{DocumentKind, Role, Shape};
use support::{IDENTIFIER, identify, passage, ratio, rows, shared, workspace};

/// As JSON writers put it that know ASCII only.
fn escaped(text: &str) -> String {
    let mut made = String::new();
    for unit in text.encode_utf16() {
        write!(made, "\\u{unit:04x}").expect("writing to a string");
    }
    made
}

/// Every way the same text can stand in the bytes of a record, at even and odd places.
fn ways(text: &str) -> Vec<Vec<u8>> {
    let json = serde_json::to_string(text).expect("JSON");
    let mut half = String::new();
    for (i, c) in text.chars().enumerate() {
        // A bare backslash before an escape would make another text of it.
        if i % 3 == 1 || !c.is_ascii() || c == '\\' {
            half.push_str(&escaped(&c.to_string()));
        } else {
            half.push(c);
        }
    }
    let mut made = Vec::new();
    for form in [text.to_owned(), json, escaped(text), half] {
        for before in ["", " ", "{\"a\":\"", "0123456789abcdef,"] {
            made.push(format!("{before}{form}").into_bytes());
            made.push(format!("{before}{form}\", \"b\": 1}} and some more words behind it").into_bytes());
        }
    }
    if text.chars().all(|c| u32::from(c) < 256) {
        made.push(
            text.chars()
                .map(|c| u8::try_from(u32::from(c)).expect("one byte"))
                .collect(),
        );
    }
    made
}

fn check(identifier: &Identifier, text: &str, why: &str) {
    for raw in ways(text) {
        assert!(
            identifier.sieve(&raw),
            "thrown away, though {why}: {:?}",
            String::from_utf8_lossy(&raw)
        );
    }
}

#[test]
fn what_the_catalogue_gives_as_examples_passes() {
    let catalogue = Catalogue::embedded().expect("the embedded catalogue");
    let mut checked = 0;
    for example in catalogue.examples().filter(|e| e.expect == Expect::Hit) {
        let found = identify(DocumentKind::Asset, example.text);
        if let Some(mention) = found.mentions.first() {
            check(&IDENTIFIER, example.text, &mention.why);
            checked += 1;
        }
    }
    assert!(checked > 150, "only {checked} examples");
}

#[test]
fn labelled_rows_pass() {
    let mut all = rows(&workspace().join("fixtures/identify/own.jsonl"));
    all.extend(
        shared("data/matching/dev.jsonl")
            .map(|p| rows(&p))
            .unwrap_or_default(),
    );
    for row in all {
        let found = identify(row.kind, &row.text);
        if let Some(mention) = found.mentions.first() {
            check(&IDENTIFIER, &row.text, &mention.why);
        }
        if let Some(lead) = found.lead {
            check(&IDENTIFIER, &row.text, &lead.why);
        }
    }
}

#[test]
fn words_broken_at_the_end_of_a_line_pass() {
    for text in [
        // Found by fuzzing: misspelt as well.
        "To was 12 Hii-\nvision camerr",
        "To was 12 Hikk-\r\nvision camerr",
        "we hold 14 Hikvi-\nsion",
        "of the type DS-2CD2143-\nG2 in the yard",
    ] {
        let found = identify(DocumentKind::Foi, text);
        let mention = found.mentions.first();
        let mention = mention.unwrap_or_else(|| panic!("nothing found in {text:?}"));
        check(&IDENTIFIER, text, &mention.why);
    }
}

#[test]
fn a_list_of_names_passes_and_nothing_like_it() {
    let names = [
        "Acme Optics".to_owned(),
        "Kestrelcam".to_owned(),
        "ÖKO Sicht".to_owned(),
    ];
    let identifier = Identifier::from_names(&names);
    for text in [
        "supplied by ACME  OPTICS in May",
        "12 x kestrelcam",
        "by öko-sicht GmbH",
    ] {
        check(&identifier, text, "it names one of the list");
        let found = identifier.record(
            DocumentKind::Contract,
            Shape::Prose,
            &[passage(text, Role::Text, "")],
            None,
        );
        assert_eq!(found.mentions.len(), 1, "{text}");
    }
    assert!(!identifier.sieve(b"the acme of optical work, the kestrel's eye"));
}

#[test]
fn the_parts_of_a_company_name_may_be_set_off_in_several_ways() {
    let identifier = Identifier::from_names(&["Hangzhou Example Software Co., Ltd.".to_owned()]);
    for written in [
        "HANGZHOU EXAMPLE SOFTWARE CO., LTD.",
        "Hangzhou Example Software Co. Ltd",
        "Hangzhou Example Software (Co) Ltd",
        "Hangzhou-Example Software, Co., Ltd",
    ] {
        let text = format!("Supply of 17 x {written} cameras");
        check(&identifier, &text, written);
        let passages = [passage(&text, Role::Text, "")];
        let found = identifier.record(DocumentKind::Contract, Shape::Prose, &passages, None);
        assert_eq!(found.mentions.len(), 1, "{text}");
    }
}

#[test]
fn ordinary_notices_are_thrown_away() {
    let plain = "Provision of grounds maintenance and tree works across the eastern division, 36 months, \u{a3}1,250,000. \
        The council\u{2019}s supplier shall revise its visiting schedule; see section 12 \u{2013} tenders by noon.";
    assert!(!IDENTIFIER.sieve(plain.as_bytes()));
    assert!(!IDENTIFIER.sieve(b""));
    let Some(folder) = shared("data/procurement/ocds") else {
        return;
    };
    let (mut releases, mut passed) = (0, 0);
    for file in std::fs::read_dir(folder).expect("the folder") {
        let text = std::fs::read(file.expect("a file").path()).expect("releases");
        for release in text.split(|b| *b == b'\n').filter(|r| !r.is_empty()) {
            releases += 1;
            passed += usize::from(IDENTIFIER.sieve(release));
        }
    }
    eprintln!("{passed} of {releases} releases pass");
    assert!(
        ratio(passed, releases) < 0.15,
        "{passed} of {releases} releases pass"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the identifier reports, the sieve lets through.
    #[test]
    fn nothing_reported_is_thrown_away(
        words in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "hikvision", "HIK", "vision", "Dahua", "dauha", "DS-2CD2143G2-I", "IPC-HFW2431S", "camera", "cctv", "bracket",
                    "hikvison", "hlkv1sion", "h i k v i s i o n", "Swann", "LTS", "海康威视", "大华", "Дахуа", "Hikvísion", "Нikvision",
                    "Make:", "recorder", "8CH", "uniview", "tp", "link", "Road", "Mr", "4x", "\u{ad}", "\u{a0}", "-\n", "\n", "|", ".", "&amp;",
                ]).prop_map(str::to_owned),
                "[a-z]{1,8}", "[ -~]{1,6}", "\\PC{1,4}",
            ],
            1..8,
        ),
        gap in prop::sample::select(vec!["", " ", "  ", "-", ", ", "\n"]),
    ) {
        let text = words.join(gap);
        let found = identify(DocumentKind::Spend, &text);
        if let Some(mention) = found.mentions.first() {
            check(&IDENTIFIER, &text, &mention.why);
        }
        for mention in &found.mentions {
            prop_assert!(text.get(mention.span.clone()).is_some_and(|s| !s.is_empty()), "span of {:?} in {:?}", mention, text);
        }
        prop_assert_eq!(&found, &identify(DocumentKind::Spend, &text));
    }
}
