//! What follows from a register, for the commands: its flags, and its rows read where an answer needs them.

use std::num::NonZeroUsize;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use stripout_judge::{Alerts, NextQuestion, RequestStanding, Responses};
use stripout_model::{Outcome, Statement};

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
pub(crate) struct Judging(stripout_serve::Judging);

impl JudgeFlags {
    /// One reviewer is enough.
    pub(crate) fn alone(catalogue: CatalogueFlags) -> Self {
        Self {
            reviewers: NonZeroUsize::MIN,
            catalogue,
        }
    }

    pub(crate) fn of(&self, opened: &Opened) -> anyhow::Result<Judging> {
        let catalogue = Arc::new(self.catalogue.load()?);
        let bodies = Arc::new(self.catalogue.bodies()?);
        let reading =
            stripout_serve::Judging::read(&opened.register, catalogue, bodies, self.reviewers.get(), today());
        let judging = opened
            .runtime
            .block_on(reading)
            .map_err(|error| store_failure(&error))?;
        Ok(Judging(judging))
    }
}

impl Judging {
    /// Where two facts contradict, as of today.
    pub(crate) fn alerts(&self, opened: &Opened) -> anyhow::Result<Alerts> {
        let read = async {
            let commitments = opened.register.stated_commitments().await?;
            Ok((commitments, opened.register.stated_outcomes().await?))
        };
        let (commitments, outcomes) = opened
            .runtime
            .block_on(read)
            .map_err(|error| store_failure(&error))?;
        Ok(self.0.alerts(&commitments, &outcomes)?)
    }

    /// Where each request stands today, the longest overdue first.
    pub(crate) fn requests(&self, opened: &Opened) -> anyhow::Result<Vec<RequestStanding>> {
        Ok(self.0.requests(&outcomes(opened)?))
    }

    pub(crate) fn next_questions(&self, opened: &Opened) -> anyhow::Result<Vec<NextQuestion>> {
        let leads = opened
            .runtime
            .block_on(opened.register.stated_leads())
            .map_err(|error| store_failure(&error))?;
        Ok(self.0.next_questions(&leads))
    }

    /// Of how many bodies anything is known, by kind.
    pub(crate) fn responses(&self, opened: &Opened) -> anyhow::Result<Vec<Responses>> {
        Ok(self.0.responses(&outcomes(opened)?, &self.findings().findings))
    }
}

impl Deref for Judging {
    type Target = stripout_serve::Judging;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Judging {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

fn outcomes(opened: &Opened) -> anyhow::Result<Vec<Statement<Outcome>>> {
    let read = opened.runtime.block_on(opened.register.stated_outcomes());
    read.map_err(|error| store_failure(&error).into())
}
