//! `/review`: one thing a screen, most worth first, for a person to decide on.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use stripout_judge::{Reviews, says};
use stripout_model::{Alert, Decision, Sighting, Statement, Verdict};

use crate::app::App;
use crate::assets::REVIEW;
use crate::desk::{Desk, Item, Said, Thing, Unsaid, Words, undoable, undoable_together, worth};
use crate::gate::Gate;
use crate::judged::decisions;
use crate::page::{Asked, Chrome, address, again};
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::{Quote, View};
use crate::words;

/// Of the places with the same words, how many are named.
const NAMED: usize = 12;

#[derive(Template)]
#[template(path = "review.html")]
struct Review {
    chrome: Chrome,
    script: &'static str,
    who: String,
    left: String,
    item: Option<Shown>,
    /// What an undo would take back.
    last: Option<Last>,
    asked: Question,
    entered: Entered,
    problem: Option<Unsaid>,
    makers: Vec<String>,
}

/// Where one is in the queue.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Question {
    /// Things up to this one were passed over.
    after: Option<String>,
    /// This one, whatever was decided on it.
    about: Option<String>,
}

/// What a form says.
#[derive(Debug, Clone, Default, Deserialize)]
struct Entered {
    thing: String,
    verdict: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    maker: String,
    /// On all with the same words as well.
    #[serde(default)]
    alike: String,
    #[serde(default)]
    after: String,
}

#[derive(Debug, Deserialize)]
struct Undone {
    decision: i64,
    #[serde(default)]
    after: String,
}

/// A thing as the page shows it.
struct Shown {
    id: String,
    sentence: String,
    sighting: Option<ShownSighting>,
    sides: Vec<Side>,
    worth: String,
    others: Option<String>,
    decided: Vec<Decided>,
}

struct ShownSighting {
    quote: Quote,
    body: Option<(String, String)>,
    body_why: String,
    maker: String,
    maker_id: String,
    recognised: String,
    why: String,
    source: String,
    partial: bool,
    place: String,
    facts: Vec<(&'static str, String)>,
    /// Where the same payment stands in other sources.
    copies: Vec<(String, String)>,
    alike: Vec<(String, String)>,
    more_alike: usize,
}

/// One of the two facts of a contradiction.
struct Side {
    what: &'static str,
    day: String,
    quote: String,
    source: String,
}

struct Decided {
    verdict: &'static str,
    day: String,
    who: String,
    why: String,
}

struct Last {
    id: i64,
    verdict: Verdict,
    thing: String,
    /// Others that it was said of as well.
    others: usize,
    why: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/review", get(review).post(decide))
        .route("/review/undo", post(undo))
}

/// What every page of the desk begins with.
struct AtDesk {
    view: Arc<View>,
    desk: Arc<Desk>,
    who: String,
}

impl AtDesk {
    fn of(view: Arc<View>, gate: &Gate, visitor: &Visitor) -> Result<Self, Trouble> {
        Ok(Self {
            who: visitor.reviewer()?.to_owned(),
            desk: gate.desks()?.desk.clone(),
            view,
        })
    }

