//! What reviewers had accepted and took back: its address says so, and does not say that nothing was ever there.

use std::collections::{HashMap, HashSet};

use stripout_model::{BodyId, Decision, MakerId};
use stripout_register::{Embargoes, Register, RegisterError, RowId, SightingRow};

use crate::embargo::{held_findings, is_held};

#[derive(Default)]
pub(super) struct Withdrawn {
    /// Of which body and maker, where that is surely known.
    pub(super) evidence: HashMap<RowId, Option<(BodyId, MakerId)>>,
    pub(super) findings: HashSet<(BodyId, MakerId)>,
}

impl Withdrawn {
    /// Without what stands in a source that is held back, speaks of a finding that is, or did by what a reviewer set: that
    /// it was withdrawn would tell that it is there. `decided` knows the decisions on a sighting.
    pub(super) async fn told<'d>(
        mut self,
        embargoes: &Embargoes,
        register: &Register,
        decided: impl Fn(RowId) -> &'d [Decision],
    ) -> Result<Self, RegisterError> {
        if embargoes.is_empty() {
            return Ok(self);
        }
        let held = held_findings(embargoes);
        let speaks_of = |body: &BodyId, maker: &MakerId| held.contains(&(body.clone(), maker.clone()));
        let ids: Vec<RowId> = self.evidence.keys().copied().collect();
        let rows: Vec<SightingRow> = register.these(&ids).await?;
        let open = rows.iter().filter(|row| !is_held(embargoes, &row.source.blob));
        let open: HashSet<RowId> = open.map(|row| row.id).collect();
        self.evidence.retain(|id, of| {
            let speaks = match of {
                Some((body, maker)) => speaks_of(body, maker),
                None => !held.is_empty(),
            };
            let set = |it: &Decision| {
                let of = of.as_ref();
                let body = it.body.as_ref().or(of.map(|(body, _)| body));
                let maker = it.maker.as_ref().or(of.map(|(_, maker)| maker));
                body.zip(maker)
                    .is_some_and(|(body, maker)| speaks_of(body, maker))
            };
            open.contains(id) && !speaks && !decided(*id).iter().any(set)
        });
        self.findings = self.evidence.values().flatten().cloned().collect();
        Ok(self)
    }
}
