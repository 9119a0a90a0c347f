//! `/bodies/ID`: what is known of one body, with its proof, and what is not.

mod rules;
mod section;

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use stripout_model::{Alert, BodyId, Fact, Finding, Status};

use super::{embed, feeds};
use crate::app::App;
use crate::chart::Chart;
use crate::claim::Claim;
use crate::export;
use crate::ledger::ROWS;
use crate::page::{Chrome, page};
use crate::trouble::Trouble;
use crate::view::{Contradiction, Event, Money, Quote, Reply, Similar, View};
use crate::words;

use rules::Rules;
use section::Section;

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
    sections: Vec<Section<'v>>,
    rules: Rules<'v>,
    /// Bodies whose duties it took over and of which something is known.
    inherited: Vec<Inherited<'v>>,
    contradictions: Vec<Contradicted<'v>>,
    /// Contradictions that are not told here.
    more_contradictions: Option<String>,
    events: &'v [Event],
    /// What the timeline and the table of money leave out, in words.
    more_events: Option<String>,
    more_money: Option<String>,
    /// Evidence that no chart or table takes in.
    left_out: Option<String>,
    devices: Option<&'v Chart>,
    money: &'v [Money],
    spent: Option<&'v Chart>,
    promises: Vec<Kept<'v>>,
    questions: Vec<(&'v str, String)>,
    /// What it replied to all that is said of it; what it replied to one finding stands beside that.
    replies: Vec<&'v Reply>,
    any_reply: bool,
    similar: Vec<Similar<'v>>,
    cite: String,
    /// Where other sites learn how to show it.
    oembed: Option<String>,
}

impl BodyPage<'_> {
    fn is_patterned(&self) -> bool {
        self.devices
            .into_iter()
            .chain(self.spent)
            .any(Chart::is_patterned)
    }
}

/// What the findings of one maker with the same status come to.
struct Verdict<'v> {
    status: Status,
    maker: &'v str,
    /// Where, as far as it is of places: ` at Fernleigh Depot`, ` at 46 places`.
    place: String,
    dated: String,
}

/// A body that is no more, whose duties this one took over.
struct Inherited<'v> {
    id: &'v str,
    name: &'v str,
    until: String,
    verdicts: Vec<Verdict<'v>>,
}

/// What was said and what came after, each with its proof.
struct Contradicted<'v> {
    first: &'v Alert,
    said: Dated,
    seen: Option<Dated>,
    /// How many came after the first one, in words, and of them some.
    more: Option<String>,
    later: Vec<Dated>,
    /// Some are not told here.
    cut: bool,
}

/// A day, and where the proof of what it is the day of is.
struct Dated {
    day: String,
    link: Option<String>,
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
    let ledger = view.ledger(body).await?;
    let sections = Section::all(view.findings_of(&id), &view).await?;
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
    let contradictions = view.contradictions_of(&id);
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
        sections,
        rules: Rules::of(body, &view)?,
        inherited: inherited(&view, &id),
        more_contradictions: match contradictions.len().saturating_sub(LISTED) as u64 {
            0 => None,
            more => Some(words::count(more, "more is", "more are")),
        },
        contradictions: contradictions
            .iter()
            .take(LISTED)
            .map(|it| Contradicted::of(it, &view))
            .collect(),
        events: &ledger.events,
        more_events: more(ledger.all_events, "entry", "entries"),
        more_money: more(ledger.all_money, "row", "rows"),
        left_out: (ledger.left_out > 0).then(|| {
            words::count(
                ledger.left_out as u64,
                "piece of evidence is",
                "pieces of evidence are",
            )
        }),
        devices: ledger.devices.as_ref(),
        spent: ledger.spent.as_ref(),
        money: &ledger.money,
        promises: promises.collect(),
        questions: questions
            .map(|one| (one.lead.as_str(), view.words(&one.question)))
            .collect(),
        oembed: embed::discovery(&view, &id),
        replies: view
            .replies_of(&body.id)
            .filter(|it| !beside(it, &view))
            .collect(),
        any_reply: view.replies_of(&body.id).next().is_some(),
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

impl<'v> Contradicted<'v> {
    fn of(all: &Contradiction<'v>, view: &View) -> Self {
        let seen = |alert: &Alert| alert.seen.as_ref().map(|fact| Dated::of(fact, view));
        Self {
            first: all.first,
            said: Dated::of(&all.first.said, view),
            seen: seen(all.first),
            more: all.more(),
            later: all
                .later
                .iter()
                .take(LISTED)
                .filter_map(|alert| seen(alert))
                .collect(),
            cut: all.later.len() > LISTED,
        }
    }
}

impl Dated {
    fn of(fact: &Fact, view: &View) -> Self {
        Self {
            day: fact.when.clone().unwrap_or_else(|| "no day stated".to_owned()),
            link: view.proof_of(fact),
        }
    }
}

/// It stands beside the finding that it speaks to.
fn beside(reply: &Reply, view: &View) -> bool {
    reply
        .finding
        .as_ref()
        .is_some_and(|id| view.finding(id).is_some())
}

/// `the latest 60 of 3,000 entries`, where there are more.
fn more(all: usize, one: &str, many: &str) -> Option<String> {
    let told = || format!("the latest {ROWS} of {}", words::count(all as u64, one, many));
    (all > ROWS).then(told)
}

/// What is known of those it took over from, and of those before them.
fn inherited<'v>(view: &'v View, id: &BodyId) -> Vec<Inherited<'v>> {
    let before = view.took_over_from(id).into_iter();
    let known = before.filter(|body| !view.findings_of(&body.id).is_empty());
    let inherited = known.map(|body| Inherited {
        id: body.id.as_str(),
        name: &body.name,
        until: body.until.map(words::day).unwrap_or_default(),
        verdicts: verdicts(view, &body.id),
    });
    inherited.collect()
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
