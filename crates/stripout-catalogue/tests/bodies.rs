//! Which public body a name means: labelled names, names that are easily confused, and what the tables promise.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "in tests outside of test functions too"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use stripout_catalogue::{Bodies, Catalogue, PublicBody};
use stripout_model::{BodyId, Confidence};

/// What is asked of a labelled set: share of answers that are right, share of names that are answered right.
const PRECISION: f64 = 0.98;
const RECALL: f64 = 0.93;

type Row = BTreeMap<String, String>;

fn bodies() -> Bodies {
    Bodies::embedded().unwrap()
}

fn fixture(name: &str) -> Vec<Row> {
    table(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../fixtures/bodies")
            .join(name),
    )
    .unwrap()
}

fn table(path: &Path) -> Option<Vec<Row>> {
    let text = fs::read_to_string(path).ok()?;
    Some(
        csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .map(Result::unwrap)
            .collect(),
    )
}

fn shared(path: &str) -> Option<Vec<Row>> {
    let root = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let rows = table(&root.join(path));
    if rows.is_none() {
        eprintln!("shared corpora not found: {path}");
    }
    rows
}

fn id(text: &str) -> BodyId {
    text.parse().unwrap()
}

fn share(of: usize, all: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap()) / f64::from(u32::try_from(all).unwrap())
}

/// Precision and recall over `(name, date, answer)`; an empty answer is right only when nothing is said.
fn measure(rows: &[(String, Option<Date>, String)], is: impl Fn(&BodyId, &str) -> bool) -> (f64, f64) {
    let bodies = bodies();
    let (mut answered, mut right, mut wanted) = (0.0, 0.0, 0.0);
    for (name, at, answer) in rows {
        wanted += if answer.is_empty() { 0.0 } else { 1.0 };
        let Some(body) = bodies.resolve(name, *at).body else {
            continue;
        };
        answered += 1.0;
        if is(&body, answer) {
            right += 1.0;
        } else {
            eprintln!("`{name}` is {answer}, not {body}");
        }
    }
    (right / answered, right / wanted)
}

#[test]
fn labelled_names_are_told() {
    for (file, least) in [
        ("names.csv", 300),
        ("names-2.csv", 150),
        ("names-3.csv", 290),
        ("names-4.csv", 200),
        ("names-5.csv", 120),
        ("names-6.csv", 197),
        ("names-7.csv", 490),
    ] {
        let rows: Vec<_> = fixture(file)
            .iter()
            .map(|row| {
                (
                    row["variant"].clone(),
                    row["date"].parse().ok(),
                    row["body"].clone(),
                )
            })
            .collect();
        assert!(rows.len() >= least);
        let (precision, recall) = measure(&rows, |body, answer| body.as_str() == answer);
        assert!(
            precision >= PRECISION && recall >= RECALL,
            "{file}: precision {precision}, recall {recall}"
        );
    }
}

#[test]
fn shared_names_are_told() {
    let Some(rows) = shared("data/matching/bodies-dev.csv") else {
        return;
    };
    let bodies = bodies();
    let plain = |name: &str| -> String {
        let name = name.to_lowercase().replace('&', "and");
        name.chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row["variant"].clone(), None, row["canonical"].clone()))
        .collect();
    let (precision, recall) = measure(&rows, |body, answer| {
        plain(&bodies.get(body).unwrap().name) == plain(answer)
    });
    assert!(
        precision >= PRECISION && recall >= RECALL,
        "precision {precision}, recall {recall}"
    );
}

