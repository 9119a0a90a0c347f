//! What the ledger of a body is made of: many rows of few columns, as one value. Row by row and column by column, handing values
//! over took most of the time of a long page.

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use stripout_model::{BlobId, Currency, DocumentKind, MakerId, Money, Stance};

use crate::sql::{fault, trusted};
use crate::{Register, Result, RowId};

/// Ids in one statement: what comes back for them is a value of some megabytes at most.
const AT_ONCE: usize = 5_000;

/// A sighting as a timeline tells it. The fields are the columns of `SIGHTINGS`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LedgerSighting {
    pub id: RowId,
    pub record: RowId,
    /// Sort of document it stands in.
    pub kind: DocumentKind,
    pub maker: MakerId,
    pub stance: Stance,
    pub count: Option<u32>,
    pub date: Option<Date>,
    /// What was recognised.
    pub words: String,
    /// What stands around it, of a denial.
    pub denied: Option<String>,
}

const SIGHTINGS: &str = "SELECT json_array(t.id, t.record, r.kind, t.maker, t.stance, t.count, t.date, \
     CAST(substr(CAST(t.excerpt AS BLOB), t.mark_from + 1, t.mark_to - t.mark_from) AS TEXT), \
     CASE t.stance WHEN 'denies' THEN t.excerpt END) AS line \
     FROM sighting AS t JOIN record AS r ON r.id = t.record JOIN current_reading AS g ON g.id = t.reading \
     JOIN source AS s ON s.id = g.source \
     WHERE t.id IN (SELECT value FROM json_each(?)) \
     ORDER BY s.sha256, coalesce(r.member, ''), t.byte, t.start + t.mark_from, t.id";

/// A payment as a table of money tells it. The fields are the columns of `PAYMENTS`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LedgerPayment {
    pub record: RowId,
    pub source: BlobId,
    /// Path inside an archive.
    pub member: Option<String>,
    pub supplier: Option<String>,
    amount: Option<i64>,
    currency: Option<Currency>,
    pub date: Option<Date>,
    pub purpose: Option<String>,
    pub category: Option<String>,
    pub reference: Option<String>,
}

const PAYMENTS: &str = "SELECT json_array(t.record, s.sha256, r.member, t.supplier, t.amount_minor, t.currency, t.date, \
     t.purpose, t.category, t.reference) AS line \
     FROM payment AS t JOIN record AS r ON r.id = t.record JOIN current_reading AS g ON g.id = r.reading \
     JOIN source AS s ON s.id = g.source \
     WHERE t.record IN (SELECT value FROM json_each(?)) \
     ORDER BY s.sha256, coalesce(r.member, ''), r.byte, t.id";

impl LedgerPayment {
    pub fn amount(&self) -> Option<Money> {
        let (minor_units, currency) = self.amount.zip(self.currency)?;
        Some(Money {
            minor_units,
            currency,
        })
    }
}

impl Register {
    /// The current sightings with these ids, in an order that is always the same.
    pub async fn ledger_sightings(&self, ids: &[RowId]) -> Result<Vec<LedgerSighting>> {
        self.lines(SIGHTINGS, ids).await
    }

    /// The payments that these records tell of, in an order that is always the same.
    pub async fn ledger_payments(&self, records: &[RowId]) -> Result<Vec<LedgerPayment>> {
        self.lines(PAYMENTS, records).await
    }

    /// `select` gives the column `line`, a JSON array, of the rows that belong to a JSON array of ids.
    async fn lines<T: DeserializeOwned>(&self, select: &'static str, ids: &[RowId]) -> Result<Vec<T>> {
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(AT_ONCE) {
            let some: Vec<String> = some.iter().map(RowId::to_string).collect();
            let together = format!("SELECT '[' || group_concat(line) || ']' FROM ({select})");
            let lines: Option<String> = sqlx::query_scalar(trusted(together))
                .bind(serde_json::Value::from(some).to_string())
                .fetch_one(&self.readers)
                .await
                .map_err(failed)?;
            let lines = lines.as_deref().unwrap_or("[]");
            let lines: Vec<T> =
                serde_json::from_str(lines).map_err(|error| failed(sqlx::Error::Decode(error.into())))?;
            all.extend(lines);
        }
        Ok(all)
    }
}
