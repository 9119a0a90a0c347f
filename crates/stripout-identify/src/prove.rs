//! Every entry of the catalogue proves itself through the real matcher: its examples hit it, its counter-examples miss
//! it, and no other entry takes them.

use stripout_catalogue::{Catalogue, EntryKind, Example, Expect, Fault, OwnerId};
use stripout_model::{
    Decoding, DocumentKind, Escape, Locator, MakerId, Mention, Passage, Place, Role, Shape,
};

use crate::Identifier;

/// Examples that miss, counter-examples that hit, and examples that another maker takes.
pub fn unproven(catalogue: &Catalogue) -> Vec<Fault> {
    let mut everything = catalogue.clone();
    // Makers that are left out of reports have examples like all others.
    everything.words.context.unreported_jurisdictions.clear();
    let identifier = Identifier::new(&everything);
    let mut faults = Vec::new();
    for example in everything.examples() {
        let mentions = read(&identifier, example);
        let hit = hits(&everything, example, &mentions);
        match example.expect {
            Expect::Hit if !hit && established(&everything, example.owner) => {
                faults.push(fault(
                    &everything,
                    example,
                    "is not found in its example",
                    "mend the example or its names",
                ));
            }
            Expect::Miss if hit => {
                let what = "is found in its counter-example";
                faults.push(fault(
                    &everything,
                    example,
                    what,
                    "give the name a stricter rule, or mend the text",
                ));
            }
            Expect::Hit | Expect::Miss => {}
        }
        if let (Expect::Hit, OwnerId::Maker(id)) = (example.expect, example.owner) {
            let wanted = head(&everything, id);
            if let Some(thief) = mentions.iter().find(|mention| mention.maker != wanted) {
                let what = format!("shares its example with {}", thief.maker);
                faults.push(fault(
                    &everything,
                    example,
                    &what,
                    "name one maker only in the example of a maker",
                ));
            }
        }
    }
    faults
}

fn read(identifier: &Identifier, example: Example<'_>) -> Vec<Mention> {
    let bare = read_text(identifier, example.text);
    match example.owner {
        // A number that proves little by itself needs camera words beside it.
        OwnerId::Model(_) if bare.is_empty() => {
            read_text(identifier, &format!("CCTV camera {}", example.text))
        }
        OwnerId::Model(_) | OwnerId::Maker(_) | OwnerId::Brand(_) => bare,
    }
}

fn read_text(identifier: &Identifier, text: &str) -> Vec<Mention> {
    let passage = Passage {
        locator: Locator {
            member: None,
            place: Place::Text { line: 1, column: 1 },
            bytes: 0..text.len() as u64,
            decoding: Decoding {
                encoding: "UTF-8".into(),
                escape: Escape::Plain,
            },
        },
        text: text.into(),
        role: Role::Text,
        name: "".into(),
    };
    identifier
        .record(DocumentKind::Asset, Shape::Prose, &[passage], None)
        .mentions
}

fn hits(catalogue: &Catalogue, example: Example<'_>, mentions: &[Mention]) -> bool {
    let of = |maker: &MakerId| {
        mentions
            .iter()
            .any(|mention| mention.maker == head(catalogue, maker))
    };
    let wanted = example.expect == Expect::Hit;
    match example.owner {
        OwnerId::Maker(id) => of(id),
        OwnerId::Brand(id) => {
            // A label that is spelt with its maker, or known by its numbers, is found as the maker.
            let maker = catalogue
                .brands
                .get(id)
                .and_then(|brand| brand.maker()?.maker.as_ref());
            mentions.iter().any(|mention| mention.brand.as_ref() == Some(id))
                || wanted && maker.is_some_and(of)
        }
        OwnerId::Model(id) => {
            // Where the number holds a name, the name is found.
            let named = |mention: &Mention| {
                catalogue.models.get(id).is_some_and(|model| {
                    mention.model.is_none()
                        && (model.maker.as_ref() == Some(&mention.maker)
                            || mention.brand.is_some() && mention.brand == model.brand)
                })
            };
            mentions
                .iter()
                .any(|mention| mention.model.as_ref() == Some(id) || wanted && named(mention))
        }
    }
}

/// The head of a maker's group: what is reported for any company in it.
fn head(catalogue: &Catalogue, maker: &MakerId) -> MakerId {
    match catalogue
        .makers
        .get(maker)
        .and_then(|found| found.parent.as_ref())
    {
        Some(parent) => head(catalogue, parent),
        None => maker.clone(),
    }
}

/// A label or number without an established maker names nobody.
fn established(catalogue: &Catalogue, owner: OwnerId<'_>) -> bool {
    match owner {
        OwnerId::Maker(_) => true,
        OwnerId::Brand(id) => catalogue
            .brands
            .get(id)
            .is_some_and(|brand| brand.maker().is_some()),
        OwnerId::Model(id) => catalogue
            .models
            .get(id)
            .is_some_and(|model| model.maker.is_some()),
    }
}

fn fault(catalogue: &Catalogue, example: Example<'_>, what: &str, hint: &str) -> Fault {
    let (kind, id) = match example.owner {
        OwnerId::Maker(id) => (EntryKind::Maker, id.as_str()),
        OwnerId::Brand(id) => (EntryKind::Brand, id.as_str()),
        OwnerId::Model(id) => (EntryKind::Model, id.as_str()),
    };
    Fault {
        file: catalogue.origins.of(kind, id).to_string(),
        entry: id.to_string(),
        what: format!("{what} `{}`", example.text),
        hint: hint.to_string(),
    }
}
