//! Every entry of the catalogue proves itself through the real matcher: its examples hit it, its counter-examples miss
//! it, and no other entry takes them.

use std::collections::BTreeSet;
use std::sync::Arc;

use stripout_catalogue::{Catalogue, EntryKind, Example, Expect, Fault, OwnerId, Specificity};
use stripout_model::{DocumentKind, MakerId, Mention, ModelId, Passage, Shape};

use crate::Identifier;

/// What the examples of a catalogue show.
#[derive(Debug, Default)]
pub struct Proof {
    /// Examples that are found.
    pub hits: usize,
    /// Counter-examples that are not.
    pub misses: usize,
    /// Families said to prove their maker by the number alone whose examples are found beside camera words only.
    pub helped: BTreeSet<ModelId>,
    /// Examples that miss, counter-examples that hit, examples that another maker takes, and phrases that no text matches.
    pub faults: Vec<Fault>,
}

/// Examples that miss, counter-examples that hit, examples that another maker takes, and phrases that no text matches.
pub fn unproven(catalogue: &Catalogue) -> Vec<Fault> {
    prove(catalogue).faults
}

/// Reads every example and counter-example.
pub fn prove(catalogue: &Catalogue) -> Proof {
    let mut everything = catalogue.clone();
    // Makers that are left out of reports have examples like all others.
    Arc::make_mut(&mut everything.words)
        .context
        .unreported_jurisdictions
        .clear();
    let identifier = Identifier::new(&everything);
    let mut proof = Proof {
        faults: mute(&identifier),
        ..Proof::default()
    };
    let faults = &mut proof.faults;
    for example in everything.examples() {
        let (mentions, helped) = read(&identifier, example);
        let hit = hits(&everything, example, &mentions);
        if let (Expect::Hit, OwnerId::Model(id), true) = (example.expect, example.owner, helped && hit)
            && (everything.models.get(id)).is_some_and(|m| m.specificity == Specificity::High)
        {
            proof.helped.insert(id.clone());
        }
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
            Expect::Hit => proof.hits += usize::from(hit),
            Expect::Miss => proof.misses += 1,
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
    proof
}

/// Phrases of the word lists that are written so that nothing can match them.
fn mute(identifier: &Identifier) -> Vec<Fault> {
    let rules = identifier.rules();
    let stance = rules.stance.mute();
    // The rules of replies read the classes of stance again.
    let reply = rules.reply.mute.iter().filter(|what| !stance.contains(what));
    let of = |file: &'static str| {
        move |what: &String| Fault {
            file: file.into(),
            entry: String::new(),
            what: what.clone(),
            hint: "part words and marks by blanks as text is read, and begin with a word".into(),
        }
    };
    let stance = stance.iter().map(of("words/stance.toml"));
    stance.chain(reply.map(of("words/reply.toml"))).collect()
}

/// What is found in an example, and whether only with camera words beside it: a number may prove little by itself.
fn read(identifier: &Identifier, example: Example<'_>) -> (Vec<Mention>, bool) {
    let bare = read_text(identifier, example.text);
    match example.owner {
        OwnerId::Model(_) if bare.is_empty() => (
            read_text(identifier, &format!("CCTV camera {}", example.text)),
            true,
        ),
        OwnerId::Model(_) | OwnerId::Maker(_) | OwnerId::Brand(_) => (bare, false),
    }
}

fn read_text(identifier: &Identifier, text: &str) -> Vec<Mention> {
    let passage = Passage::of_text(text);
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
            // Where a declared family of the same maker describes the number better, that is found.
            let better = |mention: &Mention| {
                let own = catalogue.models.get(id);
                let other = mention
                    .model
                    .as_ref()
                    .and_then(|other| catalogue.models.get(other));
                own.zip(other).is_some_and(|(own, other)| {
                    own.ambiguous_with.contains(&other.id) && own.maker == other.maker
                })
            };
            mentions.iter().any(|mention| {
                mention.model.as_ref() == Some(id) || wanted && (named(mention) || better(mention))
            })
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
