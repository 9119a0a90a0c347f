//! Invented bodies and what they have.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test and bench uses its part"
)]

use jiff::civil::date;
use stripout_judge::{Holding, Query};
use stripout_model::{Confidence, Currency, Finding, Money, Status};

const KINDS: [(&str, &str); 8] = [
    ("council", "GB-ENG"),
    ("council", "GB-SCT"),
    ("police", "GB-WLS"),
    ("nhs", "GB-ENG"),
    ("school", "GB-ENG"),
    ("department", "GB"),
    ("university", "GB-NIR"),
    ("agency", "GB"),
];
const MAKERS: [&str; 5] = ["hikvision", "dahua", "axis", "uniview", "ezviz"];

pub fn findings(n: usize) -> Vec<Finding> {
    (0..n)
        .map(|i| {
            let maker = MAKERS[i % MAKERS.len()];
            let body = format!("body-{i}");
            Finding {
                id: format!("{body}.{maker}"),
                body: body.parse().unwrap(),
                maker: maker.parse().unwrap(),
                site: None,
                // One department in two has a sensitive site.
                sensitive: (KINDS[i % KINDS.len()].0 == "department" && i % 16 < 8).then_some(true),
                kinds: Vec::new(),
                status: Status::InUse,
                first: None,
                last: None,
                stated: None,
                devices: Some(2),
                counted: None,
                bought: None,
                money: vec![Money {
                    minor_units: 10_050,
                    currency: Currency::GBP,
                }],
                purchases: Vec::new(),
                repeated: 0,
                confidence: Confidence::Certain,
                sightings: Vec::new(),
                contradicted_by: Vec::new(),
                public: false,
                sentence: String::new(),
            }
        })
        .collect()
}

/// Every body is of the next kind.
pub fn holdings(findings: &[Finding]) -> Vec<Holding<'_>> {
    let placed = findings.iter().enumerate().map(|(i, finding)| {
        let (kind, nation) = KINDS[i % KINDS.len()];
        Holding {
            finding,
            name: format!("Body {i}"),
            kind: Some(kind.into()),
            nation: Some(nation.into()),
            region: Some(format!("Region {}", i % 3)),
            equipment: None,
        }
    });
    placed.collect()
}

pub fn query(act: &str) -> Query {
    Query {
        act: act.into(),
        equipment: "video-surveillance".into(),
        date: date(2025, 6, 1),
        once: false,
    }
}
