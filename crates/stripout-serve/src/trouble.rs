//! What cannot be answered: told calmly to people, as a problem object (RFC 9457) to programs.

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use stripout_register::RegisterError;

use crate::ServeError;
use crate::page::{Chrome, page};
use crate::view::View;

#[derive(Debug)]
pub(crate) enum Trouble {
    NotFound,
    /// It was here and was taken back.
    Gone,
    /// The question is not understood: which part of it, and why.
    Malformed(String),
    /// More asked at once than can be answered.
    Busy,
    /// Ours to mend.
    Failed(String),
}

/// A problem as programs read it.
#[derive(Debug, Clone, Serialize)]
struct Problem {
    #[serde(rename = "type")]
    kind: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// What was wrong with the question, on its way to the page that says so.
#[derive(Debug, Clone)]
struct Detail(String);

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage {
    chrome: Chrome,
    title: &'static str,
    what: &'static str,
    detail: Option<String>,
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = status.into_response();
        match self {
            Self::Malformed(detail) => {
                response.extensions_mut().insert(Detail(detail));
            }
            Self::Busy => {
                let headers = response.headers_mut();
                headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
            }
            // Paths and statements are for the log, not for the page.
            Self::Failed(because) => log(&because),
            Self::NotFound | Self::Gone => {}
        }
        response
    }
}

#[allow(
    clippy::print_stderr,
    reason = "the one place where a failure of the server is logged"
)]
fn log(because: &str) {
    eprintln!("error: a page could not be made: {}", crate::words::safe(because));
}

/// Gives any error its body, whoever made it.
pub(crate) fn told(response: Response, uri: &Uri, view: &View) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let detail = parts.extensions.remove::<Detail>().map(|it| it.0);
    let (code, title, what) = words(status);
    let body = if uri.path().starts_with("/api/") || uri.path() == "/oembed" {
        let problem = Problem {
            kind: "about:blank",
            title,
            status: status.as_u16(),
            code,
            detail,
        };
        let mut made = Json(problem).into_response();
        let json = HeaderValue::from_static("application/problem+json");
        made.headers_mut().insert(CONTENT_TYPE, json);
        made
    } else {
        let template = TroublePage {
            chrome: Chrome::new(view, "", title),
            title,
            what,
            detail,
        };
        page(&template).unwrap_or_else(|_unrendered| title.into_response())
    };
    let (made, body) = body.into_parts();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    if let Some(kind) = made.headers.get(CONTENT_TYPE) {
        parts.headers.insert(CONTENT_TYPE, kind.clone());
    }
    Response::from_parts(parts, Body::new(body))
}

/// Code, title and what to do.
fn words(status: StatusCode) -> (&'static str, &'static str, &'static str) {
    match status {
        StatusCode::BAD_REQUEST => (
            "bad-request",
            "The question is not understood",
            "Something in the address is not as it should be. The lists on this site link to addresses that are.",
        ),
        StatusCode::NOT_FOUND => (
            "not-found",
            "Nothing is here",
            "There is no page at this address, or what it showed is not public. Search for the body you have in mind.",
        ),
        StatusCode::GONE => (
            "withdrawn",
            "This was withdrawn",
            "What stood at this address was taken back. The list of corrections says when.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "method-not-allowed",
            "This address is for reading",
            "Nothing can be sent to it.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "overloaded",
            "Too many are reading at once",
            "Try again in a moment.",
        ),
        StatusCode::NOT_IMPLEMENTED => (
            "not-implemented",
            "This is not given in that form",
            "Leave the form out, or ask for JSON.",
        ),
        status if status.is_server_error() => (
            "failed",
            "This page could not be made",
            "The fault is ours and has been noted. Other pages may work.",
        ),
        _ => ("refused", "This cannot be answered", "Check the address."),
    }
}

impl From<RegisterError> for Trouble {
    fn from(error: RegisterError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<ServeError> for Trouble {
    fn from(error: ServeError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
