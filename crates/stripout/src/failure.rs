//! Errors as people and machines see them, and the exit code of each (docs/errors.md).

use std::fmt::{self, Write as _};
use std::io;

use serde_json::json;
use stripout_model::{Problem, Severity};

use crate::show::safe;

/// Exit codes: a promise to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    AllRead = 0,
    SomeFailed = 1,
    Usage = 2,
    Refused = 3,
    Store = 4,
    AllFailed = 5,
    Verification = 6,
    Interrupted = 130,
}

/// A command that could not do its work.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) code: &'static str,
    pub(crate) what: String,
    pub(crate) because: String,
    pub(crate) hint: String,
}

impl Failure {
    pub(crate) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            code: "usage",
            what: what.into(),
            because: String::new(),
            hint: hint.into(),
        }
    }

    pub(crate) fn to_json(&self) -> String {
        json!({"code": self.code, "error": self.what, "reason": self.because, "hint": self.hint}).to_string()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}", self.code, safe(&self.what))?;
        if !self.because.is_empty() {
            write!(f, "\n  because: {}", safe(&self.because))?;
        }
        if !self.hint.is_empty() {
            write!(f, "\n  do: {}", safe(&self.hint))?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// One problem of one input in the shape of the contract.
pub(crate) fn problem(problem: &Problem, path: &str, sha256: Option<&str>) -> String {
    let word = match problem.severity {
        Severity::Warning => "warning",
        Severity::Unit | Severity::Input => "error",
    };
    let mut text = format!(
        "{word}[{}]: {}\n  in: {}",
        problem.code,
        safe(&problem.what),
        safe(path)
    );
    if let Some(sha256) = sha256 {
        let short: String = sha256.chars().take(12).collect();
        let _ = write!(text, " ({short})");
    }
    for (label, value) in [
        ("at", &problem.place),
        ("because", &problem.because),
        ("do", &problem.hint),
    ] {
        if !value.is_empty() {
            let _ = write!(
                text,
                "
  {label}: {}",
                safe(value)
            );
        }
    }
    text
}

/// The same for machines.
pub(crate) fn problem_json(problem: &Problem, path: &str, sha256: Option<&str>) -> serde_json::Value {
    json!({
        "code": problem.code, "severity": problem.severity, "file": path, "sha256": sha256,
        "place": problem.place, "error": problem.what, "reason": problem.because, "hint": problem.hint,
    })
}

/// Problems of one input, each as it is met.
pub(crate) fn tell(
    problems: &[Problem],
    path: &str,
    sha256: Option<&str>,
    json: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    for one in problems {
        if json {
            writeln!(out, "{}", problem_json(one, path, sha256))?;
        } else {
            writeln!(out, "{}", problem(one, path, sha256))?;
        }
    }
    Ok(())
}
