//! Names with a remark: `Met Police (MOPAC)`, `Devon County Council - Highways`.

use jiff::civil::Date;
use stripout_model::Confidence;

use super::Found;
use super::fold::fold;
use crate::body::bodies::Bodies;

/// What stands between a body and its own department, or between two names of one body.
const BETWEEN: [&str; 13] = [
    " - ",
    " – ",
    " / ",
    " t/a ",
    " T/A ",
    " t/as ",
    " T/AS ",
    " trading as ",
    "; ",
    ": ",
    " c/o ",
    ", ",
    "/",
];

impl Bodies {
    pub(super) fn in_parts(&self, name: &str, at: Option<Date>) -> Found {
        match brackets(name) {
            Some((outside, inside)) => self.bracketed(&outside, inside, at),
            None => match self.separated(name, at) {
                Found::Nothing => self.with_own_part(name, at),
                found => found,
            },
        }
    }

    fn bracketed(&self, outside: &str, inside: &str, at: Option<Date>) -> Found {
        let within = self.whole(inside, at);
        match (self.whole(outside, at), within) {
            (Found::One { body, .. }, _) if self.is_elsewhere(body, inside) => Found::Several {
                bodies: vec![(body, 1.0)],
                why: format!("it stands for another place: {inside}"),
            },
            (found @ Found::One { .. }, _) => likely(found),
            (Found::Several { bodies, why }, Found::One { body, .. }) => {
                if bodies.iter().any(|(other, _)| *other == body) || is_acronym(outside) {
                    Found::One {
                        body,
                        sure: Confidence::Likely,
                        why: format!("{inside} tells which"),
                    }
                } else {
                    Found::Several { bodies, why }
                }
            }
            (Found::Nothing, found @ Found::One { .. }) if is_acronym(outside) => likely(found),
            (several @ Found::Several { .. }, _) => several,
            (Found::Nothing, _) => likely(self.whole(&format!("{outside} {inside}"), at)),
        }
    }

    /// The one body that a part names in full, where no other part names another.
    fn separated(&self, name: &str, at: Option<Date>) -> Found {
        for between in BETWEEN {
            if !name.contains(between) {
                continue;
            }
            let mut named: Option<usize> = None;
            for part in name.split(between) {
                // Its whole name, or that with short forms; a misspelling is too little beside other words.
                if let Found::One {
                    body,
                    sure: Confidence::Certain,
                    ..
                } = self.whole(part, at)
                {
                    if named.is_some_and(|other| other != body) {
                        return Found::Nothing;
                    }
                    named = Some(body);
                }
            }
            if let Some(body) = named {
                let why = format!("{} is named in full", self.name(body));
                return Found::One {
                    body,
                    sure: Confidence::Likely,
                    why,
                };
            }
        }
        Found::Nothing
    }

    /// Whether a remark names a place that the body is not of.
    fn is_elsewhere(&self, body: usize, remark: &str) -> bool {
        let Some(body) = self.list.get(body) else {
            return false;
        };
        let remark = fold(remark, &self.words);
        let [word] = remark.as_slice() else {
            return false;
        };
        let places = [
            Some(body.name.as_str()),
            self.words.nation.get(&body.nation).map(String::as_str),
            body.region.as_deref(),
        ];
        let of_body = places
            .into_iter()
            .flatten()
            .any(|place| fold(place, &self.words).contains(word));
        !of_body && (self.words.places.contains(word) || self.index.is_place(word))
    }
}

fn likely(found: Found) -> Found {
    match found {
        Found::One { body, why, .. } => Found::One {
            body,
            sure: Confidence::Likely,
            why,
        },
        found => found,
    }
}

pub(super) fn is_acronym(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 8 && !text.contains(' ') && !text.chars().any(char::is_lowercase)
}

/// What stands outside and inside the first pair of brackets.
fn brackets(name: &str) -> Option<(String, &str)> {
    let (before, rest) = name.split_once('(')?;
    let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
    Some((format!("{before} {after}"), inside))
}
