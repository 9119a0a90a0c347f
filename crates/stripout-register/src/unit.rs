//! Units of writing: one input, one transaction.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Acquire as _, Sqlite, SqliteConnection, Transaction};
use stripout_model::{BlobId, Currency, Evidence, Provenance};
use tokio::task::JoinHandle;

use crate::ahead::Ahead;
use crate::sql::fault;
use crate::write::{self, Tables};
use crate::{Batch, Error, NewSource, Result, RowId, SourceEnd, SourceRow, Tally, TallyOf};

/// What `begin` found.
pub enum Begun<'g> {
    New(Unit<'g>),
    /// This reader has read these bytes with this catalogue before. Nothing is to be done.
    AlreadyRead(Box<SourceRow>),
}

/// What, body, year and currency.
type TallyKey = (TallyOf, Option<String>, Option<i16>, Option<Currency>);

/// One input being written.
pub struct Unit<'g> {
    ledger: Ledger,
    writer: Writer<'g>,
}

/// What the rows of one input are made with, and what is counted of them.
struct Ledger {
    blob: BlobId,
    reading: RowId,
    /// Problems written so far.
    problems: u64,
    tallies: BTreeMap<TallyKey, Tally>,
}

/// Where the rows go.
struct Writer<'g> {
    store: Arc<Path>,
    transaction: Transaction<'g, Sqlite>,
    kept: u64,
}

impl<'g> Unit<'g> {
    pub(crate) async fn start(
        store: &Arc<Path>,
        mut transaction: Transaction<'g, Sqlite>,
        source: &NewSource,
    ) -> Result<Begun<'g>> {
        let of = |error: sqlx::Error| fault(store, &error);
        let reading = write::source::reading_id(source);
        write::source::insert(&mut transaction, source, store).await?;
        if write::source::is_read(&mut transaction, reading)
            .await
            .map_err(of)?
        {
            let row = write::source::current(&mut transaction, &source.blob)
                .await
                .and_then(|row| row.ok_or(sqlx::Error::RowNotFound))
                .map_err(of)?;
            transaction.commit().await.map_err(of)?;
            return Ok(Begun::AlreadyRead(Box::new(row)));
        }
        crate::unread::forget(
            &mut transaction,
            write::source::way(&source.provenance).1,
            &source.blob,
            source.read_at,
        )
        .await
        .map_err(of)?;
        write::source::start_reading(&mut transaction, source, reading)
            .await
            .map_err(of)?;
        Ok(Begun::New(Self {
            ledger: Ledger {
                blob: source.blob,
                reading,
                problems: 0,
                tallies: BTreeMap::new(),
            },
            writer: Writer {
                store: store.clone(),
                transaction,
                kept: 0,
            },
        }))
    }

    /// After an error the unit is to be dropped.
    pub async fn write(&mut self, batch: Batch) -> Result<()> {
        let tables = self.ledger.tables(batch)?;
        self.writer.write(tables).await
    }

    /// Makes it all visible and durable (in a group: as soon as the group is).
    pub async fn commit(self, end: &SourceEnd) -> Result<()> {
        self.writer.commit(self.ledger, end).await
    }

    /// Leaves no trace. Dropping does the same, a little later.
    pub async fn rollback(self) -> Result<()> {
        self.writer.rollback().await
    }
}

/// A large input being written: while one batch goes to the store, its caller prepares the next.
pub struct LongUnit {
    ledger: Ledger,
    writing: JoinHandle<Result<Writer<'static>>>,
    ahead: Option<Ahead>,
}

impl Unit<'static> {
    /// Within a runtime that goes on while its caller does something else.
    pub fn long(self) -> LongUnit {
        let Self { ledger, writer } = self;
        LongUnit {
            ahead: Ahead::of(&writer.store),
            ledger,
            writing: tokio::spawn(async { Ok(writer) }),
        }
    }
}

impl LongUnit {
    /// Returns as soon as the batch before it is written, and with its error.
    pub async fn write(mut self, batch: Batch) -> Result<Self> {
        let tables = match self.ledger.tables(batch) {
            Ok(tables) => tables,
            Err(error) => {
                self.rollback().await?;
                return Err(error);
            }
        };
        let mut writer = written(self.writing).await?;
        if let Some(ahead) = &mut self.ahead {
            ahead.send();
        }
        let writing = tokio::spawn(async move {
            writer.write(tables).await?;
            Ok(writer)
        });
        Ok(Self { writing, ..self })
    }

    /// Whether some of it was sent to the disk already.
    #[cfg(test)]
    pub(crate) fn is_ahead(&self) -> bool {
        self.ahead
            .as_ref()
            .is_some_and(|ahead| ahead.sent > crate::ahead::STEP)
    }

    /// Makes it all visible and durable.
    pub async fn commit(self, end: &SourceEnd) -> Result<()> {
        written(self.writing).await?.commit(self.ledger, end).await
    }

