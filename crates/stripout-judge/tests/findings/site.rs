//! Where it is: sites that are named, and those that must not be.

use jiff::civil::date;
use stripout_judge::Findings;
use stripout_model::{Installation, Sighting, Stance, Statement, Status, Verdict};

use crate::{decided, judged, said};

pub(crate) fn at(
    site: Option<&str>,
    sensitive: Option<bool>,
    one: Statement<Sighting>,
) -> Statement<Sighting> {
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
