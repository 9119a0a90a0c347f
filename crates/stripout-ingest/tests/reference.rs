//! Publishers' files: each layout is told, read to the end, and read without what it says of persons.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in tests outside of test functions too"
)]

use std::convert::Infallible;
use std::path::{Path, PathBuf};

use stripout_ingest::{ReferenceRead, open_reference};
use stripout_register::{ReferenceFact, ReferenceOrganisation};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/reference")
        .join(name)
}

fn read(name: &str) -> (&'static str, Option<String>, Vec<ReferenceFact>, ReferenceRead) {
    let reference = open_reference(&fixture(name)).unwrap();
    let (layout, vintage) = (reference.layout, reference.vintage.clone());
    let mut facts = Vec::new();
    let read = reference.read(|batch| {
        facts.extend(batch);
        Ok::<(), Infallible>(())
    });
    (layout, vintage, facts, read.unwrap())
}

fn organisations(facts: Vec<ReferenceFact>) -> Vec<ReferenceOrganisation> {
    facts
        .into_iter()
        .map(|fact| match fact {
            ReferenceFact::Organisation(organisation) => *organisation,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn postcodes() {
    let (layout, vintage, facts, read) = read("ONSPD_MAY_2026_UK.csv");
    assert_eq!((layout, vintage.as_deref()), ("postcodes", Some("MAY 2026")));
    assert_eq!((read.units, read.bad), (5, 1));
    assert_eq!(read.problems[0].place, "line 7");
    let ReferenceFact::Postcode(first) = &facts[0] else {
        panic!("{:?}", facts[0])
    };
    assert_eq!(
        (first.postcode.as_str(), first.county.as_deref()),
        ("ZZ1 1AA", None)
    );
    assert_eq!(
        (first.district.as_deref(), first.force.as_deref()),
        (Some("E06000999"), Some("E23000999"))
    );
    assert_eq!(first.position, Some((52_500_000, -1_250_000)));
    let ReferenceFact::Postcode(second) = &facts[1] else {
        panic!("{:?}", facts[1])
    };
    assert_eq!(
        (second.ended.as_deref(), second.position),
        (Some("2010-12"), None)
    );
}

#[test]
fn schools_without_their_heads() {
    let (layout, vintage, facts, read) = read("edubasealldata20260301.csv");
    assert_eq!(
        (layout, vintage.as_deref(), read.bad),
        ("schools", Some("2026-03-01"), 0)
    );
    let text = format!("{facts:?}");
    assert!(!text.contains("Invented") && !text.contains("01632"), "{text}");
    let schools = organisations(facts);
    assert_eq!(
        (schools[0].code.as_str(), schools[0].name.as_str()),
        ("900001", "Ysgol y Ffîr")
    );
    assert_eq!(
        (schools[1].closed.as_deref(), schools[1].parent.as_deref()),
        (Some("2021-08-31"), Some("16999"))
    );
}

#[test]
fn a_table_without_a_header_line() {
    let (layout, vintage, facts, read) = read("etr.csv");
    assert_eq!((layout, vintage, read.units), ("nhs", None, 2));
    let trusts = organisations(facts);
    assert_eq!(
        (trusts[0].code.as_str(), trusts[0].opened.as_deref()),
        ("RZ9", Some("2001-04-01"))
    );
    assert_eq!(
        (trusts[1].closed.as_deref(), trusts[1].postcode.as_deref()),
        (Some("2019-03-31"), Some("ZZ1 1AB"))
    );
}

#[test]
fn extracts_of_the_nhs_with_a_header_line() {
    let (layout, vintage, facts, read) = read("nhs-organisations.csv");
    assert_eq!((layout, vintage, read.units, read.bad), ("nhs", None, 3, 0));
    let text = format!("{facts:?}");
    assert!(!text.contains("Invented") && !text.contains('@'), "{text}");
    let trusts = organisations(facts);
    let of = |one: &ReferenceOrganisation| (one.register, one.code.clone(), one.kind.clone());
    assert_eq!(of(&trusts[0]), ("ods", "RZ7".into(), Some("NHS Trust".into())));
    assert_eq!(
        trusts[1].name,
        "Ashcombe, Elm and Merrow Valleys NHS Foundation Trust"
    );
    let (layout, _, facts, _) = self::read("nhs-sites.csv");
    let site = organisations(facts).remove(0);
    assert_eq!((layout, site.code.as_str()), ("nhs", "RZ701"));
    assert_eq!(
        (site.parent.as_deref(), site.postcode.as_deref()),
        (Some("RZ7"), Some("ZZ1 1AA"))
    );
}

#[test]
fn the_planning_list_is_not_taken_for_the_governments() {
    let (layout, vintage, facts, read) = read("organisation-20260301.csv");
    assert_eq!(
        (layout, vintage.as_deref(), read.units, read.bad),
        ("government", Some("2026-03-01"), 2, 0)
    );
    let council = organisations(facts).remove(1);
    assert_eq!(
        (council.register, council.code.as_str(), council.closed.as_deref()),
        ("organisation", "local-authority-eng:ZZB", Some("2019-03-31"))
    );
    assert_eq!(council.area.as_deref(), Some("E07000998"));
}

#[test]
fn government_authorities_and_councils() {
    let (layout, _, facts, _) = read("organisations.json");
    let office = organisations(facts).remove(0);
    assert_eq!(
        (layout, office.code.as_str(), office.short.as_deref()),
        ("government", "office-of-examples", Some("OoE"))
    );
    assert_eq!(
        (office.closed.as_deref(), office.successors),
        (Some("2024-03-31"), vec!["bureau-of-examples".into()])
    );
    let (layout, _, facts, _) = read("all-authorities.csv");
    let authorities = organisations(facts);
    assert_eq!(
        (layout, authorities[0].area.as_deref()),
        ("authorities", Some("E06000999"))
    );
    assert_eq!(authorities[1].status.as_deref(), Some("defunct"));
    let (layout, _, facts, _) = read("councils.csv");
    let councils = organisations(facts);
    assert_eq!(
        (layout, councils[1].successors.join(" ").as_str()),
        ("councils", "ZZA ZZC")
    );
}

#[test]
fn boundaries() {
    let (layout, vintage, facts, read) = read("boundaries.geojson");
    assert_eq!(
        (layout, vintage.as_deref(), read.units, read.bad),
        ("boundaries", Some("areas of 2024"), 5, 1)
    );
    assert_eq!(read.problems[0].place, "/features/1");
    let ReferenceFact::Area(area) = &facts[0] else {
        panic!("{:?}", facts[0])
    };
    assert_eq!(
        (area.code.as_str(), area.name.as_str()),
        ("E14009999", "Merrow and Ashcombe")
    );
}

#[test]
fn other_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.csv", &b"a,b\n1,2\n"[..]),
        ("b.json", b"{\"x\": []}"),
        ("c.json", b"{"),
        ("d", b""),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert!(
            open_reference(&path).is_err_and(|problem| !problem.hint.is_empty()),
            "{name}"
        );
    }
}
