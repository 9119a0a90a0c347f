//! Where two facts contradict: what was promised, ruled or asked, and what came after.

mod promise;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use stripout_catalogue::{Catalogue, Policy, PolicyStatus, Stretch};
use stripout_model::{
    Alert, AlertKind, AlertStatus, BodyId, Called, Commitment, Confidence, Decision, DocumentKind, Effect,
    Evidence, Fact, MakerId, Outcome, OutcomeKind, Sighting, Stance, Statement, Voice, Wording,
};

pub use promise::Promise;

use crate::Guard;
use crate::explain::day;
use crate::finding::{Named, Resolve, Reviews, Speaker, speaker};
use crate::payment::{PaymentLine, payments};
use crate::sentence::{filled, long_date, sentence};

/// Bodies of one kind that must be known to have been asked before a refusal stands out.
const PEERS: usize = 4;

static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/templates/alerts.toml"))
        .expect("the embedded sentences are read by a test of this file")
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Sentences {
    promise_and_purchase: String,
    promise_undated: String,
    deadline_passed: String,
    deadline_undated: String,
    purchase_after_rule: String,
    purchase_after_announcement: String,
    refused_alone: String,
    instrument_ended: String,
    ended_on: String,
    ended_with: String,
}

/// A rule that covers a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Id in `data/policies/`.
    pub policy: String,
    pub title: String,
    pub in_force_from: Stretch,
    /// Why it covers it.
    pub why: String,
    /// Id of a citation.
    pub source: String,
    /// Whoever it covers is under a duty; else somebody only promised it.
    pub binding: bool,
}

/// What alerts follow from. The same in gives the same out.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    pub commitments: &'a [Statement<Commitment>],
    pub sightings: &'a [Statement<Sighting>],
    pub outcomes: &'a [Statement<Outcome>],
    pub decisions: &'a [Decision],
    pub catalogue: &'a Catalogue,
    pub resolve: Resolve<'a>,
    pub kind: &'a dyn Fn(&BodyId) -> Option<String>,
    /// The rules in force on that day that cover this body's purchase of what is named.
    pub rules: &'a dyn Fn(&BodyId, &Sighting, Date) -> Vec<Rule>,
    pub today: Date,
    /// What of the words of sources may be quoted.
    pub guard: &'a Guard,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Alerts {
    /// By kind, body and day.
    pub alerts: Vec<Alert>,
    /// Those that reviewers rejected.
    pub rejected: Vec<Alert>,
}

