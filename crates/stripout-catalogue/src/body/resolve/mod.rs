//! Whose name is this? By its words, then with short forms written out, then word by word.

mod align;
mod fold;
mod index;
mod parts;
mod standing;
mod words;

use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{BodyId, Confidence};

pub(super) use index::Index;
pub(super) use words::NameWords;

use super::alias::AliasKind;
use super::bodies::Bodies;
use super::public_body::PublicBody;
use align::{Fit, fits};
use fold::{fold, key, readings};
use standing::Standing;

/// Least score of a fit that is accepted, and how far the next body must lie behind.
const ACCEPT: f32 = 0.75;
const MARGIN: f32 = 0.05;

/// Longest name that is looked at, in characters. Longer ones are sentences.
const LONGEST: usize = 300;

/// Candidates shown to a person, at most.
const SHOWN: usize = 5;

/// Which body a name means, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolution {
    /// `None`: the name is nobody's, or could be another's. Then a person decides.
    pub body: Option<BodyId>,
    /// `review` when there is no body.
    pub confidence: Confidence,
    /// One sentence.
    pub why: String,
    /// Bodies that it could be, best first, when there is no body.
    pub candidates: Vec<Candidate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    pub body: BodyId,
    /// 0 to 1.
    pub score: f32,
}

/// What a step found, as places in the list of bodies.
enum Found {
    One {
        body: usize,
        sure: Confidence,
        why: String,
    },
    Several {
        bodies: Vec<(usize, f32)>,
        why: String,
    },
    Nothing,
}

impl Bodies {
    /// Which body `name` means on that day; any day without one. A pure lookup.
    pub fn resolve(&self, name: &str, at: Option<Date>) -> Resolution {
        if name.chars().nth(LONGEST).is_some() {
            let why = format!("more than {LONGEST} characters are no name");
            return self.resolution(None, Confidence::Review, why, &[]);
        }
        let found = match self.whole(name, at) {
            Found::Nothing => self.in_parts(name, at),
            Found::Several { bodies, why } => match self.in_parts(name, at) {
                found @ Found::One { .. } => found,
                _ => Found::Several { bodies, why },
            },
            found @ Found::One { .. } => found,
        };
        match found {
            Found::One { body, sure, why } => match self.standing(body, at) {
                Standing::Itself => self.resolution(Some(body), sure, why, &[]),
                Standing::Other { body, because } => {
                    self.resolution(Some(body), Confidence::Likely, format!("{why}; {because}"), &[])
                }
                Standing::Nobody { others, because } => {
                    let candidates: Vec<(usize, f32)> = std::iter::once(body)
                        .chain(others)
                        .map(|body| (body, 1.0))
                        .collect();
                    self.resolution(None, Confidence::Review, format!("{why}; {because}"), &candidates)
                }
            },
            Found::Several { bodies, why } => self.resolution(None, Confidence::Review, why, &bodies),
            Found::Nothing => {
                self.resolution(None, Confidence::Review, "no body's name is like it".into(), &[])
            }
        }
    }

    /// The name as one.
    fn whole(&self, name: &str, at: Option<Date>) -> Found {
        let folded = fold(name, &self.words);
        let Some(own_key) = key(&folded, &self.words) else {
            return Found::Nothing;
        };
        match self.by_key(&own_key, at) {
            Found::Nothing => {}
            found => return found,
        }
        let readings = readings(&folded, &self.words, |word| {
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
        if let found @ (Found::One { .. } | Found::Several { .. }) = self.by_initials(name, &folded) {
            return found;
        }
        if let found @ Found::One { .. } = self.by_acronym(&folded, at) {
            return found;
        }
        self.by_words(&folded, &readings, at)
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

    /// The names with the same words.
    fn by_key(&self, key: &str, at: Option<Date>) -> Found {
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

    /// The body whose words fit best, if the next one lies well behind.
    fn by_words(&self, folded: &[String], readings: &[Vec<String>], at: Option<Date>) -> Found {
        let own = [folded.to_vec()];
        let mut fitting: Vec<(usize, Fit)> = Vec::new();
        for reading in own.iter().chain(readings) {
            if key(reading, &self.words).is_some_and(|key| self.index.is_ambiguous(&key)) {
                continue;
            }
            for (body, fit) in fits(reading, &self.index, &self.words) {
                if !self.existed(body, at) {
                    continue;
                }
                match fitting.iter_mut().find(|(other, _)| *other == body) {
                    Some((_, best)) if best.score >= fit.score => {}
                    Some((_, best)) => *best = fit,
                    None => fitting.push((body, fit)),
                }
            }
        }
        fitting.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
        let Some((body, best)) = fitting.first().copied() else {
            return Found::Nothing;
        };
        let next = fitting.get(1).map_or(0.0, |(_, fit)| fit.score);
        let text = self
            .index
            .names
            .get(best.name)
            .map_or("", |name| name.text.as_str());
        if best.score >= ACCEPT && best.score - next >= MARGIN {
            let slip = if best.slip { ", one of them misspelt" } else { "" };
            let why = format!("its words are those of {text}{slip}");
            return Found::One {
                body,
                sure: Confidence::Likely,
                why,
            };
        }
        let bodies = fitting
            .iter()
            .take(SHOWN)
            .map(|(body, fit)| (*body, fit.score))
            .collect();
        let why = if best.score >= ACCEPT {
            "it fits more than one body".into()
        } else {
            format!("it is like {text}, and not like enough")
        };
        Found::Several { bodies, why }
    }

    fn existed(&self, body: usize, at: Option<Date>) -> bool {
        self.list
            .get(body)
            .is_some_and(|body: &PublicBody| body.existed(at))
    }

    fn name(&self, body: usize) -> &str {
        self.list.get(body).map_or("", |body| body.name.as_str())
    }

    fn resolution(
        &self,
        body: Option<usize>,
        confidence: Confidence,
        why: String,
        candidates: &[(usize, f32)],
    ) -> Resolution {
        let id = |place: usize| self.list.get(place).map(|body| body.id.clone());
        Resolution {
            body: body.and_then(id),
            confidence,
            why,
            candidates: candidates
                .iter()
                .take(SHOWN)
                .filter_map(|(place, score)| {
                    Some(Candidate {
                        body: id(*place)?,
                        score: *score,
                    })
                })
                .collect(),
        }
    }
}