    async fn page(
        &self,
        asked: Question,
        entered: Entered,
        problem: Option<Unsaid>,
    ) -> Result<Response, Trouble> {
        let queue = self.desk.queue(&self.view).await?;
        let log = decisions(self.view.register()).await?;
        let (left, next) = queue.next(&log, &self.who, asked.after.as_deref());
        let together = undoable_together(&log, &self.who);
        let last = together.last().map(|it| Last {
            others: together.len() - 1,
            id: it.id,
            verdict: it.verdict,
            thing: it.thing.clone(),
            why: words::safe(&it.why),
        });
        let about = asked.about.clone().or(next);
        let item = match &about {
            Some(id) => queue.item(id, &self.who, &self.view, log).await?,
            None => None,
        };
        if asked.about.is_some() && item.is_none() {
            return Err(Trouble::NotFound);
        }
        let makers = self.view.catalogue().makers.values();
        let status = match &problem {
            None => StatusCode::OK,
            Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        again(
            status,
            &Review {
                chrome: Chrome::new(&self.view, "/review", "Review"),
                script: REVIEW.address(),
                who: words::safe(&self.who),
                left: words::count(left as u64, "thing", "things"),
                item: item.map(|item| Shown::of(&item, &self.view)),
                last,
                asked,
                entered,
                problem,
                makers: makers.map(|maker| maker.label.clone()).collect(),
            },
        )
    }
}

async fn review(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Asked(asked): Asked<Question>,
) -> Result<Response, Trouble> {
    let at = AtDesk::of(view, &gate, &visitor)?;
    at.page(asked, Entered::default(), None).await
}

async fn decide(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let at = AtDesk::of(view, &gate, &visitor)?;
    let after = Some(entered.after.clone()).filter(|after| !after.is_empty());
    if entered.verdict == "skip" {
        return Ok(on(Some(entered.thing)));
    }
    let queue = at.desk.queue(&at.view).await?;
    let log = decisions(at.view.register()).await?;
    let item = queue.item(&entered.thing, &at.who, &at.view, log).await?;
    let Item {
        thing,
        copies,
        alike,
        judging,
        ..
    } = item.ok_or(Trouble::NotFound)?;
    let words = Words {
        verdict: &entered.verdict,
        why: &entered.why,
        body: &entered.body,
        maker: &entered.maker,
    };
    let said = match Said::of(words, &judging, matches!(thing, Thing::Alert(_))) {
        Ok(said) => said,
        Err(problem) => {
            let about = Some(thing.id().to_owned());
            return at.page(Question { after, about }, entered, Some(problem)).await;
        }
    };
    let reviews = Reviews::of(&judging.decisions);
    let mut ids = vec![thing.id().to_owned()];
    ids.extend(copies.into_iter().map(|copy| copy.id));
    if !entered.alike.is_empty() {
        ids.extend(alike.into_iter().map(|same| same.id));
    }
    let now = Timestamp::now();
    // The same form sent twice says nothing new.
    let new: Vec<Decision> = ids
        .into_iter()
        .filter(|id| !said.stands(reviews.last(id, &at.who)))
        .map(|id| said.clone().decision(id, &at.who, now))
        .collect();
    at.desk.decide(new).await?;
    Ok(on(after))
}

async fn undo(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(undone): Form<Undone>,
) -> Result<Response, Trouble> {
    let at = AtDesk::of(view, &gate, &visitor)?;
    let log = decisions(at.view.register()).await?;
    let last = undoable(&log, &at.who).filter(|last| last.id == undone.decision);
    // Sent twice, or overtaken by a later decision: nothing is taken back that was not shown.
    let Some(last) = last else {
        return Ok(on(Some(undone.after).filter(|after| !after.is_empty())));
    };
    let thing = last.thing.clone();
    let undo = Said::plain(Verdict::Undo, String::new());
    let now = Timestamp::now();
    let together = undoable_together(&log, &at.who).into_iter();
    let taken_back = together.map(|it| undo.clone().decision(it.thing.clone(), &at.who, now));
    at.desk.decide(taken_back.collect()).await?;
    let question = Question {
        after: Some(undone.after).filter(|after| !after.is_empty()),
        about: Some(thing),
    };
    Ok(Redirect::to(&address("/review", &question)).into_response())
}

/// To the next one.
fn on(after: Option<String>) -> Response {
    let question = Question { after, about: None };
    Redirect::to(&address("/review", &question)).into_response()
}

impl Shown {
    fn of(item: &Item, view: &View) -> Self {
        let decisions = item.judging.decisions.iter();
        let decided = decisions.filter(|it| it.thing == item.thing.id());
        let decided: Vec<Decided> = decided.map(Decided::of).collect();
        match &item.thing {
            Thing::Sighting(one) => {
                let others = one.accepts + one.rejects + one.unsure > 0;
                let votes = format!(
                    "{} accept, {} reject, {} unsure",
                    one.accepts, one.rejects, one.unsure
                );
                Self {
                    id: one.sighting.clone(),
                    sentence: one.sentence.clone(),
                    sighting: ShownSighting::of(item, view),
                    sides: Vec::new(),
                    worth: worth(one, view.reviewers()),
                    others: others.then_some(votes),
                    decided,
                }
            }
            Thing::Alert(alert) => Self {
                id: alert.id.clone(),
                sentence: alert.sentence.clone(),
                sighting: None,
                sides: Side::both(alert, view),
                worth: "Accepted, both facts may be shown beside each other to everybody.".into(),
                others: None,
                decided,
            },
        }
    }
}

impl ShownSighting {
    fn of(item: &Item, view: &View) -> Option<Self> {
        let (Thing::Sighting(one), Some(said)) = (&item.thing, &item.said) else {
            return None;
        };
        let what = &said.what;
        let mut facts = Vec::new();
        let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
        fact(
            "Body, as written",
            what.row.body.as_deref().map(|it| view.words(it)),
        );
        fact("Supplier", what.row.supplier.as_deref().map(|it| view.words(it)));
        fact("Amount", what.row.amount.map(|amount| amount.to_string()));
        fact("Day", what.row.date.or(said.written).map(words::day));
        let body = one.body.as_ref();
        let place = |same: &Statement<Sighting>| {
            let place = same.what.evidence.locator.to_string();
            let place = format!("{}, {place}", view.file(&same.source));
            (same.id.clone(), words::safe(&place))
        };
        let copies = item.copies.iter().map(place).collect();
        let mut alike: Vec<_> = item.alike.iter().map(place).collect();
        let more_alike = alike.len().saturating_sub(NAMED);
        alike.truncate(NAMED);
        Some(Self {
            quote: view.quote(body, &what.evidence),
            body: body.map(|id| (id.to_string(), view.name_of(id).to_owned())),
            body_why: words::safe(&one.body_why),
            maker: view.maker_label(&one.maker).to_owned(),
            maker_id: one.maker.to_string(),
            recognised: format!(
                "{} · {} · recognised by {}",
                says(said.kind, what.stance, &what.evidence.excerpt),
                words::confidence(what.confidence).to_lowercase(),
                words::via(what.via)
            ),
            why: view.words(&what.why),
            source: view.file(&said.source),
            partial: said.partial,
            place: words::safe(&what.evidence.locator.to_string()),
            facts,
            copies,
            alike,
            more_alike,
        })
    }
}

impl Side {
    fn both(alert: &Alert, view: &View) -> Vec<Self> {
        let seen = alert.seen.as_ref().map(|fact| ("Then", fact));
        let both = std::iter::once(("Said", &alert.said)).chain(seen);
        let side = |(what, fact): (&'static str, &stripout_model::Fact)| Self {
            what,
            day: fact.when.clone().unwrap_or_else(|| "no day stated".into()),
            quote: view.words(&fact.quote),
            source: view.file(&fact.source),
        };
        both.map(side).collect()
    }
}

impl Decided {
    fn of(decision: &Decision) -> Self {
        let corrected = [
            decision.body.as_ref().map(|body| format!("body: {body}")),
            decision.maker.as_ref().map(|maker| format!("maker: {maker}")),
        ];
        let why = std::iter::once(words::safe(&decision.why)).chain(corrected.into_iter().flatten());
        let why: Vec<String> = why.filter(|it| !it.is_empty()).collect();
        Self {
            verdict: decision.verdict.as_str(),
            day: words::day(decision.when.to_zoned(TimeZone::UTC).date()),
            who: words::safe(&decision.who),
            why: why.join(" · "),
        }
    }
}
