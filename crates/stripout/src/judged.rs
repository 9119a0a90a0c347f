//! What follows from a register: composed here from what is stored, what is known and what reviewers decided.

use std::num::NonZeroUsize;

use clap::Args;
use jiff::civil::Date;
use stripout_catalogue::Catalogue;
use stripout_judge::{Findings, Grounds, Named, findings};
use stripout_model::{Decision, Sighting, Statement};

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

/// A register as it stands, judged with a catalogue.
pub(crate) struct Judged {
    pub(crate) catalogue: Catalogue,
    pub(crate) sightings: Vec<Statement<Sighting>>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) findings: Findings,
}

impl JudgeFlags {
    pub(crate) fn judge(&self, opened: &Opened) -> anyhow::Result<Judged> {
        let catalogue = self.catalogue.load()?;
        let read = async {
            let sightings = opened.register.stated_sightings().await?;
            Ok((sightings, opened.register.decisions().await?))
        };
        let (sightings, decisions) = opened.runtime.block_on(read).map_err(|error| store_failure(&error))?;
        let findings = findings(Grounds {
            sightings: &sightings,
            decisions: &decisions,
            catalogue: &catalogue,
            resolve: &resolve(&catalogue),
            reviewers: self.reviewers.get(),
        });
        Ok(Judged {
            catalogue,
            sightings,
            decisions,
            findings,
        })
    }
}

/// Which body a name stood for on a day, by the catalogue.
pub(crate) fn resolve(_catalogue: &Catalogue) -> impl Fn(&str, Option<Date>) -> Option<Named> {
    |name, _day| {
        // As written: two words at least, so that no file name passes for a body.
        let words: Vec<String> = name
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let id = words.join("-").parse().ok()?;
        (words.len() > 1 && name.contains(' ')).then(|| Named { id, name: name.into() })
    }
}
