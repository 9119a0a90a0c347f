//! Whose name is this? By its words, then with short forms written out, then word by word.

mod abroad;
mod align;
mod best;
mod cut;
mod fold;
mod index;
mod number;
mod own_part;
mod parts;
mod place;
mod slip;
mod standing;
mod weigh;
mod whole;
mod words;

use jiff::civil::Date;
use serde::Serialize;
use stripout_model::{BodyId, Confidence};

pub(super) use index::Index;
pub(super) use words::NameWords;

use super::bodies::Bodies;
use super::public_body::PublicBody;
use standing::Standing;

/// Longest name that is looked at, in characters. Longer ones are sentences.
const LONGEST: usize = 300;

/// Candidates shown to a person, at most.
const SHOWN: usize = 5;

/// Which body a name means, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resolution {
    /// `None`: the name is nobody's, or could be another's. Then a person decides.
    pub body: Option<BodyId>,
    /// The body of that name, where it did not exist on that day and `body` stood in its place.
    pub in_place_of: Option<BodyId>,
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
        let found = match self.by_number(name) {
            Found::Nothing => self.whole(name, at),
            found => found,
        };
        let found = match found {
            Found::Nothing => self.in_parts(name, at),
            Found::Several { bodies, why } => match self.in_parts(name, at) {
                found @ Found::One { .. } => found,
                _ => Found::Several { bodies, why },
            },
            found @ Found::One { .. } => found,
        };
        let found = match found {
            found @ Found::One { .. } => found,
            found => match self.cut(name, at) {
                Found::Nothing => found,
                cut => cut,
            },
        };
        let found = match found {
            Found::One { body, sure, why } => match self.abroad(name, body) {
                Some(place) => Found::Several {
                    bodies: vec![(body, 1.0)],
                    why: format!("it stands for another place: {place}"),
                },
                None => Found::One { body, sure, why },
            },
            found => found,
        };
        match found {
            Found::One { body, sure, why } => match self.standing(body, at) {
                Standing::Itself => self.resolution(Some(body), sure, why, &[]),
                Standing::Other { body: other, because } => {
                    let why = format!("{why}; {because}");
                    Resolution {
                        in_place_of: self.list.get(body).map(|body| body.id.clone()),
                        ..self.resolution(Some(other), Confidence::Likely, why, &[])
                    }
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
            in_place_of: None,
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
