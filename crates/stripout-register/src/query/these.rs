//! Rows by their ids, and rows beside others in the same records.

use super::list::{Question, marks};
use crate::row::{Listed, Select};
use crate::{ContractRow, Register, Result, RowId};

/// Ids in one statement: far below what the engine takes.
const AT_ONCE: usize = 500;

/// Rows that belong to one record.
pub trait InRecord: Listed {}
impl InRecord for ContractRow {}

impl Register {
    /// The current rows with these ids, in no order.
    pub async fn these<T: Listed>(&self, ids: &[RowId]) -> Result<Vec<T>> {
        self.among::<T>(T::SHAPE.id, ids, None).await
    }

    /// What these records hold, in the order of their places.
    pub async fn beside<T: InRecord>(&self, records: &[RowId]) -> Result<Vec<T>> {
        let order = format!("{}, {}", T::SHAPE.place, T::SHAPE.id);
        self.among::<T>("t.record", records, Some(&order)).await
    }

    async fn among<T: Select>(&self, column: &str, ids: &[RowId], order: Option<&str>) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let mut question = Question::about::<T>();
            question.and(
                &format!("{column} IN ({})", marks(some.len())),
                some.iter().map(ToString::to_string),
            );
            if let Some(order) = order {
                question.order_by(order);
            }
            rows.extend(self.ask_together::<T>(question).await?);
        }
        Ok(rows)
    }
}
