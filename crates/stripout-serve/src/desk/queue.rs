//! The queue that pages work through, and the one connection that writes what they say.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use stripout_judge::{Pending, Reviews, reviewer};
use stripout_model::{Alert, Decision, Sighting, Statement};
use stripout_register::{OpenMode, Register, RegisterError, RowId};

use super::thing::{Thing, every};
use crate::view::View;
use crate::{Judging, ServeError};

/// How long a page waits for another program that writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a page waits for a queue made anew before it takes the one before.
const FRESH: Duration = Duration::from_millis(400);
/// Sightings with the same words that are decided on together.
const ALIKE: usize = 200;

/// Where decisions are made.
pub(crate) struct Desk {
    register: PathBuf,
    queue: Mutex<Option<Arc<Queue>>>,
    /// One queue is made at a time.
    making: Arc<tokio::sync::Mutex<()>>,
}

/// What there is to decide on, as of a state of the register. Decisions since then are asked for apart.
pub(crate) struct Queue {
    revision: String,
    /// Most worth first.
    sightings: Vec<Entry>,
    alerts: Vec<Alert>,
}

/// A sighting to decide on.
struct Entry {
    id: RowId,
    /// Of the same payment, in other sources.
    copies: Vec<RowId>,
    /// What its words, maker and body come to.
    same: u64,
}

/// One thing with all that is needed to decide.
pub(crate) struct Item {
    pub(crate) thing: Thing,
    pub(crate) said: Option<Statement<Sighting>>,
    /// The same payment in other sources: decided on with it.
    pub(crate) copies: Vec<Statement<Sighting>>,
    /// Sightings with the very same words about the same body and maker that the reviewer has not decided on.
    pub(crate) alike: Vec<Statement<Sighting>>,
    /// Judges this one and those alike.
    pub(crate) judging: Judging,
}

impl Desk {
    pub(crate) fn new(register: PathBuf) -> Self {
        Self {
            register,
            queue: Mutex::default(),
            making: Arc::default(),
        }
    }

    /// Appends to the log.
    pub(crate) async fn decide(&self, decisions: Vec<Decision>) -> Result<(), ServeError> {
        self.write(async move |register| register.decide(&decisions).await.map(|_first| ()))
            .await
    }

    /// Writes on a thread of its own: a reader who leaves does not end it half-way.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl AsyncFnOnce(&Register) -> Result<T, RegisterError> + Send + 'static,
    ) -> Result<T, ServeError> {
        let path = self.register.clone();
        let runtime = tokio::runtime::Handle::current();
        let written = tokio::task::spawn_blocking(move || {
            runtime.block_on(async {
                let register = Register::open_within(path, OpenMode::Write, PATIENCE).await?;
                let done = work(&register).await;
                register.close().await;
                done
            })
        });
        Ok(written.await.map_err(|_ended| ServeError::Unfinished)??)
    }

    fn kept(&self) -> Option<Arc<Queue>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The queue of this view; while a large one is made, that of the view before.
    pub(crate) async fn queue(self: &Arc<Self>, view: &Arc<View>) -> Result<Arc<Queue>, ServeError> {
        let kept = self.kept();
        if let Some(queue) = kept.as_ref().filter(|queue| queue.revision == view.revision) {
            return Ok(queue.clone());
        }
        let (desk, view) = (self.clone(), view.clone());
        let making = tokio::spawn(async move {
            let _turn = desk.making.clone().lock_owned().await;
            if let Some(queue) = desk.kept().filter(|queue| queue.revision == view.revision) {
                return Ok(queue);
            }
            let made = Arc::new(Queue::of(&view).await?);
            *desk.queue.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
            Ok(made)
        });
        let Some(kept) = kept else {
            return making.await.map_err(|_ended| ServeError::Unfinished)?;
        };
        match tokio::time::timeout(FRESH, making).await {
            Ok(made) => made.map_err(|_ended| ServeError::Unfinished)?,
            Err(_late) => Ok(kept),
        }
    }
}

