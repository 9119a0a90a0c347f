//! `/account`: one's own passphrase, changed.

use std::sync::Arc;

use askama::Template;
use axum::extract::Form;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::account::{AccountError, Accounts, Changing};
use crate::app::App;
use crate::gate::Gate;
use crate::page::{Chrome, again};
use crate::person::{Role, Visitor};
use crate::trouble::Trouble;
use crate::view::View;

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    chrome: Chrome,
    name: String,
    role: Role,
    changed: bool,
    problem: Option<String>,
}

pub(crate) fn routes(router: Router<App>) -> Router<App> {
    router.route("/account", get(account).post(change))
}

/// Whose it is, and where accounts are kept.
fn own<'a>(gate: &'a Gate, visitor: &Visitor) -> Result<(&'a Accounts, String, Role), Trouble> {
    let accounts = gate.desks()?.accounts.as_ref().ok_or(Trouble::NotFound)?;
    let role = visitor.may(Role::Reader)?.role;
    Ok((accounts, visitor.named(Role::Reader)?.to_owned(), role))
}

async fn account(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Trouble> {
    let (_, name, role) = own(&gate, &visitor)?;
    let chrome = Chrome::new(&view, "", "Your account");
    again(
        StatusCode::OK,
        &Account {
            chrome,
            name,
            role,
            changed: false,
            problem: None,
        },
    )
}

async fn change(
    Extension(view): Extension<Arc<View>>,
    Extension(gate): Extension<Arc<Gate>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(changing): Form<Changing>,
) -> Result<Response, Trouble> {
    let (accounts, name, role) = own(&gate, &visitor)?;
    let session = gate.token(&headers).ok_or(Trouble::SignIn)?;
    let (status, problem, wait) = match accounts.change(&name, &session, changing).await {
        Ok(()) => (StatusCode::OK, None, None),
        Err(AccountError::Refused(why)) => (StatusCode::UNPROCESSABLE_ENTITY, Some(why), None),
        Err(AccountError::Throttled { seconds }) => (
            StatusCode::TOO_MANY_REQUESTS,
            Some(format!(
                "too many attempts; try again in {} minutes",
                seconds / 60 + 1
            )),
            Some(seconds),
        ),
        Err(error) => return Err(error.into()),
    };
    let mut page = again(
        status,
        &Account {
            chrome: Chrome::new(&view, "", "Your account"),
            name,
            role,
            changed: problem.is_none(),
            problem,
        },
    )?;
    if let Some(seconds) = wait {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(page)
}
