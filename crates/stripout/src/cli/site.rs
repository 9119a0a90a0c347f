//! What a site of the register is made from, served or published.

use std::sync::Arc;

use clap::Args;
use stripout_ingest::surroundings;
use stripout_register::{OpenMode, Register};
use stripout_serve::{Around, Audience, BaseUrl, Grounds, Names};
use tokio::runtime::Runtime;

use super::reading;
use super::register::{RegisterFlags, evidence_folder, store_failure};
use crate::judged::JudgeFlags;

/// Bytes that are shown on each side of a passage.
const MARGIN: u64 = 1_500;

#[derive(Debug, Clone, Args)]
pub(crate) struct SiteFlags {
    /// Where readers reach it, for feeds, cards and the map of the site: `https://example.org/register`
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<BaseUrl>,
    #[command(flatten)]
    pub(crate) judge: JudgeFlags,
    #[command(flatten)]
    pub(crate) register: RegisterFlags,
}

impl SiteFlags {
    /// `staffed`: people sign in to work on it.
    pub(crate) fn grounds(
        &self,
        runtime: &Runtime,
        audience: Audience,
        staffed: bool,
    ) -> anyhow::Result<Grounds> {
        let catalogue = Arc::new(self.judge.catalogue.load()?);
        let bodies = Arc::new(self.judge.catalogue.bodies()?);
        let register = &self.register.register;
        let (reading, folder) = (reading()?, evidence_folder(register));
        let around: Around =
            Arc::new(move |source, locator| surroundings(source, &folder, locator, &reading, MARGIN));
        Ok(Grounds {
            register: runtime
                .block_on(Register::open(register, OpenMode::Read))
                .map_err(|error| store_failure(&error))?,
            evidence: evidence_folder(register),
            names: Names::of(&bodies, &catalogue),
            catalogue,
            bodies,
            reviewers: self.judge.reviewers.get(),
            audience,
            base: self.base_url.clone(),
            staffed,
            around: Some(around),
        })
    }
}
