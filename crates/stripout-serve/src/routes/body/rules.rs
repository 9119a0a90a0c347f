//! What the rules say of what is there at a body: each thing that an instrument says once, with all that it says it of.

use stripout_catalogue::PublicBody;
use stripout_model::{Coverage, Determination, Finding};

use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

pub(super) struct Rules<'v> {
    pub(super) reaching: Vec<Rule<'v>>,
    /// Instruments that do not reach it.
    pub(super) apart: Vec<Rule<'v>>,
    /// A body that is no more has equipment here, and no rule binds it.
    only_past: bool,
}

/// What one instrument says of some of it.
pub(super) struct Rule<'v> {
    pub(super) id: &'v str,
    pub(super) title: &'v str,
    /// `Acme at 3 sites, which a source calls sensitive, Bolt`; empty: of all of it.
    pub(super) of: String,
    pub(super) coverage: Coverage,
    pub(super) binding: bool,
    pub(super) why: String,
    pub(super) missing: String,
    /// Which of the things that are judged apart.
    things: Vec<usize>,
}

/// Findings of one maker that no rule tells apart.
struct Thing<'v> {
    maker: &'v str,
    /// ` at 3 sites`; empty where the rules say the same of all that is of this maker.
    place: String,
    findings: Vec<&'v Finding>,
}

impl<'v> Rules<'v> {
    pub(super) fn of(body: &PublicBody, view: &'v View) -> Result<Self, Trouble> {
        let there = || {
            view.findings_of(&body.id)
                .iter()
                .filter(|it| it.status.is_there())
        };
        let exists = body.existed(Some(view.today));
        let mut rules = Self {
            reaching: Vec::new(),
            apart: Vec::new(),
            only_past: !exists && there().next().is_some(),
        };
        if !exists {
            return Ok(rules);
        }
        let things = things(there(), view);
        let alike = things.iter().filter_map(|thing| thing.findings.first().copied());
        for (at, determined) in view.determinations(alike)?.iter().enumerate() {
            for one in determined {
                rules.add(one, at, view);
            }
        }
        rules
            .reaching
            .sort_by_key(|rule| match (rule.coverage, rule.binding) {
                (Coverage::Covered, true) => 0,
                (Coverage::Unknown, _) => 1,
                (Coverage::Covered, false) => 2,
                _ => 3,
            });
        for rule in rules.reaching.iter_mut().chain(&mut rules.apart) {
            rule.of = named(&rule.things, &things);
        }
        Ok(rules)
    }

    fn add(&mut self, one: &Determination, thing: usize, view: &'v View) {
        let Some(policy) = view.policy(&one.policy) else {
            return;
        };
        let rule = Rule {
            id: &policy.id,
            title: &policy.title,
            of: String::new(),
            coverage: one.coverage,
            binding: one.binding,
            why: words::reason(&policy.title, &one.why).to_owned(),
            missing: one.missing.join(", "),
            things: vec![thing],
        };
        let list = if rule.coverage == Coverage::OutOfScope {
            &mut self.apart
        } else {
            &mut self.reaching
        };
        match list.iter_mut().find(|it| it.says_as(&rule)) {
            Some(said) => said.things.push(thing),
            None => list.push(rule),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.only_past && self.reaching.is_empty() && self.apart.is_empty()
    }

    /// Some of them say something of one thing and not of another.
    pub(super) fn are_parted(&self) -> bool {
        self.reaching
            .iter()
            .chain(&self.apart)
            .any(|rule| !rule.of.is_empty())
    }
}

impl Rules<'_> {
    /// How many do not reach some of it.
    pub(super) fn instruments(&self) -> u64 {
        let mut ids: Vec<&str> = self.apart.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len() as u64
    }

    pub(super) fn apart_of(&self) -> String {
        let (one, many) = ("instrument that does not reach", "instruments that do not reach");
        let count = words::count(self.instruments(), one, many);
        format!("{count} {}", if self.are_parted() { "all of it" } else { "it" })
    }
}

