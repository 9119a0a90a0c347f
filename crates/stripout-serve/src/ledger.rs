//! What happened at a body and what was paid, made from all of its evidence: where that is much, once for as long as nothing new
//! is known of the body, so that neither several pictures nor many readers read it again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use stripout_catalogue::PublicBody;
use stripout_model::BodyId;
use stripout_register::RegisterError;
use tokio::sync::OnceCell;

use crate::chart::{self, Chart};
use crate::view::{Event, Money, View};

/// Rows of the timeline and of the table of money that are told: the latest.
pub(crate) const ROWS: usize = 20;
/// Of bodies with more pieces of evidence it is kept; of others it is soon made.
const MUCH: usize = 20;

pub(crate) struct Ledger {
    pub(crate) events: Vec<Event>,
    /// How many there are in all.
    pub(crate) all_events: usize,
    pub(crate) money: Vec<Money>,
    pub(crate) all_money: usize,
    pub(crate) spent: Option<Chart>,
    pub(crate) devices: Option<Chart>,
    /// Pieces of evidence that it does not rest on.
    pub(crate) left_out: usize,
}

/// Those of one state of the register.
#[derive(Default)]
pub(crate) struct Ledgers(Mutex<HashMap<BodyId, Arc<OnceCell<Arc<Ledger>>>>>);

impl View {
    pub(crate) async fn ledger(&self, body: &PublicBody) -> Result<Arc<Ledger>, RegisterError> {
        if self.sighting_ids(&body.id).take(MUCH).count() < MUCH {
            return Ok(Arc::new(Ledger::of(self, body).await?));
        }
        let cell = self.ledgers.of(&body.id);
        let made = cell.get_or_try_init(async || Ledger::of(self, body).await.map(Arc::new));
        made.await.cloned()
    }
}

impl View {
    /// The pages of bodies with much evidence, each with the beginning of that evidence as JSON: those with most first.
    pub(crate) fn long_pages(&self) -> Vec<String> {
        let each = self.findings.chunk_by(|a, b| a.body == b.body);
        let each = each.filter_map(|findings| findings.first().map(|it| &it.body));
        let counted = each.map(|body| (self.sighting_ids(body).count(), body));
        let mut bodies: Vec<(usize, &BodyId)> = counted.filter(|(pieces, _)| *pieces >= MUCH).collect();
        bodies.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        let both = |body| {
            [
                format!("/bodies/{body}"),
                format!("/api/v1/bodies/{body}/sightings"),
            ]
        };
        bodies.iter().flat_map(|(_, body)| both(body)).collect()
    }

    /// Takes over what the view before made of bodies of which nothing else is known now.
    pub(crate) fn inherit(&self, before: &Self) {
        let is_same = |body: &BodyId| {
            self.today == before.today
                && self.findings_of(body) == before.findings_of(body)
                && self.is_told_by_findings_alone(body)
                && before.is_told_by_findings_alone(body)
        };
        let kept: Vec<_> = before
            .ledgers
            .made()
            .into_iter()
            .filter(|(body, _)| is_same(body))
            .collect();
        let mut own = self.ledgers.0.lock().unwrap_or_else(PoisonError::into_inner);
        own.extend(kept);
    }

    /// It promised nothing and was asked nothing.
    fn is_told_by_findings_alone(&self, body: &BodyId) -> bool {
        self.promises_of(body).next().is_none() && !self.was_asked(body)
    }
}

impl Ledgers {
    fn made(&self) -> Vec<(BodyId, Arc<OnceCell<Arc<Ledger>>>)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = all.iter().filter(|(_, cell)| cell.initialized());
        made.map(|(body, cell)| (body.clone(), cell.clone())).collect()
    }

    fn of(&self, body: &BodyId) -> Arc<OnceCell<Arc<Ledger>>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.entry(body.clone()).or_default().clone()
    }
}

impl Ledger {
    async fn of(view: &View, body: &PublicBody) -> Result<Self, RegisterError> {
        let told = view.told_of(&body.id).await?;
        let mut events = view.timeline(&body.id, &told);
        let mut money = view.money_of(&body.id, &told);
        let (all_events, all_money) = (events.len(), money.len());
        let spent = chart::money(body, &money);
        // The last ones are the latest, and those without a day.
        events.drain(..all_events.saturating_sub(ROWS));
        money.truncate(ROWS);
        Ok(Self {
            devices: chart::devices(body, &told, view),
            left_out: told.left_out,
            events,
            all_events,
            money,
            all_money,
            spent,
        })
    }
}
