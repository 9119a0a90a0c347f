//! What would change if another instrument were in force: holding by holding.

use serde::Serialize;
use stripout_catalogue::Stretch;
use stripout_model::{BodyId, MakerId};

use crate::holding::standing;
use crate::{Holding, Judge, JudgeError, Query, Standing};

/// A holding, or a purchase, to which the rules would stand otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub body: BodyId,
    /// Name of the body for people.
    pub name: String,
    pub maker: MakerId,
    /// Id of the finding.
    pub finding: String,
    /// The day judged for; of a purchase its own.
    pub day: Stretch,
    pub before: Standing,
    pub after: Standing,
}

/// What the query asks about and to which the rules would stand otherwise with `policy` in force, in their order.
/// `after` is `Judge::what_if` of that policy, over a catalogue that may hold it as a draft.
pub fn changes(
    before: &Judge<'_>,
    after: &Judge<'_>,
    policy: &str,
    holdings: &[Holding<'_>],
    query: &Query,
) -> Result<Vec<Change>, JudgeError> {
    let number = after.policy(policy)?;
    let old = before.policy(policy).ok();
    let mut changes = Vec::new();
    for holding in holdings {
        for deed in holding.deeds(query) {
            let situation = holding.situation_on(query, deed.day.clone());
            let coded = after.code(&situation)?;
            // Only one instrument differs: the others are asked once.
            let others = after.heaviest(&coded, |other| other != number);
            let is = standing(others.max(after.heaviest(&coded, |it| it == number)));
            let coded = before.code(&situation)?;
            let was = standing(others.max(before.heaviest(&coded, |it| old == Some(it))));
            if was != is {
                changes.push(Change {
                    body: holding.finding.body.clone(),
                    name: holding.name.clone(),
                    maker: holding.finding.maker.clone(),
                    finding: holding.finding.id.clone(),
                    day: deed.day,
                    before: was,
                    after: is,
                });
            }
        }
    }
    Ok(changes)
}
