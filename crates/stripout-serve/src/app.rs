//! All addresses, and what every answer has in common.

use std::sync::{Arc, Weak};
use std::time::Duration;

use axum::body::{HttpBody as _, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use tokio::sync::{Semaphore, watch};

use crate::ahead::Ahead;
use crate::cache::{Answer, Cache};
use crate::gate::{Access, Gate};
use crate::trouble::{Trouble, told};
use crate::view::View;
use crate::{ServeError, api, assets, routes};

/// Answers made at the same time; kept ones are given out whatever the number.
const AT_ONCE: usize = 64;
/// How long a reader waits for their turn.
const PATIENCE: Duration = Duration::from_secs(1);
/// Largest answer that is kept.
const LARGEST: usize = 4 << 20;
/// Largest form that is read.
const LARGEST_FORM: usize = 1 << 20;

/// RFC 9211: this answer had been made before.
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");
const HIT: HeaderValue = HeaderValue::from_static("stripout; hit");

/// Adds the addresses of one page or resource.
pub(crate) type Routes = fn(Router<App>) -> Router<App>;

/// What there is to be shown.
#[derive(Clone)]
pub(crate) struct Views {
    /// To whoever comes.
    pub(crate) open: watch::Receiver<Arc<View>>,
    /// To people who signed in, where they can.
    pub(crate) inside: Option<watch::Receiver<Arc<View>>>,
}

/// What every handler shares.
#[derive(Clone)]
pub(crate) struct App {
    views: Views,
    pub(crate) cache: Arc<Cache>,
    turns: Arc<Semaphore>,
    pub(crate) gate: Arc<Gate>,
}

/// Pages work without scripts and load nothing from elsewhere; should markup ever slip in, it can do nothing.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    (
        "permissions-policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
];

/// What a header is on a card, which other sites are meant to frame.
enum Framing {
    Same,
    Instead(&'static str),
    Without,
}

fn framing(header: &str) -> Framing {
    match header {
        "content-security-policy" => Framing::Instead(
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *",
        ),
        "cross-origin-resource-policy" => Framing::Instead("cross-origin"),
        "x-frame-options" => Framing::Without,
        _ => Framing::Same,
    }
}

/// The web register over the latest view, and what makes its answers ahead for as long as the register lives.
pub(crate) fn app(views: Views, access: Access) -> Result<(Router, Weak<Ahead>), ServeError> {
    let gate = Arc::new(Gate::new(access, views.open.borrow().register().path())?);
    let app = App {
        views,
        cache: Arc::default(),
        turns: Arc::new(Semaphore::new(AT_ONCE)),
        gate: gate.clone(),
    };
    let assets: [Routes; 1] = [assets::routes];
    let all = assets.iter().chain(routes::PAGES).chain(api::ROUTES);
    let desks = routes::DESKS.iter().filter(|_| gate.desks().is_ok());
    let all = all.chain(desks).fold(Router::new(), |router, add| add(router));
    let pages = all
        .layer(Extension(gate))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .with_state(app.clone());
    let ahead = Arc::new(Ahead::new(pages.clone(), app.clone()));
    let weak = Arc::downgrade(&ahead);
    // The one that holds it: with the last router it ends, and so does what follows the register for it.
    let router = pages
        .layer(from_fn_with_state(app, answer))
        .layer(Extension(ahead));
    Ok((router, weak))
}

/// Gives the request its view, and the answer its headers.
async fn answer(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let admitted = app.gate.admit(request.method(), &uri, request.headers()).await;
    let signed_in = admitted.as_ref().is_ok_and(|visitor| visitor.0.is_some());
    let inside = app.views.inside.as_ref().filter(|_| signed_in);
    let view = inside.unwrap_or(&app.views.open).borrow().clone();
    // Weak: an answer has the same tag packed and unpacked.
    let tag = format!("W/\"{}\"", view.revision);
    let address = uri.path_and_query().map_or("/", |it| it.as_str()).to_owned();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = if let Err(trouble) = admitted {
        told(trouble.into_response(), &uri, &view)
    } else if reads && is_known(request.headers(), &tag) && !is_asset(&address) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if let Some(kept) = app.cache.get(&view.revision, &address).filter(|_| reads) {
        let mut kept = as_kept(kept, request.headers());
        kept.headers_mut().insert(CACHE_STATUS, HIT);
        kept
    } else {
        request.extensions_mut().insert(view.clone());
        if let Ok(visitor) = admitted {
            request.extensions_mut().insert(visitor);
        }
        match tokio::time::timeout(PATIENCE, app.turns.acquire()).await {
            Ok(Ok(_turn)) => {
                let keep = *request.method() == Method::GET;
                let headers = request.headers().clone();
                let made = told(next.run(request).await, &uri, &view);
                if keep {
                    app.keep(&view, &address, made, &headers).await
                } else {
                    made
                }
            }
            _ => told(Trouble::Busy.into_response(), &uri, &view),
        }
    };
    let own = !response.headers().contains_key(CACHE_CONTROL);
    let headers = response.headers_mut();
    if own {
        // What only people with an account see stays on no disk.
        let kept = if inside.is_some() {
            "no-store"
        } else {
            "no-cache, private"
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
    }
    let tag = HeaderValue::try_from(tag);
    if own
        && let Ok(tag) = tag
        && !response.status().is_client_error()
        && !response.status().is_server_error()
    {
        response.headers_mut().insert(ETAG, tag);
    }
    let framed = response.status().is_success() && address.starts_with("/embed/");
    for (name, value) in HEADERS {
        let value = match (framed, framing(name)) {
            (true, Framing::Without) => continue,
            (true, Framing::Instead(value)) => value,
            _ => value,
        };
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The reader has this very answer: another view has another tag.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    known.is_some_and(|known| {
        known
            .split(',')
            .any(|one| one.trim().trim_start_matches("W/") == tag.trim_start_matches("W/"))
    })
}

fn is_asset(address: &str) -> bool {
    address.starts_with("/assets/") || address.starts_with("/sources/")
}

impl App {
    /// Whether answers are being made for readers.
    pub(crate) fn is_busy(&self) -> bool {
        self.turns.available_permits() < AT_ONCE
    }

    /// Keeps an answer for the next who asks.
    pub(crate) async fn keep(
        &self,
        view: &View,
        address: &str,
        response: Response,
        reader: &HeaderMap,
    ) -> Response {
        let own = response.headers().contains_key(CACHE_CONTROL);
        let kind = response.headers().get(CONTENT_TYPE).cloned();
        let (StatusCode::OK, Some(kind), false) = (response.status(), kind, own) else {
            return response;
        };
        // A file of everything goes out as it is.
        let size = response.body().size_hint().exact();
        if size.is_none_or(|size| size > LARGEST as u64) {
            return response;
        }
        let body = match to_bytes(response.into_body(), LARGEST).await {
            Ok(body) => body,
            Err(error) => return Trouble::Failed(error.to_string()).into_response(),
        };
        match Answer::pack(kind, &body) {
            Ok(answer) => {
                self.cache.put(&view.revision, address, answer.clone());
                as_kept(answer, reader)
            }
            Err(error) => Trouble::Failed(error.to_string()).into_response(),
        }
    }
}

fn as_kept(answer: Answer, reader: &HeaderMap) -> Response {
    let told = answer.told(reader);
    told.unwrap_or_else(|error| Trouble::Failed(error.to_string()).into_response())
}
