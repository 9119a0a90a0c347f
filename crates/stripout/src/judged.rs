//! What follows from a register: composed here from what is stored, what is known and what reviewers decided.

use std::num::NonZeroUsize;

use clap::Args;
use jiff::civil::Date;
use stripout_catalogue::{Bodies, Catalogue};
use stripout_judge::{Findings, Grounds, Named, Pending, Resolve, findings, queue};
use stripout_model::{BodyId, Confidence, Decision, Sighting, Statement};

use crate::cli::CatalogueFlags;
use crate::cli::register::{Opened, store_failure};

/// What judging depends on besides the register.
#[derive(Debug, Clone, Args)]
pub(crate) struct JudgeFlags {
    /// How many different reviewers must have accepted before a finding is public.
    #[arg(long, value_name = "N", default_value = "1", env = "STRIPOUT_REVIEWERS")]
    pub(crate) reviewers: NonZeroUsize,
    #[command(flatten)]
    pub(crate) catalogue: CatalogueFlags,
}

/// A register as it stands, with the catalogue it is judged by.
pub(crate) struct Judging {
    pub(crate) catalogue: Catalogue,
    pub(crate) bodies: Bodies,
    pub(crate) sightings: Vec<Statement<Sighting>>,
    pub(crate) decisions: Vec<Decision>,
    reviewers: usize,
}

impl JudgeFlags {
    pub(crate) fn of(&self, opened: &Opened) -> anyhow::Result<Judging> {
        let catalogue = self.catalogue.load()?;
        let bodies = self.catalogue.bodies()?;
        let read = async {
            let sightings = opened.register.stated_sightings().await?;
            Ok((sightings, opened.register.decisions().await?))
        };
        let (sightings, decisions) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        Ok(Judging {
            catalogue,
            bodies,
            sightings,
            decisions,
            reviewers: self.reviewers.get(),
        })
    }
}

impl Judging {
    pub(crate) fn findings(&self) -> Findings {
        findings(self.grounds(&self.resolve()))
    }

    /// What a reviewer should look at, most worth first.
    pub(crate) fn queue(&self) -> Vec<Pending> {
        queue(self.grounds(&self.resolve()))
    }

    fn grounds<'a>(&'a self, resolve: Resolve<'a>) -> Grounds<'a> {
        Grounds {
            sightings: &self.sightings,
            decisions: &self.decisions,
            catalogue: &self.catalogue,
            resolve,
            reviewers: self.reviewers,
        }
    }

    pub(crate) fn sighting(&self, id: &str) -> Option<&Statement<Sighting>> {
        self.sightings.iter().find(|said| said.id == id)
    }

    /// The body of an id, or of a name that is surely one body's.
    pub(crate) fn body(&self, text: &str) -> Option<BodyId> {
        self.resolve()(text, None).map(|named| named.id)
    }

    /// Which body a name, or an id, stood for on a day: only when it is surely that one.
    fn resolve(&self) -> impl Fn(&str, Option<Date>) -> Option<Named> {
        |name, day| {
            let known = name.parse().ok().filter(|id| self.bodies.get(id).is_some());
            let id: BodyId = known.or_else(|| {
                let found = self.bodies.resolve(name, day);
                found.body.filter(|_| found.confidence > Confidence::Review)
            })?;
            let name = self.bodies.get(&id)?.name.clone();
            Some(Named { id, name })
        }
    }
}
