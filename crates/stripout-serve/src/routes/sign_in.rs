//! `/sign-in`, `/sign-out` and `/join`: by name, passphrase and code; and the one-time link that makes an account.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use serde::Deserialize;

use crate::account::{AccountError, Entered, Joining, Offer, Token};
use crate::app::App;
use crate::gate::{Desks, Gate};
use crate::page::{Asked, Chrome, again, fresh};
use crate::person::Visitor;
use crate::trouble::Trouble;
use crate::view::View;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    chrome: Chrome,
    name: String,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "join.html")]
struct Join {
    chrome: Chrome,
    offer: Offer,
    token: String,
    name: String,
    problem: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(default)]
    token: String,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router
        .route("/sign-in", get(ask).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/join", get(offer).post(join))
}

async fn ask(
    Extension(view): Extension<Arc<View>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Trouble> {
    if visitor.0.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    fresh(&SignIn {
        chrome: Chrome::new(&view, "", "Sign in"),
        name: String::new(),
        problem: None,
    })
}

async fn sign_in(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Form(entered): Form<Entered>,
) -> Result<Response, Trouble> {
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let name = entered.name.clone();
    let (status, problem, wait) = match accounts.sign_in(entered).await {
        Ok(token) => return Ok(inside(&gate, &token)),
        Err(AccountError::Refused(why)) => (StatusCode::UNPROCESSABLE_ENTITY, why, None),
        Err(AccountError::Throttled { seconds }) => (
            StatusCode::TOO_MANY_REQUESTS,
            format!("too many attempts; try again in {} minutes", seconds / 60 + 1),
            Some(seconds),
        ),
        Err(error) => return Err(error.into()),
    };
    let mut page = again(
        status,
        &SignIn {
            chrome: Chrome::new(&view, "", "Sign in"),
            name,
            problem: Some(problem),
        },
    )?;
    if let Some(seconds) = wait {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(page)
}

async fn sign_out(
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    if let (Some(person), Some(token)) = (&visitor.0, gate.token(&headers)) {
        let who = person.name.as_deref().unwrap_or_default();
        accounts.sign_out(&token, who).await?;
    }
    let gone = [
        (SET_COOKIE.as_str(), gate.cookie("", 0)),
        ("clear-site-data", "\"cache\", \"cookies\", \"storage\"".into()),
        (LOCATION.as_str(), "/".into()),
    ];
    Ok((StatusCode::SEE_OTHER, gone).into_response())
}

async fn offer(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Asked(link): Asked<Link>,
) -> Result<Response, Trouble> {
    joining(&view, &gate, &link.token, String::new(), None).await
}

async fn joining(
    view: &View,
    gate: &Gate,
    token: &str,
    name: String,
    problem: Option<String>,
) -> Result<Response, Trouble> {
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let token = Token::read(token).ok_or(Trouble::NotFound)?;
    let offer = accounts.offer(&token).await?.ok_or(Trouble::NotFound)?;
    let status = match problem {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    again(
        status,
        &Join {
            chrome: Chrome::new(view, "", "Join"),
            offer,
            token: token.as_str().to_owned(),
            name,
            problem,
        },
    )
}

async fn join(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Form(entered): Form<Joining>,
) -> Result<Response, Trouble> {
    let Desks { accounts, .. } = gate.desks()?;
    let accounts = accounts.as_ref().ok_or(Trouble::NotFound)?;
    let token = Token::read(&entered.token).ok_or(Trouble::NotFound)?;
    let offer = accounts.offer(&token).await?.ok_or(Trouble::NotFound)?;
    match accounts.join(&offer, &token, &entered).await {
        Ok(session) => Ok(inside(&gate, &session)),
        Err(AccountError::Refused(why)) => {
            joining(&view, &gate, &entered.token, entered.name, Some(why)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// With the cookie of a new session, to the first page.
fn inside(gate: &Gate, token: &Token) -> Response {
    let headers = [
        (SET_COOKIE, gate.cookie(token.as_str(), crate::account::WHOLE)),
        (LOCATION, "/".into()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}
