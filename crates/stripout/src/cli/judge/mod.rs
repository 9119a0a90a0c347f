//! `stripout judge`: what every instrument says, of the findings of a register or of a thing.

mod explain;
mod findings;
mod policies;
pub(crate) mod situation;
mod thing;

use std::io::Write;

use clap::{Args, Subcommand};
use stripout_judge::JudgeError;
use stripout_model::{Coverage, Determination};

use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct JudgeCommand {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    findings: findings::OfFindings,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Judge one thing that is given by flags: a kind of body, a maker, an act, a day.
    Thing(Box<thing::Thing>),
    /// Print the reasoning of a worked case of an instrument, or all its cases.
    Explain(explain::Explain),
    /// List the instruments with where they stand and since when.
    Policies(policies::Policies),
}

impl JudgeCommand {
    pub(crate) fn json(&self) -> bool {
        match &self.what {
            None => self.findings.output.json,
            Some(What::Thing(thing)) => thing.output.json,
            Some(What::Explain(explain)) => explain.output.json,
            Some(What::Policies(policies)) => policies.output.json,
        }
    }

    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        match self.what {
            None => self.findings.run(out),
            Some(What::Thing(thing)) => thing.run(out),
            Some(What::Explain(explain)) => explain.run(out),
            Some(What::Policies(policies)) => policies.run(out),
        }
    }
}

/// One determination as a person reads it.
pub(crate) fn print(determination: &Determination, out: &mut dyn Write) -> std::io::Result<()> {
    let provision = determination
        .provision
        .as_ref()
        .map_or(String::new(), |id| format!(" · {id}"));
    writeln!(
        out,
        "{}  {}{}",
        standing(determination),
        determination.policy,
        safe(&provision)
    )?;
    writeln!(out, "    {}", safe(&determination.why))
}

/// `covered`, or `covered, not binding` where it is only promised or asked.
pub(crate) fn standing(determination: &Determination) -> String {
    match determination.coverage {
        Coverage::Covered if !determination.binding => "covered, not binding".into(),
        coverage => coverage.to_string(),
    }
}

pub(crate) fn not_judged(error: &JudgeError) -> Failure {
    let hint = match error {
        JudgeError::NoSuchValue { vocabulary, .. } => {
            format!("`stripout explain vocabulary:{vocabulary}` lists the values")
        }
        JudgeError::NoSuchMaker { .. } => "`stripout catalogue search NAME` finds a maker".into(),
        JudgeError::NoSuchPolicy { .. } => "`stripout judge policies` lists the instruments".into(),
        _ => "correct the catalogue".into(),
    };
    Failure::usage(error.to_string(), hint)
}
