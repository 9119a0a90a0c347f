//! `/replies`: what bodies replied to what is said of them; for reviewers the form that records it.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::Timestamp;
use serde::Deserialize;
use stripout_register::{BodyReply, BodyReplyAct};

use crate::app::App;
use crate::desk::{ReplyWords, Unsaid, replied, stands_already};
use crate::gate::Gate;
use crate::page::{Asked, Chrome, again, page};
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::{Reply, View};

#[derive(Template)]
#[template(path = "replies.html")]
struct Replies<'v> {
    chrome: Chrome,
    rows: Vec<Row<'v>>,
    entered: Entered,
    problem: Option<String>,
}

struct Row<'v> {
    name: &'v str,
    reply: &'v Reply,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entered {
    body: String,
    finding: String,
    words: String,
    given: String,
    source: String,
    /// Number of a reply that is taken back instead.
    withdraw: Option<i64>,
    /// Why it is.
    why: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/replies", get(replies))
}

/// For those who record them.
pub(crate) fn desks(router: Router<App>) -> Router<App> {
    router.route("/replies", post(reply))
}

async fn replies(
    Extension(view): Extension<Arc<View>>,
    Asked(entered): Asked<Entered>,
) -> Result<Response, Trouble> {
    page(&told(&view, entered, None))
}

fn told(view: &View, entered: Entered, problem: Option<String>) -> Replies<'_> {
    let rows = view.standing_replies().map(|reply| Row {
        name: view.name_of(&reply.body),
        reply,
    });
    Replies {
        chrome: Chrome::new(view, "", "Replies of bodies"),
        rows: rows.collect(),
        entered,
        problem,
    }
}

fn unmade(view: &View, entered: Entered, unsaid: &Unsaid) -> Result<Response, Trouble> {
    let problem = format!("{}: {}", unsaid.what, unsaid.hint);
    again(
        StatusCode::UNPROCESSABLE_ENTITY,
        &told(view, entered, Some(problem)),
    )
}

async fn reply(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    if let Some(number) = entered.withdraw {
        return withdraw(&view, &gate, who, number, &entered.why).await;
    }
    let words = ReplyWords {
        body: &entered.body,
        finding: &entered.finding,
        words: &entered.words,
        given: &entered.given,
        source: &entered.source,
    };
    let judging = view.judging_of(Vec::new(), Vec::new());
    let (body, said) = match replied(words, &judging, |id| view.finding(id).is_some()) {
        Ok(replied) => replied,
        Err(unsaid) => return unmade(&view, entered, &unsaid),
    };
    let known = view.register().body_replies().await?;
    if stands_already(&known, &body, &said).is_none() {
        let entry = BodyReply {
            body: body.clone(),
            act: BodyReplyAct::Replied(said),
            who,
            when: Timestamp::now(),
        };
        let desk = gate.desks()?.desk.clone();
        desk.write(async move |register| register.keep_body_replies(&[entry]).await)
            .await?;
    }
    Ok(Redirect::to("/replies").into_response())
}

async fn withdraw(
    view: &View,
    gate: &Gate,
    who: String,
    number: i64,
    why: &str,
) -> Result<Response, Trouble> {
    let known = view.register().body_replies().await?;
    let body = known.stands(number).ok_or(Trouble::NotFound)?.clone();
    if why.trim().is_empty() {
        let unsaid = Unsaid {
            field: "why",
            what: "a reply taken back without a reason".into(),
            hint: "say why, for whoever reads it next",
        };
        return unmade(view, Entered::default(), &unsaid);
    }
    let entry = BodyReply {
        body,
        act: BodyReplyAct::Withdrew {
            reply: number,
            why: why.trim().to_owned(),
        },
        who,
        when: Timestamp::now(),
    };
    let desk = gate.desks()?.desk.clone();
    desk.write(async move |register| register.keep_body_replies(&[entry]).await)
        .await?;
    Ok(Redirect::to("/replies").into_response())
}