/// All that contradicts.
pub fn alerts(watch: Watch<'_>) -> Alerts {
    let reviews = Reviews::of(watch.decisions);
    let seen: Vec<Seen<'_>> = watch
        .sightings
        .iter()
        .filter(|said| !reviews.of_thing(&said.id).is_rejected())
        .filter_map(|said| {
            let corrected = reviews.of_thing(&said.id).body;
            let body = who(said, said.what.row.date, corrected.as_ref(), watch)?;
            Some(Seen { said, body })
        })
        .collect();
    let mut all = promises(watch, &seen);
    all.extend(instruments(watch));
    all.extend(after_rules(watch, &seen));
    all.extend(refusals(watch));
    all.sort_by(|a, b| (a.kind, &a.body, a.said.date, &a.id).cmp(&(b.kind, &b.body, b.said.date, &b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    for alert in &mut all {
        alert.status = reviews.of_thing(&alert.id).alert_status();
    }
    let (rejected, alerts) = once_a_payment(all, &seen)
        .into_iter()
        .partition(|alert| alert.status == AlertStatus::Rejected);
    Alerts { alerts, rejected }
}

/// Of what says the same of one payment that several sources have, the one that reviewers looked at, else the first.
fn once_a_payment(alerts: Vec<Alert>, seen: &[Seen<'_>]) -> Vec<Alert> {
    let paid: Vec<&Seen<'_>> = seen
        .iter()
        .filter(|one| one.said.kind == DocumentKind::Spend)
        .collect();
    let lines: Vec<PaymentLine<'_>> = paid
        .iter()
        .map(|one| PaymentLine::of(one.said, &one.body.id))
        .collect();
    let numbers: HashMap<&str, usize> = paid
        .iter()
        .map(|one| one.said.id.as_str())
        .zip(payments(&lines))
        .collect();
    let key = |alert: &Alert| {
        let number = numbers.get(alert.seen.as_ref()?.id.as_str())?;
        Some((alert.kind, alert.said.id.clone(), alert.maker.clone(), *number))
    };
    let mut decided: Vec<&Alert> = alerts.iter().collect();
    decided.sort_by_key(|alert| alert.status == AlertStatus::Open);
    let mut told = BTreeSet::new();
    let stays: BTreeSet<String> = decided
        .into_iter()
        .filter(|alert| key(alert).is_none_or(|key| told.insert(key)))
        .map(|alert| alert.id.clone())
        .collect();
    let mut alerts = alerts;
    alerts.retain(|alert| stays.contains(&alert.id));
    alerts
}

/// A reply and who sent it.
type Reply<'a> = (&'a Statement<Outcome>, Named);

struct Seen<'a> {
    said: &'a Statement<Sighting>,
    body: Named,
}

fn who<T>(
    said: &Statement<T>,
    day: Option<Date>,
    corrected: Option<&BodyId>,
    watch: Watch<'_>,
) -> Option<Named> {
    match speaker(
        &said.authors,
        day.or(said.written),
        corrected,
        watch.resolve,
        watch.catalogue,
    ) {
        Speaker::Known(named) => Some(named),
        Speaker::Unknown { .. } => None,
    }
}

/// Promises beside later purchases and counts, and promises whose term has ended without a word.
fn promises(watch: Watch<'_>, seen: &[Seen<'_>]) -> Vec<Alert> {
    let mut out = Vec::new();
    // What somebody else says that a body promised is no word of the body's own.
    let own = watch
        .commitments
        .iter()
        .filter(|said| said.what.voice != Voice::Reported);
    for said in own {
        let Some(body) = who(said, said.what.days.document, None, watch) else {
            continue;
        };
        let of_body: Vec<&Seen<'_>> = seen.iter().filter(|seen| seen.body.id == body.id).collect();
        let beside: BTreeSet<MakerId> = of_body
            .iter()
            .filter(|seen| seen.said.record == said.record)
            .filter(|seen| matches!(seen.said.what.stance, Stance::Has | Stance::PlannedRemoval))
            .map(|seen| seen.said.what.maker.clone())
            .collect();
        let beside: Vec<MakerId> = beside.into_iter().collect();
        let promise = Promise::of(&said.what, &beside, watch.catalogue);
        let fact = stated(said, &said.what.evidence, promise.given(), &body.id, watch);
        // A row that names a maker twice, by name and by number, tells of one purchase.
        let mut told = BTreeSet::new();
        for later in &of_body {
            if promise.is_contradicted(later.said, watch.catalogue)
                && told.insert((&later.said.record, &later.said.what.maker))
            {
                out.push(contradiction(&body, &fact, later.said, watch));
            }
        }
        if let Some(by) = promise
            .by()
            .filter(|by| *by < watch.today && promise.ends_something())
        {
            let done = of_body.iter().any(|later| {
                matches!(later.said.what.stance, Stance::Removed | Stance::Denies)
                    && later.said.what.confidence > Confidence::Review
                    && promise.reaches(&later.said.what.maker, watch.catalogue)
                    && promise.given() < later.said.what.row.date.or(later.said.written)
            });
            if !done {
                out.push(term_ended(&body, fact, &by.into()));
            }
        }
    }
    out
}

fn contradiction(body: &Named, fact: &Fact, later: &Statement<Sighting>, watch: Watch<'_>) -> Alert {
    let seen = sentence(later, &body.name, watch.catalogue);
    let template = match fact.date {
        Some(_) => &SENTENCES.promise_and_purchase,
        None => &SENTENCES.promise_undated,
    };
    let day = fact.when.clone().unwrap_or_default();
    Alert {
        id: id(AlertKind::PromiseAndPurchase, &body.id, &fact.id, Some(&later.id)),
        kind: AlertKind::PromiseAndPurchase,
        status: AlertStatus::Open,
        body: body.id.clone(),
        maker: Some(later.what.maker.clone()),
        sentence: filled(
            template,
            &[
                ("{body}", &body.name),
                ("{day}", &day),
                ("{said}", &fact.quote),
                ("{seen}", &seen),
            ],
        ),
        said: fact.clone(),
        seen: Some(as_seen(later, body, watch)),
    }
}

/// As people write it: `on 23 June 2025`, `with April 2025`.
fn ended(term: &Stretch) -> String {
    let template = if term.first == term.last {
        &SENTENCES.ended_on
    } else {
        &SENTENCES.ended_with
    };
    template.replace("{day}", &term.to_string())
}

fn term_ended(body: &Named, said: Fact, by: &Stretch) -> Alert {
    let template = match said.when {
        Some(_) => &SENTENCES.deadline_passed,
        None => &SENTENCES.deadline_undated,
    };
    let day = said.when.clone().unwrap_or_default();
    Alert {
        id: id(AlertKind::DeadlinePassed, &body.id, &said.id, None),
        kind: AlertKind::DeadlinePassed,
        status: AlertStatus::Open,
        body: body.id.clone(),
        maker: None,
        sentence: filled(
            template,
            &[
                ("{body}", &body.name),
                ("{day}", &day),
                ("{said}", &said.quote),
                ("{ended}", &ended(by)),
            ],
        ),
        said,
        seen: None,
    }
}

/// Promises that the catalogue holds as instruments, whose term has ended, with nothing known of their completion.
fn instruments(watch: Watch<'_>) -> Vec<Alert> {
    let mut out = Vec::new();
    let open = |policy: &&Policy| policy.status != PolicyStatus::Met;
    for policy in watch.catalogue.policies.values().filter(open) {
        let promised = policy
            .provisions
            .iter()
            .filter(|it| it.effect == Effect::Promises);
        for (provision, term) in promised.filter_map(|it| Some((it, it.deadline.as_ref()?))) {
            // Of a year or a month the last day, so that nobody is late before they are.
            if term.last >= watch.today {
                continue;
            }
            let given = provision.from.as_ref().map(|from| from.first);
            let named = provision
                .body
                .iter()
                .flat_map(|who| &who.id)
                .find_map(|id| (watch.resolve)(Called::Name(id.as_str()), given));
            let issuer = || {
                policy
                    .issuer
                    .split(',')
                    .find_map(|name| (watch.resolve)(Called::Name(name.trim()), given))
            };
            let Some(body) = named.or_else(issuer) else {
                continue;
            };
            let said = Fact {
                id: format!("{}:{}", policy.id, provision.id),
                date: provision.from.as_ref().and_then(exact),
                when: provision.from.as_ref().map(Stretch::to_string),
                quote: provision.says.clone(),
                wording: Wording::Summary,
                source: cited(watch.catalogue, &provision.source),
            };
            // The catalogue's own words: never in quotation marks.
            let sentence = filled(
                &SENTENCES.instrument_ended,
                &[
                    ("{policy}", &policy.title),
                    ("{day}", &day(&policy.adopted)),
                    ("{source}", &said.source),
                    ("{body}", &body.name),
                    ("{said}", &provision.says),
                    ("{ended}", &ended(term)),
                ],
            );
            out.push(Alert {
                sentence,
                ..term_ended(&body, said, term)
            });
        }
    }
    out
}

fn cited(catalogue: &Catalogue, id: &str) -> String {
    catalogue
        .citations
        .get(id)
        .map_or_else(|| id.to_string(), |citation| citation.title.clone())
}

/// Purchases after a rule that covers them came into force, or after what the catalogue holds as announced.
fn after_rules(watch: Watch<'_>, seen: &[Seen<'_>]) -> Vec<Alert> {
    let mut out = Vec::new();
    // A row that names a maker twice, by name and by number, tells of one purchase.
    let mut told = BTreeSet::new();
    for Seen { said, body } in seen {
        let what = &said.what;
        let (Stance::Has, Some(day)) = (what.stance, what.row.date) else {
            continue;
        };
        if what.confidence == Confidence::Review || !Promise::is_purchase(said, watch.catalogue) {
            continue;
        }
        for rule in (watch.rules)(&body.id, what, day) {
            if told.insert((rule.policy.clone(), &said.record, &what.maker)) {
                out.push(after_rule(rule, said, body, watch));
            }
        }
    }
    out
}

