//! Messages: what their writer says, what they quote, and the files that came with them.

mod claims;
mod eml;
mod guard;
mod letter;
mod mbox;
mod msg;
mod name;
mod quoted;
#[cfg(test)]
mod tests;
mod transfer;

pub(crate) use eml::Eml;
pub(crate) use mbox::Mbox;
pub(crate) use msg::Msg;

use stripout_model::{Code, Problem, Severity};

/// A part is lost, or not surely what it was; the rest was read.
fn unit(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        code,
        severity: Severity::Unit,
        place: String::new(),
        what: what.into(),
        because,
        hint: hint.into(),
    }
}

/// All was read, with an assumption.
fn warning(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        ..unit(code, what, because, hint)
    }
}

/// Nothing was read after this place.
fn input(code: Code, what: &str, because: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Input,
        ..unit(code, what, because, hint)
    }
}
