//! A name as one: by its words, with short forms written out, by initials, and last by the words that fit best.

use jiff::civil::Date;
use stripout_model::Confidence;

use super::Found;
use super::fold::{fold, key, readings};
use crate::body::alias::AliasKind;
use crate::body::bodies::Bodies;

impl Bodies {
    /// The name as one.
    pub(super) fn whole(&self, name: &str, at: Option<Date>) -> Found {
        let folded = fold(name, &self.words);
        let Some(mended) = self.mended(&folded) else {
            return self.of_words(name, &folded, at);
        };
        match self.of_words(name, &mended, at) {
            Found::One { body, why, .. } => Found::One {
                body,
                sure: Confidence::Likely,
                why: format!("{why}, a word of it misspelt"),
            },
            found => found,
        }
    }

    fn of_words(&self, name: &str, folded: &[String], at: Option<Date>) -> Found {
        let Some(own_key) = key(folded, &self.words) else {
            return Found::Nothing;
        };
        if let Some(bodies) = self.words.written(folded) {
            let bodies = bodies.iter().filter_map(|id| self.places.get(id));
            return Found::Several {
                bodies: bodies.map(|body| (*body, 1.0)).collect(),
                why: "bodies of several nations have this name".into(),
            };
        }
        match self.by_key(&own_key, at) {
            Found::Nothing => {}
            found @ Found::Several { .. } if !self.index.is_ambiguous(&own_key) => {
                return self.in_order(folded, &own_key).unwrap_or(found);
            }
            found => return found,
        }
        let readings = readings(folded, &self.words, |word| {
            self.index.vocabulary.contains_key(word)
        });
        let mut written_out: Vec<usize> = Vec::new();
        for reading in &readings {
            if let Some(Found::One { body, .. }) = key(reading, &self.words).map(|key| self.by_key(&key, at))
                && !written_out.contains(&body)
            {
                written_out.push(body);
            }
        }
        let ended = |body: &usize| self.list.get(*body).is_some_and(|body| body.until.is_some());
        if written_out.len() > 1 && at.is_none() && written_out.iter().any(|body| !ended(body)) {
            written_out.retain(|body| !ended(body));
        }
        if at.is_some() && written_out.iter().any(|body| self.existed(*body, at)) {
            written_out.retain(|body| self.existed(*body, at));
        }
        match written_out.as_slice() {
            [body] => {
                let why = format!("with short forms written out it is {}", self.name(*body));
                return Found::One {
                    body: *body,
                    sure: Confidence::Certain,
                    why,
                };
            }
            [] => {}
            several => {
                let why = "its short forms can be read as several bodies".into();
                return Found::Several {
                    bodies: several.iter().map(|body| (*body, 1.0)).collect(),
                    why,
                };
            }
        }
        if let found @ (Found::One { .. } | Found::Several { .. }) = self.by_initials(name, folded) {
            return found;
        }
        if let found @ Found::One { .. } = self.by_acronym(folded, at) {
            return found;
        }
        self.by_words(folded, &readings, at)
    }

    /// An acronym with words of form beside it: `GSTT NHS Foundation Trust`.
    fn by_acronym(&self, folded: &[String], at: Option<Date>) -> Found {
        let facts = |word: &String| {
            self.index
                .vocabulary
                .get(word)
                .and_then(|token| self.index.token(*token))
        };
        let is_form = |word: &&String| {
            self.words.ignore.contains(*word)
                || self.words.short.contains_key(*word)
                || facts(word).is_some_and(|f| f.form)
        };
        let Some((first, rest)) = folded.split_first() else {
            return Found::Nothing;
        };
        if rest.is_empty() || rest.iter().any(|word| !is_form(&word)) {
            return Found::Nothing;
        }
        let classes = rest
            .iter()
            .filter_map(facts)
            .fold(0, |classes, facts| classes | facts.classes);
        let mut bodies: Vec<usize> = self
            .index
            .keys
            .get(first)
            .into_iter()
            .flatten()
            .filter_map(|name| self.index.names.get(*name))
            .filter(|name| name.kind == Some(AliasKind::Acronym) && self.existed(name.body, at))
            .map(|name| name.body)
            .filter(|body| classes & !self.index.classes.get(*body).copied().unwrap_or(0) == 0)
            .collect();
        bodies.dedup();
        match bodies.as_slice() {
            [body] if classes != 0 => Found::One {
                body: *body,
                sure: Confidence::Likely,
                why: format!("{first} is short for {}", self.name(*body)),
            },
            _ => Found::Nothing,
        }
    }

