//! Model values to table rows.

mod contract;
pub(crate) mod decision;
mod evidence;
mod found;
mod insert;
mod reading;
mod record;
pub(crate) mod reference;
mod reply;
pub(crate) mod request;
pub(crate) mod source;

use sqlx::SqliteConnection;
use stripout_model::{BlobId, Problem};

use crate::{KeptRecord, Result, RowId, Tally};
use insert::Rows;
pub(crate) use reading::unread_problems;

/// Rows waiting to be written, by table, in the order in which references want them.
pub(crate) struct Tables {
    records: Rows,
    letterheads: Rows,
    sightings: Rows,
    leads: Rows,
    affiliations: Rows,
    outcomes: Rows,
    commitments: Rows,
    contracts: Rows,
    payments: Rows,
    problems: Rows,
    tallies: Rows,
}

impl Default for Tables {
    fn default() -> Self {
        Self {
            records: Rows::of(&record::RECORD),
            letterheads: Rows::of(&record::LETTERHEAD),
            sightings: Rows::of(&found::SIGHTING),
            leads: Rows::of(&found::LEAD),
            affiliations: Rows::of(&found::AFFILIATION),
            outcomes: Rows::of(&reply::OUTCOME),
            commitments: Rows::of(&reply::COMMITMENT),
            contracts: Rows::of(&contract::CONTRACT),
            payments: Rows::of(&record::PAYMENT),
            problems: Rows::of(&reading::PROBLEM),
            tallies: Rows::of(&reading::TALLY),
        }
    }
}

impl Tables {
    pub(crate) fn record(&mut self, blob: &BlobId, reading: RowId, mut kept: KeptRecord) -> Result<()> {
        let whole = std::mem::take(&mut kept.whole_json);
        let id = record::push(&mut self.records, blob, reading, &kept, whole)?;
        record::letterhead(&mut self.letterheads, id, reading, &kept.letterhead);
        for sighting in &kept.sightings {
            found::sighting(&mut self.sightings, reading, id, sighting)?;
        }
        for lead in &kept.leads {
            found::lead(&mut self.leads, reading, id, lead)?;
        }
        for affiliation in &kept.affiliations {
            found::affiliation(&mut self.affiliations, reading, id, affiliation)?;
        }
        for outcome in &kept.outcomes {
            reply::outcome(&mut self.outcomes, reading, id, outcome)?;
        }
        for commitment in &kept.commitments {
            reply::commitment(&mut self.commitments, reading, id, commitment)?;
        }
        for (position, contract) in kept.contracts.iter().enumerate() {
            contract::push(&mut self.contracts, id, position as u64, contract)?;
        }
        if let Some(payment) = &kept.payment {
            record::payment(&mut self.payments, id, payment);
        }
        Ok(())
    }

    pub(crate) fn problem(&mut self, reading: RowId, position: u64, problem: &Problem) -> Result<()> {
        reading::problem(&mut self.problems, reading, position, problem)
    }

    pub(crate) fn tally(&mut self, reading: RowId, tally: &Tally) -> Result<()> {
        reading::tally(&mut self.tallies, reading, tally)
    }

    /// Returns how many records were not there before in this reading.
    pub(crate) async fn flush(self, connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
        let kept = self.records.flush(connection).await?;
        for rows in [
            self.letterheads,
            self.sightings,
            self.leads,
            self.affiliations,
            self.outcomes,
            self.commitments,
            self.contracts,
            self.payments,
            self.problems,
            self.tallies,
        ] {
            rows.flush(connection).await?;
        }
        Ok(kept)
    }
}