impl Rule<'_> {
    fn says_as(&self, other: &Rule<'_>) -> bool {
        (self.id, self.coverage, self.binding, &self.why, &self.missing)
            == (
                other.id,
                other.coverage,
                other.binding,
                &other.why,
                &other.missing,
            )
    }
}

/// The rules ask whose, what sort of site and of device it is and no more: findings that are alike in that are judged once.
fn things<'v>(findings: impl Iterator<Item = &'v Finding>, view: &'v View) -> Vec<Thing<'v>> {
    let mut things: Vec<Thing<'_>> = Vec::new();
    for finding in findings {
        let like = |thing: &&mut Thing<'_>| {
            let first = thing.findings.first();
            first.is_some_and(|it| {
                (&it.maker, it.sensitive, &it.kinds) == (&finding.maker, finding.sensitive, &finding.kinds)
            })
        };
        match things.iter_mut().find(like) {
            Some(thing) => thing.findings.push(finding),
            None => things.push(Thing {
                maker: view.maker_label(&finding.maker),
                place: String::new(),
                findings: vec![finding],
            }),
        }
    }
    let makers: Vec<&str> = things.iter().map(|thing| thing.maker).collect();
    for thing in &mut things {
        if makers.iter().filter(|it| **it == thing.maker).count() > 1 {
            thing.place = told_apart(&thing.findings, view);
        }
    }
    things
}

/// `Acme at 3 sites, Bolt`; empty where it is all that there is.
fn named(of: &[usize], things: &[Thing<'_>]) -> String {
    if of.len() == things.len() {
        return String::new();
    }
    let mut names: Vec<String> = Vec::new();
    for group in things.chunk_by(|a, b| a.maker == b.maker) {
        let here = |thing: &&Thing<'_>| {
            of.iter()
                .any(|at| things.get(*at).is_some_and(|it| std::ptr::eq(it, *thing)))
        };
        let meant: Vec<&Thing<'_>> = group.iter().filter(here).collect();
        match meant.first() {
            Some(first) if meant.len() == group.len() => names.push(first.maker.to_owned()),
            _ => names.extend(meant.iter().map(|it| format!("{}{}", it.maker, it.place))),
        }
    }
    names.join(", ")
}

/// ` at 3 sites, which a source calls sensitive (dome camera)`
fn told_apart(alike: &[&Finding], view: &View) -> String {
    let Some(first) = alike.first() else {
        return String::new();
    };
    let placed = alike.iter().filter(|it| it.place().is_some()).count();
    let sites = match placed {
        0 => "at no one site".to_owned(),
        some => format!("at {}", words::count(some as u64, "site", "sites")),
    };
    let sort = match first.sensitive {
        Some(true) => ", which a source calls sensitive",
        Some(false) => ", which a source calls no sensitive one",
        None => "",
    };
    let devices: Vec<&str> = first
        .kinds
        .iter()
        .map(|it| words::label(view.catalogue(), "device-kinds", it))
        .collect();
    let devices = if devices.is_empty() {
        String::new()
    } else {
        format!(" ({})", devices.join(", "))
    };
    format!(" {sites}{sort}{devices}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_rule_speaks_of_is_named_unless_it_is_all() {
        let thing = |maker, place: &str| Thing {
            maker,
            place: place.to_owned(),
            findings: Vec::new(),
        };
        let things = [
            thing("Acme", " at no one site"),
            thing("Acme", " at 3 sites"),
            thing("Bolt", ""),
        ];
        for (of, words) in [
            (vec![0, 1, 2], ""),
            (vec![0, 1], "Acme"),
            (vec![1, 2], "Acme at 3 sites, Bolt"),
            (vec![2], "Bolt"),
        ] {
            assert_eq!(named(&of, &things), words);
        }
    }
}
