//! Promises beside what came after, held against labels that were written first.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops where it fails"
)]

use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use serde::Deserialize;
use stripout_catalogue::Catalogue;
use stripout_judge::{Alerts, Guard, Named, Promise, Rule, Watch, alerts};
use stripout_model::{
    AlertKind, AlertStatus, Author, AuthorHow, Authority, BlobId, Called, Commitment, Confidence, Days,
    Deadline, Decision, DocumentKind, Evidence, Installation, Locator, Outcome, OutcomeKind, Row, Sighting,
    Stance, Statement, Verdict, Via, Voice, Wording,
};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

#[derive(Debug, Deserialize)]
struct Pair {
    act: String,
    scope: String,
    promise: String,
    promised_on: String,
    by: String,
    kind: DocumentKind,
    stance: Stance,
    maker: String,
    text: String,
    date: String,
    alert: String,
    note: String,
}

fn pairs() -> Vec<Pair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/alerts/pairs.csv");
    csv::Reader::from_path(path)
        .unwrap()
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

fn day(text: &str) -> Option<Date> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn evidence(text: &str) -> Evidence {
    Evidence {
        blob: BlobId::from_digest([1; 32]),
        locator: Locator::of_text(text),
        excerpt: text.into(),
        start: 0,
        mark: 0..text.len(),
    }
}

fn of<T>(id: &str, kind: DocumentKind, body: &str, what: T) -> Statement<T> {
    Statement {
        id: id.into(),
        record: format!("record of {id}"),
        kind,
        source: format!("{id}.txt"),
        partial: false,
        written: None,
        got: date(2026, 11, 22),
        award: None,
        released: String::new(),
        reference: None,
        authors: vec![Author {
            name: body.into(),
            how: AuthorHow::Letterhead,
            place: String::new(),
        }],
        what,
    }
}

fn promised(pair: &Pair) -> Commitment {
    Commitment {
        who: "Example Council".into(),
        act: pair.act.parse().unwrap(),
        scope: pair.scope.clone(),
        by: day(&pair.by).map(|by| Deadline {
            date: Some(by),
            words: "by then".into(),
            start: 0,
        }),
        authority: Authority::Official,
        voice: Voice::Own,
        days: Days {
            said: None,
            document: day(&pair.promised_on),
        },
        why: String::new(),
        evidence: evidence(&pair.promise),
    }
}

fn seen(pair: &Pair) -> Statement<Sighting> {
    let what = Sighting {
        maker: pair.maker.parse().unwrap(),
        brand: None,
        model: None,
        via: Via::Name,
        distance: 0,
        confidence: Confidence::Certain,
        stance: pair.stance,
        count: None,
        cue: String::new(),
        why: String::new(),
        installation: Installation::default(),
        evidence: evidence(&pair.text),
        row: Row {
            date: day(&pair.date),
            ..Row::default()
        },
    };
    of("seen", pair.kind, "Example Council", what)
}

