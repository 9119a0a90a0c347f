//! What follows from a register: composed here from what is stored, what is known and what reviewers decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use stripout_catalogue::{Bodies, Catalogue, Situation};
use stripout_judge::{
    Alerts, Asked, Findings, Grounds, Guard, Holding, Inquiry, Judge, JudgeError, Named, NextQuestion,
    Pending, Query, RequestStanding, Resolve, Responses, Rule, Watch, alerts, carried, findings,
    next_questions, queue, responses, standings,
};
use stripout_model::{
    BodyId, Called, Commitment, Coverage, Decision, Determination, Effect, Finding, Lead, Outcome, Request,
    Sighting, Statement, Verdict,
};
use stripout_register::{Embargoes, Register, RegisterError};

use crate::called::Meant;
use crate::words::place;

/// What the register knows of is surveillance equipment, and a payment or award buys it: ids of `data/vocab/`.
pub const EQUIPMENT: &str = "video-surveillance";
pub const PURCHASE: &str = "procure";
/// What is asked of equipment that is there: may it stay?
const KEEP: &str = "keep";

/// A register as it stands, with the catalogue it is judged by.
#[derive(Clone)]
pub struct Judging {
    pub catalogue: Arc<Catalogue>,
    pub bodies: Arc<Bodies>,
    pub sightings: Vec<Statement<Sighting>>,
    pub decisions: Vec<Decision>,
    /// What is held back today.
    pub embargoes: Embargoes,
    pub requests: Vec<Request>,
    /// What of the words of sources alerts may quote.
    pub guard: Guard,
    /// Different reviewers who must have accepted before anything is public.
    pub reviewers: usize,
    pub today: Date,
    pub(crate) meant: Arc<Meant>,
}

/// What reviewers decided, and the rejections that follow from it: `carried`.
pub(crate) async fn decisions(register: &Register) -> Result<Vec<Decision>, RegisterError> {
    let log = register.decisions().await?;
    if !log.iter().any(|decision| decision.verdict == Verdict::Reject) {
        return Ok(log);
    }
    Ok(carried(&log, &register.same_claims().await?))
}

impl Judging {
    pub async fn read(
        register: &Register,
        catalogue: Arc<Catalogue>,
        bodies: Arc<Bodies>,
        reviewers: usize,
        today: Date,
    ) -> Result<Self, RegisterError> {
        Ok(Self {
            sightings: register.stated_sightings().await?,
            decisions: decisions(register).await?,
            embargoes: Embargoes::on(today, register.embargoes().await?),
            requests: register.requests().await?,
            ..Self::of_nothing(catalogue, bodies, reviewers, today)
        })
    }

    /// Nothing is stated, decided or held back.
    pub(crate) fn of_nothing(
        catalogue: Arc<Catalogue>,
        bodies: Arc<Bodies>,
        reviewers: usize,
        today: Date,
    ) -> Self {
        Self {
            catalogue,
            bodies,
            sightings: Vec::new(),
            decisions: Vec::new(),
            embargoes: Embargoes::default(),
            requests: Vec::new(),
            guard: Guard::none(),
            reviewers,
            today,
            meant: Arc::default(),
        }
    }

    pub fn findings(&self) -> Findings {
        let mut found = findings(self.grounds(&self.resolve()));
        self.hold_back(&mut found.findings);
        found
    }

    /// What a reviewer should look at, most worth first.
    pub fn queue(&self) -> Vec<Pending> {
        queue(self.grounds(&self.resolve()))
    }

    /// Where two facts contradict, as of today.
    pub fn alerts(
        &self,
        commitments: &[Statement<Commitment>],
        outcomes: &[Statement<Outcome>],
    ) -> Result<Alerts, JudgeError> {
        let judge = Judge::new(&self.catalogue)?;
        Ok(alerts(Watch {
            commitments,
            sightings: &self.sightings,
            outcomes,
            decisions: &self.decisions,
            catalogue: &self.catalogue,
            resolve: &self.resolve(),
            kind: &|body| self.kind(body),
            rules: &|body, named, day| self.rules(&judge, body, named, day),
            today: self.today,
            guard: &self.guard,
        }))
    }

    pub fn next_questions(&self, leads: &[Statement<Lead>]) -> Vec<NextQuestion> {
        next_questions(leads, &self.catalogue, &self.resolve())
    }

    /// Where each request stands today.
    pub fn requests(&self, outcomes: &[Statement<Outcome>]) -> Vec<RequestStanding> {
        let place = |body: &BodyId| {
            let body = self.bodies.get(body)?;
            Some((body.kind.clone(), body.nation.clone()))
        };
        standings(Inquiry {
            requests: &self.requests,
            outcomes,
            catalogue: &self.catalogue,
            resolve: &self.resolve(),
            place: &place,
            today: self.today,
        })
    }

