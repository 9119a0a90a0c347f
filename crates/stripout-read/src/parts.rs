//! From a source to its parts: unpacked, told what they are, ready to be cut.

use std::io::Read;
use std::ops::ControlFlow;

use stripout_model::{Code, Problem, Severity};

use crate::container::{self, Resumed, Stream, Wish, fill, streams};
use crate::document::{Form, Origin};
use crate::format::{self, FORMATS, Head, json};
use crate::stream::problem_of;
use crate::{Options, Part, Source};

/// How much of a part is looked at to tell its format.
const HEAD: u64 = 64 << 10;

/// Calls `each` for every part of a source, in order, until it breaks. A source that is no archive has one part; what
/// cannot be a part is a problem, and the others follow. Problems given here name their member; those of a part's
/// blocks do not, as the caller knows it.
#[expect(clippy::needless_pass_by_value, reason = "reading uses the source up")]
pub fn parts(
    source: Source<'_>,
    options: &Options,
    each: &mut dyn FnMut(Result<Part<'_>, Problem>) -> ControlFlow<()>,
) {
    let name = source.name;
    let visit = &mut |stream: Result<Stream<'_>, Problem>| match stream {
        Ok(stream) => part(stream, name, options, each),
        Err(problem) => each(Err(problem)),
    };
    // Whether the caller had enough makes no difference to it.
    let (ControlFlow::Continue(()) | ControlFlow::Break(())) =
        streams(source.bytes, name, options, &Wish::All, visit);
}

/// Whether locators point into the bytes of the file itself: it is neither packed nor a document.
pub fn is_stream(head: &[u8], whole: bool, name: &str) -> bool {
    container::is_stream(head, whole, name)
}

fn part(
    mut stream: Stream<'_>,
    source: &str,
    options: &Options,
    each: &mut dyn FnMut(Result<Part<'_>, Problem>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let (bytes, error) = fill(&mut stream.read, HEAD);
    let member = stream.member.clone();
    let placed = |problem: Problem| {
        let Some(member) = &member else { return problem };
        let place = if problem.place.is_empty() {
            member.clone()
        } else {
            format!("{member}, {}", problem.place)
        };
        Problem { place, ..problem }
    };
    if bytes.is_empty() {
        return each(Err(placed(error.map_or_else(empty, problem_of))));
    }
    let name = member.as_deref().unwrap_or(source);
    if let Some(origin) = stream.origin {
        let head = Head {
            bytes: &bytes,
            whole: false,
            name,
        };
        let again = Box::new(Resumed::new(bytes.clone(), error, stream.read));
        return match layer(origin, head, again, options) {
            Ok(part) => each(Ok(Part { member, ..part })),
            Err(problem) => each(Err(placed(problem))),
        };
    }
    let whole = error.is_none() && u64::try_from(bytes.len()).is_ok_and(|n| n < HEAD);
    let head = Head {
        bytes: &bytes,
        whole,
        name,
    };
    let Some(format) = FORMATS.iter().find(|format| format.claims(head)) else {
        return each(Err(placed(unknown())));
    };
    if format.name() != json::NAME && json::named_json(name) {
        each(Err(placed(json::misnamed(head))))?;
    }
    let again = Box::new(Resumed::new(bytes.clone(), error, stream.read));
    match format.open(head, again, options) {
        Ok(part) => each(Ok(Part {
            member: member.clone(),
            ..part
        })),
        // A letterhead or a signature's logo is no failure of the mail that it came with.
        Err(problem) if member.is_some() && format::is_picture(head) => each(Err(placed(Problem {
            severity: Severity::Warning,
            ..problem
        }))),
        Err(problem) => each(Err(placed(problem))),
    }
}

/// Opens a layer of a document, whose form is known.
fn layer<'a>(
    origin: Origin,
    head: Head<'_>,
    stream: Box<dyn Read + Send + 'a>,
    options: &Options,
) -> Result<Part<'a>, Problem> {
    let part = match origin.form {
        Form::Text => format::text_layer(head, stream, options, false),
        Form::Pages => format::text_layer(head, stream, options, true),
        Form::Table => format::table_layer(head, stream, options),
    }?;
    Ok(Part {
        format: origin.format,
        reserve: origin.reserve,
        ..part
    })
}

/// A part without a byte.
fn empty() -> Problem {
    Problem {
        code: Code::InputEmpty,
        severity: Severity::Input,
        place: String::new(),
        what: "the file is empty".into(),
        because: "it has no bytes".into(),
        hint: "check that the download is complete".into(),
    }
}

fn unknown() -> Problem {
    Problem {
        code: Code::InputNotUnderstood,
        severity: Severity::Input,
        place: String::new(),
        what: "the file is of no kind that is read".into(),
        because: "its first bytes are no JSON, no table and no text".into(),
        hint: "save it as CSV, JSON or text".into(),
    }
}