fn after_rule(rule: Rule, said: &Statement<Sighting>, body: &Named, watch: Watch<'_>) -> Alert {
    let (kind, template) = if rule.binding {
        (AlertKind::PurchaseAfterRule, &SENTENCES.purchase_after_rule)
    } else {
        (
            AlertKind::PromiseAndPurchase,
            &SENTENCES.purchase_after_announcement,
        )
    };
    let source = cited(watch.catalogue, &rule.source);
    Alert {
        id: id(kind, &body.id, &rule.policy, Some(&said.id)),
        kind,
        status: AlertStatus::Open,
        body: body.id.clone(),
        maker: Some(said.what.maker.clone()),
        sentence: filled(
            template,
            &[
                ("{seen}", &sentence(said, &body.name, watch.catalogue)),
                ("{policy}", &rule.title),
                ("{day}", &rule.in_force_from.to_string()),
                ("{source}", &source),
                ("{said}", &rule.why),
            ],
        ),
        said: Fact {
            id: rule.policy,
            date: exact(&rule.in_force_from),
            when: Some(rule.in_force_from.to_string()),
            quote: rule.why,
            wording: Wording::Summary,
            source,
        },
        seen: Some(as_seen(said, body, watch)),
    }
}

/// Refusals where most bodies of the same kind that were asked gave an answer.
fn refusals(watch: Watch<'_>) -> Vec<Alert> {
    let mut kinds: BTreeMap<String, BTreeMap<BodyId, Vec<Reply<'_>>>> = BTreeMap::new();
    for said in watch.outcomes {
        let Some(body) = who(said, said.what.days.document, None, watch) else {
            continue;
        };
        if let Some(kind) = (watch.kind)(&body.id) {
            kinds
                .entry(kind)
                .or_default()
                .entry(body.id.clone())
                .or_default()
                .push((said, body));
        }
    }
    let gives = |said: &Statement<Outcome>| {
        matches!(
            said.what.reply,
            OutcomeKind::Held | OutcomeKind::PartlyHeld | OutcomeKind::NotHeld
        )
    };
    let mut out = Vec::new();
    for bodies in kinds.values().filter(|bodies| bodies.len() >= PEERS) {
        let answered = bodies
            .values()
            .filter(|replies| replies.iter().any(|(said, _)| gives(said)))
            .count();
        if answered * 2 <= bodies.len() {
            continue;
        }
        for replies in bodies
            .values()
            .filter(|replies| !replies.iter().any(|(said, _)| gives(said)))
        {
            let refused = |said: &Statement<Outcome>| {
                matches!(
                    said.what.reply,
                    OutcomeKind::Refused | OutcomeKind::NeitherConfirmNorDeny
                )
            };
            let Some((said, body)) = replies.iter().find(|(said, _)| refused(said)) else {
                continue;
            };
            let day = said.what.days.document.or(said.written);
            out.push(Alert {
                id: id(AlertKind::RefusedAlone, &body.id, &said.id, None),
                kind: AlertKind::RefusedAlone,
                status: AlertStatus::Open,
                body: body.id.clone(),
                maker: None,
                sentence: filled(
                    &SENTENCES.refused_alone,
                    &[
                        ("{body}", &body.name),
                        ("{day}", &long_date(day.unwrap_or(said.got))),
                        ("{answered}", &answered.to_string()),
                        ("{asked}", &bodies.len().to_string()),
                    ],
                ),
                said: stated(said, &said.what.evidence, day, &body.id, watch),
                seen: None,
            });
        }
    }
    out
}

