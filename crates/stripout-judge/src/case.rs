//! The worked cases of the instruments, judged: what they expect must come out.

use serde::Serialize;
use stripout_catalogue::{Case, Catalogue, EntryKind, Fault, Policy};
use stripout_model::Coverage;

use crate::{Judge, JudgeError, Reasoning};

/// A worked case and what came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkedCase {
    pub policy: String,
    pub case: String,
    pub expect: Coverage,
    /// The clause that was to decide, where the case says.
    pub clause: Option<String>,
    pub what_if: bool,
    pub reasoning: Reasoning,
}

impl WorkedCase {
    /// The outcome is the one expected, by the clause expected.
    pub fn holds(&self) -> bool {
        let decided = &self.reasoning.determination;
        decided.coverage == self.expect && (self.clause.is_none() || self.clause == decided.provision)
    }
}

/// One case of one instrument.
pub fn work_case(catalogue: &Catalogue, policy: &Policy, case: &Case) -> Result<WorkedCase, JudgeError> {
    let judge = if case.what_if {
        Judge::what_if(catalogue, &policy.id)?
    } else {
        Judge::new(catalogue)?
    };
    Ok(WorkedCase {
        policy: policy.id.clone(),
        case: case.id.clone(),
        expect: case.expect,
        clause: case.clause.clone(),
        what_if: case.what_if,
        reasoning: judge.reasoning(judge.policy(&policy.id)?, &case.given)?,
    })
}

/// Every case of every instrument.
pub fn work_cases(catalogue: &Catalogue) -> Result<Vec<WorkedCase>, JudgeError> {
    let policies = catalogue.policies.values();
    policies
        .flat_map(|policy| policy.cases.iter().map(move |case| (policy, case)))
        .map(|(policy, case)| work_case(catalogue, policy, case))
        .collect()
}

/// Cases that do not come out as they expect, as faults of the catalogue.
pub fn failing_cases(catalogue: &Catalogue) -> Result<Vec<Fault>, JudgeError> {
    let failing = work_cases(catalogue)?.into_iter().filter(|case| !case.holds());
    let fault = |case: WorkedCase| {
        let came = &case.reasoning.determination;
        let by = |clause: &Option<String>| clause.as_ref().map_or(String::new(), |id| format!(" by `{id}`"));
        Fault {
            file: catalogue.origins.of(EntryKind::Policy, &case.policy).to_owned(),
            entry: case.policy.clone(),
            what: format!(
                "the case `{}` expects {}{} and comes out {}{}",
                case.case,
                case.expect,
                by(&case.clause),
                came.coverage,
                by(&came.provision)
            ),
            hint: format!("see `stripout judge explain {} {}`", case.policy, case.case),
        }
    };
    Ok(failing.map(fault).collect())
}
