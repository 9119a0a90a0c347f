//! Makes a view.

use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use stripout_judge::finding::{Speaker, speaker};
use stripout_judge::{By, Guard, Holding, Judge, Reviews, gap};
use stripout_model::{Alert, Commitment, Finding, Outcome, Statement};
use stripout_register::{Embargoes, Register, RowId, SourcePages, Summary};
use tokio::runtime::Handle;

use super::inquiry::inquiries;
use super::parts::{Log, Only, Placed};
use super::public::{is_accepted, rests_on};
use super::rules::is_here;
use super::withdrawn::Withdrawn;
use super::work::{Seen, Work};
use super::{Audience, Behind, Counts, Grounds, Promised, View, reply};
use crate::embargo::is_held;
use crate::judged::decisions;
use crate::ledger::Ledgers;
use crate::{Judging, ServeError, holding, keeping};

/// Threads where nobody is answered meanwhile.
pub(crate) fn every_core() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Of the register as it is now. On every core, on threads of its own, as it takes long where the register is large.
pub(crate) async fn make(
    grounds: Arc<Grounds>,
    revision: String,
    now: Timestamp,
) -> Result<View, ServeError> {
    let runtime = Handle::current();
    let making = move || {
        let register = grounds.register.clone();
        runtime.block_on(make_on(every_core(), &register, grounds, revision, now))
    };
    let made = tokio::task::spawn_blocking(making);
    made.await.map_err(|_ended| ServeError::Unfinished)?
}

/// The same on the thread that asks and so many more, by connections of this register.
pub(crate) async fn make_on(
    threads: usize,
    register: &Register,
    grounds: Arc<Grounds>,
    revision: String,
    now: Timestamp,
) -> Result<View, ServeError> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let everybody = grounds.audience == Audience::Everybody;
    // Nobody accepted what somebody's own list says.
    let (leads, requests) = if everybody {
        (Vec::new(), Vec::new())
    } else {
        (register.stated_leads().await?, register.requests().await?)
    };
    let (only, guard) = looked_at(&grounds);
    let mut judging = Judging {
        embargoes: Embargoes::on(today, register.embargoes().await?),
        requests,
        guard,
        ..Judging::of_nothing(
            grounds.catalogue.clone(),
            grounds.bodies.clone(),
            grounds.reviewers,
            today,
        )
    };
    let questions = judging.next_questions(&leads);
    let mut log = Log::of(decisions(register).await?);
    let origins = register.origins().await?;
    let mut placed = Placed::read(register, &origins, &judging, &mut log, only).await?;
    let mut commitments = register.stated_commitments().await?;
    let mut outcomes = register.stated_outcomes().await?;
    if everybody {
        open(&judging.embargoes, &mut commitments, &mut outcomes);
    }
    let mut promises = promised(&judging, commitments);
    let work = Work {
        register,
        origins: &origins,
        audience: grounds.audience,
        judging: &judging,
        log: &log,
        promises: &promises,
        parts: Mutex::new(placed.parts()),
    };
    let mut seen = work.done(threads)?;
    let held = seen.held_back(&mut promises);
    outcomes.retain(|said| !held.records.contains(&said.record));
    // What rests on no sighting.
    judging.sightings = Vec::new();
    judging.decisions = log.others().to_vec();
    let rest = commitments_of(&promises, |body| !placed.has(body));
    seen.add(&mut judging, grounds.audience, &rest, &outcomes)?;
    let Seen {
        findings,
        alerts,
        sightings,
        replies,
        sources,
        ..
    } = seen.in_order();
    let pages = SourcePages::of(register.source_pages().await?);
    let open = everybody.then(|| held.open(sources, &pages, &judging.embargoes));
    let counts = counts(grounds.audience, sightings, &placed, &register.totals().await?);
    let mut shown_outcomes = outcomes.clone();
    if everybody {
        let told = told(&log, &alerts, judging.reviewers);
        promises.retain(|promised| told(&promised.said.id));
        shown_outcomes.retain(|said| told(&said.id));
        // What a reply comes to is in no queue: it follows what a reviewer accepted of the same reply.
        outcomes.retain(|said| told(&said.id) || replies.contains(&said.record));
    }
    let standing = standings(&judging, &findings)?;
    let shown = everybody.then(|| shown(&findings, &promises, &shown_outcomes));
    let withdrawn = std::mem::take(&mut placed.withdrawn)
        .told(&judging.embargoes, register, |id| log.on_sighting(id))
        .await?;
    let recorded = register.body_replies().await?;
    let replies = reply::shown(&recorded, grounds.audience, &findings, &held.bodies);
    let decisions = log.by_thing(|thing| tells_of(thing, shown.as_ref(), &withdrawn, &alerts));
    Ok(View {
        revision,
        made: now,
        today: judging.today,
        behind: Behind::of(&findings),
        responses: judging.responses(&outcomes, &findings),
        inquiries: inquiries(&judging, &outcomes),
        findings,
        standings: standing.by_finding,
        gap: standing.gap,
        alerts,
        promises,
        questions,
        counts,
        decisions,
        guard: judging.guard,
        shown,
        withdrawn,
        ledgers: Ledgers::default(),
        replies,
        pages,
        open,
        files: false,
        grounds,
    })
}

