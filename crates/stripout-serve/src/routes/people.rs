//! `/people`: who may do what, for owners.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::account::{AccountError, Audited, Member, Pending};
use crate::app::App;
use crate::gate::{Desks, Gate};
use crate::page::{Chrome, again};
use crate::person::{Role, Visitor};
use crate::trouble::Trouble;
use crate::view::View;
use crate::words;

#[derive(Template)]
#[template(path = "people.html")]
struct People {
    chrome: Chrome,
    members: Vec<Member>,
    pending: Vec<Pending>,
    audited: Vec<Audited>,
    roles: [Role; 4],
    /// The link just made; it is shown this once.
    link: Option<String>,
    problem: Option<String>,
}

#[derive(Deserialize)]
struct Invited {
    role: String,
}

#[derive(Deserialize)]
struct Ended {
    id: i64,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/people", get(people).post(invite))
        .route("/people/end", post(end))
}

async fn people(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Trouble> {
    visitor.may(Role::Owner)?;
    shown(&view, &gate, None, None).await
}

async fn shown(
    view: &View,
    gate: &Gate,
    link: Option<String>,
    problem: Option<String>,
) -> Result<Response, Trouble> {
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    again(
        status,
        &People {
            chrome: Chrome::new(view, "", "People"),
            members: accounts.members().await?,
            pending: accounts.pending().await?,
            audited: accounts.audited().await?,
            roles: Role::ALL,
            link,
            problem,
        },
    )
}

async fn invite(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(invited): Form<Invited>,
) -> Result<Response, Trouble> {
    let person = visitor.may(Role::Owner)?;
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let role = Role::ALL.into_iter().find(|role| role.as_str() == invited.role);
    let role = role.ok_or_else(|| Trouble::Wrong(format!("`{}` is no role", invited.role)))?;
    let by = person.name.as_deref().unwrap_or_default();
    let token = accounts.invite(role, by).await?;
    let link = view.url(&format!("/join?token={}", token.as_str()));
    shown(&view, &gate, Some(link), None).await
}

async fn end(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    Form(ended): Form<Ended>,
) -> Result<Response, Trouble> {
    let person = visitor.may(Role::Owner)?;
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let by = person.name.as_deref().unwrap_or_default();
    match accounts.end(ended.id, by).await {
        Ok(()) => Ok(Redirect::to("/people").into_response()),
        Err(AccountError::Refused(why)) => shown(&view, &gate, None, Some(why)).await,
        Err(error) => Err(error.into()),
    }
}

fn moment(at: impl words::Plain<jiff::Timestamp>) -> String {
    at.plain()
        .to_zoned(TimeZone::UTC)
        .strftime("%-d %B %Y, %H:%M UTC")
        .to_string()
}

fn on(at: impl words::Plain<jiff::Timestamp>) -> String {
    words::day(at.plain().to_zoned(TimeZone::UTC).date())
}