#[test]
fn pairs_are_told_as_labelled() {
    let pairs = pairs();
    assert!(pairs.len() >= 60);
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for pair in &pairs {
        let told = Promise::of(&promised(pair), &[], &CATALOGUE).is_contradicted(&seen(pair), &CATALOGUE);
        match (told, pair.alert == "yes") {
            (true, true) => right += 1,
            (true, false) => {
                wrong += 1;
                eprintln!("told, and is none ({}): {pair:?}", pair.note);
            }
            (false, true) => {
                missed += 1;
                eprintln!("missed ({}): {pair:?}", pair.note);
            }
            (false, false) => {}
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    eprintln!(
        "{} pairs: precision {precision:.3}, recall {recall:.3}",
        pairs.len()
    );
    assert!(
        precision >= 0.95 && recall >= 0.90,
        "precision {precision:.3}, recall {recall:.3}"
    );
}

fn decided(thing: &str, verdict: Verdict) -> Decision {
    Decision {
        id: 1,
        thing: thing.into(),
        verdict,
        who: "Ada".into(),
        when: jiff::Timestamp::UNIX_EPOCH,
        why: "another department".into(),
        body: None,
        maker: None,
    }
}

struct Case {
    commitments: Vec<Statement<Commitment>>,
    sightings: Vec<Statement<Sighting>>,
    outcomes: Vec<Statement<Outcome>>,
    decisions: Vec<Decision>,
}

fn watched(case: &Case) -> Alerts {
    watched_by(case, "council", &Guard::none())
}

fn watched_by(case: &Case, kind: &str, guard: &Guard) -> Alerts {
    watched_under(case, kind, guard, &[])
}

fn watched_under(case: &Case, kind: &str, guard: &Guard, rules: &[Rule]) -> Alerts {
    let resolve = |called: Called<'_>, _: Option<Date>| {
        let Called::Name(name) = called else { return None };
        let id: String = name.to_lowercase().replace(' ', "-");
        let id = if name == "Department for Work and Pensions" {
            "department-for-work-and-pensions".into()
        } else {
            id
        };
        let known = id.starts_with("example")
            || matches!(id.as_str(), "department-for-work-and-pensions" | "cabinet-office");
        known.then(|| Named {
            id: id.parse().unwrap(),
            name: name.into(),
            sure: Confidence::Certain,
        })
    };
    alerts(Watch {
        commitments: &case.commitments,
        sightings: &case.sightings,
        outcomes: &case.outcomes,
        decisions: &case.decisions,
        catalogue: &CATALOGUE,
        resolve: &resolve,
        kind: &|_| Some(kind.into()),
        rules: &|_, _, _| rules.to_vec(),
        today: date(2026, 11, 22),
        guard,
    })
}

fn case(pair: &Pair) -> Case {
    Case {
        commitments: vec![of(
            "said",
            DocumentKind::Letter,
            "Example Council",
            promised(pair),
        )],
        sightings: vec![seen(pair)],
        outcomes: Vec::new(),
        decisions: Vec::new(),
    }
}

fn of_example(alerts: &Alerts) -> Vec<AlertKind> {
    let example = alerts
        .alerts
        .iter()
        .filter(|alert| alert.body.as_str().starts_with("example"));
    example.map(|alert| alert.kind).collect()
}

#[test]
fn an_alert_shows_both_facts_and_can_be_disputed() {
    let pairs = pairs();
    let mut case = case(&pairs[0]);
    let found = watched(&case);
    assert_eq!(of_example(&found), [AlertKind::PromiseAndPurchase]);
    let alert = found
        .alerts
        .iter()
        .find(|alert| alert.kind == AlertKind::PromiseAndPurchase)
        .unwrap();
    assert_eq!(alert.said.quote, pairs[0].promise);
    assert_eq!(alert.seen.as_ref().unwrap().quote, pairs[0].text);
    for words in [
        "Example Council",
        "14 March 2025",
        "27 August 2025",
        "no further Hikvision",
    ] {
        assert!(alert.sentence.contains(words), "{words}: {}", alert.sentence);
    }
    case.decisions.push(decided(&alert.id, Verdict::Reject));
    let rejected = watched(&case);
    assert!(of_example(&rejected).is_empty());
    assert_eq!(rejected.rejected.len(), 1);
    case.decisions[0].verdict = Verdict::Dispute;
    let disputed = watched(&case);
    let status = disputed
        .alerts
        .iter()
        .find(|one| one.id == alert.id)
        .map(|one| one.status);
    assert_eq!(
        status,
        Some(AlertStatus::Disputed),
        "a dispute stands beside the alert"
    );
}

#[test]
fn an_alert_tells_everybody_no_place_of_a_body_that_has_sensitive_sites() {
    let mut case = case(&pairs()[0]);
    let seen = &mut case.sightings[0].what.evidence;
    let named = seen.excerpt.find("Hikvision").unwrap();
    seen.mark = named..named + "Hikvision".len();
    let shown = |kind: &str, guard: &Guard| {
        let found = watched_by(&case, kind, guard);
        let alert = found
            .alerts
            .into_iter()
            .find(|one| one.kind == AlertKind::PromiseAndPurchase);
        let alert = alert.unwrap();
        format!(
            "{} {} {}",
            alert.sentence,
            alert.said.quote,
            alert.seen.unwrap().quote
        )
    };
    let guard = Guard::of(&CATALOGUE);
    for (kind, guard, told) in [
        ("department", &guard, false),
        ("council", &guard, true),
        ("department", &Guard::none(), true),
    ] {
        let words = shown(kind, guard);
        assert_eq!(words.contains("Specimen House"), told, "{kind}: {words}");
    }
}

#[test]
fn a_promise_that_somebody_else_reports_is_not_held_against_a_body() {
    let mut case = case(&pairs()[0]);
    case.commitments[0].what.voice = Voice::Reported;
    assert!(of_example(&watched(&case)).is_empty());
}

#[test]
fn a_term_that_ended_without_a_word_is_told() {
    let pairs = pairs();
    let ended = pairs
        .iter()
        .find(|pair| pair.by == "2025-12-31" && pair.stance == Stance::Has)
        .unwrap();
    let mut open = case(ended);
    open.sightings.clear();
    assert_eq!(of_example(&watched(&open)), [AlertKind::DeadlinePassed]);
    let kept = pairs
        .iter()
        .find(|pair| pair.by == "2025-12-31" && pair.stance == Stance::Removed)
        .unwrap();
    assert!(of_example(&watched(&case(kept))).is_empty());
}

#[test]
fn the_catalogue_holds_the_first_two_terms() {
    let none = Case {
        commitments: Vec::new(),
        sightings: Vec::new(),
        outcomes: Vec::new(),
        decisions: Vec::new(),
    };
    let found = watched(&none);
    for policy in ["uk-timeline-2024-04", "uk-dwp-2022-06-23"] {
        let alert = found
            .alerts
            .iter()
            .find(|alert| alert.said.id.starts_with(policy));
        let alert = alert.unwrap_or_else(|| panic!("{policy}: {:#?}", found.alerts));
        assert_eq!(alert.kind, AlertKind::DeadlinePassed);
        assert!(!alert.said.source.is_empty() && alert.seen.is_none());
        // The catalogue's own words are no quotation, and a citation is named by its title.
        assert_eq!(alert.said.wording, Wording::Summary);
        assert!(
            !alert.sentence.contains('"') && alert.sentence.contains("as summarised in"),
            "{}",
            alert.sentence
        );
        assert!(
            alert.said.source.contains(' '),
            "a title, not an id: {}",
            alert.said.source
        );
    }
}

#[test]
fn a_day_is_told_as_exactly_as_its_source_has_it() {
    let none = Case {
        commitments: Vec::new(),
        sightings: Vec::new(),
        outcomes: Vec::new(),
        decisions: Vec::new(),
    };
    let found = watched(&none);
    let of = |policy: &str| {
        let mut all = found.alerts.iter();
        all.find(|alert| alert.said.id.starts_with(policy)).unwrap()
    };
    let month = of("uk-timeline-2024-04");
    assert_eq!(
        (month.said.date, month.said.when.as_deref()),
        (None, Some("April 2024"))
    );
    assert!(month.sentence.contains("(April 2024, "), "{}", month.sentence);
    assert!(
        month.sentence.contains("ended with April 2025;"),
        "{}",
        month.sentence
    );
    // Three years from the day of the promise: the same end as that of the letter that says so.
    let day = of("uk-dwp-2022-06-23");
    assert!(
        day.sentence.contains("ended on 23 June 2025;"),
        "{}",
        day.sentence
    );
}

#[test]
fn advice_about_equipment_is_no_purchase_after_a_rule() {
    let mut pair = pairs().swap_remove(0);
    let rule = Rule {
        policy: "example-rule".into(),
        title: "Example Rule".into(),
        in_force_from: "2022-04".parse().unwrap(),
        why: "Example Rule: covered".into(),
        source: "nowhere".into(),
        binding: true,
    };
    for (text, alerts) in [
        ("4 Hikvision dome cameras", 1),
        ("Hikvision risk assessment", 0),
        ("Consultancy on Hikvision cameras", 0),
        ("Hikvision", 0),
    ] {
        pair.text = text.into();
        let mut case = case(&pair);
        case.commitments.clear();
        let found = watched_under(&case, "council", &Guard::none(), std::slice::from_ref(&rule));
        let after: Vec<_> = found
            .alerts
            .iter()
            .filter(|alert| alert.kind == AlertKind::PurchaseAfterRule)
            .collect();
        assert_eq!(after.len(), alerts, "{text}");
        for alert in after {
            assert_eq!(
                (alert.said.date, alert.said.when.as_deref()),
                (None, Some("April 2022"))
            );
            assert!(
                alert.sentence.contains("in force since April 2022,"),
                "{}",
                alert.sentence
            );
        }
    }
}

/// A month's file and the corrected one, or two sheets of a workbook.
#[test]
fn an_alert_on_a_payment_that_two_tables_have_is_told_once_and_with_what_reviewers_said() {
    let mut pair = pairs().swap_remove(0);
    (pair.kind, pair.text) = (DocumentKind::Spend, "4 Hikvision dome cameras".into());
    let twice = |change: &dyn Fn(&mut Statement<Sighting>)| {
        let mut case = case(&pair);
        let mut again = seen(&pair);
        (again.id, again.record) = ("again".into(), "another record".into());
        change(&mut again);
        case.sightings.push(again);
        case
    };
    let of_payment = |case: &Case| -> Vec<String> {
        let found = watched(case).alerts.into_iter();
        found
            .filter(|it| it.kind == AlertKind::PromiseAndPurchase && it.body.as_str() == "example-council")
            .map(|it| it.id)
            .collect()
    };
    let file = twice(&|again| again.source = "corrected.csv".into());
    let sheet = twice(&|again| {
        again.source = "seen.txt".into();
        again.what.evidence.locator.member = Some("Sheet2".into());
    });
    for case in [&file, &sheet] {
        assert_eq!(of_payment(case).len(), 1);
    }
    let other = twice(&|again| {
        again.source = "corrected.csv".into();
        again.reference = Some("7".into());
        again.what.evidence = evidence("6 Hikvision dome cameras");
    });
    let both = of_payment(&other);
    assert_eq!(both.len(), 2, "two payments are two alerts");
    // The one that a reviewer looked at is the one that stays.
    for thing in &both {
        let mut case = twice(&|again| again.source = "corrected.csv".into());
        case.decisions.push(decided(thing, Verdict::Accept));
        assert_eq!(of_payment(&case), std::slice::from_ref(thing));
    }
}

#[test]
fn a_purchase_after_an_announcement_is_told_as_one_and_not_as_after_a_rule() {
    let mut pair = pairs().swap_remove(0);
    pair.text = "4 Hikvision dome cameras".into();
    let mut case = case(&pair);
    case.commitments.clear();
    let announced = Rule {
        policy: "example-freeze".into(),
        title: "Example freeze".into(),
        in_force_from: "2023-02-16".parse().unwrap(),
        why: "forces freeze the purchase of such cameras.".into(),
        source: "nowhere".into(),
        binding: false,
    };
    let found = watched_under(&case, "police", &Guard::none(), &[announced]);
    assert_eq!(of_example(&found), [AlertKind::PromiseAndPurchase]);
    let alert = &found
        .alerts
        .iter()
        .find(|alert| alert.body.as_str() == "example-council")
        .unwrap();
    for words in [
        "Example freeze (16 February 2023",
        "freeze the purchase",
        "27 August 2025",
    ] {
        assert!(alert.sentence.contains(words), "{words}: {}", alert.sentence);
    }
    assert!(!alert.sentence.contains("covers it"), "{}", alert.sentence);
}

#[test]
fn a_refusal_stands_out_where_others_answered() {
    let reply = |n: usize, reply| {
        let body = format!("Example {n}");
        let outcome = Outcome {
            asked: None,
            kind: reply,
            reply,
            grounds: Vec::new(),
            template: None,
            days: Days::default(),
            why: String::new(),
            evidence: evidence("a reply"),
        };
        of(&format!("reply {n}"), DocumentKind::Foi, &body, outcome)
    };
    let mut case = Case {
        commitments: Vec::new(),
        sightings: Vec::new(),
        outcomes: (0..3).map(|n| reply(n, OutcomeKind::Held)).collect(),
        decisions: Vec::new(),
    };
    case.outcomes.push(reply(3, OutcomeKind::Refused));
    let found = watched(&case);
    assert_eq!(of_example(&found), [AlertKind::RefusedAlone]);
    assert!(
        found
            .alerts
            .iter()
            .any(|alert| alert.sentence.contains("3 of the 4")),
        "{found:#?}"
    );
    case.outcomes.truncate(2);
    case.outcomes.push(reply(3, OutcomeKind::Refused));
    assert!(
        of_example(&watched(&case)).is_empty(),
        "three bodies are too few to say so"
    );
}

#[test]
fn no_alert_accuses() {
    let forbidden = &CATALOGUE.words.forbidden;
    for pair in pairs() {
        for alert in watched(&case(&pair)).alerts {
            assert_eq!(forbidden.first_in(&alert.sentence), None, "{}", alert.sentence);
        }
    }
}
