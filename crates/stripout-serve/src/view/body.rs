//! What is told of one body beside its findings: what happened when, what was paid, and bodies like it.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::{Position, PublicBody};
use stripout_judge::{Judge, PaymentLine, payments, says};
use stripout_model::{BodyId, Determination, Finding, Money as Amount, Stance, Status};
use stripout_register::{ContractRow, LedgerPayment, LedgerSighting, RegisterError, RowId};

use super::View;
use crate::{ServeError, holding, keeping, words};

/// Sightings of one body that its charts and tables take in: all that one body is known to have, and a bound for a machine.
const MOST: usize = 10_000;
/// Bodies like it, at most.
const LIKE: usize = 6;

/// Something that happened on a day, and the page with its proof.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    pub(crate) day: Option<Date>,
    pub(crate) what: String,
    /// Of the source; empty where none may be quoted.
    pub(crate) words: String,
    /// Empty where there is no page.
    pub(crate) link: String,
    /// Where it is from, of what has no evidence of its own.
    pub(crate) source: Option<String>,
    /// Further lines that say the same: of one letter, of one payment in other sources, or where none states a day.
    pub(crate) alike: usize,
}

/// A payment or an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Money {
    pub(crate) day: Option<Date>,
    pub(crate) what: &'static str,
    pub(crate) to: String,
    pub(crate) amount: String,
    #[serde(skip)]
    pub(crate) sum: Option<Amount>,
    pub(crate) about: String,
    /// Evidence that stands in the same record.
    pub(crate) evidence: String,
    /// The same of the same payment in other sources, whose money counts once.
    pub(crate) copies: Vec<String>,
}

/// A body of the same kind, and what is known of it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Similar<'v> {
    pub(crate) id: &'v BodyId,
    pub(crate) name: &'v str,
    pub(crate) statuses: Vec<Status>,
}

/// The evidence of a body, with what stands beside it in the same records.
pub(crate) struct Told {
    pub(crate) sightings: Vec<LedgerSighting>,
    /// Days of their documents, of those without one of their own.
    written: HashMap<RowId, Date>,
    payments: Vec<LedgerPayment>,
    contracts: Vec<ContractRow>,
    /// Which payment a record tells of, where it tells of one.
    paid: HashMap<RowId, usize>,
    /// Sightings that it leaves out.
    pub(crate) left_out: usize,
}

impl Told {
    /// The day that a sighting speaks of.
    pub(crate) fn day(&self, row: &LedgerSighting) -> Option<Date> {
        row.date.or_else(|| self.written.get(&row.id).copied())
    }

    /// The same for records that tell of one payment; of any other record it is its own.
    pub(crate) fn line(&self, record: RowId) -> Result<usize, RowId> {
        self.paid.get(&record).copied().ok_or(record)
    }

    /// Records by which something was bought: they say nothing of what is used.
    pub(crate) fn purchases(&self) -> HashSet<RowId> {
        let paid = self.payments.iter().map(|row| row.record);
        paid.chain(self.contracts.iter().map(|row| row.record)).collect()
    }
}

impl Event {
    pub(crate) fn has_words(&self) -> bool {
        !self.words.is_empty() || self.source.is_some() || self.alike > 0
    }

    /// `45 lines more`, where there are any.
    pub(crate) fn more(&self) -> Option<String> {
        let told = || words::count(self.alike as u64, "line more", "lines more");
        (self.alike > 0).then(told)
    }
}

impl Money {
    pub(crate) const PAYMENT: &str = "Payment";
}

impl View {
    /// The evidence behind the findings of a body.
    pub(crate) async fn told_of(&self, body: &BodyId) -> Result<Told, RegisterError> {
        let mut known = HashSet::new();
        let mut ids: Vec<&str> = self.sighting_ids(body).filter(|id| known.insert(*id)).collect();
        let left_out = ids.len().saturating_sub(MOST);
        ids.truncate(MOST);
        let sightings = self.ledger_sightings(&ids).await?;
        let undated = sightings.iter().filter(|row| row.date.is_none());
        let undated: Vec<RowId> = undated.map(|row| row.id).collect();
        let mut records: Vec<RowId> = sightings.iter().map(|row| row.record).collect();
        records.sort();
        records.dedup();
        let payments = self.ledger_payments(&records).await?;
        Ok(Told {
            written: self.written(&undated).await?,
            paid: paid(body, &payments),
            payments,
            contracts: self.contracts(&records).await?,
            sightings,
            left_out,
        })
    }

