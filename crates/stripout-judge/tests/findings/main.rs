//! Findings: what follows from sightings, bodies and decisions, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod counts;
mod whose;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use stripout_catalogue::Catalogue;
use stripout_judge::{Findings, Grounds, Named, findings, queue, sentence};
use stripout_model::{
    Author, AuthorHow, BlobId, Called, Confidence, Decision, DocumentKind, Evidence, Finding, Installation,
    Locator, Money, Row, Sighting, Stance, Statement, Status, Verdict, Via,
};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

const KINDS: [DocumentKind; 6] = [
    DocumentKind::Contract,
    DocumentKind::Spend,
    DocumentKind::Foi,
    DocumentKind::Asset,
    DocumentKind::Letter,
    DocumentKind::Web,
];

fn said(id: &str, stance: Stance, day: Option<Date>) -> Statement<Sighting> {
    let excerpt = "4 x Hikvision dome cameras, Depot, ask Mr Example";
    Statement {
        id: id.into(),
        record: format!("record of {id}"),
        kind: DocumentKind::Spend,
        source: "spend.csv".into(),
        partial: false,
        written: None,
        got: date(2026, 11, 22),
        award: None,
        released: String::new(),
        authors: vec![Author {
            name: "Example Council".into(),
            how: AuthorHow::Row,
            place: String::new(),
        }],
        what: Sighting {
            maker: "hikvision".parse().unwrap(),
            brand: None,
            model: None,
            via: Via::Name,
            distance: 0,
            confidence: Confidence::Certain,
            stance,
            count: Some(4),
            cue: String::new(),
            why: "a name".into(),
            installation: Installation::default(),
            evidence: Evidence {
                blob: BlobId::from_digest([1; 32]),
                locator: Locator::of_text(excerpt),
                excerpt: excerpt.into(),
                start: 0,
                mark: 4..13,
            },
            row: Row {
                body: Some("Example Council".into()),
                supplier: Some("Acme".into()),
                amount: Some(Money {
                    minor_units: 10_000,
                    currency: "GBP".parse().unwrap(),
                }),
                date: day,
            },
        },
    }
}

fn decided(thing: &str, who: &str, verdict: Verdict) -> Decision {
    Decision {
        id: 1,
        thing: thing.into(),
        verdict,
        who: who.into(),
        when: jiff::Timestamp::UNIX_EPOCH,
        why: String::new(),
        body: None,
        maker: None,
    }
}

fn judged(sightings: &[Statement<Sighting>], decisions: &[Decision], reviewers: usize) -> Findings {
    findings(Grounds {
        sightings,
        decisions,
        catalogue: &CATALOGUE,
        resolve: &known,
        reviewers,
    })
}

fn known(called: Called<'_>, _: Option<Date>) -> Option<Named> {
    let id = match called {
        Called::Name("Example Council" | "example") | Called::Domain("example.gov.uk") => "example",
        Called::Name("Other Council" | "other")
        | Called::Identifier {
            scheme: "GB-LAE",
            number: "OTH",
        } => "other",
        _ => return None,
    };
    Some(Named {
        id: id.parse().unwrap(),
        name: if id == "other" {
            "Other Council"
        } else {
            "Example Council"
        }
        .into(),
        sure: if matches!(called, Called::Name("example")) {
            Confidence::Likely
        } else {
            Confidence::Certain
        },
    })
}

fn only(findings: Findings) -> Finding {
    let [one] = <[Finding; 1]>::try_from(findings.findings).unwrap();
    one
}

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
fn nothing_is_public_without_decisions() {
    let one = [said("a", Stance::Has, Some(date(2016, 3, 30)))];
    assert!(!only(judged(&one, &[], 1)).public);
    let ada = decided("a", "Ada", Verdict::Accept);
    let ben = decided("a", "Ben", Verdict::Accept);
    assert!(only(judged(&one, std::slice::from_ref(&ada), 1)).public);
    assert!(
        !only(judged(&one, &[ada.clone(), ada.clone()], 2)).public,
        "one reviewer twice is one"
    );
    assert!(only(judged(&one, &[ada.clone(), ben], 2)).public);
    let unsure = decided("a", "Cy", Verdict::Unsure);
    assert!(!only(judged(&one, &[ada, unsure], 1)).public);
}

#[test]
fn what_is_for_review_is_never_public() {
    let mut one = said("a", Stance::Has, Some(date(2016, 3, 30)));
    one.what.confidence = Confidence::Review;
    let accepted = [decided("a", "Ada", Verdict::Accept)];
    assert!(!only(judged(std::slice::from_ref(&one), &accepted, 1)).public);
    // A label whose maker the catalogue may not name in public.
    let brand = CATALOGUE
        .brands
        .values()
        .find_map(|brand| {
            let made_by = brand
                .made_by
                .iter()
                .find(|made_by| made_by.maker.is_some() && !made_by.publish)?;
            let none_public = brand.made_by.iter().all(|made_by| !made_by.publish);
            none_public.then(|| (brand.id.clone(), made_by.maker.clone().unwrap()))
        })
        .expect("some label is not to be published");
    one.what.confidence = Confidence::Certain;
    (one.what.brand, one.what.maker) = (Some(brand.0), brand.1);
    assert!(!only(judged(&[one], &accepted, 1)).public);
}

