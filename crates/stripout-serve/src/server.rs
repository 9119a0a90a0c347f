//! Listens, and makes the view anew when the register changes.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

use axum::Router;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};
use stripout_model::BlobId;
use stripout_register::{OpenMode, Register, Serving, Watch};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::ahead::{Ahead, warm};
use crate::app::{Views, app};
use crate::aside::aside;
use crate::view::{Audience, Grounds, View, every_core, make, make_on};
use crate::{Access, BaseUrl, ServeError, connections};

/// How often the register is asked whether it changed.
const LOOK: Duration = Duration::from_secs(1);
/// While somebody writes without end, no more than a tenth of the time goes into views.
const REST: u32 = 9;

/// The register on an address, ready to be run.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    /// Where its folder cannot be written into, nobody writes the register either.
    _serving: Option<Serving>,
}

impl Server {
    /// Makes the first view and takes the address. The private view is served to this machine only.
    pub async fn start(mut grounds: Grounds, access: Access, listen: SocketAddr) -> Result<Self, ServeError> {
        // With accounts the private view is behind them.
        if grounds.audience == Audience::Private && !listen.ip().is_loopback() {
            return Err(ServeError::Private { address: listen });
        }
        let failed = |source| ServeError::Listen {
            address: listen,
            source,
        };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let serving = Serving::announce(grounds.register.path()).ok();
        grounds.base = grounds.base.or_else(|| BaseUrl::listening(address));
        Ok(Self {
            router: router(grounds, access).await?,
            listener,
            address,
            _serving: serving,
        })
    }

    /// Where it listens; the port is the one that was free where 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `end` comes, then finishes what it began.
    pub async fn run(self, end: impl Future<Output = ()> + Send + 'static) {
        connections::serve(self.listener, self.router, end).await;
    }
}

/// The addresses without a socket. Follows the register for as long as the router lives; must be made in a runtime.
pub async fn router(mut grounds: Grounds, access: Access) -> Result<Router, ServeError> {
    grounds.staffed = access.is_staffed();
    grounds.register.open_readers().await?;
    let mut inside = None;
    if grounds.staffed {
        let audience = Audience::Private;
        let grounds = grounds.clone();
        inside = Some(latest(Grounds { audience, ..grounds }, Slot::default()).await?);
    }
    let slot = Slot::default();
    let began = Instant::now();
    let open = latest(grounds, slot.clone()).await?;
    let (took, views, view) = (began.elapsed(), open.clone(), open.borrow().clone());
    let (router, ahead) = app(Views { open, inside }, access)?;
    if let Some(ahead) = ahead.upgrade() {
        ahead.first(&view, every_core(), took).await;
    }
    tokio::spawn(warm(ahead.clone(), views));
    slot.get_or_init(|| ahead);
    Ok(router)
}

/// Where what makes answers ahead will be, once there is one. What people with an account see is made when they ask.
type Slot = Arc<OnceLock<Weak<Ahead>>>;

/// The view as it is now and will be.
async fn latest(grounds: Grounds, ahead: Slot) -> Result<watch::Receiver<Arc<View>>, ServeError> {
    let grounds = Arc::new(grounds);
    let mut watched = grounds.register.watch().await?;
    let version = watched.version().await?;
    let first = make(grounds.clone(), revision(version), Timestamp::now()).await?;
    let (views, latest) = watch::channel(Arc::new(first));
    tokio::spawn(follow(grounds, watched, version, views, ahead));
    Ok(latest)
}

async fn follow(
    grounds: Arc<Grounds>,
    mut watched: Watch,
    mut version: i64,
    views: watch::Sender<Arc<View>>,
    ahead: Slot,
) {
    let mut rest = LOOK;
    loop {
        tokio::select! {
            () = tokio::time::sleep(rest) => {}
            () = views.closed() => return,
        }
        rest = LOOK;
        // A register that cannot be read for a while keeps its last view.
        let Ok(now) = watched.version().await else {
            continue;
        };
        let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
        if now == version && views.borrow().today == today {
            continue;
        }
        let began = Instant::now();
        let (grounds, before, ahead) = (grounds.clone(), views.borrow().clone(), ahead.clone());
        let made = aside(move || next(grounds, revision(now), before, ahead)).await;
        if let Some(Ok(view)) = made {
            version = now;
            views.send_replace(view);
        }
        rest = rest.max(began.elapsed() * REST);
    }
}

/// The view after `before`, with what its readers will ask for: a small register is shown at once, a large one when that is there,
/// too.
async fn next(
    grounds: Arc<Grounds>,
    revision: String,
    before: Arc<View>,
    ahead: Slot,
) -> Result<Arc<View>, ServeError> {
    let began = Instant::now();
    // By connections of its own, which stand back as the thread does that opens them.
    let register = Register::open(grounds.register.path(), OpenMode::Read).await?;
    let view = make_on(1, &register, grounds, revision, Timestamp::now()).await?;
    register.close().await;
    view.inherit(&before);
    let view = Arc::new(view);
    let took = began.elapsed();
    if let Some(ahead) = ahead.get().and_then(Weak::upgrade) {
        ahead.make(&before, &view, took).await;
    }
    Ok(view)
}

/// Differs from run to run and from change to change: what was kept of one is not taken for another.
fn revision(version: i64) -> String {
    let now = Timestamp::now().as_nanosecond();
    let digest = Sha256::digest(format!("{now} {version} {}", env!("CARGO_PKG_VERSION")));
    BlobId::from_digest(digest.into()).short()
}
