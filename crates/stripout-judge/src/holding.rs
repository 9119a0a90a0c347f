//! What a body is found to have, and how the rules together stand to it.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::{Situation, Stretch};
use stripout_model::{Coverage, Effect, Finding, Money, Status};

use crate::{Coded, Judge, JudgeError, Outcome};

/// A finding with what is known of its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding<'f> {
    pub finding: &'f Finding,
    /// Name of the body for people.
    pub name: String,
    /// `data/vocab/body-kinds.toml`
    pub kind: Option<String>,
    /// ISO 3166
    pub nation: Option<String>,
    pub region: Option<String>,
    /// What instruments call it, where the evidence tells what sort of device it is: `data/vocab/equipment.toml`.
    pub equipment: Option<String>,
}

/// The question put to every holding: may it do this, on that day? The register knows surveillance equipment alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// `data/vocab/acts.toml`
    pub act: String,
    /// What is asked about where the evidence does not tell: `data/vocab/equipment.toml`.
    pub equipment: String,
    pub date: Date,
    /// The act is done once, as a purchase is: what was done by that day is judged, each time for the day on which it was done.
    pub once: bool,
}

/// What a holding is judged for: that it is there, or one purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed<'f> {
    /// As exactly as it is known.
    pub day: Stretch,
    /// Where the evidence counts them.
    pub devices: Option<u32>,
    pub money: &'f [Money],
}

/// How all instruments together stand to a holding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// A rule that is in force covers it.
    Covered,
    /// No such rule does, but somebody promised or asked.
    Promised,
    /// A fact that decides is not known.
    Unknown,
    /// No rule that is in force covers it, and no promise.
    NoRule,
}

impl Standing {
    pub const ALL: [Self; 4] = [Self::Covered, Self::Promised, Self::Unknown, Self::NoRule];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Promised => "promised",
            Self::Unknown => "unknown",
            Self::NoRule => "no-rule",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Holding<'_> {
    /// The equipment is there or was bought, as far as the evidence goes.
    pub fn is_there(&self) -> bool {
        self.finding.status.is_there()
    }

    /// What the question is about: that it is there, on the day asked for; or, of an act that is done once, each time
    /// that it was done by then.
    pub fn deeds(&self, query: &Query) -> Vec<Deed<'_>> {
        if query.once {
            return self.purchases(query.date);
        }
        let there = Deed {
            day: query.date.into(),
            devices: self.finding.devices,
            money: &self.finding.money,
        };
        self.is_there().then_some(there).into_iter().collect()
    }

    /// Payments and awards, each for its own day. Of what is there, or was, and no row tells when it was bought, that it was
    /// by the first day that the evidence speaks of.
    fn purchases(&self, by: Date) -> Vec<Deed<'_>> {
        let finding = self.finding;
        let deed = |devices, money, day: Option<Date>, at_the_latest: Option<Date>| Deed {
            day: day.map_or_else(|| Stretch::until(at_the_latest.unwrap_or(by)), Stretch::from),
            devices,
            money,
        };
        if !finding.purchases.is_empty() {
            let paid = finding.purchases.iter();
            return paid
                .filter(|paid| paid.day.is_none_or(|day| day <= by))
                .map(|paid| deed(paid.devices, &paid.money, paid.day, None))
                .collect();
        }
        let had = matches!(finding.status, Status::Removed | Status::Formerly);
        let bought = (self.is_there() || had) && finding.first.is_none_or(|first| first <= by);
        let once = deed(finding.devices, &finding.money, None, finding.first);
        bought.then_some(once).into_iter().collect()
    }

    /// The act on the day asked for.
    pub fn situation(&self, query: &Query) -> Situation {
        self.situation_on(query, query.date.into())
    }

    /// The act on another day, such as that of a purchase.
    pub fn situation_on(&self, query: &Query, day: Stretch) -> Situation {
        Situation {
            body: self.kind.clone(),
            nation: self.nation.clone(),
            id: Some(self.finding.body.clone()),
            site: self
                .finding
                .sensitive
                .map(|so| ("sensitive".to_owned(), so))
                .into_iter()
                .collect(),
            equipment: Some(self.equipment.as_ref().unwrap_or(&query.equipment).clone()),
            maker: Some(self.finding.maker.clone()),
            act: Some(query.act.clone()),
            date: Some(day),
            ..Situation::default()
        }
    }
}

impl Judge<'_> {
    /// How the instruments stand to a situation; `policy` looks at one alone.
    pub fn standing(&self, situation: &Situation, policy: Option<usize>) -> Result<Standing, JudgeError> {
        let coded = self.code(situation)?;
        Ok(standing(self.heaviest(&coded, |number| {
            policy.is_none_or(|policy| policy == number)
        })))
    }

    /// The greatest weight among the instruments of these numbers.
    pub(crate) fn heaviest(&self, coded: &Coded, of: impl Fn(usize) -> bool) -> Option<Weight> {
        let numbers = (0..self.policies().len()).filter(|number| of(*number));
        numbers
            .filter_map(|number| weight(self.outcome(number, coded)))
            .max()
    }
}

pub(crate) fn standing(heaviest: Option<Weight>) -> Standing {
    heaviest.map_or(Standing::NoRule, |(_, standing)| standing)
}

pub(crate) type Weight = (u8, Standing);

/// What an outcome adds to the standing; a rule that may cover weighs more than a promise that does.
pub(crate) fn weight(outcome: Outcome) -> Option<Weight> {
    if outcome.effect == Some(Effect::Defines) {
        return None;
    }
    match (outcome.coverage, outcome.duty) {
        (Coverage::Covered, true) => Some((4, Standing::Covered)),
        (Coverage::Unknown, true) => Some((3, Standing::Unknown)),
        (Coverage::Covered, false) => Some((2, Standing::Promised)),
        (Coverage::Unknown, false) if outcome.effect.is_some_and(could_cover) => Some((1, Standing::Unknown)),
        _ => None,
    }
}

pub(crate) fn could_cover(effect: Effect) -> bool {
    effect.coverage() == Coverage::Covered
}