    /// Ids of the sightings behind the findings of a body, those that decide first.
    pub(crate) fn sighting_ids(&self, body: &BodyId) -> impl Iterator<Item = &str> {
        let findings = self.findings_of(body);
        let firsts = findings.iter().filter_map(|finding| finding.sightings.first());
        let rest = findings
            .iter()
            .flat_map(|finding| finding.sightings.iter().skip(1).chain(&finding.contradicted_by));
        firsts.chain(rest).map(String::as_str)
    }

    /// Bought, asked, answered, promised, removed: in the order of the days, those without a day last.
    pub(crate) fn timeline(&self, body: &BodyId, told: &Told) -> Vec<Event> {
        let mut events: Vec<Event> = self.correspondence(body, told);
        let mut known: HashMap<_, (usize, RowId)> = HashMap::new();
        let stated = |row: &&LedgerSighting| row.stance != Stance::Mentions;
        for row in told.sightings.iter().filter(stated) {
            let says = says(row.kind, row.stance, row.denied.as_deref().unwrap_or_default());
            let event = Event {
                day: told.day(row),
                what: format!("{}: {says}", self.maker_label(&row.maker)),
                words: self.words(&row.words),
                link: format!("/evidence/{}", row.id),
                ..Event::default()
            };
            // Of one letter or list once, and of one payment, however many of its words name the maker.
            let line = told.line(row.record);
            let words = if line.is_ok() {
                String::new()
            } else {
                event.words.to_lowercase()
            };
            let key = (line, event.day, event.what.clone(), words);
            let (first, record) = *known.entry(key).or_insert((events.len(), row.record));
            if let Some(first) = events.get_mut(first) {
                first.alike += usize::from(line.is_err() || record != row.record);
                continue;
            }
            events.push(event);
        }
        for promised in self.promises_of(body) {
            let what = &promised.said.what;
            events.push(Event {
                day: what.days.document.or(promised.said.written),
                what: format!("Promise: {}", what.act.as_str().replace('-', " ")),
                words: self.quote(Some(body), &what.evidence).text(),
                link: format!("/evidence/{}", promised.said.id),
                ..Event::default()
            });
        }
        events.sort_by(|a, b| (a.day.is_none(), a).cmp(&(b.day.is_none(), b)));
        events.dedup();
        together(events)
    }

    /// Payments and awards whose record holds one of the sightings, the latest first.
    pub(crate) fn money_of(&self, body: &BodyId, told: &Told) -> Vec<Money> {
        let of_record: HashMap<RowId, RowId> =
            told.sightings.iter().map(|row| (row.record, row.id)).collect();
        let beside = |record: RowId| {
            of_record
                .get(&record)
                .map(ToString::to_string)
                .unwrap_or_default()
        };
        let text = |text: Option<&str>| self.words(text.unwrap_or_default());
        let about = |words: Option<&str>| {
            if self.is_guarded(Some(body)) {
                String::new()
            } else {
                text(words)
            }
        };
        let mut payments: BTreeMap<Result<usize, RowId>, Vec<&LedgerPayment>> = BTreeMap::new();
        for row in &told.payments {
            payments.entry(told.line(row.record)).or_default().push(row);
        }
        let paid = payments.into_values().filter_map(|rows| {
            let row = rows.first()?;
            Some(Money {
                day: row.date,
                what: Money::PAYMENT,
                to: self.payee(row.supplier.as_deref().unwrap_or_default()),
                amount: row.amount().map(|it| it.to_string()).unwrap_or_default(),
                sum: row.amount(),
                about: about(row.purpose.as_deref().or(row.category.as_deref())),
                evidence: beside(row.record),
                copies: rows.iter().skip(1).map(|copy| beside(copy.record)).collect(),
            })
        });
        let awarded = told.contracts.iter().filter(|row| row.latest).map(|row| {
            let suppliers = row.contract.suppliers.iter();
            let suppliers: Vec<String> = suppliers.map(|it| self.payee(&it.name)).collect();
            Money {
                day: row.contract.date(),
                what: "Contract",
                to: suppliers.join("; "),
                amount: row.contract.value.map(|it| it.to_string()).unwrap_or_default(),
                sum: row.contract.value,
                about: about(row.contract.title.as_deref()),
                evidence: beside(row.record),
                copies: Vec::new(),
            }
        });
        let mut all: Vec<Money> = paid.chain(awarded).collect();
        all.sort_by(|a, b| (b.day, &b.amount, &b.to).cmp(&(a.day, &a.amount, &a.to)));
        all
    }

