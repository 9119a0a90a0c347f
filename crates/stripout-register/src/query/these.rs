//! Rows by their ids, and rows beside others in the same records.

use futures_util::stream::StreamExt as _;

use super::list::{Question, marks};
use crate::row::{Listed, Select};
use crate::{ContractRow, Register, Result, RowId};

/// Ids in one statement: far below what the engine takes.
const AT_ONCE: usize = 500;

/// Rows that belong to one record.
pub trait InRecord: Listed {}
impl InRecord for ContractRow {}

impl Register {
    /// The current rows with these ids, in the order of their places.
    pub async fn these<T: Listed>(&self, ids: &[RowId]) -> Result<Vec<T>> {
        self.among::<T>(T::SHAPE.id, ids).await
    }

    /// What these records hold, in the order of their places.
    pub async fn beside<T: InRecord>(&self, records: &[RowId]) -> Result<Vec<T>> {
        self.among::<T>("t.record", records).await
    }

    async fn among<T: Select>(&self, column: &str, ids: &[RowId]) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        for some in ids.chunks(AT_ONCE) {
            let mut question = Question::about::<T>();
            question.and(
                &format!("{column} IN ({})", marks(some.len())),
                some.iter().map(ToString::to_string),
            );
            question.order_by(&format!("{}, {}", T::SHAPE.place, T::SHAPE.id));
            let mut found = self.ask::<T>(question);
            while let Some(row) = found.next().await {
                rows.push(row?);
            }
        }
        Ok(rows)
    }
}