/// Spellings of councils as a public register collected them. Where a name that the tables know of another body holds all words of
/// a spelling, it may be that body's as well, and has to be offered if it is not told: `Exeter` is the city or the university.
/// All others have to be told.
#[test]
fn collected_spellings_are_told() {
    let Some(rows) = shared("data/civic/authority/lookup_name_to_registry.csv") else {
        return;
    };
    let bodies = bodies();
    let registers = [
        "local-authority-eng",
        "local-authority-sct",
        "local-authority-nir",
        "principal-local-authority",
    ];
    let rows: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let code = &row["local-authority-code"];
            let body = registers
                .iter()
                .find_map(|register| bodies.by_identifier(register, code))?;
            Some((row["la-name"].clone(), None, body.id.to_string()))
        })
        .collect();
    assert!(rows.len() > 1_500);
    let words = |name: &str| -> BTreeSet<String> {
        let name = name.to_lowercase().replace('\'', "");
        let words = name.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let called = |body: &PublicBody| {
        let others = bodies.aliases(&body.id).map(|alias| words(&alias.alias));
        others.chain([words(&body.name)]).collect::<Vec<_>>()
    };
    let named: Vec<(&BodyId, Vec<BTreeSet<String>>)> =
        bodies.iter().map(|body| (&body.id, called(body))).collect();
    let (shared, own): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(name, _, body)| {
        let spelt = words(name);
        let mut others = named.iter().filter(|(id, _)| id.as_str() != body);
        others.any(|(_, names)| names.iter().any(|words| spelt.is_subset(words)))
    });
    assert!(
        own.len() > 1_300 && shared.len() > 300,
        "{} {}",
        own.len(),
        shared.len()
    );
    let (precision, recall) = measure(&own, |body, answer| body.as_str() == answer);
    assert!(
        precision >= 0.99 && recall >= 0.90,
        "precision {precision}, recall {recall}"
    );
    let (precision, told) = measure(&shared, |body, answer| body.as_str() == answer);
    let offered = shared.iter().filter(|(name, _, body)| {
        let answer = bodies.resolve(name, None);
        let is = |id: &BodyId| id.as_str() == body;
        answer.body.as_ref().is_some_and(is) || answer.candidates.iter().any(|it| is(&it.body))
    });
    let offered = share(offered.count(), shared.len());
    assert!(
        precision >= 0.99 && offered >= 0.97,
        "shared: precision {precision}, told {told}, told or offered {offered}"
    );
}

#[test]
fn confusable_names_are_not_joined() {
    let bodies = bodies();
    let mut pairs = fixture("confusable.csv");
    pairs.extend(fixture("confusable-2.csv"));
    pairs.extend(fixture("confusable-3.csv"));
    assert!(pairs.len() >= 100);
    for pair in &pairs {
        assert!(
            bodies.get(&id(&pair["not"])).is_some(),
            "there is no {}",
            pair["not"]
        );
        let answer = bodies.resolve(&pair["name"], None);
        assert_ne!(
            answer.body.as_ref().map(BodyId::as_str),
            Some(pair["not"].as_str()),
            "`{}`: {}",
            pair["name"],
            answer.why
        );
    }
}

#[test]
fn numbers_of_registers_are_those_that_the_readme_counts() {
    let bodies = bodies();
    let numbers = bodies.iter().flat_map(|body| &body.identifiers);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for number in numbers {
        *counts.entry(&number.scheme).or_default() += 1;
    }
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/README.md");
    let readme = fs::read_to_string(readme).unwrap().replace(',', "");
    for (scheme, told) in [
        ("wdtk-name", "name at WhatDoTheyKnow"),
        ("wdtk", "its number"),
        ("wikidata", "Wikidata"),
        ("slug", "gov.uk"),
        ("gss", "GSS"),
        ("ods", "ODS"),
        ("companies-house", "Companies House"),
    ] {
        let told = format!("{told} {}", counts[scheme]);
        assert!(
            readme.contains(&told),
            "data/README.md does not say `{told}`: {counts:?}"
        );
    }
    let placed = bodies.iter().filter(|body| body.position.is_some()).count();
    assert!(
        readme.contains(&format!("positions {placed}")),
        "{placed} positions"
    );
    let leeds = bodies.by_identifier("wdtk-name", "leeds_city_council").unwrap();
    assert_eq!(leeds.id.as_str(), "leeds-city-council");
}

