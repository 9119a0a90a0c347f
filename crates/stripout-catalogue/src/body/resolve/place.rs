//! The name of a place without a word of what body it is: `Warwick`.

use jiff::civil::Date;

use super::index::{Name, Token};
use crate::body::alias::AliasKind;
use crate::body::bodies::Bodies;

/// Why a place alone names nobody.
pub(super) struct Alone {
    pub why: String,
    /// Other bodies that are called after it.
    pub others: Vec<usize>,
}

impl Bodies {
    /// The rule on names of places: one without a word of form is a body's only if it is all of the body's own name, and no
    /// other body is called after it. `Tower Hamlets` is the borough, `Windsor` is a part of one, and `Exeter` the city or the
    /// university. `None`: it is the body's, or says what it is.
    pub(super) fn shares_its_place(
        &self,
        body: usize,
        name: usize,
        folded: &[String],
        at: Option<Date>,
    ) -> Option<Alone> {
        if self.says_form(folded) {
            return None;
        }
        let name = self.index.names.get(name)?;
        let place = self.place_of(name);
        let whole = |own: &&Name| own.body == body && is_whole(own.kind) && self.place_of(own) == place;
        // All names that hold the first of its words: what is called after the place holds all.
        let near = place.first().and_then(|token| self.index.token(*token))?;
        let near = || near.names.iter().filter_map(|name| self.index.names.get(*name));
        if !near().any(|own| whole(&own)) {
            return Some(Alone {
                why: format!("it is a part of the name of {}", self.name(body)),
                others: Vec::new(),
            });
        }
        let mut others: Vec<usize> = near()
            .filter(|other| other.body != body && is_whole(other.kind) && self.place_of(other) == place)
            .map(|other| other.body)
            .filter(|other| self.existed(*other, at) && (at.is_some() || self.is_living(*other)))
            .filter(|other| !self.is_kin(body, *other))
            .collect();
        others.sort_unstable();
        others.dedup();
        let first = others.first()?;
        Some(Alone {
            why: format!(
                "a place alone: {} and {} are called after it",
                self.name(body),
                self.name(*first)
            ),
            others,
        })
    }

    /// Whether a word says what sort of body it is.
    pub(super) fn says_form(&self, folded: &[String]) -> bool {
        folded
            .iter()
            .filter(|word| !self.words.exacting.contains(*word))
            .any(|word| {
                let token = self.index.vocabulary.get(word);
                let facts = token.and_then(|token| self.index.token(*token));
                facts.is_some_and(|facts| facts.form) || self.words.short.contains_key(word)
            })
    }

    /// The bodies that are called after a place, those with the fewest words beside it first. `key`: its words with single
    /// blanks between.
    pub(super) fn called_after(&self, key: &str, at: Option<Date>) -> Vec<usize> {
        let tokens = key.split(' ').filter_map(|word| self.index.vocabulary.get(word));
        let own = |token: &&Token| self.index.token(**token).is_some_and(|facts| !facts.form);
        let mut place: Vec<Token> = tokens.filter(own).copied().collect();
        place.sort_unstable();
        let Some(near) = place.first().and_then(|token| self.index.token(*token)) else {
            return Vec::new();
        };
        let is_after = |name: &&Name| {
            let mut words = self.place_of(name);
            words.sort_unstable();
            words == place && is_whole(name.kind)
        };
        let names = near.names.iter().filter_map(|name| self.index.names.get(*name));
        let mut bodies: Vec<(usize, usize)> = names
            .filter(is_after)
            .filter(|name| self.existed(name.body, at) && (at.is_some() || self.is_living(name.body)))
            .map(|name| (name.tokens.len(), name.body))
            .collect();
        bodies.sort_unstable();
        let mut bodies: Vec<usize> = bodies.into_iter().map(|(_, body)| body).collect();
        let mut met = std::collections::BTreeSet::new();
        bodies.retain(|body| met.insert(*body));
        bodies
    }

    /// The words of a name that are no words of form, in their order.
    fn place_of(&self, name: &Name) -> Vec<Token> {
        let own = |token: &&Token| self.index.token(**token).is_some_and(|facts| !facts.form);
        name.tokens.iter().filter(own).copied().collect()
    }

    fn is_living(&self, body: usize) -> bool {
        self.list.get(body).is_some_and(|body| body.until.is_none())
    }

    /// Whether one took over from the other.
    fn is_kin(&self, body: usize, other: usize) -> bool {
        let (Some(body), Some(other)) = (self.list.get(body), self.list.get(other)) else {
            return false;
        };
        self.successors(&body.id).any(|it| it.successor == other.id)
            || self.predecessors(&body.id).any(|it| it.predecessor == other.id)
    }
}

/// A name in full: its own, one it had, or its own in another language.
fn is_whole(kind: Option<AliasKind>) -> bool {
    !matches!(
        kind,
        Some(AliasKind::Short | AliasKind::Acronym | AliasKind::Informal | AliasKind::Site)
    )
}
