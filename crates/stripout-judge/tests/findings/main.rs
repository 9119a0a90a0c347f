//! Findings: what follows from sightings, bodies and decisions, and nothing else.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod counted;
mod public;
mod site;
mod whose;
mod wording;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use stripout_catalogue::Catalogue;
use stripout_judge::{Findings, Grounds, Named, findings};
use stripout_model::{
    Author, AuthorHow, BlobId, Called, Confidence, Decision, DocumentKind, Evidence, Finding, Installation,
    Locator, Money, Row, Sighting, Stance, Statement, Verdict, Via,
};

pub(crate) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::embedded().unwrap());

pub(crate) const KINDS: [DocumentKind; 6] = [
    DocumentKind::Contract,
    DocumentKind::Spend,
    DocumentKind::Foi,
    DocumentKind::Asset,
    DocumentKind::Letter,
    DocumentKind::Web,
];

pub(crate) fn said(id: &str, stance: Stance, day: Option<Date>) -> Statement<Sighting> {
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
        reference: None,
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

pub(crate) fn decided(thing: &str, who: &str, verdict: Verdict) -> Decision {
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

pub(crate) fn judged(
    sightings: &[Statement<Sighting>],
    decisions: &[Decision],
    reviewers: usize,
) -> Findings {
    findings(Grounds {
        sightings,
        decisions,
        catalogue: &CATALOGUE,
        resolve: &known,
        reviewers,
    })
}

pub(crate) fn known(called: Called<'_>, _: Option<Date>) -> Option<Named> {
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

pub(crate) fn only(findings: Findings) -> Finding {
    let [one] = <[Finding; 1]>::try_from(findings.findings).unwrap();
    one
}
