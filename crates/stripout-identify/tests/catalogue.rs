//! Every entry of the catalogue proves itself: its examples hit it, its counter-examples miss it, and no other entry
//! takes them.
#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    reason = "figures for people; spans are on boundaries"
)]

mod support;

use std::collections::BTreeSet;

use stripout_catalogue::{Catalogue, Expect, OwnerId, Specificity};
use stripout_identify::{Found, Identifier};
use stripout_model::{DocumentKind, MakerId, Role, Shape};
use support::passage;

/// With makers outside the scope reported too: they have examples like all others.
fn everything() -> Catalogue {
    let mut catalogue = Catalogue::embedded().expect("the embedded catalogue");
    catalogue.words.context.unreported_jurisdictions.clear();
    catalogue
}

fn read(identifier: &Identifier, text: &str) -> Found {
    identifier.record(
        DocumentKind::Asset,
        Shape::Prose,
        &[passage(text, Role::Text, "")],
        None,
    )
}

/// The head of a maker's group: what is reported for any company in it.
fn head(catalogue: &Catalogue, maker: &MakerId) -> MakerId {
    match catalogue.makers.get(maker).and_then(|m| m.parent.as_ref()) {
        Some(parent) => head(catalogue, parent),
        None => maker.clone(),
    }
}

#[test]
fn examples_hit_and_counter_examples_miss() {
    let catalogue = everything();
    let identifier = Identifier::new(&catalogue);
    let mut faults = Vec::new();
    let (mut hits, mut misses) = (0, 0);
    let mut helped = BTreeSet::new();
    for example in catalogue.examples() {
        let mut found = read(&identifier, example.text);
        if let (OwnerId::Model(id), []) = (example.owner, found.mentions.as_slice()) {
            // A number that proves little by itself needs camera words beside it.
            found = read(&identifier, &format!("CCTV camera {}", example.text));
            let established = example.expect == Expect::Hit && !unestablished(&catalogue, example.owner);
            if established && catalogue.models[id].specificity == Specificity::High {
                helped.insert(id.clone());
            }
        }
        let makers: Vec<_> = found.mentions.iter().map(|m| m.maker.clone()).collect();
        let hit = match example.owner {
            OwnerId::Maker(id) => makers.contains(&head(&catalogue, id)),
            OwnerId::Brand(id) => {
                found.mentions.iter().any(|m| m.brand.as_ref() == Some(id)) || {
                    let brand = &catalogue.brands[id];
                    let maker = brand.maker().and_then(|m| m.maker.as_ref());
                    // A label that is spelt with its maker, or known by its numbers, is found as the maker.
                    example.expect == Expect::Hit
                        && maker.is_some_and(|m| makers.contains(&head(&catalogue, m)))
                }
            }
            OwnerId::Model(id) => {
                let of_family = found.mentions.iter().any(|m| m.model.as_ref() == Some(id));
                // Where the number holds a name, the name is found.
                let model = &catalogue.models[id];
                let named = |m: &stripout_model::Mention| {
                    m.model.is_none()
                        && (model.maker.as_ref() == Some(&m.maker)
                            || (m.brand.is_some() && m.brand == model.brand))
                };
                of_family || (example.expect == Expect::Hit && found.mentions.iter().any(named))
            }
        };
        match (example.expect, hit) {
            (Expect::Hit, true) => hits += 1,
            (Expect::Miss, false) => misses += 1,
            (Expect::Hit, false) if unestablished(&catalogue, example.owner) => {}
            (expected, _) => {
                let got = found
                    .mentions
                    .iter()
                    .map(|m| format!("{} {:?} {:?}: {}", m.maker, m.brand, m.model, m.why));
                faults.push(format!(
                    "{:?} expects {expected:?} on {:?}: {:?}",
                    example.owner,
                    example.text,
                    got.collect::<Vec<_>>()
                ));
            }
        }
    }
    eprintln!("{hits} examples hit, {misses} counter-examples missed");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    // Firmware strings begin with any digit: camera words must say where to look.
    assert!(
        helped.len() <= 2,
        "these should prove their maker by themselves: {helped:?}"
    );
    assert!(hits > 200 && misses > 20, "too few examples: {hits} and {misses}");
}

/// A label or number without an established maker names nobody.
fn unestablished(catalogue: &Catalogue, owner: OwnerId<'_>) -> bool {
    match owner {
        OwnerId::Maker(_) => false,
        OwnerId::Brand(id) => catalogue.brands[id].maker().is_none(),
        OwnerId::Model(id) => catalogue.models[id].maker.is_none(),
    }
}

#[test]
fn no_entry_steals_an_example() {
    let catalogue = everything();
    let identifier = Identifier::new(&catalogue);
    let mut faults = Vec::new();
    for example in catalogue.examples().filter(|e| e.expect == Expect::Hit) {
        let OwnerId::Maker(id) = example.owner else {
            continue;
        };
        let found = read(&identifier, example.text);
        let wanted = head(&catalogue, id);
        for mention in found.mentions.iter().filter(|m| m.maker != wanted) {
            faults.push(format!(
                "{id}: {:?} is also {}: {}",
                example.text, mention.maker, mention.why
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
