//! How many, for how much, and what sort.

use jiff::civil::date;
use stripout_model::{Currency, DocumentKind, Money, Sighting, Stance, Statement, Status};

use crate::site::at;
use crate::{CATALOGUE, judged, only, said};

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