#[test]
fn every_name_of_the_tables_is_its_bodys() {
    let bodies = bodies();
    for body in bodies.iter() {
        let answer = bodies.resolve(&body.name, None);
        assert_eq!(
            answer.body.as_ref(),
            Some(&body.id),
            "{}: {}",
            body.name,
            answer.why
        );
        assert_eq!(answer.confidence, Confidence::Certain);
    }
}

#[test]
fn the_tables_keep_their_rules() {
    let (bodies, unreadable) = Bodies::read(None).unwrap();
    assert_eq!(unreadable, []);
    assert_eq!(bodies.check(&Catalogue::embedded().unwrap()), []);
    let principal = bodies
        .iter()
        .filter(|body| body.kind == "council" && body.until.is_none())
        .count();
    assert_eq!(principal, 382);
    let forces = bodies.iter().filter(|body| {
        body.kind == "police"
            && body
                .identifiers
                .iter()
                .any(|identifier| identifier.scheme == "gss")
    });
    assert_eq!(forces.count(), 44, "43 of England and Wales, and Scotland");
}

#[test]
fn numbers_and_domains_lead_to_bodies() {
    let bodies = bodies();
    let named = |body: Option<&stripout_catalogue::PublicBody>| body.map(|body| body.id.to_string());
    assert_eq!(
        named(bodies.by_identifier("gss", "e09000007")),
        Some("london-borough-of-camden".into())
    );
    assert_eq!(
        named(bodies.by_identifier("GB-LAE", "CMD")),
        Some("london-borough-of-camden".into())
    );
    assert_eq!(
        named(bodies.by_identifier("GB-NHS", "RR8")),
        Some("leeds-teaching-hospitals-nhs-trust".into())
    );
    assert_eq!(named(bodies.by_identifier("gss", "E99999999")), None);
    assert_eq!(
        named(bodies.by_domain("planning.gedling.gov.uk")),
        Some("gedling-borough-council".into())
    );
    assert_eq!(named(bodies.by_domain("gov.uk")), None);
}

#[test]
fn the_day_picks_the_body_of_that_day() {
    let bodies = bodies();
    let on = |name: &str, at: Date| bodies.resolve(name, Some(at));
    let before = on("Somerset County Council", date(2022, 5, 1));
    assert_eq!(
        (before.body, before.confidence),
        (Some(id("somerset-county-council")), Confidence::Certain)
    );
    let after = on("Somerset County Council", date(2024, 5, 1));
    assert_eq!(
        (after.body, after.confidence),
        (Some(id("somerset-council")), Confidence::Likely)
    );
    assert!(
        after
            .why
            .ends_with("it ended on 2023-04-01, Somerset Council took over"),
        "{}",
        after.why
    );
    let split = on("Cumbria County Council", date(2024, 5, 1));
    assert_eq!(split.body, None);
    let candidates: Vec<&str> = split
        .candidates
        .iter()
        .map(|candidate| candidate.body.as_str())
        .collect();
    assert_eq!(
        candidates,
        [
            "cumbria-county-council",
            "cumberland-council",
            "westmorland-and-furness-council"
        ]
    );
}

#[test]
fn what_several_have_is_for_review_and_says_why() {
    let bodies = bodies();
    for (name, why, candidate) in [
        (
            "Department of Health",
            "bodies of several nations have this name",
            "department-of-health-northern-ireland",
        ),
        (
            "Bedfordshire Council",
            "others are called like it, and no day is given",
            "central-bedfordshire-council",
        ),
    ] {
        let answer = bodies.resolve(name, None);
        assert_eq!(
            (answer.body, answer.confidence),
            (None, Confidence::Review),
            "{name}"
        );
        assert!(answer.why.contains(why), "{name}: {}", answer.why);
        let candidates = &answer.candidates;
        assert!(
            candidates.iter().any(|it| it.body.as_str() == candidate),
            "{candidates:?}"
        );
    }
    for (name, body) in [
        ("Department for Education", "department-for-education"),
        (
            "Department of Education Northern Ireland",
            "department-of-education-northern-ireland",
        ),
        ("Notts CC", "nottinghamshire-county-council"),
        ("York City Council", "city-of-york-council"),
    ] {
        assert_eq!(bodies.resolve(name, None).body, Some(id(body)), "{name}");
    }
    let then = bodies.resolve("Bedfordshire Council", Some(date(2005, 1, 1)));
    assert_eq!(then.body, Some(id("bedfordshire-county-council")), "{}", then.why);
}

