//! Which place of a body a statement speaks of.

use std::collections::{BTreeMap, BTreeSet};

use stripout_model::{BodyId, Stance, Statement};

use super::Placed;

/// What a statement reaches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The body: no place is stated.
    Body,
    /// Its sensitive sites, or those that are none, without a name.
    Sites { sensitive: bool },
    /// One place, by its name in lower case.
    Site(String),
}

/// One place of a body, with what all statements on it say together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Site {
    /// As first written; `None` where a source calls it sensitive: such a place is never told.
    pub(super) name: Option<String>,
    /// Where statements differ, nothing is known.
    pub(super) sensitive: Option<bool>,
    /// End of the finding's id.
    pub(super) key: Option<String>,
}

impl Reach {
    fn of(one: &Placed<'_>) -> Self {
        let stated = &one.said.what.installation;
        match (&stated.site, stated.sensitive) {
            (Some(site), _) => Self::Site(
                site.split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .to_lowercase(),
            ),
            (None, Some(sensitive)) => Self::Sites { sensitive },
            (None, None) => Self::Body,
        }
    }
}

/// What each statement reaches. Releases of one award that differ in it are of the body: their money is one line.
pub(super) fn reaches(placed: &[Placed<'_>]) -> Vec<Reach> {
    let mut of_award: BTreeMap<&str, BTreeSet<Reach>> = BTreeMap::new();
    for one in placed {
        if let Some(award) = one.said.award.as_deref() {
            of_award.entry(award).or_default().insert(Reach::of(one));
        }
    }
    let differ = |one: &Placed<'_>| {
        let award = one.said.award.as_deref();
        award
            .and_then(|award| of_award.get(award))
            .is_some_and(|reaches| reaches.len() > 1)
    };
    placed
        .iter()
        .map(|one| if differ(one) { Reach::Body } else { Reach::of(one) })
        .collect()
}

/// All places of the bodies. The end of an id that stands for a sensitive one is the id of the statement that came first: it
/// stays while evidence grows, and holds no word of the name.
pub(super) fn sites<'a>(
    all: impl Iterator<Item = (&'a BodyId, &'a Reach, &'a Placed<'a>)>,
) -> BTreeMap<(BodyId, Reach), Site> {
    let mut groups: BTreeMap<(BodyId, Reach), Vec<&Placed<'_>>> = BTreeMap::new();
    for (body, reach, one) in all {
        groups.entry((body.clone(), reach.clone())).or_default().push(one);
    }
    groups
        .into_iter()
        .map(|((body, reach), mut statements)| {
            statements.sort_by_key(|one| (one.said.got, &one.said.id));
            let site = site(&reach, &statements);
            ((body, reach), site)
        })
        .collect()
}

fn site(reach: &Reach, statements: &[&Placed<'_>]) -> Site {
    let slug = match reach {
        Reach::Body => return Site::default(),
        Reach::Sites { sensitive } => {
            return Site {
                name: None,
                sensitive: Some(*sensitive),
                key: Some(
                    if *sensitive {
                        "sensitive-sites"
                    } else {
                        "other-sites"
                    }
                    .into(),
                ),
            };
        }
        Reach::Site(name) => slug(name),
    };
    let says = |so: bool| {
        statements
            .iter()
            .any(|one| one.said.what.installation.sensitive == Some(so))
    };
    let first = statements.first();
    let (name, key) = if says(true) {
        let id = first.map_or("", |one| one.said.id.as_str());
        (
            None,
            format!("sensitive-{}", id.chars().take(8).collect::<String>()),
        )
    } else {
        (
            first.and_then(|one| one.said.what.installation.site.clone()),
            slug,
        )
    };
    Site {
        name,
        sensitive: match (says(true), says(false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        },
        key: Some(key),
    }
}

fn slug(name: &str) -> String {
    let parts = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// A statement on the whole body that also holds for each of its places: what a body has in one place it need not have in
/// another, and what it has nowhere it does not have there.
pub(super) fn holds_everywhere(said: &Statement<stripout_model::Sighting>) -> bool {
    matches!(
        said.what.stance,
        Stance::PlannedRemoval | Stance::Removed | Stance::Had | Stance::Denies
    )
}
