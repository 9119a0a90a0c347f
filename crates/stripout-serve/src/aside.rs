//! Work that nobody waits for, on a thread that stands back: whoever is answered meanwhile comes first.

use std::thread;

use tokio::runtime::Handle;

/// How far it stands back, of the 19 steps that there are: as far as a `screen` into a register that is served.
#[cfg(target_os = "linux")]
const STEPS: i32 = 10;

/// What the work comes to; `None` when it ended with a panic. The thread ends with it, as none can step forward again.
pub(crate) async fn aside<T, F>(work: impl FnOnce() -> F + Send + 'static) -> Option<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let runtime = Handle::current();
    let run = move || {
        let on_its_own = || {
            stand_back();
            runtime.block_on(work())
        };
        thread::scope(|scope| scope.spawn(on_its_own).join().ok())
    };
    tokio::task::spawn_blocking(run).await.ok().flatten()
}

/// The thread that asks, and those that it starts from now on.
fn stand_back() {
    // It never fails: to take less may everybody.
    #[cfg(target_os = "linux")]
    let _now = rustix::process::nice(STEPS);
}
