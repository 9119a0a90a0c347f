//! Makes a view.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use stripout_judge::finding::{Speaker, speaker};
use stripout_judge::{By, Holding, Judge, NextQuestion, Reviews, gap};
use stripout_model::{Alert, Commitment, Decision, Finding, Outcome, Statement};
use stripout_register::{RowId, Summary, SummaryOf};

use super::public::{is_accepted, narrow, rests_on};
use super::{Audience, Counts, Grounds, Promised, View};
use crate::embargo::is_held;
use crate::{Judging, ServeError, holding, keeping};

/// Of the register as it is now.
pub(crate) async fn make(
    grounds: Arc<Grounds>,
    revision: String,
    now: Timestamp,
) -> Result<View, ServeError> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let register = &grounds.register;
    let judging = Judging::read(
        register,
        grounds.catalogue.clone(),
        grounds.bodies.clone(),
        grounds.reviewers,
        today,
    )
    .await?;
    let commitments = register.stated_commitments().await?;
    let outcomes = register.stated_outcomes().await?;
    let leads = match grounds.audience {
        Audience::Private => register.stated_leads().await?,
        Audience::Everybody => Vec::new(),
    };
    let summary = register.summary(SummaryOf::All).await?;
    let judged = tokio::task::spawn_blocking(move || {
        let questions = judging.next_questions(&leads);
        let stated = Stated {
            judging,
            commitments,
            outcomes,
            questions,
            summary,
        };
        stated.view(grounds, revision, now)
    });
    judged.await.map_err(|_ended| ServeError::Unfinished)?
}

/// What sources state, before anything is left out.
struct Stated {
    judging: Judging,
    commitments: Vec<Statement<Commitment>>,
    outcomes: Vec<Statement<Outcome>>,
    questions: Vec<NextQuestion>,
    summary: Summary,
}

/// What follows, of it what the audience may see.
struct Seen {
    findings: Vec<Finding>,
    alerts: Vec<Alert>,
    counts: Counts,
}

impl Stated {
    fn view(mut self, grounds: Arc<Grounds>, revision: String, now: Timestamp) -> Result<View, ServeError> {
        let Seen {
            findings,
            alerts,
            counts,
        } = match grounds.audience {
            Audience::Private => self.all()?,
            Audience::Everybody => self.public()?,
        };
        let judging = &self.judging;
        let judge = Judge::new(&judging.catalogue)?;
        let holdings: Vec<Holding<'_>> = findings
            .iter()
            .map(|finding| holding(finding, &judging.bodies, &judging.catalogue))
            .collect();
        let query = keeping(judging.today);
        let there = holdings.iter().filter(|holding| holding.is_there());
        let standings = there
            .map(|holding| {
                let standing = judge.standing(&holding.situation(&query), None)?;
                Ok((holding.finding.id.clone(), standing))
            })
            .collect::<Result<HashMap<_, _>, ServeError>>()?;
        let gap = gap(&judge, &holdings, &query, None, By::Kind)?;
        let responses = judging.responses(&self.outcomes, &findings);
        let shown = (grounds.audience == Audience::Everybody).then(|| {
            let ids = findings.iter().flat_map(rests_on);
            let ids = ids.chain(self.commitments.iter().map(|said| said.id.as_str()));
            let ids = ids.chain(self.outcomes.iter().map(|said| said.id.as_str()));
            ids.filter_map(|id| id.parse().ok()).collect::<HashSet<_>>()
        });
        let promises = {
            let resolve = judging.resolve();
            let promised = |said: Statement<Commitment>| {
                let day = said.what.days.document.or(said.written);
                let body = match speaker(&said.authors, day, None, &resolve, &judging.catalogue) {
                    Speaker::Known(named) => Some(named),
                    Speaker::Unknown { .. } => None,
                };
                Promised { body, said }
            };
            self.commitments.into_iter().map(promised).collect()
        };
        let today = judging.today;
        let mut behind = HashMap::new();
        for (place, finding) in findings.iter().enumerate() {
            let ids = rests_on(finding).filter_map(|id| id.parse().ok());
            behind.extend(ids.map(|id: RowId| (id, place)));
        }
        let may = |thing: &str| match &shown {
            None => true,
            Some(shown) => {
                thing.parse().is_ok_and(|id| shown.contains(&id))
                    || alerts.iter().any(|alert| alert.id == thing)
            }
        };
        let mut decisions: HashMap<String, Vec<Decision>> = HashMap::new();
        for decision in self.judging.decisions.into_iter().filter(|it| may(&it.thing)) {
            decisions
                .entry(decision.thing.clone())
                .or_default()
                .push(decision);
        }
        Ok(View {
            revision,
            made: now,
            today,
            findings,
            standings,
            alerts,
            promises,
            questions: self.questions,
            responses,
            gap,
            counts,
            decisions,
            behind,
            guard: self.judging.guard,
            shown,
            files: false,
            grounds,
        })
    }

    fn all(&self) -> Result<Seen, ServeError> {
        let found = self.judging.findings();
        let reviews = Reviews::of(&self.judging.decisions);
        let undecided = |said: &&Statement<_>| !reviews.of_thing(&said.id).is_decided();
        Ok(Seen {
            alerts: self.judging.alerts(&self.commitments, &self.outcomes)?.alerts,
            findings: found.findings,
            counts: Counts {
                sources: self.summary.sources,
                partial: self.summary.partial,
                records: self.summary.records,
                sightings: self.judging.sightings.len() as u64,
                unresolved: found.unresolved.len() as u64,
                undecided: self.judging.sightings.iter().filter(undecided).count() as u64,
            },
        })
    }

    /// Leaves out what sources that are held back say, and what stands in one record with a finding that is.
    fn hold_back(&mut self) {
        let judging = &self.judging;
        let embargoes = &judging.embargoes;
        if embargoes.is_empty() {
            return;
        }
        let findings = judging.findings().findings;
        let held = findings.iter().filter(|finding| embargoes.holds(&finding.id));
        let ids: HashSet<&str> = held.flat_map(rests_on).collect();
        let beside = judging
            .sightings
            .iter()
            .filter(|said| ids.contains(said.id.as_str()));
        let records: HashSet<String> = beside.map(|said| said.record.clone()).collect();
        self.commitments
            .retain(|said| !is_held(embargoes, &said.what.evidence.blob) && !records.contains(&said.record));
        self.outcomes
            .retain(|said| !is_held(embargoes, &said.what.evidence.blob) && !records.contains(&said.record));
    }

    /// Leaves out what nobody accepted, and judges what is left.
    fn public(&mut self) -> Result<Seen, ServeError> {
        self.hold_back();
        let findings = narrow(&mut self.judging);
        let reviewers = self.judging.reviewers;
        let reviews = Reviews::of(&self.judging.decisions);
        let mut alerts = self.judging.alerts(&self.commitments, &self.outcomes)?.alerts;
        alerts.retain(|alert| is_accepted(&reviews, &alert.id, reviewers));
        let told = |id: &str| {
            is_accepted(&reviews, id, reviewers)
                || alerts
                    .iter()
                    .any(|alert| alert.said.id == id || alert.seen.as_ref().is_some_and(|seen| seen.id == id))
        };
        self.commitments.retain(|said| told(&said.id));
        self.outcomes.retain(|said| told(&said.id));
        Ok(Seen {
            findings,
            alerts,
            counts: Counts {
                sightings: self.judging.sightings.len() as u64,
                ..Counts::default()
            },
        })
    }
}
