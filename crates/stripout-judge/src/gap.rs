//! The gap: what bodies have, by how the rules stand to it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use stripout_model::{BodyId, Coverage, Currency, Determination, Effect, MakerId, Money};

use crate::holding::{could_cover, standing, weight};
use crate::{Deed, Holding, Judge, JudgeError, Outcome, Query, Standing};

/// What the rows of the table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Kind,
    Maker,
    Body,
    Region,
}

/// The table: a row a group, in the order of their names, and the sum of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    pub rows: Vec<GapRow>,
    pub all: GapRow,
    /// What each instrument says of them, but for those it is not about.
    pub instruments: Vec<Decided>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct GapRow {
    /// Name of the group; empty for what the group is not known of.
    pub group: String,
    /// Every holding of the group.
    pub total: Tally,
    pub covered: Tally,
    pub promised: Tally,
    pub unknown: Tally,
    pub no_rule: Tally,
}

/// Counts of holdings. A body or site with several may count in several columns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub bodies: u64,
    pub sites: u64,
    pub findings: u64,
    /// Where the evidence counts them.
    pub devices: u64,
    pub money: Vec<Money>,
}

/// What one instrument says of some of the holdings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    pub findings: u64,
    pub determination: Determination,
}

/// The table over what the query asks about.
pub fn gap(
    judge: &Judge<'_>,
    holdings: &[Holding<'_>],
    query: &Query,
    policy: Option<usize>,
    by: By,
) -> Result<Gap, JudgeError> {
    let mut groups: BTreeMap<String, Sums> = BTreeMap::new();
    let mut all = Sums::default();
    let mut decided = BTreeMap::new();
    for (place, holding) in holdings.iter().enumerate() {
        for deed in holding.deeds(query) {
            let situation = holding.situation_on(query, deed.day.clone());
            let coded = judge.code(&situation)?;
            let mut heaviest = None;
            for number in (0..judge.policies().len()).filter(|it| policy.is_none_or(|policy| policy == *it)) {
                let outcome = judge.outcome(number, &coded);
                heaviest = heaviest.max(weight(outcome));
                if !tells(outcome) {
                    continue;
                }
                // What is missing is told of each maker; all else is said of many in the same words.
                let maker = (outcome.coverage == Coverage::Unknown).then_some(&holding.finding.maker);
                let outcome = (number, outcome.coverage, outcome.rule, outcome.exemption, maker);
                let (findings, last, _) = decided
                    .entry(outcome)
                    .or_insert_with(|| (0, None, situation.clone()));
                // A finding of several purchases is one finding.
                if last.replace(place) != Some(place) {
                    *findings += 1;
                }
            }
            let standing = standing(heaviest);
            all.add(holding, &deed, standing);
            groups
                .entry(by.group(holding))
                .or_default()
                .add(holding, &deed, standing);
        }
    }
    let mut instruments: Vec<Decided> = Vec::new();
    for ((number, ..), (findings, _, situation)) in decided {
        let determination = judge.determination(number, &situation)?;
        let same = |it: &&mut Decided| {
            (&it.determination.policy, &it.determination.why) == (&determination.policy, &determination.why)
        };
        // Clauses and makers that come to the same sentence are told once.
        match instruments.iter_mut().find(same) {
            Some(told) => told.findings += findings,
            None => instruments.push(Decided {
                findings,
                determination,
            }),
        }
    }
    Ok(Gap {
        instruments,
        rows: groups.into_iter().map(|(group, sums)| sums.row(group)).collect(),
        all: all.row("all".into()),
    })
}

/// Whether an outcome is told beside the table: what is out of scope decides nothing, nor does a definition, nor what can but
/// relieve and may not reach.
fn tells(outcome: Outcome) -> bool {
    match (outcome.coverage, outcome.effect) {
        (Coverage::OutOfScope, _) | (_, None | Some(Effect::Defines)) => false,
        (Coverage::Unknown, Some(effect)) => could_cover(effect),
        (Coverage::Covered | Coverage::Exempt, Some(_)) => true,
    }
}

impl By {
    fn group(self, holding: &Holding<'_>) -> String {
        match self {
            Self::Kind => holding.kind.clone().unwrap_or_default(),
            Self::Maker => holding.finding.maker.to_string(),
            Self::Body => holding.name.clone(),
            Self::Region => holding.region.clone().unwrap_or_default(),
        }
    }
}

#[derive(Default)]
struct Sums<'f> {
    total: Sum<'f>,
    by_standing: BTreeMap<Standing, Sum<'f>>,
}

impl<'f> Sums<'f> {
    fn add(&mut self, holding: &Holding<'f>, deed: &Deed<'_>, standing: Standing) {
        self.total.add(holding, deed);
        self.by_standing.entry(standing).or_default().add(holding, deed);
    }

    fn row(mut self, group: String) -> GapRow {
        let mut tally = |standing| self.by_standing.remove(&standing).unwrap_or_default().tally();
        GapRow {
            covered: tally(Standing::Covered),
            promised: tally(Standing::Promised),
            unknown: tally(Standing::Unknown),
            no_rule: tally(Standing::NoRule),
            total: self.total.tally(),
            group,
        }
    }
}

#[derive(Default)]
struct Sum<'f> {
    bodies: BTreeSet<&'f BodyId>,
    sites: BTreeSet<(&'f BodyId, &'f str)>,
    findings: u64,
    /// The finding counted last: its purchases come one after the other.
    last: Option<&'f String>,
    /// Of each body and maker: of the body as a whole, and of its sites together. The one may count the other.
    devices: BTreeMap<(&'f BodyId, &'f MakerId), (u64, u64)>,
    money: BTreeMap<Currency, i64>,
}

impl<'f> Sum<'f> {
    fn add(&mut self, holding: &Holding<'f>, deed: &Deed<'_>) {
        let finding = holding.finding;
        self.bodies.insert(&finding.body);
        self.sites
            .extend(finding.place().map(|place| (&finding.body, place)));
        self.findings += u64::from(self.last.replace(&finding.id) != Some(&finding.id));
        let (whole, sites) = self.devices.entry((&finding.body, &finding.maker)).or_default();
        let devices = u64::from(deed.devices.unwrap_or(0));
        match finding.place() {
            Some(_) => *sites += devices,
            None => *whole += devices,
        }
        for money in deed.money {
            let sum = self.money.entry(money.currency).or_default();
            *sum = sum.saturating_add(money.minor_units);
        }
    }

    fn tally(self) -> Tally {
        let money = self.money.into_iter();
        Tally {
            bodies: self.bodies.len() as u64,
            sites: self.sites.len() as u64,
            findings: self.findings,
            devices: self
                .devices
                .into_values()
                .map(|(whole, sites)| whole.max(sites))
                .sum(),
            money: money
                .map(|(currency, minor_units)| Money {
                    minor_units,
                    currency,
                })
                .collect(),
        }
    }
}
