//! The log of decisions.

use stripout_model::Decision;

use crate::sql::fault;
use crate::{Filter, Register, Result};

impl Register {
    /// All of them, oldest first.
    pub async fn decisions(&self) -> Result<Vec<Decision>> {
        let order = Filter {
            order: crate::Order::Place,
            ..Filter::default()
        };
        self.list(&order).await
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