#[test]
fn a_place_alone_is_its_councils_only_where_nobody_else_is_called_after_it() {
    let bodies = bodies();
    for (name, body) in [
        ("Tower Hamlets", Some("london-borough-of-tower-hamlets")),
        ("Perth & Kinross", Some("perth-and-kinross-council")),
        ("Waltham Forest", Some("london-borough-of-waltham-forest")),
        // Of a university, a force, a health board or a fire service, too.
        ("Warwick", None),
        ("Kent", None),
        ("Exeter", None),
        ("Fife", None),
        ("Durham City", None),
        // Parts of names.
        ("Windsor", None),
        ("Brighton", None),
        ("Redcar", None),
        // Towns.
        ("St Albans", None),
        ("St Helens", None),
        // With a word of form it is one.
        ("Warwick DC", Some("warwick-district-council")),
        ("Kent CC", Some("kent-county-council")),
        ("Exeter City Council", Some("exeter-city-council")),
        (
            "St Albans District Council",
            Some("st-albans-city-and-district-council"),
        ),
    ] {
        let answer = bodies.resolve(name, None);
        assert_eq!(
            answer.body.as_ref().map(BodyId::as_str),
            body,
            "{name}: {}",
            answer.why
        );
    }
    let alone = bodies.resolve("Exeter", None);
    assert!(alone.why.starts_with("a place alone: "), "{}", alone.why);
    let candidates: Vec<&str> = alone.candidates.iter().map(|it| it.body.as_str()).collect();
    assert!(candidates.contains(&"exeter-city-council") && candidates.contains(&"university-of-exeter"));
}

#[test]
fn a_body_of_another_country_is_none_of_ours() {
    let bodies = bodies();
    for name in [
        "Ministry of Defence, Singapore",
        "Ministry of Defence (Netherlands)",
        "Cambridge City Council, Ontario",
        "Lincoln City Council, Nebraska",
        "Department for Transport (Western Australia)",
        "Ministry of Justice (New Zealand)",
        "Home Office (Isle of Man)",
        "University of York, Toronto",
        "Newcastle University, Australia",
        "Department of Health, Ireland",
    ] {
        let answer = bodies.resolve(name, None);
        assert_eq!(
            (answer.body, answer.confidence),
            (None, Confidence::Review),
            "{name}"
        );
    }
    for (name, body) in [
        ("Ministry of Defence (UK)", "ministry-of-defence"),
        ("Devon County Council - Highways", "devon-county-council"),
        (
            "Department of Health Northern Ireland",
            "department-of-health-northern-ireland",
        ),
        ("Isle of Wight Council", "isle-of-wight-council"),
    ] {
        let answer = bodies.resolve(name, None);
        assert_eq!(answer.body, Some(id(body)), "{name}: {}", answer.why);
    }
}

#[test]
fn a_number_or_an_address_stands_for_a_body() {
    let bodies = bodies();
    for (text, body) in [
        ("E06000009", Some("blackpool-borough-council")),
        ("s12000036", Some("city-of-edinburgh-council")),
        ("GB-LAE-LDS", Some("leeds-city-council")),
        ("RR8", Some("leeds-teaching-hospitals-nhs-trust")),
        ("exeter.gov.uk", Some("exeter-city-council")),
        ("foi@exeter.gov.uk", Some("exeter-city-council")),
        ("foi@nhslothian.scot.nhs.uk", Some("nhs-lothian")),
        ("foi@leedsth.nhs.uk", Some("leeds-teaching-hospitals-nhs-trust")),
        ("foi@bristol.ac.uk", Some("university-of-bristol")),
        ("foi@cne-siar.gov.uk", Some("comhairle-nan-eilean-siar")),
        ("E99999999", None),
        ("2024", None),
        ("somebody@gmail.com", None),
        ("GB-LAE-XXX", None),
    ] {
        let answer = bodies.resolve(text, None);
        assert_eq!(
            answer.body.as_ref().map(BodyId::as_str),
            body,
            "{text}: {}",
            answer.why
        );
        assert_eq!(answer.confidence == Confidence::Certain, body.is_some(), "{text}");
    }
}

