//! Evidence, source by source, for verification.

use futures_util::stream::BoxStream;
use stripout_model::BlobId;

use super::list::Question;
use crate::row::Select as _;
use crate::{EvidenceRow, Register, Result};

impl Register {
    /// All that rests on evidence: grouped by source, then in the order of the bytes, so that each source need be read
    /// once and from front to back. Of one source when `blob` is given.
    pub fn evidence(&self, blob: Option<&BlobId>) -> BoxStream<'_, Result<EvidenceRow>> {
        let mut question = Question::about::<EvidenceRow>();
        if let Some(blob) = blob {
            question.and("s.sha256 = ?", [blob.to_string()]);
        }
        question.order_by(&format!(
            "{}, {}",
            EvidenceRow::SHAPE.place,
            EvidenceRow::SHAPE.id
        ));
        self.ask(question)
    }
}
