//! `stripout responses`: of how many bodies anything is known, by kind.

use std::io::{self, Write};

use clap::Args;
use stripout_judge::{Responses, Share};

use super::Output;
use super::register::RegisterFlags;
use crate::failure::Exit;
use crate::judged::JudgeFlags;
use crate::show::number;

#[derive(Debug, Args)]
pub(crate) struct ResponsesCommand {
    /// Kinds of which nothing is known but that they exist, too.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    judge: JudgeFlags,
    #[command(flatten)]
    register: RegisterFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl ResponsesCommand {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let opened = self.register.open()?;
        let mut rows = self.judge.of(&opened)?.responses(&opened)?;
        rows.retain(|row| self.all || row.asked + row.confirmed + row.denied > 0);
        if self.output.json {
            for row in &rows {
                writeln!(out, "{}", serde_json::to_string(row)?)?;
            }
            return Ok(Exit::AllRead);
        }
        if rows.is_empty() && !self.output.quiet {
            writeln!(out, "Nothing is known of any body.")?;
        }
        for row in &rows {
            print(row, out)?;
        }
        Ok(Exit::AllRead)
    }
}

fn print(row: &Responses, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}: {} exist", row.kind, number(row.existing))?;
    for share in row.shares.iter().filter(|share| share.total > 0) {
        writeln!(out, "  {:<10} {}", share.what, shown(share))?;
    }
    Ok(())
}

/// `1 of 24 existing: 4.2 % (95 % interval 0.7 % to 20.2 %)`
fn shown(share: &Share) -> String {
    let counts = format!("{} of {} {}", number(share.count), number(share.total), share.of);
    match (share.share, share.interval) {
        (Some(part), Some((low, high))) => {
            let percent = |part: f64| format!("{:.1} %", part * 100.0);
            format!(
                "{counts}: {} (95 % interval {} to {})",
                percent(part),
                percent(low),
                percent(high)
            )
        }
        _ => counts,
    }
}
