//! Packages: documents that are a ZIP of parts. No part grows out of proportion, and all of them together stay bounded.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use stripout_model::{Code, Problem, Severity};

use crate::Limits;
use crate::container::zip::{Entry, Packed, members};

pub(crate) struct Package<'w> {
    whole: &'w [u8],
    limits: Limits,
    parts: Vec<Entry>,
    /// By name in small letters: some programs write `Word/Document.xml`.
    places: BTreeMap<String, usize>,
    /// Unpacked bytes that may still be read.
    left: Cell<u64>,
}

impl<'w> Package<'w> {
    pub(crate) fn open(whole: &'w [u8], limits: &Limits) -> Result<Self, Problem> {
        let parts = members(&mut Cursor::new(whole), limits)?;
        if let Some(problem) = parts.iter().find_map(doubled) {
            return Err(problem);
        }
        let places = parts
            .iter()
            .enumerate()
            .map(|(i, part)| (key(&part.name), i))
            .collect();
        Ok(Self {
            whole,
            limits: *limits,
            parts,
            places,
            left: Cell::new(limits.unpacked_bytes),
        })
    }

    /// Unpacked bytes of text that a file of some size may have: it is held in memory more than once.
    pub(crate) fn text_bytes(whole: &[u8], limits: &Limits) -> Limits {
        let packed = u64::try_from(whole.len()).unwrap_or(u64::MAX);
        let most = packed.saturating_mul(3).saturating_add(64 << 20);
        Limits {
            unpacked_bytes: limits.unpacked_bytes.min(most),
            ..*limits
        }
    }

    /// Names of the parts, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// Hands the bytes of a part to `reader`; `None` when there is no such part.
    pub(crate) fn read<T>(
        &self,
        name: &str,
        reader: impl FnOnce(&mut dyn Read) -> Result<T, Problem>,
    ) -> Option<Result<T, Problem>> {
        let part = self.parts.get(*self.places.get(&key(name))?)?;
        Some(
            self.open_part(part, reader)
                .map_err(|problem| placed(&part.name, problem)),
        )
    }

    /// The bytes of a part, as many as could be read.
    pub(crate) fn bytes(&self, name: &str) -> Option<Result<Vec<u8>, Problem>> {
        self.read(name, |read| {
            let mut bytes = Vec::new();
            match read.read_to_end(&mut bytes) {
                Ok(_) => Ok(bytes),
                Err(error) => Err(crate::stream::problem_of(error)),
            }
        })
    }

    fn open_part<T>(
        &self,
        part: &Entry,
        reader: impl FnOnce(&mut dyn Read) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let Some(packed) = &part.packed else {
            return Err(part.problems.first().cloned().unwrap_or_else(unreadable));
        };
        self.spend(packed)?;
        let mut bytes = Cursor::new(self.whole);
        let mut read = packed.open(&mut bytes, &self.limits)?;
        reader(&mut read)
    }

    fn spend(&self, packed: &Packed) -> Result<(), Problem> {
        let limit = self.limits.unpacked_bytes;
        let left = self.left.get().checked_sub(packed.unpacked());
        self.left.set(left.unwrap_or(0));
        left.map(drop).ok_or_else(|| Problem {
            code: Code::InputTooLarge,
            severity: Severity::Input,
            place: String::new(),
            what: "the document unpacks to too much".into(),
            because: format!("{limit} bytes are allowed for a file of its size"),
            hint: "split the document, or save it as text or CSV (UTF-8) and give that".into(),
        })
    }
}

/// A part of whose name there is another: two readers would take different ones.
fn doubled(part: &Entry) -> Option<Problem> {
    let numbered = part.name.contains('#');
    let problem = part
        .problems
        .iter()
        .find(|problem| problem.code == Code::InputPath)?;
    numbered.then(|| Problem {
        code: problem.code,
        severity: Severity::Input,
        place: part.name.clone(),
        what: "parts of the document share a name".into(),
        because: "a person and a program may be shown different ones".into(),
        hint: "do not trust this file; no word processor or spreadsheet program writes such".into(),
    })
}

/// Puts the name of the part before the place in it.
pub(crate) fn placed(part: &str, problem: Problem) -> Problem {
    let place = if problem.place.is_empty() {
        part.into()
    } else {
        format!("{part}, {}", problem.place)
    };
    Problem { place, ..problem }
}

/// The name of a part that a relationship in `base` points to.
pub(crate) fn target(base: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.into();
    }
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn key(name: &str) -> String {
    name.replace('\\', "/").to_lowercase()
}

fn unreadable() -> Problem {
    Problem {
        code: Code::InputUnreadable,
        severity: Severity::Unit,
        place: String::new(),
        what: "a part of the document cannot be read".into(),
        because: "the archive does not say where it is".into(),
        hint: "open the document and save it again".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn targets_are_found_from_the_part_that_names_them() {
        for (base, given, want) in [
            ("word/document.xml", "header1.xml", "word/header1.xml"),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            (
                "xl/workbook.xml",
                "/xl/worksheets/sheet1.xml",
                "xl/worksheets/sheet1.xml",
            ),
            ("a.xml", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(target(base, given), want, "{base} {given}");
        }
    }
}
