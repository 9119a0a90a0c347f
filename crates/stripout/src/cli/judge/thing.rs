//! `stripout judge thing`: one situation, given by flags, by every instrument or by one.

use std::cmp::Reverse;
use std::io::Write;

use clap::Args;
use stripout_catalogue::{Situation, Stretch};
use stripout_judge::Judge;
use stripout_model::{Coverage, Determination, MakerId};

use super::situation::{SituationFlags, asked, print_left_out};
use super::{not_judged, print};
use crate::cli::{CatalogueFlags, Output};
use crate::failure::Exit;

#[derive(Debug, Args)]
pub(crate) struct Thing {
    #[command(flatten)]
    situation: SituationFlags,
    /// Maker: its id in the catalogue.
    #[arg(long, value_name = "MAKER")]
    maker: Option<MakerId>,
    /// What is done: procure, deploy, connect, keep, use ...
    #[arg(long, value_name = "ACT")]
    act: Option<String>,
    /// When: 2023-01-01, or only a month or a year.
    #[arg(long, value_name = "DATE")]
    date: Option<Stretch>,
    /// Judge by this instrument alone.
    #[arg(long, value_name = "ID")]
    policy: Option<String>,
    /// Take this instrument as if it were in force.
    #[arg(long, value_name = "ID")]
    what_if: Option<String>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Thing {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        let judge = match &self.what_if {
            Some(policy) => Judge::what_if(&catalogue, policy),
            None => Judge::new(&catalogue),
        }
        .map_err(|error| not_judged(&error))?;
        let situation = Situation {
            maker: self.maker,
            act: self.act,
            date: self.date,
            ..self.situation.situation(&catalogue, &self.catalogue)?
        };
        let (asked, left_out) = match &self.policy {
            Some(policy) => {
                let policy = judge.policy(policy).map_err(|error| not_judged(&error))?;
                (vec![policy], Vec::new())
            }
            None => asked(&judge, &situation),
        };
        let determined: Result<Vec<Determination>, _> = asked
            .into_iter()
            .map(|policy| judge.determination(policy, &situation))
            .collect();
        let mut determined = determined.map_err(|error| not_judged(&error))?;
        determined.sort_by_key(|one| Reverse(weight(one)));
        for determination in &determined {
            if self.output.json {
                writeln!(out, "{}", serde_json::to_string(determination)?)?;
            } else {
                print(determination, out)?;
            }
        }
        if !self.output.json && !self.output.quiet {
            print_left_out(&left_out, out)?;
        }
        Ok(Exit::AllRead)
    }
}

/// What matters first: covered and binding, covered, not known, exempt, out of scope.
fn weight(one: &Determination) -> (u8, bool) {
    let weight = match one.coverage {
        Coverage::Covered => 3,
        Coverage::Unknown => 2,
        Coverage::Exempt => 1,
        Coverage::OutOfScope => 0,
    };
    (weight, one.binding)
}