#[test]
fn contradictions_are_kept_and_must_be_seen() {
    let sightings = [
        said("has", Stance::Has, Some(date(2025, 8, 27))),
        said("none", Stance::Denies, Some(date(2024, 11, 7))),
    ];
    let accepted = decided("has", "Ada", Verdict::Accept);
    let one = only(judged(&sightings, std::slice::from_ref(&accepted), 1));
    assert_eq!(
        (one.status, one.contradicted_by.as_slice()),
        (Status::Bought, &["none".to_string()][..])
    );
    assert!(!one.public, "nobody has looked at what contradicts it");
    let looked = [accepted, decided("none", "Ada", Verdict::Accept)];
    assert!(only(judged(&sightings, &looked, 1)).public);
    // A rejected sighting counts for nothing.
    let rejected = judged(&sightings, &[decided("has", "Ada", Verdict::Reject)], 1);
    assert_eq!(rejected.rejected, ["has"]);
    assert_eq!(only(rejected).status, Status::Denied);
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let mut sightings = vec![
        said("a", Stance::Has, Some(date(2020, 1, 1))),
        said("b", Stance::Removed, Some(date(2023, 1, 1))),
        said("c", Stance::Has, None),
        said("d", Stance::Mentions, Some(date(2024, 1, 1))),
    ];
    let first = judged(&sightings, &[], 1);
    assert_eq!(only(first.clone()).status, Status::Removed);
    sightings.reverse();
    assert_eq!(judged(&sightings, &[], 1), first);
}

fn at(site: Option<&str>, sensitive: Option<bool>, one: Statement<Sighting>) -> Statement<Sighting> {
    let mut one = one;
    one.what.installation = Installation {
        site: site.map(str::to_owned),
        sensitive,
        device: None,
    };
    one
}

fn told(findings: &Findings) -> Vec<(String, Status)> {
    let each = findings.findings.iter();
    each.map(|finding| (finding.id.clone(), finding.status)).collect()
}

#[test]
fn each_site_that_is_named_has_a_finding() {
    let day = |year| Some(date(year, 1, 1));
    let depot = |id, stance, day| at(Some("Fernleigh  Depot"), None, said(id, stance, day));
    let own = |end: &str| format!("example.hikvision{end}");
    let both = [
        depot("a", Stance::Has, day(2020)),
        at(Some("fernleigh depot"), None, said("b", Stance::Has, day(2021))),
        said("c", Stance::Has, day(2022)),
    ];
    let findings = judged(&both, &[], 1);
    assert_eq!(
        told(&findings),
        [
            (own(""), Status::Bought),
            (own(".fernleigh-depot"), Status::Bought)
        ]
    );
    assert_eq!(findings.findings[1].site.as_deref(), Some("Fernleigh  Depot"));
    assert_eq!(findings.findings[1].sightings, ["b", "a"]);
    // What the body has nowhere it does not have there; what it has there it has somewhere.
    let gone = [
        depot("a", Stance::Has, day(2020)),
        said("c", Stance::Removed, day(2024)),
    ];
    assert_eq!(
        told(&judged(&gone, &[], 1)),
        [
            (own(""), Status::Removed),
            (own(".fernleigh-depot"), Status::Removed)
        ]
    );
    let denied = judged(
        &[
            depot("a", Stance::Has, day(2024)),
            said("c", Stance::Denies, day(2020)),
        ],
        &[],
        1,
    );
    assert_eq!(
        told(&denied),
        [
            (own(""), Status::Denied),
            (own(".fernleigh-depot"), Status::Bought)
        ]
    );
    assert_eq!(denied.findings[0].contradicted_by, ["a"]);
    assert_eq!(denied.findings[1].contradicted_by, ["c"]);
    // Taken away at one place says nothing of another.
    let other = [
        depot("a", Stance::Has, day(2020)),
        at(Some("Market Hall"), None, said("b", Stance::Removed, day(2024))),
    ];
    assert_eq!(
        told(&judged(&other, &[], 1)),
        [
            (own(".fernleigh-depot"), Status::Bought),
            (own(".market-hall"), Status::Removed)
        ]
    );
    // A denial for sensitive sites is none for the others.
    let part = [at(None, Some(true), said("a", Stance::Denies, day(2024)))];
    let part = judged(&part, &[], 1);
    assert_eq!(told(&part), [(own(".sensitive-sites"), Status::Denied)]);
    assert_eq!(part.findings[0].sensitive, Some(true));
}

