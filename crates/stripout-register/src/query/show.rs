//! Any row by its id, or by the first digits of it.

use futures_util::stream::{BoxStream, StreamExt as _};
use serde::Serialize;

use super::list::Question;
use crate::row::Select;
use crate::{
    AffiliationRow, CommitmentRow, ContractRow, Error, LeadRow, OutcomeRow, PaymentRow, RecordRow, Register,
    Result, RowId, SightingRow, SourceRow,
};

/// A row of whatever table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "what")]
pub enum Found {
    Source(SourceRow),
    Record(RecordRow),
    Sighting(SightingRow),
    Lead(LeadRow),
    Affiliation(AffiliationRow),
    Outcome(OutcomeRow),
    Commitment(CommitmentRow),
    Contract(ContractRow),
    Payment(PaymentRow),
}

impl Found {
    pub fn id(&self) -> RowId {
        match self {
            Self::Source(row) => row.id,
            Self::Record(row) => row.id,
            Self::Sighting(row) => row.id,
            Self::Lead(row) => row.id,
            Self::Affiliation(row) => row.id,
            Self::Outcome(row) => row.id,
            Self::Commitment(row) => row.id,
            Self::Contract(row) => row.id,
            Self::Payment(row) => row.id,
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Source(_) => "source",
            Self::Record(_) => "record",
            Self::Sighting(_) => "sighting",
            Self::Lead(_) => "lead",
            Self::Affiliation(_) => "affiliation",
            Self::Outcome(_) => "outcome",
            Self::Commitment(_) => "commitment",
            Self::Contract(_) => "contract",
            Self::Payment(_) => "payment",
        }
    }
}

/// Below this, a prefix is a guess.
const FEWEST: usize = 4;
/// Ids named when a prefix fits several.
const NAMED: usize = 5;

impl Register {
    /// The one current row whose id starts with these digits; a source also by more digits of its SHA-256.
    pub async fn show(&self, id: &str) -> Result<Found> {
        let digits = id.to_ascii_lowercase();
        if !(FEWEST..=64).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(Error::NoId { id: id.into() });
        }
        let mut found = Vec::new();
        self.look::<SourceRow>("s.sha256", &digits, Found::Source, &mut found)
            .await?;
        self.look::<RecordRow>("t.id", &digits, Found::Record, &mut found)
            .await?;
        self.look::<SightingRow>("t.id", &digits, Found::Sighting, &mut found)
            .await?;
        self.look::<LeadRow>("t.id", &digits, Found::Lead, &mut found)
            .await?;
        self.look::<AffiliationRow>("t.id", &digits, Found::Affiliation, &mut found)
            .await?;
        self.look::<OutcomeRow>("t.id", &digits, Found::Outcome, &mut found)
            .await?;
        self.look::<CommitmentRow>("t.id", &digits, Found::Commitment, &mut found)
            .await?;
        self.look::<ContractRow>("t.id", &digits, Found::Contract, &mut found)
            .await?;
        self.look::<PaymentRow>("t.id", &digits, Found::Payment, &mut found)
            .await?;
        match (found.pop(), found.is_empty()) {
            (None, _) => Err(Error::NoSuchId { id: id.into() }),
            (Some(only), true) => Ok(only),
            (Some(last), false) => {
                found.push(last);
                let matches = found
                    .iter()
                    .take(NAMED)
                    .map(|row| format!("{} {}", row.what(), row.id()))
                    .collect();
                Err(Error::Ambiguous {
                    id: id.into(),
                    matches,
                })
            }
        }
    }

    /// A kept record, whole.
    pub async fn record(&self, id: RowId) -> Result<RecordRow> {
        let mut question = Question::about::<RecordRow>();
        question.and("t.id = ?", [id.to_string()]);
        let found = self.ask(question).next().await;
        found.unwrap_or_else(|| Err(Error::NoSuchId { id: id.to_string() }))
    }

    async fn look<T: Select>(
        &self,
        column: &str,
        digits: &str,
        wrap: fn(T) -> Found,
        found: &mut Vec<Found>,
    ) -> Result<()> {
        let mut question = Question::about::<T>();
        // `g` is the letter after the last hex digit.
        question.and(
            &format!("{column} BETWEEN ? AND ?"),
            [digits.into(), format!("{digits}g")],
        );
        let mut rows: BoxStream<'_, Result<T>> = self.ask(question);
        while let Some(row) = rows.next().await {
            found.push(wrap(row?));
            if found.len() > NAMED {
                break;
            }
        }
        Ok(())
    }
}
