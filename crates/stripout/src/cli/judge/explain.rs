//! `stripout judge explain`: the worked cases of an instrument, with every question and answer.

use std::io::Write;

use clap::Args;
use stripout_catalogue::{Policy, Situation};
use stripout_judge::{Answer, JudgeError, WorkedCase, work_case};

use super::{not_judged, print, standing};
use crate::cli::{CatalogueFlags, Output};
use crate::failure::{Exit, Failure};
use crate::show::safe;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Instrument: an id of `stripout judge policies`.
    policy: String,
    /// One of its cases; all when not given.
    case: Option<String>,
    #[command(flatten)]
    catalogue: CatalogueFlags,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Explain {
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Exit> {
        let catalogue = self.catalogue.load()?;
        let policy = catalogue.policies.get(&self.policy).ok_or_else(|| {
            not_judged(&JudgeError::NoSuchPolicy {
                policy: self.policy.clone(),
            })
        })?;
        let asked = |id: &str| self.case.as_deref().is_none_or(|case| case == id);
        let mut cases = policy.cases.iter().filter(|case| asked(&case.id)).peekable();
        if cases.peek().is_none() {
            return Err(no_such_case(policy, self.case.as_deref().unwrap_or_default()).into());
        }
        let mut all_hold = true;
        for case in cases {
            let worked = work_case(&catalogue, policy, case).map_err(|error| not_judged(&error))?;
            all_hold &= worked.holds();
            if self.output.json {
                let line =
                    serde_json::json!({"given": case.given, "worked": worked, "holds": worked.holds()});
                writeln!(out, "{line}")?;
            } else if self.case.is_some() {
                whole(&worked, &case.given, out)?;
            } else {
                let standing = standing(&worked.reasoning.determination);
                writeln!(out, "{:<28} {:<21} {}", worked.case, standing, given(&case.given))?;
            }
        }
        Ok(if all_hold {
            Exit::AllRead
        } else {
            Exit::Verification
        })
    }
}

fn no_such_case(policy: &Policy, case: &str) -> Failure {
    let cases: Vec<&str> = policy.cases.iter().map(|case| case.id.as_str()).collect();
    Failure::usage(
        format!("`{}` has no case `{case}`", policy.id),
        format!("it has {}", cases.join(", ")),
    )
}

fn whole(worked: &WorkedCase, situation: &Situation, out: &mut dyn Write) -> std::io::Result<()> {
    let what_if = if worked.what_if {
        ", as if it were in force"
    } else {
        ""
    };
    writeln!(out, "{} {}{what_if}", worked.policy, worked.case)?;
    writeln!(out, "  given: {}", given(situation))?;
    for clause in &worked.reasoning.clauses {
        let kind = if clause.exemption {
            "exemption"
        } else {
            "provision"
        };
        writeln!(out, "  {kind} {}: {}", clause.id, safe(&clause.says))?;
        if clause.unread {
            writeln!(
                out,
                "    its own text was not read: its answers settle only whom it could bind"
            )?;
        }
        for step in &clause.answers {
            let answer = match step.answer {
                Answer::Yes => "yes",
                Answer::No => "no",
                Answer::Unknown => "not known",
            };
            writeln!(
                out,
                "    {:<10} {answer:<10} asks for {}; given: {}",
                step.question,
                safe(&step.asked),
                safe(&step.given)
            )?;
        }
    }
    print(&worked.reasoning.determination, out)?;
    if !worked.holds() {
        let clause = worked
            .clause
            .as_ref()
            .map_or(String::new(), |id| format!(" by {id}"));
        writeln!(out, "  the case expects {}{clause}", worked.expect)?;
    }
    Ok(())
}

/// What is known, a word each.
fn given(situation: &Situation) -> String {
    let mut words = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("{name} {value}")));
    };
    add("body", situation.body.clone());
    add("nation", situation.nation.clone());
    add("id", situation.id.as_ref().map(ToString::to_string));
    for (criterion, so) in &situation.site {
        add("site", Some(stated(criterion, *so)));
    }
    add("equipment", situation.equipment.clone());
    add("maker", situation.maker.as_ref().map(ToString::to_string));
    add("made in", situation.made_in.clone());
    add("purpose", situation.purpose.as_ref().map(|all| all.join(" and ")));
    add("act", situation.act.clone());
    add("date", situation.date.clone().map(String::from));
    for (circumstance, so) in &situation.circumstance {
        add("circumstance", Some(stated(circumstance, *so)));
    }
    words.join(", ")
}

fn stated(word: &str, so: bool) -> String {
    if so {
        word.to_owned()
    } else {
        format!("not-{word}")
    }
}
