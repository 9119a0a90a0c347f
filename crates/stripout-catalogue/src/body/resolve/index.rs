//! Names to bodies: by their words, by one rare word, by their initials.

use std::collections::{BTreeMap, HashMap, HashSet};

use stripout_model::BodyId;

use super::abroad::Abroad;
use super::cut::Beginnings;
use super::fold::{fold, key, readings};
use super::words::NameWords;
use crate::body::alias::{Alias, AliasKind};
use crate::body::public_body::PublicBody;

/// Fewest letters of initials that nobody wrote down as an acronym: with three, too many bodies share them.
const INITIALS: usize = 4;

#[derive(Debug, Default)]
pub(in crate::body) struct Index {
    /// Names by the key of their words.
    pub(super) keys: HashMap<String, Vec<usize>>,
    pub(super) names: Vec<Name>,
    pub(super) vocabulary: HashMap<String, Token>,
    pub(super) tokens: Vec<TokenFacts>,
    /// Tokens by first letter, for misspellings.
    initials: HashMap<char, Vec<Token>>,
    /// Bodies by the initials of a name.
    acronyms: HashMap<String, Vec<usize>>,
    ambiguous: HashSet<String>,
    pub(super) abroad: Abroad,
    pub(super) beginnings: Beginnings,
    /// Classes that a name means which says none, those that it cannot mean, and those of which several bodies share an area.
    pub(super) implied: u32,
    pub(super) areal: u32,
    pub(super) crowded: u32,
    /// Words of nations: of them alone no body is called.
    pub(super) nations: HashSet<String>,
    /// Bodies that have an exacting word in one of their names.
    pub(super) exact: HashSet<(usize, Token)>,
    /// Classes of each body: those of its kind and those of the words of its names.
    pub(super) classes: Vec<u32>,
    /// Those of its kind alone.
    pub(super) kinds: Vec<u32>,
}

/// A name of a body.
#[derive(Debug)]
pub(super) struct Name {
    pub body: usize,
    /// As written in the tables.
    pub text: String,
    /// `None`: the body's own name.
    pub kind: Option<AliasKind>,
    pub tokens: Vec<Token>,
    /// Sum of weights of own words, and of words of form.
    pub core: f32,
    pub form: f32,
    pub ranks: u8,
    pub classes: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Token(pub(super) u32);

#[derive(Debug)]
pub(super) struct TokenFacts {
    pub text: Vec<char>,
    /// Names that have it.
    pub names: Vec<usize>,
    pub weight: f32,
    pub form: bool,
    /// Classes it belongs to.
    pub classes: u32,
    pub rank: u8,
    /// It names a place: it is a council's own.
    pub place: bool,
}

impl Index {
    pub(in crate::body) fn new(
        list: &[PublicBody],
        aliases: &[Alias],
        places: &HashMap<BodyId, usize>,
        words: &NameWords,
    ) -> Self {
        let mut index = Self::default();
        for (place, body) in list.iter().enumerate() {
            index.add(place, &body.name, None, words);
        }
        for alias in aliases {
            if let Some(place) = places.get(&alias.body) {
                index.add(*place, &alias.alias, Some(alias.kind), words);
            }
        }
        index.ambiguous = words
            .ambiguous
            .iter()
            .filter_map(|name| key(&fold(name, words), words))
            .collect();
        index.abroad = super::abroad::index(words);
        index.beginnings = Beginnings::new(&index.names);
        index.weigh(words);
        index.classify(list, words);
        index
    }

    pub(super) fn token(&self, token: Token) -> Option<&TokenFacts> {
        self.tokens.get(token.0 as usize)
    }

    pub(super) fn is_ambiguous(&self, key: &str) -> bool {
        self.ambiguous.contains(key)
    }

    pub(super) fn by_initials(&self, acronym: &str) -> &[usize] {
        self.acronyms.get(acronym).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_place(&self, word: &str) -> bool {
        let facts = self.vocabulary.get(word).and_then(|token| self.token(*token));
        facts.is_some_and(|facts| facts.place)
    }

    /// Words that start with the same letter.
    pub(super) fn near(&self, first: char) -> &[Token] {
        self.initials.get(&first).map_or(&[], Vec::as_slice)
    }

    /// Names that several bodies have at one time, and that are not declared ambiguous.
    pub(in crate::body) fn shared<'a>(
        &self,
        list: &'a [PublicBody],
    ) -> BTreeMap<String, Vec<&'a PublicBody>> {
        let mut shared = BTreeMap::new();
        for (key, names) in self.keys.iter().filter(|(key, _)| !self.is_ambiguous(key)) {
            let mut bodies: Vec<usize> = names
                .iter()
                .filter_map(|name| self.names.get(*name))
                .map(|name| name.body)
                .collect();
            bodies.sort_unstable();
            bodies.dedup();
            let bodies: Vec<&PublicBody> = bodies.into_iter().filter_map(|body| list.get(body)).collect();
            let together = bodies.iter().enumerate().any(|(i, a)| {
                bodies.iter().skip(i + 1).any(|b| {
                    a.until.is_none_or(|until| b.from.is_none_or(|from| from < until))
                        && b.until.is_none_or(|until| a.from.is_none_or(|from| from < until))
                })
            });
            if together {
                shared.insert(key.clone(), bodies);
            }
        }
        shared
    }

