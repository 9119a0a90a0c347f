//! What follows from a register: composed here from what is stored, what is known and what reviewers decided.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use stripout_catalogue::{Bodies, Catalogue, PublicBody, Situation};
use stripout_judge::{
    Alerts, Asked, Findings, Grounds, Judge, Named, NextQuestion, Pending, Resolve, Responses, Rule, Watch,
    alerts, findings, next_questions, queue, responses,
};
use stripout_model::{BodyId, Called, Confidence, Coverage, Decision, Determination, Sighting, Statement};

use crate::cli::CatalogueFlags;
use crate::cli::judge::situation::nation;
use crate::cli::register::{Opened, store_failure};

/// What the register knows of is surveillance equipment, and a payment or award buys it: ids of `data/vocab/`.
const EQUIPMENT: &str = "video-surveillance";
const PURCHASE: &str = "procure";

/// What judging depends on besides the register.
#[derive(Debug, Clone, Args)]
pub(crate) struct JudgeFlags {
    /// How many different reviewers must have accepted before a finding is public.
    #[arg(long, value_name = "N", default_value = "1", env = "STRIPOUT_REVIEWERS")]
    pub(crate) reviewers: NonZeroUsize,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlags,
}

/// A register as it stands, with the catalogue it is judged by.
pub(crate) struct Judging {
    pub(crate) catalogue: Catalogue,
    pub(crate) bodies: Bodies,
    pub(crate) sightings: Vec<Statement<Sighting>>,
    pub(crate) decisions: Vec<Decision>,
    reviewers: usize,
}

impl JudgeFlags {
    pub(crate) fn of(&self, opened: &Opened) -> anyhow::Result<Judging> {
        let catalogue = self.catalogue.load()?;
        let bodies = self.catalogue.bodies()?;
        let read = async {
            let sightings = opened.register.stated_sightings().await?;
            Ok((sightings, opened.register.decisions().await?))
        };
        let (sightings, decisions) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        Ok(Judging {
            catalogue,
            bodies,
            sightings,
            decisions,
            reviewers: self.reviewers.get(),
        })
    }
}

impl Judging {
    pub(crate) fn findings(&self) -> Findings {
        findings(self.grounds(&self.resolve()))
    }

    /// What a reviewer should look at, most worth first.
    pub(crate) fn queue(&self) -> Vec<Pending> {
        queue(self.grounds(&self.resolve()))
    }

    /// Where two facts contradict, as of today.
    pub(crate) fn alerts(&self, opened: &Opened) -> anyhow::Result<Alerts> {
        let read = async {
            let commitments = opened.register.stated_commitments().await?;
            Ok((commitments, opened.register.stated_outcomes().await?))
        };
        let (commitments, outcomes) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        let judge = Judge::new(&self.catalogue)?;
        Ok(alerts(Watch {
            commitments: &commitments,
            sightings: &self.sightings,
            outcomes: &outcomes,
            decisions: &self.decisions,
            catalogue: &self.catalogue,
            resolve: &self.resolve(),
            kind: &|body| self.kind(body),
            rules: &|body, named, day| self.rules(&judge, body, named, day),
            today: Timestamp::now().to_zoned(TimeZone::UTC).date(),
        }))
    }

    pub(crate) fn next_questions(&self, opened: &Opened) -> anyhow::Result<Vec<NextQuestion>> {
        let leads = opened
            .runtime
            .block_on(opened.register.stated_leads())
            .map_err(|error| store_failure(&error))?;
        Ok(next_questions(&leads, &self.catalogue, &self.resolve()))
    }

