//! Answers made before they are asked for. Pages that take long are there when the first reader comes; what readers asked of the
//! view before is there when the next one is shown; and what is left is made while nobody asks.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::vec::IntoIter;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use crate::app::App;
use crate::trouble::told;
use crate::view::View;

/// How long it waits while readers are answered.
const A_MOMENT: Duration = Duration::from_millis(20);

/// Makes answers that nobody asked for yet.
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
            self.one(view, &address).await;
        }
    }

    /// The pages of bodies with much evidence, so many at a time and no longer than this: before anybody is answered.
    pub(crate) async fn first(self: &Arc<Self>, view: &Arc<View>, threads: usize, within: Duration) {
        let until = Instant::now() + within;
        let pages = Arc::new(Mutex::new(view.long_pages().into_iter()));
        let some = |_| self.clone().some(view.clone(), pages.clone(), until);
        let each: JoinSet<()> = (0..threads).map(some).collect();
        each.join_all().await;
    }

    async fn some(self: Arc<Self>, view: Arc<View>, pages: Arc<Mutex<IntoIter<String>>>, until: Instant) {
        let next = || pages.lock().unwrap_or_else(PoisonError::into_inner).next();
        while Instant::now() < until
            && let Some(address) = next()
            && self.body(&view, &address).await
        {}
    }

    async fn one(&self, view: &Arc<View>, address: &str) {
        let Ok(mut request) = Request::get(address).body(Body::empty()) else {
            return;
        };
        let uri = request.uri().clone();
        // Whoever comes without a word of who they are: what is kept is kept for them.
        let none = HeaderMap::new();
        let Ok(visitor) = self.app.gate.admit(&Method::GET, &uri, &none).await else {
            return;
        };
        request.extensions_mut().insert(view.clone());
        request.extensions_mut().insert(visitor);
        let Ok(response) = self.pages.clone().oneshot(request).await;
        self.app
            .keep(view, address, told(response, &uri, view), &none)
            .await;
    }

    /// What is told of one body with much evidence, unless it is there; `false` where no room is left.
    async fn body(&self, view: &Arc<View>, address: &str) -> bool {
        let (cache, revision) = (&self.app.cache, &view.revision);
        if cache.has_room(revision) && !cache.holds(revision, address) {
            self.one(view, address).await;
        }
        cache.has_room(revision)
    }
}

/// Makes the pages of bodies with much evidence, those with most first, while nobody waits for an answer: for each view, for as
/// long as the register is served.
pub(crate) async fn warm(ahead: Weak<Ahead>, mut views: watch::Receiver<Arc<View>>) {
    loop {
        let view = views.borrow_and_update().clone();
        for address in view.long_pages() {
            let began = Instant::now();
            {
                let Some(ahead) = ahead.upgrade() else { return };
                while ahead.app.is_busy() {
                    tokio::time::sleep(A_MOMENT).await;
                }
                if !ahead.body(&view, &address).await {
                    break;
                }
            }
            // As much time for others as it took.
            tokio::time::sleep(began.elapsed()).await;
            if views.has_changed().unwrap_or(true) {
                break;
            }
        }
        drop(view);
        if views.changed().await.is_err() {
            return;
        }
    }
}