#[test]
fn the_place_of_a_sensitive_site_is_never_told() {
    let day = Some(date(2024, 1, 1));
    let secret = [
        at(
            Some("Fernleigh Depot"),
            None,
            said("0123456789abcdef", Stance::Has, day),
        ),
        at(
            Some("Fernleigh depot"),
            Some(true),
            said("fedcba9876543210", Stance::Has, day),
        ),
    ];
    let findings = judged(&secret, &[decided("0123456789abcdef", "Ada", Verdict::Accept)], 1);
    let [one] = findings.findings.as_slice() else {
        panic!("{findings:?}");
    };
    assert_eq!(one.id, "example.hikvision.sensitive-01234567");
    assert_eq!((one.sensitive, one.public), (Some(true), true));
    let shown = format!("{findings:?}").to_lowercase();
    assert!(!shown.contains("fernleigh"), "{shown}");
    // Where sources differ nobody knows, and nothing is told either.
    let mut differ = secret;
    differ[0].what.installation.sensitive = Some(false);
    let findings = judged(&differ, &[], 1);
    assert_eq!(findings.findings[0].sensitive, None);
    assert!(!format!("{findings:?}").to_lowercase().contains("fernleigh"));
}

#[test]
fn sorts_of_device_are_those_stated_or_of_the_model_number() {
    let mut stated = said("a", Stance::Has, None);
    stated.what.installation.device = Some("recorder".into());
    let mut numbered = said("b", Stance::Has, None);
    numbered.what.model = Some("dah-ipc".parse().unwrap());
    let one = only(judged(&[stated, numbered], &[], 1));
    assert_eq!(one.kinds, ["camera", "recorder"]);
    let words = &CATALOGUE.words.installation;
    assert_eq!(words.equipment(&one.kinds), Some("video-surveillance"));
    assert_eq!(words.equipment(&["camera".into(), "intercom".into()]), None);
    let [kinds, equipment] = ["device-kinds", "equipment"].map(|name| &CATALOGUE.vocabularies[name]);
    for kind in &kinds.values {
        assert!(
            words.device.iter().any(|device| device.kind == kind.id)
                || matches!(kind.id.as_str(), "accessory" | "string"),
            "what instruments call `{}` is not said",
            kind.id
        );
    }
    for device in &words.device {
        assert!(
            kinds.get(&device.kind).is_some() && equipment.get(&device.equipment).is_some(),
            "{}",
            device.kind
        );
    }
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

#[test]
fn the_queue_begins_with_what_could_be_public() {
    let mut dear = said("dear", Stance::Has, Some(date(2020, 1, 1)));
    dear.what.row.amount = Some(Money {
        minor_units: 900_000,
        currency: "GBP".parse().unwrap(),
    });
    let mut doubtful = said("doubtful", Stance::Has, Some(date(2020, 1, 1)));
    doubtful.what.confidence = Confidence::Review;
    let mut unknown = said("unknown", Stance::Has, Some(date(2020, 1, 1)));
    unknown.authors.clear();
    let sightings = [
        said("news", Stance::Mentions, None),
        doubtful,
        unknown,
        said("cheap", Stance::Has, Some(date(2020, 1, 1))),
        dear,
    ];
    let order: Vec<String> = queue(Grounds {
        sightings: &sightings,
        decisions: &[],
        catalogue: &CATALOGUE,
        resolve: &known,
        reviewers: 1,
    })
    .into_iter()
    .map(|one| one.sighting)
    .collect();
    assert_eq!(order, ["dear", "cheap", "unknown", "doubtful", "news"]);
}

#[test]
fn a_doubt_of_the_name_is_a_doubt_of_the_finding() {
    let by_name = |id: &str, name: &str| {
        let mut one = said(id, Stance::Has, Some(date(2024, 1, 1)));
        one.authors[0].name = name.into();
        one
    };
    for (names, want) in [
        (&["Example Council"][..], Confidence::Certain),
        (&["example"], Confidence::Likely),
        (&["example", "Example Council"], Confidence::Certain),
    ] {
        let sightings: Vec<_> = names.iter().map(|name| by_name(name, name)).collect();
        assert_eq!(only(judged(&sightings, &[], 1)).confidence, want, "{names:?}");
    }
    let mut doubtful = by_name("a", "Example Council");
    doubtful.what.confidence = Confidence::Likely;
    assert_eq!(only(judged(&[doubtful], &[], 1)).confidence, Confidence::Likely);
}

#[test]
fn who_holds_no_record_has_refused_nothing() {
    for (cue, want) in [
        ("not hold this information", Status::NoEvidence),
        ("neither confirm nor deny", Status::Refused),
        ("exempt", Status::Refused),
    ] {
        let mut one = said("a", Stance::Refuses, Some(date(2024, 1, 1)));
        one.what.cue = cue.into();
        let found = only(judged(&[one], &[decided("a", "Ada", Verdict::Accept)], 1));
        assert_eq!(
            (found.status, found.public),
            (want, want == Status::Refused),
            "{cue}"
        );
    }
}
