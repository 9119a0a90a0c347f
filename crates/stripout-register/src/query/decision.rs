//! The log of decisions.

use std::collections::BTreeMap;

use sqlx::Row as _;
use stripout_model::Decision;

use crate::sql::fault;
use crate::{Filter, Register, Result};

/// Sightings that a reviewer rejected, beside those that make the same claim in another source: the same words in a row or
/// document of the same body and day. What a body has not said of itself is never the same.
const SAME_CLAIMS: &str = "\
    WITH claim AS ( \
        SELECT t.*, g.source, coalesce(t.body, l.author) AS whose, coalesce(t.date, l.written_on) AS day \
        FROM sighting AS t JOIN reading AS g ON g.id = t.reading \
        LEFT JOIN letterhead AS l ON l.record = t.record AND l.reading = t.reading), \
    old AS MATERIALIZED ( \
        SELECT * FROM claim WHERE whose IS NOT NULL \
        AND id IN (SELECT thing FROM decision WHERE verdict = 'reject')) \
    SELECT DISTINCT old.id AS old, new.id AS new FROM claim AS new CROSS JOIN old \
    ON new.excerpt = old.excerpt AND new.maker = old.maker AND new.whose = old.whose \
    AND new.stance = old.stance AND new.via = old.via AND new.mark_from = old.mark_from AND new.mark_to = old.mark_to \
    AND new.day IS old.day AND new.supplier IS old.supplier AND new.amount_minor IS old.amount_minor \
    AND new.currency IS old.currency AND new.brand IS old.brand AND new.model IS old.model AND new.count IS old.count \
    WHERE new.source <> old.source ORDER BY old, new";

impl Register {
    /// All of them, oldest first.
    pub async fn decisions(&self) -> Result<Vec<Decision>> {
        let order = Filter {
            order: crate::Order::Place,
            ..Filter::default()
        };
        self.list(&order).await
    }

    /// For each sighting that somebody rejected, those of other sources that make the same claim.
    pub async fn same_claims(&self) -> Result<BTreeMap<String, Vec<String>>> {
        let failed = |error: sqlx::Error| fault(&self.path, &error);
        let rows = sqlx::query(SAME_CLAIMS).fetch_all(&self.readers);
        let mut same: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in rows.await.map_err(failed)? {
            let old = row.try_get("old").map_err(failed)?;
            let new = row.try_get("new").map_err(failed)?;
            same.entry(old).or_default().push(new);
        }
        Ok(same)
    }

    /// Appends to the log, all or none; `id` of each is left aside, its position is the log's next. Returns the first.
    pub async fn decide(&self, decisions: &[Decision]) -> Result<Option<i64>> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        let mut first = None;
        for decision in decisions {
            let id = crate::write::decision::append(&mut transaction, decision)
                .await
                .map_err(of)?;
            first.get_or_insert(id);
        }
        transaction.commit().await.map_err(of)?;
        Ok(first)
    }
}
