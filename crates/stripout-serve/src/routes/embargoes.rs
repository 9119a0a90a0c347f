//! `/embargoes`: what is held back from everybody, and until when.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use stripout_register::{Embargo, Embargoes};

use crate::app::App;
use crate::embargo::thing_named;
use crate::gate::Gate;
use crate::page::{Asked, Chrome, again};
use crate::person::{Role, Visitor};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "embargoes.html")]
struct Held {
    chrome: Chrome,
    rows: Vec<Row>,
    entered: Entered,
    problem: Option<String>,
}

struct Row {
    thing: String,
    until: String,
    who: String,
    why: String,
}

#[derive(Default, Deserialize)]
struct Entered {
    #[serde(default)]
    thing: String,
    /// Empty: it is held back no longer.
    #[serde(default)]
    until: String,
    #[serde(default)]
    why: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/embargoes", get(held).post(hold))
}

async fn held(
    Extension(view): Extension<Arc<View>>,
    Extension(visitor): Extension<Visitor>,
    Asked(entered): Asked<Entered>,
) -> Result<Response, Trouble> {
    visitor.may(Role::Reader)?;
    shown(&view, entered, None).await
}

async fn shown(view: &View, entered: Entered, problem: Option<String>) -> Result<Response, Trouble> {
    let held = Embargoes::on(view.today, view.register().embargoes().await?);
    let row = |entry: &Embargo| Row {
        thing: words::safe(&entry.thing),
        until: entry.until.map(words::day).unwrap_or_default(),
        who: words::safe(&entry.who),
        why: words::safe(&entry.why),
    };
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    again(
        status,
        &Held {
            chrome: Chrome::new(view, "", "Held back"),
            rows: held.entries().into_iter().map(row).collect(),
            entered,
            problem,
        },
    )
}

async fn hold(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let who = visitor.reviewer()?.to_owned();
    let until = match entered.until.trim() {
        "" => None,
        day => match day.parse::<Date>() {
            Ok(day) if day <= view.today => {
                let problem = "that day is past or today: nothing would be held back".into();
                return shown(&view, entered, Some(problem)).await;
            }
            Ok(day) => Some(day),
            Err(_no_day) => {
                let problem = "the day must be one like 2027-01-31".into();
                return shown(&view, entered, Some(problem)).await;
            }
        },
    };
    let judging = view.judging().await?;
    let Some(thing) = thing_named(view.register(), &judging, &entered.thing).await? else {
        let problem = "there is no finding and no one source by that".into();
        return shown(&view, entered, Some(problem)).await;
    };
    let entry = Embargo {
        thing,
        until,
        who,
        when: Timestamp::now(),
        why: entered.why.trim().to_owned(),
    };
    let desk = gate.desks()?.desk.clone();
    desk.write(async move |register| register.embargo(&[entry]).await)
        .await?;
    Ok(Redirect::to("/embargoes").into_response())
}
