//! Publishers' registers of postcodes, bodies and areas, told by their first bytes. Only named columns are read: those on
//! persons (head teachers, telephone numbers, e-mail addresses) never leave the file.

pub(crate) mod cell;
mod csv_layout;
mod json_layout;

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::Path;

use stripout_model::{Code, Problem, Severity};
use stripout_register::ReferenceFact;

/// Facts that are handed on together.
const BATCH: usize = 4096;

/// Problems that are told with their place; all are counted.
const TOLD: usize = 20;

/// Largest file of JSON, in bytes: it is read whole.
const JSON_LIMIT: u64 = 512 << 20;

/// What to do with a file that is whole and of no known layout.
const OTHER_REGISTER: &str =
    "give a file of one of the registers that `stripout reference import --help` names";

/// A file whose layout is known.
pub struct Reference {
    pub layout: &'static str,
    /// The publisher's date or edition, where the file states it.
    pub vintage: Option<String>,
    source: Source,
}

enum Source {
    Csv(Box<csv_layout::Open>),
    Json(json_layout::Open),
}

/// What reading a file came to.
#[derive(Debug, Default)]
pub struct ReferenceRead {
    pub units: u64,
    pub bad: u64,
    pub problems: Vec<Problem>,
}

/// Tells the layout of a file. `Err` holds what to say to the user.
pub fn open_reference(path: &Path) -> Result<Reference, Problem> {
    let unreadable =
        |error: io::Error| problem(Code::InputUnreadable, "", error.to_string(), "check the path");
    let mut file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut head = Vec::new();
    io::Read::by_ref(&mut file)
        .take(1 << 16)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&head)
        .trim_ascii_start();
    if text.is_empty() {
        return Err(problem(
            Code::InputEmpty,
            "",
            "the file is empty".into(),
            "get the file again",
        ));
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    if matches!(text.first(), Some(b'{' | b'[')) {
        if size > JSON_LIMIT {
            let what = format!("{size} bytes of JSON, at most {JSON_LIMIT} are read");
            return Err(problem(Code::InputTooLarge, "", what, "import it in parts"));
        }
        let (layout, vintage, open) = json_layout::open(file)?;
        return Ok(Reference {
            layout,
            vintage,
            source: Source::Json(open),
        });
    }
    let (layout, vintage, open) = csv_layout::open(file, text, &name)?;
    Ok(Reference {
        layout,
        vintage,
        source: Source::Csv(Box::new(open)),
    })
}

impl Reference {
    /// Hands on every fact. A unit that cannot be read is told and left out.
    pub fn read<E>(
        self,
        mut sink: impl FnMut(Vec<ReferenceFact>) -> Result<(), E>,
    ) -> Result<ReferenceRead, E> {
        let mut read = ReferenceRead::default();
        let mut batch = Vec::new();
        let mut take = |unit: Result<ReferenceFact, (String, String)>| {
            match unit {
                Ok(fact) => {
                    read.units += 1;
                    batch.push(fact);
                }
                Err((place, what)) => {
                    read.bad += 1;
                    if read.problems.len() < TOLD {
                        let hint = "see what the publisher says of this row";
                        read.problems.push(Problem {
                            severity: Severity::Unit,
                            ..problem(Code::InputNotUnderstood, &place, what, hint)
                        });
                    }
                }
            }
            if batch.len() >= BATCH {
                sink(std::mem::take(&mut batch))
            } else {
                Ok(())
            }
        };
        match self.source {
            Source::Csv(open) => open.units(&mut take)?,
            Source::Json(open) => open.units(&mut take)?,
        }
        sink(batch)?;
        Ok(read)
    }
}

pub(crate) fn problem(code: Code, place: &str, what: String, hint: &str) -> Problem {
    Problem {
        code,
        severity: Severity::Input,
        place: place.to_owned(),
        what,
        because: String::new(),
        hint: hint.to_owned(),
    }
}