    /// Of how many bodies anything is known, by kind.
    pub fn responses(&self, outcomes: &[Statement<Outcome>], findings: &[Finding]) -> Vec<Responses> {
        let mut existing = BTreeMap::new();
        for body in self.bodies.iter().filter(|body| body.existed(Some(self.today))) {
            *existing.entry(body.kind.clone()).or_default() += 1;
        }
        responses(Asked {
            requests: &self.requests(outcomes),
            findings,
            kind: &|body| self.kind(body),
            existing: &existing,
        })
    }

    fn kind(&self, body: &BodyId) -> Option<String> {
        self.bodies.get(body).map(|body| body.kind.clone())
    }

    /// The binding instruments in force on that day that cover a purchase, and what was announced by then and reaches it; where
    /// that cannot be told, none.
    fn rules(&self, judge: &Judge<'_>, body: &BodyId, named: &Sighting, day: Date) -> Vec<Rule> {
        let Some(known) = self.bodies.get(body) else {
            return Vec::new();
        };
        let kinds: Vec<String> = named.installation.device.clone().into_iter().collect();
        let equipment = self.catalogue.words.installation.equipment(&kinds);
        let situation = Situation {
            body: Some(known.kind.clone()),
            nation: Some(known.nation.clone()),
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
        let Ok(coded) = judge.code(&situation) else {
            return Vec::new();
        };
        // Words are found for what covers it alone: this is asked of every purchase.
        let covers = |policy: &usize| judge.outcome(*policy, &coded).coverage == Coverage::Covered;
        let covering = (0..judge.policies().len())
            .filter(covers)
            .filter_map(|policy| judge.determination(policy, &situation).ok());
        let rule = |one: Determination| {
            let policy = self.catalogue.policies.get(&one.policy)?;
            let provision = policy
                .provisions
                .iter()
                .find(|it| Some(&it.id) == one.provision.as_ref())?;
            let binding = one.binding && policy.status.is_in_force();
            // Of what binds nobody a promise alone is told.
            if !binding && provision.effect != Effect::Promises {
                return None;
            }
            let from = provision.from.as_ref().filter(|from| from.last <= day)?;
            Some(Rule {
                policy: one.policy,
                title: policy.title.clone(),
                in_force_from: from.clone(),
                // Its own words as the catalogue sums them up.
                why: format!("{}.", provision.says),
                source: provision.source.clone(),
                binding,
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

    pub fn sighting(&self, id: &str) -> Option<&Statement<Sighting>> {
        self.sightings.iter().find(|said| said.id == id)
    }

    /// The body of an id, or of a name that is surely one body's.
    pub fn body(&self, text: &str) -> Option<BodyId> {
        self.resolve()(Called::Name(text), None).map(|named| named.id)
    }

    /// Which body a number, a domain, a name or an id stood for on a day: only when it is surely that one.
    pub fn resolve(&self) -> impl Fn(Called<'_>, Option<Date>) -> Option<Named> {
        |called, day| self.meant.by(&self.bodies, called, day)
    }
}

/// A finding with what the catalogue knows of its body and of its sort of device.
pub fn holding<'f>(finding: &'f Finding, bodies: &Bodies, catalogue: &Catalogue) -> Holding<'f> {
    let body = bodies.get(&finding.body);
    Holding {
        finding,
        name: body.map_or_else(|| finding.body.to_string(), |body| body.name.clone()),
        kind: body.map(|body| body.kind.clone()),
        nation: body.map(|body| body.nation.clone()),
        region: body.map(|body| place(catalogue, body).to_owned()),
        equipment: catalogue
            .words
            .installation
            .equipment(&finding.kinds)
            .map(str::to_owned),
    }
}

/// May what is there be kept on that day?
pub fn keeping(date: Date) -> Query {
    Query {
        act: KEEP.into(),
        equipment: EQUIPMENT.into(),
        date,
        once: false,
    }
}

/// The code of a country or part, given as such or by its name.
pub fn nation(name: &str, catalogue: &Catalogue) -> Option<String> {
    let nations = catalogue.vocabularies.get("nations");
    let mut values = nations.into_iter().flat_map(|it| &it.values);
    let named = |it: &&_| {
        let it: &stripout_catalogue::VocabularyValue = it;
        it.id.eq_ignore_ascii_case(name) || it.meaning.eq_ignore_ascii_case(name)
    };
    values.find(named).map(|it| it.id.clone())
}