#[test]
fn any_text_has_an_answer() {
    let bodies = bodies();
    for name in [
        "",
        " ",
        "(",
        ")",
        "()",
        "&",
        "the",
        "\u{0}",
        "é́́",
        "a b c d e f g",
        "海康威视",
    ] {
        assert_eq!(bodies.resolve(name, None).body, None, "{name:?}");
    }
    let long = "Leeds City Council ".repeat(100_000);
    assert_eq!(bodies.resolve(&long, None).confidence, Confidence::Review);
}

#[test]
fn counties_stand_where_they_are() {
    let bodies = bodies();
    // Rough centres, to a third of a degree.
    for (id, lat, long) in [
        ("lancashire-county-council", 53.8, -2.6),
        ("gloucestershire-county-council", 51.8, -2.1),
        ("devon-county-council", 50.8, -3.8),
        ("suffolk-county-council", 52.2, 1.0),
        ("leicestershire-county-council", 52.7, -1.1),
        ("warwickshire-county-council", 52.3, -1.6),
        ("kent-county-council", 51.2, 0.7),
        ("hertfordshire-county-council", 51.8, -0.2),
        ("dorset-county-council", 50.8, -2.4),
    ] {
        let at = bodies
            .get(&id.parse::<BodyId>().unwrap())
            .unwrap()
            .position
            .unwrap();
        assert!(
            (at.lat - lat).abs() < 0.34 && (at.long - long).abs() < 0.34,
            "{id}: {at:?}"
        );
    }
}

/// A sentence about an instrument calls a body as its table does.
#[test]
fn provisions_call_bodies_by_their_names() {
    let (catalogue, bodies) = (Catalogue::embedded().unwrap(), Bodies::embedded().unwrap());
    let provisions = catalogue.policies.values().flat_map(|policy| &policy.provisions);
    let mut named = 0;
    for who in provisions.filter_map(|provision| provision.body.as_ref()) {
        for body in who.id.iter().filter_map(|id| bodies.get(id)) {
            let called = who.called.as_deref().unwrap_or_default();
            assert!(called.contains(&body.name), "{called}: {}", body.name);
            named += 1;
        }
    }
    assert!(named > 2, "{named}");
}

/// Whoever remembers what a name meant need not ask again for another day of the same stretch.
#[test]
fn a_name_means_the_same_on_all_days_of_a_stretch() {
    let bodies = bodies();
    let mut ends: BTreeMap<usize, (Date, Date)> = BTreeMap::new();
    for day in date(1990, 1, 1).series(1.day()).take(14_600) {
        ends.entry(bodies.stretch(day)).or_insert((day, day)).1 = day;
    }
    assert!(ends.len() > 20);
    let mut changed = 0;
    for row in fixture("names.csv").iter().step_by(7) {
        let name = row.get("variant").unwrap();
        let mut before = None;
        for (first, last) in ends.values() {
            let [one, other] = [first, last].map(|day| bodies.resolve(name, Some(*day)));
            let [one, other] = [one, other].map(|found| (found.body, found.in_place_of, found.confidence));
            assert_eq!(one, other, "{name}, {first} and {last}");
            changed += usize::from(before.as_ref().is_some_and(|before| *before != one));
            before = Some(one);
        }
    }
    assert!(changed > 0, "days matter to some of these names");
}
