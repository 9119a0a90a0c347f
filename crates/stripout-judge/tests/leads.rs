//! What to ask about a lead, and once where several tables have the payment.
#![allow(clippy::unwrap_used, reason = "in tests outside of test functions too")]

use jiff::civil::{Date, date};
use stripout_catalogue::Catalogue;
use stripout_judge::{Named, next_questions};
use stripout_model::{
    Author, AuthorHow, BlobId, Called, Confidence, DocumentKind, Evidence, Lead, Locator, Money, Row,
    Statement,
};

fn lead(id: &str, source: &str, member: Option<&str>, reference: Option<&str>) -> Statement<Lead> {
    let text = "CCTV upgrade, town hall";
    let mut locator = Locator::of_text(text);
    locator.member = member.map(str::to_owned);
    Statement {
        id: id.into(),
        record: format!("record of {id}"),
        kind: DocumentKind::Spend,
        source: source.into(),
        partial: false,
        written: None,
        got: date(2026, 11, 22),
        award: None,
        released: String::new(),
        reference: reference.map(str::to_owned),
        authors: vec![Author {
            name: "Example Council".into(),
            how: AuthorHow::Letterhead,
            place: String::new(),
        }],
        what: Lead {
            why: String::new(),
            evidence: Evidence {
                blob: BlobId::from_digest([1; 32]),
                locator,
                excerpt: text.into(),
                start: 0,
                mark: 0..4,
            },
            row: Row {
                supplier: Some("Examplefit Ltd".into()),
                amount: Some(Money {
                    minor_units: 120_000,
                    currency: "GBP".parse().unwrap(),
                }),
                date: Some(date(2024, 3, 1)),
                ..Row::default()
            },
        },
    }
}

fn asked(leads: &[Statement<Lead>]) -> Vec<String> {
    let resolve = |called: Called<'_>, _: Option<Date>| {
        let Called::Name(name) = called else { return None };
        Some(Named {
            id: "example-council".parse().unwrap(),
            name: name.into(),
            sure: Confidence::Certain,
        })
    };
    let questions = next_questions(leads, &Catalogue::embedded().unwrap(), &resolve);
    questions.into_iter().map(|one| one.lead).collect()
}

#[test]
fn a_payment_that_two_tables_have_is_asked_about_once() {
    let first = |reference| lead("a", "march.xlsx", Some("March"), reference);
    for (first, again, want) in [
        (first(None), lead("b", "march-corrected.csv", None, None), 1),
        (first(None), lead("b", "march.xlsx", Some("All"), None), 1),
        // Twice in one table, and under another number, it is another payment.
        (first(None), lead("b", "march.xlsx", Some("March"), None), 2),
        (
            first(Some("7")),
            lead("b", "march-corrected.csv", None, Some("8")),
            2,
        ),
    ] {
        let leads = [first, again];
        let asked = asked(&leads);
        assert_eq!(asked.len(), want, "{:?}", leads[1]);
        assert_eq!(asked.first().map(String::as_str), Some("a"));
    }
}