/// This audience may know of decisions on it.
fn tells_of(thing: &str, shown: Option<&HashSet<RowId>>, withdrawn: &Withdrawn, alerts: &[Alert]) -> bool {
    let evidence = |shown: &HashSet<RowId>| {
        let id = thing.parse();
        id.is_ok_and(|id| shown.contains(&id) || withdrawn.evidence.contains_key(&id))
    };
    shown.is_none_or(evidence) || alerts.iter().any(|alert| alert.id == thing)
}

/// Whom a view is made for: what of the register is judged, and what of its words is not told.
fn looked_at(grounds: &Grounds) -> (Only, Guard) {
    match grounds.audience {
        Audience::Private => (Only::All, Guard::none()),
        Audience::Everybody => (Only::Accepted, Guard::of(&grounds.catalogue)),
    }
}

/// What is held back goes before anything is judged for everybody.
fn open(
    embargoes: &Embargoes,
    commitments: &mut Vec<Statement<Commitment>>,
    outcomes: &mut Vec<Statement<Outcome>>,
) {
    commitments.retain(|said| !is_held(embargoes, &said.what.evidence.blob));
    outcomes.retain(|said| !is_held(embargoes, &said.what.evidence.blob));
}

/// Whether everybody is told of a commitment or an answer: it was accepted, or an alert that was speaks of it.
fn told<'a>(log: &'a Log, alerts: &'a [Alert], reviewers: usize) -> impl Fn(&str) -> bool + 'a {
    let reviews = Reviews::of(log.others());
    move |id| {
        let is = |fact: &stripout_model::Fact| fact.id == id;
        is_accepted(&reviews, id, reviewers)
            || alerts
                .iter()
                .any(|alert| is(&alert.said) || alert.seen.as_ref().is_some_and(is))
    }
}

/// Rows that a view for everybody rests on.
fn shown(findings: &[Finding], promises: &[Promised], outcomes: &[Statement<Outcome>]) -> HashSet<RowId> {
    let ids = findings.iter().flat_map(rests_on);
    let ids = ids.chain(promises.iter().map(|promised| promised.said.id.as_str()));
    let ids = ids.chain(outcomes.iter().map(|said| said.id.as_str()));
    ids.filter_map(|id| id.parse().ok()).collect()
}

fn promised(judging: &Judging, commitments: Vec<Statement<Commitment>>) -> Vec<Promised> {
    let resolve = judging.resolve();
    let promised = |said: Statement<Commitment>| {
        let day = said.what.days.document.or(said.written);
        let body = match speaker(&said.authors, day, None, &resolve, &judging.catalogue) {
            Speaker::Known(named) => Some(named),
            Speaker::Unknown { .. } => None,
        };
        Promised { body, said }
    };
    commitments.into_iter().map(promised).collect()
}

pub(super) fn commitments_of(
    promises: &[Promised],
    of: impl Fn(&stripout_model::BodyId) -> bool,
) -> Vec<Statement<Commitment>> {
    let own = promises
        .iter()
        .filter(|it| it.body.as_ref().is_some_and(|body| of(&body.id)));
    own.map(|it| it.said.clone()).collect()
}

fn counts(audience: Audience, sightings: u64, placed: &Placed, summary: &Summary) -> Counts {
    match audience {
        Audience::Private => Counts {
            sources: summary.sources,
            partial: summary.partial,
            records: summary.records,
            sightings: placed.count,
            unresolved: placed.unresolved,
            undecided: placed.undecided,
        },
        Audience::Everybody => Counts {
            sightings,
            ..Counts::default()
        },
    }
}

/// How the rules stand to what is there.
struct Standings {
    by_finding: HashMap<String, stripout_judge::Standing>,
    gap: stripout_judge::Gap,
}

fn standings(judging: &Judging, findings: &[Finding]) -> Result<Standings, ServeError> {
    let judge = Judge::new(&judging.catalogue)?;
    let holdings: Vec<Holding<'_>> = findings
        .iter()
        .filter(|finding| is_here(&finding.body, &judging.bodies, judging.today))
        .map(|finding| holding(finding, &judging.bodies, &judging.catalogue))
        .collect();
    let query = keeping(judging.today);
    let there = holdings.iter().filter(|holding| holding.is_there());
    let standing = |holding: &Holding<'_>| {
        let standing = judge.standing(&holding.situation(&query), None)?;
        Ok((holding.finding.id.clone(), standing))
    };
    Ok(Standings {
        by_finding: there.map(standing).collect::<Result<_, ServeError>>()?,
        gap: gap(&judge, &holdings, &query, None, By::Kind)?,
    })
}