    /// Of several bodies whose names have the same words, the one with the words in this order: `North West London` is not
    /// `West and North London`.
    fn in_order(&self, folded: &[String], key: &str) -> Option<Found> {
        let telling = |folded: &[String]| -> Vec<String> {
            let told = folded.iter().filter(|word| !self.words.ignore.contains(*word));
            told.cloned().collect()
        };
        let own = telling(folded);
        let names = self.index.keys.get(key).into_iter().flatten();
        let mut same = names
            .filter_map(|name| self.index.names.get(*name))
            .filter(|name| telling(&fold(&name.text, &self.words)) == own);
        let first = same.next()?;
        same.all(|name| name.body == first.body).then(|| Found::One {
            body: first.body,
            sure: Confidence::Certain,
            why: format!("{} is a name of {}", first.text, self.name(first.body)),
        })
    }

    /// The names with the same words.
    pub(super) fn by_key(&self, key: &str, at: Option<Date>) -> Found {
        let names = self.index.keys.get(key).map_or(&[][..], Vec::as_slice);
        let names: Vec<_> = names
            .iter()
            .filter_map(|name| self.index.names.get(*name))
            .collect();
        let mut bodies: Vec<usize> = names.iter().map(|name| name.body).collect();
        bodies.sort_unstable();
        bodies.dedup();
        if bodies.len() > 1 {
            let living: Vec<usize> = bodies
                .iter()
                .copied()
                .filter(|body| self.existed(*body, at))
                .collect();
            if at.is_some() && !living.is_empty() {
                bodies = living;
            }
        }
        if self.index.is_ambiguous(key) {
            let why = "several bodies and places are called that".into();
            if bodies.is_empty() {
                bodies = self.called_after(key, at);
            }
            return Found::Several {
                bodies: bodies.into_iter().map(|body| (body, 1.0)).collect(),
                why,
            };
        }
        match bodies.as_slice() {
            [] => Found::Nothing,
            [body] => {
                let spelled = names
                    .iter()
                    .find(|name| name.body == *body)
                    .map_or("", |name| name.text.as_str());
                let own = self.name(*body);
                let why = if own == spelled {
                    format!("the name of {own}")
                } else {
                    format!("{spelled} is a name of {own}")
                };
                Found::One {
                    body: *body,
                    sure: Confidence::Certain,
                    why,
                }
            }
            several => {
                let why = format!("{} bodies have this name", several.len());
                Found::Several {
                    bodies: several.iter().map(|body| (*body, 1.0)).collect(),
                    why,
                }
            }
        }
    }

    /// Capitals that are the initials of one body's name.
    fn by_initials(&self, name: &str, folded: &[String]) -> Found {
        let [word] = folded else {
            return Found::Nothing;
        };
        if name.chars().any(char::is_lowercase) && !name.contains('.') {
            return Found::Nothing;
        }
        match self.index.by_initials(word) {
            [] => Found::Nothing,
            [body] => {
                let why = format!("the initials of {}, and of no other body", self.name(*body));
                Found::One {
                    body: *body,
                    sure: Confidence::Likely,
                    why,
                }
            }
            several => {
                let why = format!("the initials of {} bodies", several.len());
                Found::Several {
                    bodies: several.iter().map(|body| (*body, 1.0)).collect(),
                    why,
                }
            }
        }
    }
}
