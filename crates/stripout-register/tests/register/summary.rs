//! Sums.

use stripout_model::{Confidence, Currency, Money, Stance};
use stripout_register::{Batch, Denominator, Filter, KeptRecord, NewSource, SummaryOf, Tally, TallyOf};

use crate::fixture::{Home, blob, contract, end, gbp, lead, new, record, seen, sighting, source, write};

#[tokio::test]
async fn money_counts_once() {
    let home = Home::new();
    let register = home.open().await;
    let mut twice = seen(blob(1), 0, "hikvision", Stance::Has);
    let mut again = twice.sightings[0].clone();
    again.evidence.start = 20;
    let mut other_maker = again.clone();
    other_maker.maker = "dahua".parse().unwrap();
    twice.sightings.extend([again, other_maker]);
    let mut unsure = seen(blob(1), 100, "hikvision", Stance::Has);
    unsure.sightings[0].confidence = Confidence::Review;
    let gone = seen(blob(1), 200, "hikvision", Stance::Removed);
    let mut euro = seen(blob(1), 300, "hikvision", Stance::Has);
    euro.sightings[0].row.amount = Some(Money {
        minor_units: 7,
        currency: "EUR".parse().unwrap(),
    });
    // Two releases of one award: the money of the later one.
    let release = |byte, date: &str, amount| {
        let mut sighting = sighting(blob(1), byte, "hikvision", Stance::Has);
        sighting.row.amount = Some(gbp(amount));
        KeptRecord {
            sightings: vec![sighting],
            contracts: vec![contract("p", "a", date, amount)],
            ..record(byte)
        }
    };
    let leads = ["B Council", "A Council", "A Council"]
        .into_iter()
        .zip([600, 700, 800]);
    let leads = leads.map(|(body, byte)| KeptRecord {
        leads: vec![lead(blob(1), byte, body)],
        ..record(byte)
    });
    let mut records = vec![
        twice,
        unsure,
        gone,
        euro,
        release(400, "2023-02-01", 11),
        release(500, "2023-01-01", 900),
    ];
    records.extend(leads);
    write(&register, &source(1), records).await;

    let summary = register.summary(SummaryOf::All).await.unwrap();
    let money = |sums: &[stripout_register::MoneySum]| -> Vec<_> {
        let maker = |sum: &stripout_register::MoneySum| sum.maker.as_ref().map(ToString::to_string);
        sums.iter()
            .map(|sum| {
                (
                    maker(sum).unwrap_or_default(),
                    sum.currency.to_string(),
                    sum.rows,
                    sum.sum_minor,
                )
            })
            .collect()
    };
    let line = |maker: &str, currency: &str, rows, sum| (maker.to_string(), currency.to_string(), rows, sum);
    assert_eq!(
        money(&summary.money),
        [
            line("hikvision", "GBP", 2, 100_011),
            line("dahua", "GBP", 1, 100_000),
            line("hikvision", "EUR", 1, 7)
        ]
    );
    assert_eq!(
        money(&summary.money_in_all),
        [line("", "GBP", 2, 100_011), line("", "EUR", 1, 7)]
    );
    let counts: Vec<_> = summary
        .sightings
        .iter()
        .map(|row| {
            (
                row.maker.as_str(),
                row.stance,
                row.confidence,
                row.sightings,
                row.records,
            )
        })
        .collect();
    assert_eq!(
        counts,
        [
            ("dahua", Stance::Has, Confidence::Certain, 1, 1),
            ("hikvision", Stance::Has, Confidence::Certain, 5, 4),
            ("hikvision", Stance::Has, Confidence::Review, 1, 1),
            ("hikvision", Stance::Removed, Confidence::Certain, 1, 1),
        ]
    );
    let leads: Vec<_> = summary
        .leads
        .iter()
        .map(|row| (row.body.as_deref().unwrap(), row.leads))
        .collect();
    assert_eq!(leads, [("A Council", 2), ("B Council", 1)]);
    assert_eq!((summary.sources, summary.kept, summary.records), (1, 9, 9));
}

#[tokio::test]
async fn denominators_add_up_over_batches_and_sources() {
    let home = Home::new();
    let register = home.open().await;
    let tally = |body: &str, year, rows, sum_minor| Tally {
        what: TallyOf::Payments,
        body: Some(body.into()),
        year,
        currency: Some(Currency::GBP),
        rows,
        sum_minor,
    };
    let huge = i128::from(i64::MAX);
    let of = [
        vec![
            vec![tally("A", Some(2023), 2, 10), tally("A", None, 1, 1)],
            vec![tally("A", Some(2023), 3, -4)],
        ],
        vec![
            vec![tally("A", Some(2023), 5, huge), tally("B", Some(2023), 1, huge)],
            vec![tally("B", Some(2023), 1, 1)],
        ],
    ];
    for (number, batches) in (1..).zip(of) {
        let later = if number == 1 {
            "2026-11-21T10:00:00Z"
        } else {
            "2026-11-21T10:00:00.5Z"
        };
        let source = NewSource {
            read_at: later.parse().unwrap(),
            ..source(number)
        };
        let mut unit = new(register.begin(&source).await.unwrap());
        for tallies in batches {
            unit.write(Batch {
                tallies,
                ..Batch::default()
            })
            .await
            .unwrap();
        }
        unit.commit(&end(6)).await.unwrap();
    }
    let want = |body: &str, year, rows, sum_minor| Denominator {
        what: TallyOf::Payments,
        body: Some(body.into()),
        year,
        currency: Some(Currency::GBP),
        rows,
        sum_minor,
    };
    let summary = register.summary(SummaryOf::All).await.unwrap();
    assert_eq!(
        summary.denominators,
        [
            want("A", None, 1, Some(1)),
            want("A", Some(2023), 10, Some(huge + 6)),
            want("B", Some(2023), 2, None),
        ]
    );
    let since = SummaryOf::Since("2026-11-21T10:00:00.4Z".parse().unwrap());
    let summary = register.summary(since).await.unwrap();
    assert_eq!((summary.sources, summary.denominators.len()), (1, 2));
    assert!(register.sightings(&Filter::default()).await.unwrap().is_empty());
}
