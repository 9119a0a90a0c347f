//! The registered spellings of makers and labels, cut into words so that separators may vary.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use stripout_catalogue::{Catalogue, Name, NameOrigin, NameRule};
use stripout_model::MakerId;

use crate::attribution::{Attributions, OwnerIndex};
use crate::normal::Normal;
use crate::token::{tokens, unspaced};

/// One registered spelling.
#[derive(Debug, Clone)]
pub(crate) struct Spelling {
    pub(crate) owner: OwnerIndex,
    /// As registered, for people.
    pub(crate) text: String,
    /// In normal form.
    pub(crate) words: Vec<String>,
    /// Which of `words` the automaton looks for.
    pub(crate) anchor: usize,
    pub(crate) rule: NameRule,
    pub(crate) typos: u8,
    pub(crate) origin: NameOrigin,
    /// Written without spaces between words: boundaries mean nothing.
    pub(crate) unspaced: bool,
}

impl Spelling {
    /// All letters and digits, without separators.
    pub(crate) fn letters(&self) -> String {
        self.words.concat()
    }

    pub(crate) fn length(&self) -> usize {
        self.words.iter().map(|w| w.chars().count()).sum()
    }

    /// Whether a hit is believed without anything beside it.
    pub(crate) fn is_strong(&self) -> bool {
        self.rule != NameRule::Context
    }

    fn new(owner: OwnerIndex, name: &Name) -> Option<Self> {
        let normal = Normal::new(&name.text).text;
        let parts: Vec<String> = tokens(&normal)
            .into_iter()
            .filter_map(|t| normal.get(t))
            .map(str::to_owned)
            .collect();
        let anchor = (0..parts.len()).max_by_key(|&i| (parts.get(i).map(|w| rarity(w)), i))?;
        Some(Self {
            owner,
            text: name.text.clone(),
            anchor,
            rule: name.rule,
            typos: name.typos,
            origin: name.origin,
            unspaced: normal.chars().next().is_some_and(unspaced),
            words: parts,
        })
    }
}

/// How seldom a word is met, roughly: longer is rarer, and words of registered names are common.
fn rarity(word: &str) -> usize {
    const COMMON: [&str; 8] = [
        "security",
        "technology",
        "technologies",
        "digital",
        "company",
        "limited",
        "communications",
        "vision",
    ];
    if COMMON.contains(&word) {
        0
    } else {
        word.chars().count()
    }
}

/// The spellings of a catalogue. Where a maker and its own label are spelt alike, the maker's entry counts.
pub(crate) fn of_catalogue(catalogue: &Catalogue, attributions: &Attributions) -> Vec<Spelling> {
    let words = &catalogue.words.context;
    let mut by_letters: BTreeMap<String, Spelling> = BTreeMap::new();
    let mut add = |owner: Option<OwnerIndex>, name: &Name| {
        let Some(spelling) = owner.and_then(|owner| Spelling::new(owner, name)) else {
            return;
        };
        by_letters.entry(spelling.words.join(" ")).or_insert(spelling);
    };
    for maker in catalogue.makers.values() {
        maker
            .names
            .iter()
            .for_each(|name| add(attributions.maker(&maker.id), name));
    }
    for brand in catalogue.brands.values() {
        brand
            .names
            .iter()
            .for_each(|name| add(attributions.brand(&brand.id), name));
    }
    // "X UK" is X with a place behind: the place is no part of the name.
    let placed = |spelling: &Spelling| {
        let (last, head) = spelling.words.split_last()?;
        let short = by_letters.get(&head.join(" "))?;
        (words.legal_places.contains(last) && short.owner == spelling.owner).then_some(())
    };
    let redundant: HashSet<String> = by_letters
        .iter()
        .filter(|(_, s)| placed(s).is_some())
        .map(|(key, _)| key.clone())
        .collect();
    by_letters
        .into_iter()
        .filter(|(key, _)| !redundant.contains(key))
        .map(|(_, s)| s)
        .collect()
}

/// The spelling of a name from a user's own list.
pub(crate) fn of_list(owner: OwnerIndex, text: &str) -> Option<Spelling> {
    let name = Name {
        text: text.to_owned(),
        rule: NameRule::Anywhere,
        ..Name::default()
    };
    Spelling::new(owner, &name)
}

/// Lower-case letters and digits of any script become words of an id; other scripts are written as code points.
pub(crate) fn slug(name: &str) -> Option<MakerId> {
    let mut made = String::new();
    for c in Normal::new(name).text.chars() {
        if c.is_ascii_alphanumeric() {
            made.push(c);
        } else if c.is_alphanumeric() {
            // Writing to a string cannot fail.
            let _ = write!(made, "-u{:x}-", u32::from(c));
        } else {
            made.push('-');
        }
    }
    let words: Vec<&str> = made.split('-').filter(|w| !w.is_empty()).collect();
    words.join("-").parse().ok()
}
