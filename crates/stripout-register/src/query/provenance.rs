//! How sources came.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;
use jiff::Timestamp;
use stripout_model::{BlobId, Provenance};

use crate::row::Fields;
use crate::sql::fault;
use crate::{Register, Result, RowId};

impl Register {
    /// Every way by which each source came, the first one first.
    pub async fn provenances(&self) -> Result<HashMap<BlobId, Vec<(Provenance, Timestamp)>>> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut rows = sqlx::query(
            "SELECT s.sha256, p.kind, p.path, p.seen_at FROM provenance AS p JOIN source AS s ON s.id = p.source \
             ORDER BY p.seen_at, p.kind, p.path",
        )
        .fetch(&self.readers);
        let mut ways: HashMap<BlobId, Vec<(Provenance, Timestamp)>> = HashMap::new();
        while let Some(row) = rows.try_next().await.map_err(of)? {
            let row = Fields::Row(&row);
            let read = || {
                let path = row.text("path")?;
                let provenance = match row.text("kind")?.as_str() {
                    "stdin" => Provenance::Stdin,
                    _ => Provenance::File { path },
                };
                Ok((row.word("sha256")?, (provenance, row.word("seen_at")?)))
            };
            let (blob, way) = read().map_err(of)?;
            ways.entry(blob).or_default().push(way);
        }
        Ok(ways)
    }

    /// Notes how known sources came, and when first.
    pub async fn came(&self, ways: &HashMap<BlobId, Vec<(Provenance, Timestamp)>>) -> Result<()> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        for (blob, ways) in ways {
            for (provenance, at) in ways {
                crate::write::source::came(&mut transaction, RowId::of_blob(blob), provenance, *at)
                    .await
                    .map_err(of)?;
            }
        }
        transaction.commit().await.map_err(of)
    }
}
