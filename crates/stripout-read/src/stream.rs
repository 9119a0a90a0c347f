//! What stopped a stream travels as an `io::Error` and comes out as the `Problem` it is.

use std::fmt;
use std::io;

use stripout_model::{Code, Problem, Severity};

/// A problem on its way through `Read`.
#[derive(Debug)]
struct Carried(Box<Problem>);

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.what)
    }
}

impl std::error::Error for Carried {}

/// The problem as an error that `problem_of` understands.
pub(crate) fn carry(problem: Problem) -> io::Error {
    io::Error::other(Carried(Box::new(problem)))
}

/// What a failed read means for the person.
pub(crate) fn problem_of(error: io::Error) -> Problem {
    let kind = error.kind();
    let error = match error.downcast::<Carried>() {
        Ok(carried) => return *carried.0,
        Err(error) => error,
    };
    let (code, what, hint) = match kind {
        io::ErrorKind::UnexpectedEof => (
            Code::InputTruncated,
            "the packed data ends too early",
            "fetch the file again; what came before the break was read",
        ),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => (
            Code::InputUnreadable,
            "the packed data is damaged",
            "fetch the file again; what came before the damage was read",
        ),
        _ => (
            Code::InputUnreadable,
            "reading failed",
            "check the disk or the network share, then run again",
        ),
    };
    Problem {
        code,
        severity: Severity::Input,
        place: String::new(),
        what: what.into(),
        because: error.to_string(),
        hint: hint.into(),
    }
}

/// The problem that the error carries.
pub(crate) fn carried(error: &io::Error) -> Option<Problem> {
    let inner = error.get_ref()?.downcast_ref::<Carried>()?;
    Some((*inner.0).clone())
}
