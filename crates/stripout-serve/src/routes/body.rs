//! `/bodies/ID`: what is known of one body, with its proof, and what is not.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::{Alert, BodyId, Coverage, Determination, Finding, Status};

use super::{embed, feeds};
use crate::app::App;
use crate::chart::{self, Chart};
use crate::claim::Claim;
use crate::export;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Event, Money, Proof, Quote, Similar, View};
use crate::words;

/// Pieces of evidence shown with each finding; the evidence page of each leads to the others.
const QUOTED: usize = 5;
/// Rows of the timeline and of the table of money on the page: the latest.
const ROWS: usize = 60;
/// Contradictions, promises and questions of each sort on the page; the rest is on its own page.
const LISTED: usize = 20;

#[derive(Template)]
#[template(path = "body.html")]
struct BodyPage<'v> {
    chrome: Chrome,
    id: &'v str,
    name: &'v str,
    kind: &'v str,
    place: &'v str,
    /// Of a body that is no more: since when, and who took over.
    gone: Option<String>,
    successors: Vec<(&'v str, &'v str)>,
    verdicts: Vec<Verdict<'v>>,
    claims: Vec<Proven<'v>>,
    alerts: Vec<&'v Alert>,
    /// Contradictions that are not told here.
    more_alerts: Option<String>,
    events: Vec<Event>,
    /// What the timeline and the table of money leave out, in words.
    more_events: Option<String>,
    more_money: Option<String>,
    /// Evidence that no chart or table takes in.
    left_out: Option<String>,
    devices: Option<Chart>,
    money: Vec<Money>,
    spent: Option<Chart>,
    promises: Vec<Kept<'v>>,
    questions: Vec<(&'v str, String)>,
    similar: Vec<Similar<'v>>,
    cite: String,
    /// Where other sites learn how to show it.
    oembed: Option<String>,
}

/// What the findings of one maker with the same status come to.
struct Verdict<'v> {
    status: Status,
    maker: &'v str,
    /// Where, as far as it is of places: ` at Fernleigh Depot`, ` at 46 places`.
    place: String,
    dated: String,
}

/// A finding with its evidence and what the rules say of it.
struct Proven<'v> {
    claim: Claim<'v>,
    agreeing: Vec<Proof>,
    against: Vec<Proof>,
    /// Pieces of evidence that are not quoted here.
    more: usize,
    rules: Vec<Rule<'v>>,
    /// Instruments that do not reach it.
    apart: Vec<Rule<'v>>,
}

impl Proven<'_> {
    fn more_of(&self) -> String {
        words::count(
            self.more as u64,
            "further piece of evidence",
            "further pieces of evidence",
        )
    }

    fn apart_of(&self) -> String {
        let apart = self.apart.len() as u64;
        words::count(
            apart,
            "instrument that does not reach it",
            "instruments that do not reach it",
        )
    }
}

struct Rule<'v> {
    id: &'v str,
    title: &'v str,
    coverage: Coverage,
    binding: bool,
    why: String,
    missing: String,
}

struct Kept<'v> {
    id: &'v str,
    act: String,
    quote: Quote,
    by: String,
    given: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/bodies/{id}", get(body))
}

