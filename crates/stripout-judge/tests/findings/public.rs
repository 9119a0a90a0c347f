//! What may be shown, and what has to be looked at first.

use jiff::civil::date;
use stripout_judge::{Grounds, queue};
use stripout_model::{Confidence, Money, Stance, Status, Verdict};

use crate::{CATALOGUE, decided, judged, known, only, said};

#[test]
fn nothing_is_public_without_decisions() {
    let one = [said("a", Stance::Has, Some(date(2016, 3, 30)))];
    assert!(!only(judged(&one, &[], 1)).public);
    let ada = decided("a", "Ada", Verdict::Accept);
    let ben = decided("a", "Ben", Verdict::Accept);
    assert!(only(judged(&one, std::slice::from_ref(&ada), 1)).public);
    assert!(
        !only(judged(&one, &[ada.clone(), ada.clone()], 2)).public,
        "one reviewer twice is one"
    );
    assert!(only(judged(&one, &[ada.clone(), ben], 2)).public);
    let unsure = decided("a", "Cy", Verdict::Unsure);
    assert!(!only(judged(&one, &[ada, unsure], 1)).public);
}

#[test]
fn what_is_for_review_is_never_public() {
    let mut one = said("a", Stance::Has, Some(date(2016, 3, 30)));
    one.what.confidence = Confidence::Review;
    let accepted = [decided("a", "Ada", Verdict::Accept)];
    assert!(!only(judged(std::slice::from_ref(&one), &accepted, 1)).public);
    // A label whose maker the catalogue may not name in public.
    let brand = CATALOGUE
        .brands
        .values()
        .find_map(|brand| {
            let made_by = brand
                .made_by
                .iter()
                .find(|made_by| made_by.maker.is_some() && !made_by.publish)?;
            let none_public = brand.made_by.iter().all(|made_by| !made_by.publish);
            none_public.then(|| (brand.id.clone(), made_by.maker.clone().unwrap()))
        })
        .expect("some label is not to be published");
    one.what.confidence = Confidence::Certain;
    (one.what.brand, one.what.maker) = (Some(brand.0), brand.1);
    assert!(!only(judged(&[one], &accepted, 1)).public);
}

#[test]
fn contradictions_are_kept_and_must_be_seen() {
    let sightings = [
        said("has", Stance::Has, Some(date(2025, 8, 27))),
        said("none", Stance::Denies, Some(date(2024, 11, 7))),
    ];
    let accepted = decided("has", "Ada", Verdict::Accept);
    let one = only(judged(&sightings, std::slice::from_ref(&accepted), 1));
    assert_eq!(
        (one.status, one.contradicted_by.as_slice()),
        (Status::Bought, &["none".to_string()][..])
    );
    assert!(!one.public, "nobody has looked at what contradicts it");
    let looked = [accepted, decided("none", "Ada", Verdict::Accept)];
    assert!(only(judged(&sightings, &looked, 1)).public);
    // A rejected sighting counts for nothing.
    let rejected = judged(&sightings, &[decided("has", "Ada", Verdict::Reject)], 1);
    assert_eq!(rejected.rejected, ["has"]);
    assert_eq!(only(rejected).status, Status::Denied);
}

#[test]
fn the_queue_begins_with_what_could_be_public() {
    let mut dear = said("dear", Stance::Has, Some(date(2020, 1, 1)));
    dear.what.row.amount = Some(Money {
        minor_units: 900_000,
        currency: "GBP".parse().unwrap(),
    });
    let mut doubtful = said("doubtful", Stance::Has, Some(date(2020, 1, 1)));
    doubtful.what.confidence = Confidence::Review;
    let mut unknown = said("unknown", Stance::Has, Some(date(2020, 1, 1)));
    unknown.authors.clear();
    let sightings = [
        said("news", Stance::Mentions, None),
        doubtful,
        unknown,
        said("cheap", Stance::Has, Some(date(2020, 1, 1))),
        dear,
    ];
    let order: Vec<String> = queue(Grounds {
        sightings: &sightings,
        decisions: &[],
        catalogue: &CATALOGUE,
        resolve: &known,
        reviewers: 1,
    })
    .into_iter()
    .map(|one| one.sighting)
    .collect();
    assert_eq!(order, ["dear", "cheap", "unknown", "doubtful", "news"]);
}
