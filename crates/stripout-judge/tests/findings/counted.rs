//! How many, for how much, and what sort.

use jiff::civil::date;
use stripout_judge::{Grounds, queue};
use stripout_model::{Currency, Decision, DocumentKind, Money, Sighting, Stance, Statement, Status, Verdict};

use crate::site::at;
use crate::{CATALOGUE, decided, judged, known, only, said};

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

#[test]
fn what_is_there_is_counted_by_statements_and_never_by_purchases() {
    let reply = |id: &str, day, count| {
        let mut one = said(id, Stance::Has, day);
        (one.kind, one.source) = (DocumentKind::Foi, format!("{id}.txt"));
        (one.what.count, one.what.row.amount) = (count, None);
        one
    };
    let bought = |id: &str, day, count| {
        let mut one = said(id, Stance::Has, day);
        (one.what.count, one.what.evidence.excerpt) = (Some(count), format!("{count} x Hikvision, {id}"));
        one
    };
    let (may, june) = (Some(date(2024, 5, 3)), Some(date(2024, 6, 4)));
    let one = only(judged(&[reply("a", may, Some(36)), bought("b", june, 6)], &[], 1));
    assert_eq!((one.status, one.stated), (Status::InUse, may));
    assert_eq!((one.devices, one.counted, one.bought), (Some(36), may, Some(6)));
    assert!(one.sentence.contains("36 in number"), "{}", one.sentence);
    assert_eq!(one.last, june);
    // Purchases alone: bought, and not in use.
    let lines: Vec<_> = (1..=9).map(|i| bought(&i.to_string(), june, i)).collect();
    let one = only(judged(&lines, &[], 1));
    assert_eq!(
        (one.status, one.devices, one.bought),
        (Status::Bought, None, Some(45))
    );
    // Each day by itself, and what went back to the supplier is not bought.
    let july = Some(date(2024, 7, 9));
    let mut credit = bought("c", july, 0);
    credit.what.count = None;
    credit.what.row.amount = Some(Money {
        minor_units: -10_000,
        currency: Currency::GBP,
    });
    let one = only(judged(
        &[bought("a", june, 6), bought("b", july, 5), credit],
        &[],
        1,
    ));
    assert_eq!(one.bought, Some(6));
    let days: Vec<_> = one
        .purchases
        .iter()
        .map(|it| (it.day, it.money[0].minor_units))
        .collect();
    assert_eq!(days, [(june, 10_000), (july, 0)]);
    // A statement without a day gives the status none.
    let one = only(judged(&[reply("a", None, None), bought("b", june, 6)], &[], 1));
    assert_eq!((one.status, one.stated, one.devices), (Status::InUse, None, None));
    // "48 cameras and 2 recorders": the sentence has the number of the figure.
    let mut two = [reply("a", may, Some(2)), reply("b", may, Some(48))];
    for one in &mut two {
        (one.source, one.record) = ("reply.txt".into(), "reply".into());
    }
    let one = only(judged(&two, &[], 1));
    assert_eq!(one.devices, Some(48));
    assert!(one.sentence.contains("48 in number"), "{}", one.sentence);
}

#[test]
fn money_is_counted_once() {
    let day = Some(date(2020, 1, 1));
    let mut twice = [said("a", Stance::Has, day), said("b", Stance::Has, day)];
    let pounds = |sightings: &[Statement<Sighting>]| only(judged(sightings, &[], 1)).money[0].minor_units;
    assert_eq!(pounds(&twice), 20_000, "two lines of one file are two payments");
    twice[1].source = "spend-again.csv".into();
    assert_eq!(pounds(&twice), 10_000, "one line in two files may be one payment");
    for (one, released) in twice.iter_mut().zip(["2020-01-01", "2020-02-01"]) {
        one.award = Some("ocds-1 a".into());
        one.released = released.into();
    }
    twice[1].what.row.amount = Some(Money {
        minor_units: 12_000,
        currency: "GBP".parse().unwrap(),
    });
    assert_eq!(pounds(&twice), 12_000, "the last release of an award");
    let mut removed = said("c", Stance::Removed, day);
    removed.record = "other".into();
    assert!(
        only(judged(&[removed], &[], 1)).money.is_empty(),
        "paid for taking it away"
    );
}

/// A month's file and the corrected one, in which capitals, spaces and the words around are others.
fn in_two_files() -> [Statement<Sighting>; 2] {
    let day = Some(date(2016, 3, 30));
    let mut both = [said("a", Stance::Has, day), said("b", Stance::Has, day)];
    let [first, second] = &mut both;
    (first.source, second.source) = ("march.csv".into(), "march-corrected.xlsx".into());
    (first.reference, second.reference) = (Some("4648561".into()), Some("4648561 ".into()));
    second.what.row.supplier = Some("ACME".into());
    second.what.evidence.excerpt = "4 x  Hikvision  dome cameras".into();
    second.what.evidence.mark = 5..14;
    both
}

#[test]
fn a_payment_in_two_files_counts_once_and_is_said_to() {
    let mut both = in_two_files();
    let one = only(judged(&both, &[], 1));
    assert_eq!(
        (one.money[0].minor_units, one.bought, one.repeated),
        (10_000, Some(4), 1)
    );
    assert_eq!(one.sightings.len(), 2, "both are evidence");
    both[1].reference = Some("4648562".into());
    let one = only(judged(&both, &[], 1));
    assert_eq!(
        (one.money[0].minor_units, one.bought, one.repeated),
        (20_000, Some(8), 0)
    );
}

#[test]
fn a_payment_in_two_files_is_one_entry_of_the_queue_as_long_as_reviewers_said_the_same() {
    let both = in_two_files();
    let entries = |decisions: &[Decision]| {
        let grounds = Grounds {
            sightings: &both,
            decisions,
            catalogue: &CATALOGUE,
            resolve: &known,
            reviewers: 1,
        };
        let entries = queue(grounds);
        let ids = entries.iter().map(|one| one.ids().collect::<Vec<_>>().join("+"));
        ids.collect::<Vec<_>>()
    };
    assert_eq!(entries(&[]), ["a+b"]);
    let accepted = |thing| decided(thing, "ann", Verdict::Accept);
    assert_eq!(entries(&[accepted("a"), accepted("b")]), ["a+b"]);
    assert_eq!(entries(&[accepted("b")]).len(), 2);
}

#[test]
fn money_of_an_award_is_one_line_whatever_its_releases_say_of_the_place() {
    let mut releases = [
        said("a", Stance::Has, Some(date(2024, 1, 1))),
        at(
            Some("Fernleigh Depot"),
            None,
            said("b", Stance::Has, Some(date(2024, 2, 1))),
        ),
    ];
    for (one, released) in releases.iter_mut().zip(["2024-01-01", "2024-02-01"]) {
        one.award = Some("ocds-1 7".into());
        one.released = released.into();
    }
    let one = only(judged(&releases, &[], 1));
    assert_eq!(one.id, "example.hikvision");
    assert_eq!(
        one.money
            .iter()
            .map(|money| money.minor_units)
            .collect::<Vec<_>>(),
        [10_000]
    );
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