    /// Leaves no trace.
    pub async fn rollback(self) -> Result<()> {
        written(self.writing).await?.rollback().await
    }
}

async fn written(writing: JoinHandle<Result<Writer<'static>>>) -> Result<Writer<'static>> {
    match writing.await {
        Ok(writer) => writer,
        Err(fault) => std::panic::resume_unwind(fault.into_panic()),
    }
}

impl Ledger {
    fn tables(&mut self, batch: Batch) -> Result<Tables> {
        let mut tables = Tables::default();
        for record in batch.records {
            let evidence = record.sightings.iter().map(|s| &s.evidence);
            let evidence = evidence.chain(record.leads.iter().map(|l| &l.evidence));
            let evidence = evidence.chain(record.affiliations.iter().map(|a| &a.evidence));
            let evidence = evidence.chain(record.outcomes.iter().map(|o| &o.evidence));
            self.check(evidence.chain(record.commitments.iter().map(|c| &c.evidence)))?;
            tables.record(&self.blob, self.reading, record)?;
        }
        for problem in &batch.problems {
            tables.problem(self.reading, self.problems, problem)?;
            self.problems += 1;
        }
        for tally in batch.tallies {
            let key = (tally.what, tally.body.clone(), tally.year, tally.currency);
            match self.tallies.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(tally);
                }
                Entry::Occupied(mut sum) => {
                    let sum = sum.get_mut();
                    sum.rows = sum.rows.saturating_add(tally.rows);
                    sum.sum_minor = sum.sum_minor.saturating_add(tally.sum_minor);
                }
            }
        }
        Ok(tables)
    }

    fn check<'e>(&self, mut evidence: impl Iterator<Item = &'e Evidence>) -> Result<()> {
        match evidence.find(|evidence| evidence.blob != self.blob) {
            Some(foreign) => Err(Error::ForeignEvidence {
                expected: self.blob,
                found: foreign.blob,
            }),
            None => Ok(()),
        }
    }
}

impl Writer<'_> {
    async fn write(&mut self, tables: Tables) -> Result<()> {
        let kept = tables.flush(&mut self.transaction).await;
        self.kept += kept.map_err(|error| fault(&self.store, &error))?;
        Ok(())
    }

    async fn commit(mut self, ledger: Ledger, end: &SourceEnd) -> Result<()> {
        let mut tables = Tables::default();
        let Ledger {
            reading,
            problems,
            tallies,
            ..
        } = ledger;
        for tally in tallies.values() {
            tables.tally(reading, tally)?;
        }
        let of = |error: sqlx::Error| fault(&self.store, &error);
        tables.flush(&mut self.transaction).await.map_err(of)?;
        let problems = end.problems.max(problems);
        write::source::end_reading(&mut self.transaction, reading, self.kept, problems, end)
            .await
            .map_err(of)?;
        self.transaction.commit().await.map_err(of)
    }

    async fn rollback(self) -> Result<()> {
        self.transaction
            .rollback()
            .await
            .map_err(|error| fault(&self.store, &error))
    }
}

/// Several inputs in one transaction, each behind a savepoint of its own.
pub struct Group {
    store: Arc<Path>,
    transaction: Transaction<'static, Sqlite>,
}

impl Group {
    pub(crate) fn new(store: &Arc<Path>, transaction: Transaction<'static, Sqlite>) -> Self {
        Self {
            store: store.clone(),
            transaction,
        }
    }

    pub(crate) fn parts(&mut self) -> (&Path, &mut SqliteConnection) {
        (&self.store, &mut self.transaction)
    }

    /// What is known of these bytes, the units of this group among it; `None` when they were never read.
    pub async fn source(&mut self, blob: &BlobId) -> Result<Option<SourceRow>> {
        let (store, connection) = self.parts();
        let row = write::source::current(connection, blob).await;
        row.map_err(|error| fault(store, &error))
    }

    /// Notes one more way by which known bytes came. `false` when nothing was new.
    pub async fn seen(&mut self, blob: &BlobId, provenance: &Provenance, at: Timestamp) -> Result<bool> {
        let (store, connection) = self.parts();
        write::source::provenance(connection, RowId::of_blob(blob), provenance, at)
            .await
            .map_err(|error| fault(store, &error))
    }

    /// A dropped unit leaves nothing in the group.
    pub async fn begin(&mut self, source: &NewSource) -> Result<Begun<'_>> {
        let savepoint = self
            .transaction
            .begin()
            .await
            .map_err(|error| fault(&self.store, &error))?;
        Unit::start(&self.store, savepoint, source).await
    }

    /// Makes all committed units visible and durable.
    pub async fn commit(self) -> Result<()> {
        self.transaction
            .commit()
            .await
            .map_err(|error| fault(&self.store, &error))
    }

    pub async fn rollback(self) -> Result<()> {
        self.transaction
            .rollback()
            .await
            .map_err(|error| fault(&self.store, &error))
    }
}
