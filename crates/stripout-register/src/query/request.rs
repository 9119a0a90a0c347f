//! Requests for information, as lists have them.

use stripout_model::{BlobId, Request, RequestList};

use crate::row::Fields;
use crate::sql::fault;
use crate::{Register, Result};

impl Register {
    /// What the newest list that has it says of each, oldest request first.
    pub async fn requests(&self) -> Result<Vec<Request>> {
        self.asked(
            "WHERE NOT EXISTS (SELECT 1 FROM request AS o WHERE o.id = t.id \
             AND (o.imported_at, o.file) > (t.imported_at, t.file))",
        )
        .await
    }

    /// What every list says of each.
    pub async fn every_request(&self) -> Result<Vec<Request>> {
        self.asked("").await
    }

    async fn asked(&self, which: &'static str) -> Result<Vec<Request>> {
        let select = format!(
            "SELECT t.id, t.file, t.path, t.place, t.imported_at, t.body, t.asked_on, t.subject, t.reference, t.url, \
             t.outcome, t.answered_on, t.withdrawn FROM request AS t {which} ORDER BY t.asked_on, t.body, t.id, t.imported_at"
        );
        let rows = sqlx::query(crate::sql::trusted(select))
            .fetch_all(&self.readers)
            .await;
        let rows = rows.and_then(|rows| rows.iter().map(|row| request(&Fields::Row(row))).collect());
        rows.map_err(|error| fault(&self.path, &error))
    }

    /// Keeps what lists say, all or none. How many rows were new.
    pub async fn keep_requests(&self, requests: &[Request]) -> Result<u64> {
        let of = |error: sqlx::Error| fault(&self.path, &error);
        let mut transaction = self.transaction().await?;
        let new = crate::write::request::write(&mut transaction, requests)
            .await
            .map_err(of)?;
        transaction.commit().await.map_err(of)?;
        Ok(new)
    }
}

fn request(row: &Fields<'_>) -> Result<Request, sqlx::Error> {
    let blob: BlobId = row.word("file")?;
    Ok(Request {
        id: row.text("id")?,
        body: row.text("body")?,
        asked: row.day("asked_on")?,
        subject: row.maybe_text("subject")?,
        reference: row.maybe_text("reference")?,
        url: row.maybe_text("url")?,
        outcome: row.maybe_word("outcome")?,
        answered: row.date("answered_on")?,
        withdrawn: row.flag("withdrawn")?,
        list: RequestList {
            blob,
            path: row.text("path")?,
            imported_at: row.word("imported_at")?,
        },
        place: row.text("place")?,
    })
}