/// The words of a source about a body, as far as they may be quoted.
fn quote(evidence: &Evidence, body: &BodyId, watch: Watch<'_>) -> String {
    let kind = (watch.kind)(body);
    let parts = watch.guard.parts(kind.as_deref(), evidence);
    parts.concat().trim().to_owned()
}

fn as_seen(said: &Statement<Sighting>, body: &Named, watch: Watch<'_>) -> Fact {
    let day = said.what.row.date.or(said.written);
    stated(said, &said.what.evidence, day, &body.id, watch)
}

/// What a source says, in its own words.
fn stated<T>(
    said: &Statement<T>,
    evidence: &Evidence,
    day: Option<Date>,
    body: &BodyId,
    watch: Watch<'_>,
) -> Fact {
    Fact {
        id: said.id.clone(),
        date: day,
        when: day.map(long_date),
        quote: quote(evidence, body, watch),
        wording: Wording::Verbatim,
        source: said.source.clone(),
    }
}

/// A month or a year is no day.
fn exact(stretch: &Stretch) -> Option<Date> {
    (stretch.first == stretch.last).then_some(stretch.first)
}

/// The same contradiction has the same id in every run.
fn id(kind: AlertKind, body: &BodyId, said: &str, seen: Option<&str>) -> String {
    let seen = seen.map(|seen| format!(".{seen}")).unwrap_or_default();
    format!("{kind}.{body}.{said}{seen}")
}