impl Queue {
    async fn of(view: &Arc<View>) -> Result<Self, ServeError> {
        let register = view.register();
        let judging = view.judging().await?;
        let commitments = register.stated_commitments().await?;
        let outcomes = register.stated_outcomes().await?;
        let revision = view.revision.clone();
        let made = tokio::task::spawn_blocking(move || {
            let by_id: HashMap<&str, &Statement<Sighting>> = judging
                .sightings
                .iter()
                .map(|said| (said.id.as_str(), said))
                .collect();
            let queue = judging.queue();
            let sightings = queue.iter().filter_map(|one| {
                let said = by_id.get(one.sighting.as_str())?;
                Some(Entry {
                    id: one.sighting.parse().ok()?,
                    copies: one.copies.iter().filter_map(|id| id.parse().ok()).collect(),
                    same: sameness(one, said),
                })
            });
            Ok(Self {
                revision,
                sightings: sightings.collect(),
                alerts: every(judging.alerts(&commitments, &outcomes)?),
            })
        });
        made.await.map_err(|_ended| ServeError::Unfinished)?
    }

    /// Ids in the order in which they are worth most.
    fn ids(&self) -> impl Iterator<Item = String> {
        let sightings = self.sightings.iter().map(|entry| entry.id.to_string());
        sightings.chain(self.alerts.iter().map(|alert| alert.id.clone()))
    }

    /// How many things the reviewer has not decided on, and the first of them that comes after `after`.
    pub(crate) fn next(&self, log: &[Decision], who: &str, after: Option<&str>) -> (usize, Option<String>) {
        let reviews = Reviews::of(log);
        let own = reviewer(who);
        let decided: HashSet<&str> = log
            .iter()
            .filter(|it| reviewer(&it.who) == own && reviews.last(&it.thing, who).is_some())
            .map(|it| it.thing.as_str())
            .collect();
        let mut left = 0;
        let mut next = None;
        let mut passed = after.is_none();
        for id in self.ids() {
            let open = !decided.contains(id.as_str());
            left += usize::from(open);
            if passed && open && next.is_none() {
                next = Some(id.clone());
            }
            passed = passed || Some(id.as_str()) == after;
        }
        (left, next)
    }

    /// The thing with this id, judged with what has been decided since.
    pub(crate) async fn item(
        &self,
        id: &str,
        who: &str,
        view: &Arc<View>,
        log: Vec<Decision>,
    ) -> Result<Option<Item>, ServeError> {
        let alert = self.alerts.iter().find(|alert| alert.id == id);
        let own = id.parse().ok().and_then(|id: RowId| {
            let is = |entry: &&Entry| entry.id == id || entry.copies.contains(&id);
            self.sightings.iter().find(is)
        });
        let ids = own.into_iter().flat_map(|own| {
            let others = self
                .sightings
                .iter()
                .filter(move |entry| entry.same == own.same && entry.id != own.id);
            std::iter::once(own)
                .chain(others.take(ALIKE))
                .flat_map(|entry| std::iter::once(entry.id).chain(entry.copies.iter().copied()))
        });
        let ids: Vec<RowId> = ids.collect();
        let sightings = view.register().stated_sightings_of(&ids).await?;
        let judging = view.judging_of(sightings, log);
        let mut pending = judging.queue();
        if let Some(alert) = alert {
            return Ok(Some(Item {
                thing: Thing::Alert(Box::new(alert.clone())),
                said: None,
                copies: Vec::new(),
                alike: Vec::new(),
                judging,
            }));
        }
        let Some(at) = pending.iter().position(|one| one.ids().any(|it| it == id)) else {
            return Ok(None);
        };
        let one = pending.swap_remove(at);
        let said = judging.sighting(&one.sighting).cloned();
        let copies = one.copies.iter().filter_map(|id| judging.sighting(id)).cloned();
        let copies = copies.collect();
        let reviews = Reviews::of(&judging.decisions);
        let alike = said.iter().flat_map(|own| {
            let same = pending.iter().filter(|other| {
                let words = judging.sighting(&other.sighting);
                (&other.body, &other.name, &other.maker) == (&one.body, &one.name, &one.maker)
                    && words.is_some_and(|it| {
                        it.what.evidence.excerpt == own.what.evidence.excerpt
                            && it.what.stance == own.what.stance
                    })
                    && reviews.last(&other.sighting, who).is_none()
            });
            same.flat_map(Pending::ids)
                .filter_map(|id| judging.sighting(id))
                .cloned()
        });
        let alike = alike.collect();
        Ok(Some(Item {
            thing: Thing::Sighting(one),
            said,
            copies,
            alike,
            judging,
        }))
    }
}

/// The same for sightings that may be decided on together.
fn sameness(one: &Pending, said: &Statement<Sighting>) -> u64 {
    let mut hasher = DefaultHasher::new();
    (
        &said.what.evidence.excerpt,
        said.what.stance,
        &one.body,
        &one.name,
        &one.maker,
    )
        .hash(&mut hasher);
    hasher.finish()
}