    /// Of how many bodies anything is known, by kind.
    pub(crate) fn responses(&self, opened: &Opened) -> anyhow::Result<Vec<Responses>> {
        let outcomes = opened
            .runtime
            .block_on(opened.register.stated_outcomes())
            .map_err(|error| store_failure(&error))?;
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        let mut existing = BTreeMap::new();
        for body in self.bodies.iter().filter(|body| body.existed(Some(today))) {
            *existing.entry(body.kind.clone()).or_default() += 1;
        }
        Ok(responses(Asked {
            outcomes: &outcomes,
            findings: &self.findings().findings,
            catalogue: &self.catalogue,
            resolve: &self.resolve(),
            kind: &|body| self.kind(body),
            existing: &existing,
        }))
    }

    fn kind(&self, body: &BodyId) -> Option<String> {
        self.bodies.get(body).map(|body| body.kind.clone())
    }

    /// The binding instruments in force on that day that cover a purchase; where that cannot be told, none.
    fn rules(&self, judge: &Judge<'_>, body: &BodyId, named: &Sighting, day: Date) -> Vec<Rule> {
        let Some(known) = self.bodies.get(body) else {
            return Vec::new();
        };
        let kinds: Vec<String> = named.installation.device.clone().into_iter().collect();
        let equipment = self.catalogue.words.installation.equipment(&kinds);
        let situation = Situation {
            body: Some(known.kind.clone()),
            nation: nation(&known.nation, &self.catalogue).ok(),
            id: Some(body.clone()),
            site: named
                .installation
                .sensitive
                .map(|so| ("sensitive".to_owned(), so))
                .into_iter()
                .collect(),
            equipment: Some(equipment.unwrap_or(EQUIPMENT).to_owned()),
            maker: Some(named.maker.clone()),
            act: Some(PURCHASE.into()),
            date: Some(day.into()),
            ..Situation::default()
        };
        let determined = judge.determine(&situation).unwrap_or_default();
        let covering = determined
            .into_iter()
            .filter(|one| one.coverage == Coverage::Covered && one.binding);
        let rule = |one: Determination| {
            let policy = self
                .catalogue
                .policies
                .get(&one.policy)
                .filter(|policy| policy.status.is_in_force())?;
            let provision = policy
                .provisions
                .iter()
                .find(|it| Some(&it.id) == one.provision.as_ref())?;
            let from = provision.from.as_ref().filter(|from| from.last <= day)?;
            Some(Rule {
                policy: one.policy,
                title: policy.title.clone(),
                in_force_from: from.first,
                why: one.why,
                source: provision.source.clone(),
            })
        };
        covering.filter_map(rule).collect()
    }

    fn grounds<'a>(&'a self, resolve: Resolve<'a>) -> Grounds<'a> {
        Grounds {
            sightings: &self.sightings,
            decisions: &self.decisions,
            catalogue: &self.catalogue,
            resolve,
            reviewers: self.reviewers,
        }
    }

    pub(crate) fn sighting(&self, id: &str) -> Option<&Statement<Sighting>> {
        self.sightings.iter().find(|said| said.id == id)
    }

    /// The body of an id, or of a name that is surely one body's.
    pub(crate) fn body(&self, text: &str) -> Option<BodyId> {
        self.resolve()(Called::Name(text), None).map(|named| named.id)
    }

    /// Which body a number, a domain, a name or an id stood for on a day: only when it is surely that one.
    fn resolve(&self) -> impl Fn(Called<'_>, Option<Date>) -> Option<Named> {
        |called, day| {
            let there = |body: &&PublicBody| body.existed(day);
            let body = match called {
                Called::Identifier { scheme, number } => {
                    self.bodies.by_identifier(scheme, number).filter(there)
                }
                Called::Domain(host) => self.bodies.by_domain(host).filter(there),
                Called::Name(name) => name.parse().ok().and_then(|id| self.bodies.get(&id)).or_else(|| {
                    let found = self.bodies.resolve(name, day);
                    let sure = found.body.filter(|_| found.confidence > Confidence::Review)?;
                    self.bodies.get(&sure)
                }),
            }?;
            Some(Named {
                id: body.id.clone(),
                name: body.name.clone(),
            })
        }
    }
}