    fn add(&mut self, body: usize, text: &str, kind: Option<AliasKind>, words: &NameWords) {
        let acronym = kind == Some(AliasKind::Acronym);
        let folded = fold(text, words);
        let Some(key) = key(&folded, words) else {
            return;
        };
        if self.names_of(&key).any(|name| name.body == body) {
            return;
        }
        let mut telling: Vec<&str> = folded
            .iter()
            .map(String::as_str)
            .filter(|word| !words.ignore.contains(*word))
            .collect();
        if !acronym && telling.len() >= 3 {
            self.add_initials(body, &telling, words);
        }
        // Plural and short forms are compared by their long form: of several, one of the body's own rank.
        // `DPT` is a body, and not short for `department`.
        let long = if acronym {
            Vec::new()
        } else {
            readings(&folded, words, |_| false)
        };
        let fits = |long: &&Vec<String>| self.is_of_rank(body, long, words);
        let long = long.iter().find(fits).map(Vec::as_slice).unwrap_or_default();
        if !long.is_empty() {
            telling = long
                .iter()
                .map(String::as_str)
                .filter(|w| !words.ignore.contains(*w))
                .collect();
        }
        telling.sort_unstable();
        telling.dedup();
        let place = self.names.len();
        let mut tokens = Vec::with_capacity(telling.len());
        if !acronym {
            for word in telling {
                let token = self.intern(word);
                if let Some(facts) = self.tokens.get_mut(token.0 as usize) {
                    facts.names.push(place);
                }
                tokens.push(token);
            }
        }
        self.names.push(Name {
            body,
            text: text.to_owned(),
            kind,
            tokens,
            core: 0.0,
            form: 0.0,
            ranks: 0,
            classes: 0,
        });
        self.keys.entry(key.clone()).or_default().push(place);
        if let Some(long) = (!long.is_empty())
            .then(|| super::fold::key(long, words))
            .flatten()
            && long != key
        {
            let places = self.keys.entry(long).or_default();
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }

    /// Whether words agree with the ranks that the body's own name says: `Notts CC` is no city council. Own names are added first,
    /// in the order of the bodies.
    fn is_of_rank(&self, body: usize, long: &[String], words: &NameWords) -> bool {
        let own = self.names.get(body).filter(|name| name.body == body);
        let ranks = |holds: &dyn Fn(&String) -> bool| -> Vec<bool> {
            let groups = words.ranks.groups.iter();
            groups.map(|group| group.iter().any(holds)).collect()
        };
        let Some(own) = own else { return true };
        let own = ranks(&|word| {
            let token = self.vocabulary.get(word);
            token.is_some_and(|token| own.tokens.contains(token))
        });
        let said = ranks(&|word| long.contains(word));
        let none = |ranks: &[bool]| !ranks.contains(&true);
        none(&own) || none(&said) || own.iter().zip(&said).any(|(own, said)| *own && *said)
    }

    fn names_of(&self, key: &str) -> impl Iterator<Item = &Name> {
        self.keys
            .get(key)
            .into_iter()
            .flatten()
            .filter_map(|name| self.names.get(*name))
    }

    fn add_initials(&mut self, body: usize, telling: &[&str], words: &NameWords) {
        let mut initials = String::new();
        for word in telling {
            // A phrase that became one word has the initials of its words.
            let phrase = words
                .phrase
                .iter()
                .find(|(_, one)| one == word)
                .map(|(phrase, _)| phrase.as_str());
            let parts = phrase
                .filter(|phrase| phrase.replace(' ', "") == **word)
                .unwrap_or(word);
            initials.extend(parts.split(' ').filter_map(|part| part.chars().next()));
        }
        if initials.len() >= INITIALS {
            let bodies = self.acronyms.entry(initials).or_default();
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
    }

    pub(super) fn intern(&mut self, word: &str) -> Token {
        if let Some(token) = self.vocabulary.get(word) {
            return *token;
        }
        // A vocabulary of more than four thousand million words does not fit in memory.
        let token = Token(u32::try_from(self.tokens.len()).unwrap_or(u32::MAX));
        let text: Vec<char> = word.chars().collect();
        if let Some(first) = text.first() {
            self.initials.entry(*first).or_default().push(token);
        }
        self.tokens.push(TokenFacts {
            text,
            names: Vec::new(),
            weight: 0.0,
            form: false,
            classes: 0,
            rank: 0,
            place: false,
        });
        self.vocabulary.insert(word.to_owned(), token);
        token
    }
}
