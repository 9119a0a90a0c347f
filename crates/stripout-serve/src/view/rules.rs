//! How the instruments stand to what is there.

use jiff::civil::Date;
use serde::Serialize;
use stripout_catalogue::Bodies;
use stripout_judge::{By, Change, Gap, Holding, Judge, changes, gap};
use stripout_model::{BodyId, Coverage};

use super::View;
use crate::{ServeError, holding, keeping};

/// Findings by what one instrument says of them, and what it would change.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Reach {
    pub(crate) covered: u64,
    pub(crate) exempt: u64,
    pub(crate) out_of_scope: u64,
    pub(crate) unknown: u64,
}

/// No rule binds a body that is no more.
pub(super) fn is_here(body: &BodyId, bodies: &Bodies, today: Date) -> bool {
    bodies.get(body).is_none_or(|body| body.existed(Some(today)))
}

impl View {
    fn holdings(&self) -> Vec<Holding<'_>> {
        let (bodies, catalogue) = (self.bodies(), self.catalogue());
        self.findings
            .iter()
            .filter(|finding| is_here(&finding.body, bodies, self.today))
            .map(|finding| holding(finding, bodies, catalogue))
            .collect()
    }

    /// The table of what is there by how the rules stand to it; with `what_if` as if that instrument were in force.
    pub(crate) fn gap_by(&self, by: By, what_if: Option<&str>) -> Result<Gap, ServeError> {
        let judge = match what_if {
            Some(policy) => Judge::what_if(self.catalogue(), policy)?,
            None => Judge::new(self.catalogue())?,
        };
        Ok(gap(&judge, &self.holdings(), &keeping(self.today), None, by)?)
    }

    /// What is there to which the rules would stand otherwise with this instrument in force.
    pub(crate) fn changes(&self, policy: &str) -> Result<Vec<Change>, ServeError> {
        let before = Judge::new(self.catalogue())?;
        let after = Judge::what_if(self.catalogue(), policy)?;
        Ok(changes(
            &before,
            &after,
            policy,
            &self.holdings(),
            &keeping(self.today),
        )?)
    }

    /// Of what is there, how much an instrument says what of.
    pub(crate) fn reach(&self, policy: &str) -> Result<Reach, ServeError> {
        let judge = Judge::new(self.catalogue())?;
        let number = judge.policy(policy)?;
        let query = keeping(self.today);
        let mut reach = Reach::default();
        for holding in self.holdings().iter().filter(|holding| holding.is_there()) {
            let coded = judge.code(&holding.situation(&query))?;
            *match judge.outcome(number, &coded).coverage {
                Coverage::Covered => &mut reach.covered,
                Coverage::Exempt => &mut reach.exempt,
                Coverage::OutOfScope => &mut reach.out_of_scope,
                Coverage::Unknown => &mut reach.unknown,
            } += 1;
        }
        Ok(reach)
    }
}
