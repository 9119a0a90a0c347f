//! Readings that supersede, releases that merge.

use futures_util::StreamExt as _;
use stripout_model::{Confidence, Stance};
use stripout_register::{ContractRow, EvidenceOf, Filter, KeptRecord, NewSource};

use crate::fixture::{Home, blob, contract, lead, payment, record, seen, source, write};

#[tokio::test]
async fn a_later_reading_takes_the_place_of_the_one_before() {
    let home = Home::new();
    let register = home.open().await;
    let mut first = seen(blob(1), 0, "hikvision", Stance::Has);
    first.payment = Some(payment("Acme", 5));
    let dull = KeptRecord {
        leads: vec![lead(blob(1), 100, "Example Council")],
        payment: Some(payment("B", 6)),
        ..record(100)
    };
    write(&register, &source(1), vec![first.clone(), dull]).await;
    let before = register.sightings(&Filter::default()).await.unwrap();

    // The better catalogue is less sure of the one, and no longer takes the other for a lead.
    let mut second = first.clone();
    second.sightings[0].confidence = Confidence::Review;
    let better = NewSource {
        catalogue: "2026-12-01".into(),
        ..source(1)
    };
    write(&register, &better, vec![second]).await;

    let after = register.sightings(&Filter::default()).await.unwrap();
    assert_eq!(after.len(), 1);
    assert_eq!(
        (after[0].id, after[0].record),
        (before[0].id, before[0].record),
        "the same claim, the same id"
    );
    assert_eq!(after[0].sighting.confidence, Confidence::Review);
    assert!(register.leads(&Filter::default()).await.unwrap().is_empty());
    assert_eq!(register.payments(&Filter::default()).await.unwrap().len(), 1);
    let row = register.source(&blob(1)).await.unwrap().unwrap();
    assert_eq!(
        (row.catalogue.as_str(), row.kept, row.readings),
        ("2026-12-01", 1, 2)
    );
    // Nothing is lost: the record of the old reading can still be looked at.
    assert!(
        register
            .show(&before[0].id.to_string())
            .await
            .is_ok_and(|found| found.id() == before[0].id)
    );

    // Another stance is another claim.
    let mut third = first;
    third.sightings[0].stance = Stance::Removed;
    write(
        &register,
        &NewSource {
            catalogue: "2027-01-01".into(),
            ..source(1)
        },
        vec![third],
    )
    .await;
    let last = register.sightings(&Filter::default()).await.unwrap();
    assert_eq!(last.len(), 1);
    assert_ne!(last[0].id, before[0].id);
}

fn released(byte: u64, ocid: &str, award: &str, date: &str, value: i64) -> KeptRecord {
    KeptRecord {
        contracts: vec![contract(ocid, award, date, value)],
        ..record(byte)
    }
}

fn said(rows: &[ContractRow]) -> Vec<(String, i64, u64, u64)> {
    let mut said: Vec<_> = rows
        .iter()
        .map(|row| {
            let award = format!(
                "{} {}",
                row.contract.ocid,
                row.contract.award.as_deref().unwrap_or("-")
            );
            (
                award,
                row.contract.value.unwrap().minor_units,
                row.releases,
                row.ties,
            )
        })
        .collect();
    said.sort();
    said
}

#[tokio::test]
async fn releases_of_one_process_merge() {
    let home = Home::new();
    let register = home.open().await;
    let records = vec![
        released(0, "p1", "", "2023-01-01", 1),
        released(100, "p1", "a", "2023-03-01", 30),
        released(200, "p1", "a", "2023-02-01", 20),
        released(300, "p1", "b", "2023-02-01", 40),
        released(400, "p2", "", "2023-01-01", 50),
        released(500, "p2", "", "2023-01-02", 51),
        // No usable id: never merged.
        released(600, "", "", "2023-01-01", 60),
        released(700, "", "", "2023-01-01", 60),
    ];
    write(&register, &source(1), records).await;
    let all = Filter::default();
    let row = |award: &str, value, releases, ties| (award.to_string(), value, releases, ties);
    assert_eq!(
        said(&register.contracts(&all).await.unwrap()),
        [
            row(" -", 60, 1, 0),
            row(" -", 60, 1, 0),
            row("p1 a", 30, 2, 0),
            row("p1 b", 40, 1, 0),
            row("p2 -", 51, 2, 0)
        ]
    );
    let every = Filter {
        every_release: true,
        ..Filter::default()
    };
    let history = register.contracts(&every).await.unwrap();
    assert_eq!(history.len(), 8);
    assert_eq!(history.iter().filter(|row| row.latest).count(), 5);

    // The same release in another dump says the same again: no tie. One that says otherwise at the same time: a tie.
    write(
        &register,
        &source(2),
        vec![released(0, "p1", "a", "2023-03-01", 30)],
    )
    .await;
    assert_eq!(
        said(&register.contracts(&all).await.unwrap())[2],
        row("p1 a", 30, 2, 0)
    );
    write(
        &register,
        &source(3),
        vec![released(0, "p1", "a", "2023-03-01", 31)],
    )
    .await;
    let tied = register.contracts(&all).await.unwrap();
    let tied: Vec<_> = tied.iter().filter(|row| row.ties > 0).collect();
    assert_eq!((tied.len(), tied[0].ties), (1, 1));
}

#[tokio::test]
async fn evidence_comes_source_by_source_in_the_order_of_the_bytes() {
    let home = Home::new();
    let register = home.open().await;
    for number in [1, 2] {
        let found = [300, 0, 1100].map(|byte| seen(blob(number), byte, "dahua", Stance::Has));
        let lead = KeptRecord {
            leads: vec![lead(blob(number), 200, "Example Council")],
            ..record(200)
        };
        write(
            &register,
            &source(number),
            found.into_iter().chain([lead]).collect(),
        )
        .await;
    }
    let rows: Vec<_> = register.evidence(None).map(Result::unwrap).collect().await;
    let places: Vec<_> = rows
        .iter()
        .map(|row| (row.source.blob, row.evidence.locator.bytes.start))
        .collect();
    let mut blobs = [blob(1), blob(2)];
    blobs.sort();
    let want: Vec<_> = blobs
        .iter()
        .flat_map(|blob| [0, 200, 300, 1100].map(|byte| (*blob, byte)))
        .collect();
    assert_eq!(places, want);
    assert_eq!(rows.iter().filter(|row| row.what == EvidenceOf::Lead).count(), 2);
    let of_one: Vec<_> = register
        .evidence(Some(&blob(2)))
        .map(Result::unwrap)
        .collect()
        .await;
    assert_eq!(of_one.len(), 4);
    assert!(
        of_one
            .iter()
            .all(|row| row.evidence.blob == blob(2) && row.source.blob == blob(2))
    );
}