    /// What every instrument says of keeping what a finding is about; those that do not concern it come last.
    pub(crate) fn determinations<'f>(
        &self,
        findings: impl Iterator<Item = &'f Finding>,
    ) -> Result<Vec<Vec<Determination>>, ServeError> {
        let judge = Judge::new(self.catalogue())?;
        let keeping = keeping(self.today);
        findings
            .map(|finding| {
                let holding = holding(finding, self.bodies(), self.catalogue());
                Ok(judge.determine(&holding.situation(&keeping))?)
            })
            .collect()
    }

    /// What its findings say, each status once.
    pub(crate) fn statuses_of(&self, body: &BodyId) -> Vec<Status> {
        let mut statuses: Vec<Status> = self.findings_of(body).iter().map(|it| it.status).collect();
        statuses.sort();
        statuses.dedup();
        statuses
    }

    /// Bodies that are no more whose duties it has, by way of others, too: in the order of their names.
    pub(crate) fn took_over_from(&self, body: &BodyId) -> Vec<&PublicBody> {
        let mut found: Vec<&PublicBody> = Vec::new();
        let mut waiting = vec![body.clone()];
        while let Some(id) = waiting.pop() {
            for step in self.bodies().predecessors(&id) {
                let Some(before) = self.body(&step.predecessor) else {
                    continue;
                };
                if !before.existed(Some(self.today)) && !found.iter().any(|it| it.id == before.id) {
                    waiting.push(before.id.clone());
                    found.push(before);
                }
            }
        }
        found.sort_by_key(|body| &body.name);
        found
    }

    /// Bodies of the same kind: the nearest where places are known, else those of the same region.
    pub(crate) fn similar(&self, body: &PublicBody) -> Vec<Similar<'_>> {
        let mut like: Vec<(f64, &PublicBody)> = self
            .bodies()
            .iter()
            .filter(|other| other.kind == body.kind && other.id != body.id)
            .filter(|other| other.existed(Some(self.today)) && other.nation == body.nation)
            .filter_map(|other| {
                let far = match (body.position, other.position) {
                    (Some(here), Some(there)) => distance(here, there),
                    _ if other.region == body.region => f64::MAX,
                    _ => return None,
                };
                Some((far, other))
            })
            .collect();
        like.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.id.cmp(&b.1.id)));
        let nearest = like.into_iter().take(LIKE);
        nearest
            .map(|(_, body)| Similar {
                id: &body.id,
                name: &body.name,
                statuses: self.statuses_of(&body.id),
            })
            .collect()
    }
}

/// Which payment each record tells of.
fn paid(body: &BodyId, rows: &[LedgerPayment]) -> HashMap<RowId, usize> {
    let ids: Vec<(String, String)> = rows
        .iter()
        .map(|row| (row.record.to_string(), row.source.to_string()))
        .collect();
    let lines: Vec<PaymentLine<'_>> = rows
        .iter()
        .zip(&ids)
        .map(|(row, (record, source))| PaymentLine {
            body: body.as_str(),
            source,
            member: row.member.as_deref(),
            record,
            supplier: row.supplier.as_deref(),
            amount: row.amount(),
            day: row.date,
            reference: row.reference.as_deref(),
            words: row.purpose.as_deref().unwrap_or_default(),
        })
        .collect();
    rows.iter().map(|row| row.record).zip(payments(&lines)).collect()
}

/// What is said without a day, once for all lines that say the same.
fn together(events: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::with_capacity(events.len());
    for event in events {
        match out.last_mut() {
            Some(last) if event.day.is_none() && last.day.is_none() && last.what == event.what => {
                last.alike += 1 + event.alike;
            }
            _ => out.push(event),
        }
    }
    out
}

/// Squared, in degrees of latitude: enough to tell near from far within one country.
fn distance(here: Position, there: Position) -> f64 {
    let squeeze = here.lat.to_radians().cos();
    let (north, east) = (here.lat - there.lat, (here.long - there.long) * squeeze);
    north * north + east * east
}
