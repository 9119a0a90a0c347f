//! Words to bits. Instruments and situations are put into numbers once, so that a question is a few comparisons.

use std::collections::HashMap;

use stripout_catalogue::{Catalogue, Situation, Stretch, Vocabulary};
use stripout_model::{BodyId, MakerId};

use crate::JudgeError;

/// A set of values of one vocabulary, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Set(pub(crate) u64);

impl Set {
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What is known to be so, and to be not so; the rest is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    pub(crate) so: Set,
    pub(crate) not: Set,
}

impl Facts {
    pub(crate) fn state(&mut self, criterion: Set, so: bool) {
        if so {
            self.so.add(criterion);
        } else {
            self.not.add(criterion);
        }
    }
}

/// A situation in numbers, for one `Judge`.
#[derive(Debug, Clone)]
pub struct Coded {
    pub(crate) kind: Option<Set>,
    pub(crate) nation: Option<Set>,
    pub(crate) body: Option<BodyNumber>,
    pub(crate) site: Facts,
    pub(crate) equipment: Option<Set>,
    pub(crate) maker: Option<usize>,
    pub(crate) made_in: Option<Set>,
    pub(crate) purpose: Option<Set>,
    pub(crate) act: Option<Set>,
    pub(crate) date: Option<Stretch>,
    pub(crate) circumstance: Facts,
}

/// A body that some provision names, or one that none does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyNumber {
    Named(usize),
    Other,
}

/// Numbers of the words of one catalogue.
#[derive(Debug)]
pub(crate) struct Code<'c> {
    words: HashMap<(&'static str, &'c str), Set>,
    makers: HashMap<&'c MakerId, usize>,
    bodies: HashMap<&'c BodyId, usize>,
    /// A criterion of sites, and those of which any one makes it so.
    definitions: Vec<(Set, Set)>,
}

const VOCABULARIES: [&str; 7] = [
    "acts",
    "body-kinds",
    "circumstances",
    "equipment",
    "nations",
    "purposes",
    "site-criteria",
];

impl<'c> Code<'c> {
    pub(crate) fn new(catalogue: &'c Catalogue) -> Result<Self, JudgeError> {
        let mut code = Self {
            words: HashMap::new(),
            makers: catalogue
                .makers
                .keys()
                .enumerate()
                .map(|(n, id)| (id, n))
                .collect(),
            bodies: HashMap::new(),
            definitions: Vec::new(),
        };
        for name in VOCABULARIES {
            if let Some(vocabulary) = catalogue.vocabularies.get(name) {
                code.vocabulary(name, vocabulary)?;
            }
        }
        for who in catalogue.policies.values().flat_map(|policy| &policy.provisions) {
            let exempt = who.exemptions.iter().filter_map(|it| it.body.as_ref());
            for id in who.body.iter().chain(exempt).flat_map(|who| &who.id) {
                let next = code.bodies.len();
                code.bodies.entry(id).or_insert(next);
            }
        }
        for definition in catalogue
            .policies
            .values()
            .filter_map(|it| it.definition.as_ref())
        {
            let parts = definition.any_of.iter().map(|part| part.criterion.as_str());
            let parts = code.set("site-criteria", parts)?;
            code.definitions
                .push((code.word("site-criteria", &definition.criterion)?, parts));
        }
        Ok(code)
    }

    fn vocabulary(&mut self, name: &'static str, vocabulary: &'c Vocabulary) -> Result<(), JudgeError> {
        for (number, value) in vocabulary.values.iter().enumerate() {
            let bit = u32::try_from(number).ok().and_then(|n| 1_u64.checked_shl(n));
            let bit = bit.ok_or(JudgeError::TooManyValues { vocabulary: name })?;
            self.words.insert((name, value.id.as_str()), Set(bit));
        }
        Ok(())
    }

    pub(crate) fn word(&self, vocabulary: &'static str, value: &str) -> Result<Set, JudgeError> {
        self.words
            .get(&(vocabulary, value))
            .copied()
            .ok_or_else(|| JudgeError::NoSuchValue {
                vocabulary,
                value: value.to_owned(),
            })
    }

    pub(crate) fn set<'v>(
        &self,
        vocabulary: &'static str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Result<Set, JudgeError> {
        let mut set = Set::default();
        for value in values {
            set.add(self.word(vocabulary, value)?);
        }
        Ok(set)
    }

    /// The countries and all their parts: `GB` is met by `GB-SCT`.
    pub(crate) fn nations(&self, values: &[String]) -> Result<Set, JudgeError> {
        let mut set = self.set("nations", values.iter().map(String::as_str))?;
        for ((vocabulary, value), bit) in &self.words {
            let within = |country: &String| {
                value
                    .strip_prefix(country.as_str())
                    .is_some_and(|rest| rest.starts_with('-'))
            };
            if *vocabulary == "nations" && values.iter().any(within) {
                set.add(*bit);
            }
        }
        Ok(set)
    }

    pub(crate) fn body(&self, id: &BodyId) -> BodyNumber {
        self.bodies
            .get(id)
            .map_or(BodyNumber::Other, |number| BodyNumber::Named(*number))
    }

    pub(crate) fn situation(&self, given: &Situation) -> Result<Coded, JudgeError> {
        let word = |vocabulary, value: &Option<String>| {
            value
                .as_deref()
                .map(|value| self.word(vocabulary, value))
                .transpose()
        };
        let maker = given.maker.as_ref().map(|id| {
            let number = self.makers.get(id).copied();
            number.ok_or_else(|| JudgeError::NoSuchMaker { maker: id.clone() })
        });
        let purpose = given.purpose.as_ref().map(|all| {
            let all = all.iter().map(String::as_str);
            self.set("purposes", all)
        });
        Ok(Coded {
            kind: word("body-kinds", &given.body)?,
            nation: word("nations", &given.nation)?,
            body: given.id.as_ref().map(|id| self.body(id)),
            site: self.defined(self.facts("site-criteria", &given.site)?),
            equipment: word("equipment", &given.equipment)?,
            maker: maker.transpose()?,
            made_in: word("nations", &given.made_in)?,
            purpose: purpose.transpose()?,
            act: word("acts", &given.act)?,
            date: given.date.clone(),
            circumstance: self.facts("circumstances", &given.circumstance)?,
        })
    }

    fn facts<'v>(
        &self,
        vocabulary: &'static str,
        stated: impl IntoIterator<Item = (&'v String, &'v bool)>,
    ) -> Result<Facts, JudgeError> {
        let mut facts = Facts::default();
        for (value, so) in stated {
            facts.state(self.word(vocabulary, value)?, *so);
        }
        Ok(facts)
    }

    /// A defined criterion that is not stated follows from its parts.
    fn defined(&self, mut facts: Facts) -> Facts {
        for (criterion, parts) in &self.definitions {
            if facts.so.meets(*criterion) || facts.not.meets(*criterion) {
                continue;
            }
            if facts.so.meets(*parts) {
                facts.so.add(*criterion);
            } else if facts.not.holds(*parts) {
                facts.not.add(*criterion);
            }
        }
        facts
    }
}
