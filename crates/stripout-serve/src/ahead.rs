//! Answers made before they are asked for: what readers asked of the view before is there when the next one is shown.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use tower::ServiceExt as _;

use crate::app::App;
use crate::trouble::told;
use crate::view::View;

/// Makes answers of a view that nobody sees yet.
pub(crate) struct Ahead {
    /// All addresses, without what gives a request its view.
    pages: Router,
    app: App,
}

impl Ahead {
    pub(crate) fn new(pages: Router, app: App) -> Self {
        Self { pages, app }
    }

    /// What was asked of `before`, the latest first, one at a time and no longer than this.
    pub(crate) async fn make(&self, before: &View, view: &Arc<View>, within: Duration) {
        let began = Instant::now();
        for address in self.app.cache.asked(&before.revision) {
            if began.elapsed() > within {
                return;
            }
            let Ok(mut request) = Request::get(&address).body(Body::empty()) else {
                continue;
            };
            let uri = request.uri().clone();
            // Whoever comes without a word of who they are: what is kept is kept for them.
            let none = HeaderMap::new();
            let Ok(visitor) = self.app.gate.admit(&Method::GET, &uri, &none).await else {
                continue;
            };
            request.extensions_mut().insert(view.clone());
            request.extensions_mut().insert(visitor);
            let Ok(response) = self.pages.clone().oneshot(request).await;
            self.app
                .keep(view, &address, told(response, &uri, view), &none)
                .await;
        }
    }
}
