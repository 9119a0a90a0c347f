//! What is wrong with a value, as a problem with its place.

use stripout_model::{Code, Problem, Severity};

use super::cursor::{Fault, Why};

/// `line 3, /releases/12 (byte 456)`
pub(crate) fn place(line: u64, pointer: &str, byte: u64) -> String {
    if pointer.is_empty() {
        format!("line {line} (byte {byte})")
    } else {
        format!("line {line}, {pointer} (byte {byte})")
    }
}

/// A value that cannot be read. `place` is that of the fault; `last` when nothing follows the value.
pub(crate) fn problem(fault: Fault, place: String, depth: usize, last: bool) -> Problem {
    let (code, what, because, hint) = match fault.why {
        Why::Depth => (
            Code::InputDepth,
            "a record is nested too deep",
            format!("the limit is json-depth = {depth}"),
            "raise the limit if the file is to be trusted",
        ),
        Why::End if last => (
            Code::InputTruncated,
            "the JSON ends too early",
            "a bracket, brace or quote is still open at the end".into(),
            "fetch the file again; what came before was read",
        ),
        Why::End => (
            Code::InputNotUnderstood,
            "a record is no JSON",
            "it ends inside a value".into(),
            "ask the publisher to repair the record; the others were read",
        ),
        Why::Wanted(wanted) => (
            Code::InputNotUnderstood,
            "a record is no JSON",
            format!("{wanted} was expected"),
            "ask the publisher to repair the record; the others were read",
        ),
    };
    Problem {
        code,
        severity: Severity::Unit,
        place,
        what: what.into(),
        because,
        hint: hint.into(),
    }
}
