//! Which body is meant. Of a million rows most say one of a thousand names, so what was found for a name is remembered.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use stripout_catalogue::{Bodies, PublicBody};
use stripout_judge::Named;
use stripout_model::{Called, Confidence};

/// Names that are remembered. A register may hold any number of them, and who has more than bodies has names of nobody.
const MOST: usize = 50_000;
/// Longest of them, in bytes.
const LONGEST: usize = 300;

/// What names were found to mean.
#[derive(Debug, Default)]
pub(crate) struct Meant(Mutex<HashMap<String, Vec<Known>>>);

/// Whom a name means on all days of a stretch of time; without one, whenever.
#[derive(Debug)]
struct Known {
    stretch: Option<usize>,
    named: Option<Named>,
}

impl Meant {
    /// Which body a number, a domain, a name or an id stood for on a day: only when it is surely that one.
    pub(crate) fn by(&self, bodies: &Bodies, called: Called<'_>, day: Option<Date>) -> Option<Named> {
        let there = |body: &&PublicBody| body.existed(day);
        let certain = |body: &PublicBody| named(body, body.name.clone(), Confidence::Certain);
        match called {
            Called::Identifier { scheme, number } => {
                bodies.by_identifier(scheme, number).filter(there).map(certain)
            }
            Called::Domain(host) => bodies.by_domain(host).filter(there).map(certain),
            Called::Name(name) => {
                let id = name.parse().ok().and_then(|id| bodies.get(&id));
                id.map(certain).or_else(|| self.by_name(bodies, name, day))
            }
        }
    }

    fn by_name(&self, bodies: &Bodies, name: &str, day: Option<Date>) -> Option<Named> {
        let stretch = day.map(|day| bodies.stretch(day));
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |all: &Vec<Known>| {
            let known = all.iter().find(|known| known.stretch == stretch)?;
            Some(known.named.clone())
        };
        if let Some(named) = lock().get(name).and_then(known) {
            return named;
        }
        let named = look_up(bodies, name, day);
        if name.len() > LONGEST {
            return named;
        }
        let mut all = lock();
        if all.len() >= MOST {
            all.clear();
        }
        let known = Known {
            stretch,
            named: named.clone(),
        };
        all.entry(name.to_owned()).or_default().push(known);
        named
    }
}

fn look_up(bodies: &Bodies, name: &str, day: Option<Date>) -> Option<Named> {
    let found = bodies.resolve(name, day);
    let sure = found.body.filter(|_| found.confidence > Confidence::Review)?;
    let body = bodies.get(&sure)?;
    // The source says the name of a body that was no more, or not yet.
    let written = found.in_place_of.and_then(|id| bodies.get(&id));
    let name = written.map_or_else(
        || body.name.clone(),
        |written| {
            let ended = written.until.zip(day).is_some_and(|(until, day)| until <= day);
            let when = if ended { "now" } else { "then" };
            format!("{} ({when} {})", written.name, body.name)
        },
    );
    Some(named(body, name, found.confidence))
}

fn named(body: &PublicBody, name: String, sure: Confidence) -> Named {
    Named {
        id: body.id.clone(),
        name,
        sure,
    }
}