async fn body(Extension(view): Extension<Arc<View>>, Path(id): Path<String>) -> Result<Response, Trouble> {
    if let Some(id) = id.strip_suffix(".atom") {
        return feeds::of_body(&view, id);
    }
    if let Some(id) = id.strip_suffix(".bib") {
        return export::bibtex_of_body(&view, id);
    }
    let id: BodyId = id.parse().map_err(|_no_id| Trouble::NotFound)?;
    let body = view.body(&id).ok_or(Trouble::NotFound)?;
    let told = view.told_of(&id).await?;
    let mut claims = Vec::new();
    for finding in view.findings_of(&id) {
        claims.push(proven(Claim::of(finding, &view), &view).await?);
    }
    let mut events = view.timeline(&id, &told);
    // The last ones are the latest, and those without a day.
    let more_events = more(events.len(), "entry", "entries");
    events.drain(..events.len().saturating_sub(ROWS));
    let mut money = view.money_of(&id, &told);
    let spent = chart::money(body, &money);
    let more_money = more(money.len(), "row", "rows");
    money.truncate(ROWS);
    let promises = view.promises_of(&id).take(LISTED).map(|promised| {
        let what = &promised.said.what;
        Kept {
            id: &promised.said.id,
            act: what.act.as_str().replace('-', " "),
            quote: view.quote(Some(&id), &what.evidence),
            by: what.by.as_ref().map_or_else(
                || "no day named".to_owned(),
                |by| by.date.map_or_else(|| view.words(&by.words), words::day),
            ),
            given: words::days(what.days.document.or(promised.said.written), None),
        }
    });
    let questions = view.questions_of(&id).take(LISTED);
    let gone = body.until.filter(|until| *until <= view.today);
    let successors = view.bodies().successors(&body.id).map(|it| &it.successor);
    page(&BodyPage {
        chrome: Chrome::new(&view, "/bodies", body.name.clone()),
        id: body.id.as_str(),
        name: &body.name,
        kind: words::label(view.catalogue(), "body-kinds", &body.kind),
        place: words::place(view.catalogue(), body),
        gone: gone.map(words::day),
        successors: successors.map(|id| (id.as_str(), view.name_of(id))).collect(),
        verdicts: verdicts(&view, &id),
        claims,
        alerts: view.alerts_of(&id).take(LISTED).collect(),
        more_alerts: match view.alerts_of(&id).skip(LISTED).count() as u64 {
            0 => None,
            more => Some(words::count(more, "more is", "more are")),
        },
        events,
        more_events,
        more_money,
        left_out: (told.left_out > 0).then(|| {
            words::count(
                told.left_out as u64,
                "piece of evidence is",
                "pieces of evidence are",
            )
        }),
        devices: chart::devices(body, &told, &view),
        spent,
        money,
        promises: promises.collect(),
        questions: questions
            .map(|one| (one.lead.as_str(), view.words(&one.question)))
            .collect(),
        oembed: embed::discovery(&view, &id),
        similar: view.similar(body),
        cite: format!(
            "Stripout register, \"{}\", state of {}, revision {}, /bodies/{}",
            body.name,
            words::day(view.today),
            view.revision,
            body.id
        ),
    })
}

/// `the latest 60 of 3,000 entries`, where there are more.
fn more(all: usize, one: &str, many: &str) -> Option<String> {
    let told = || format!("the latest {ROWS} of {}", words::count(all as u64, one, many));
    (all > ROWS).then(told)
}

/// By maker and status, in the order of the findings.
fn verdicts<'v>(view: &'v View, id: &BodyId) -> Vec<Verdict<'v>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in view.findings_of(id) {
        let like = |of: &&mut Vec<&Finding>| {
            of.first()
                .is_some_and(|it| (&it.maker, it.status) == (&finding.maker, finding.status))
        };
        match groups.iter_mut().find(like) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    let verdict = |group: Vec<&'v Finding>| {
        let latest = group.iter().copied().max_by_key(|it| it.stated)?;
        let places = group.iter().filter(|it| it.place().is_some()).count();
        Some(Verdict {
            status: latest.status,
            maker: view.maker_label(&latest.maker),
            place: match (places, group.len()) {
                (0, _) => String::new(),
                (1, 1) => Claim::of(latest, view).site(),
                (some, all) if some == all => {
                    format!(" at {}", words::count(some as u64, "place", "places"))
                }
                (some, _) => format!(", {} named", words::count(some as u64, "place", "places")),
            },
            dated: words::dated(latest),
        })
    };
    groups.into_iter().filter_map(verdict).collect()
}

async fn proven<'v>(claim: Claim<'v>, view: &'v View) -> Result<Proven<'v>, Trouble> {
    let finding = claim.finding;
    let quoted =
        |ids: &'v [String]| -> Vec<&'v str> { ids.iter().take(QUOTED).map(String::as_str).collect() };
    let agreeing = view.sightings(&quoted(&finding.sightings)).await?;
    let against = view.sightings(&quoted(&finding.contradicted_by)).await?;
    let all = finding.sightings.len() + finding.contradicted_by.len();
    let determined = if finding.status.is_there() {
        view.determinations(finding)?
    } else {
        Vec::new()
    };
    let (mut rules, apart): (Vec<Rule<'_>>, Vec<Rule<'_>>) = determined
        .iter()
        .filter_map(|one| rule(one, view))
        .partition(|rule| rule.coverage != Coverage::OutOfScope);
    rules.sort_by_key(|rule| match (rule.coverage, rule.binding) {
        (Coverage::Covered, true) => 0,
        (Coverage::Unknown, _) => 1,
        (Coverage::Covered, false) => 2,
        _ => 3,
    });
    Ok(Proven {
        more: all - agreeing.len() - against.len(),
        agreeing,
        against,
        claim,
        rules,
        apart,
    })
}

fn rule<'v>(one: &Determination, view: &'v View) -> Option<Rule<'v>> {
    let policy = view.policy(&one.policy)?;
    Some(Rule {
        id: &policy.id,
        title: &policy.title,
        coverage: one.coverage,
        binding: one.binding,
        why: words::reason(&policy.title, &one.why).to_owned(),
        missing: one.missing.join(", "),
    })
}
