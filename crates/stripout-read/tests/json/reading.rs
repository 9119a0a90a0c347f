//! Reads a source from memory to its end and keeps everything.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use stripout_model::{DocumentKind, Facts, Locator, Place, Problem, Record, RecordPlace, Role, Severity};
use stripout_read::{Options, Part, Sink, Source, parts, reread_all};

#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) parts: Vec<(Option<String>, &'static str)>,
    pub(crate) records: Vec<Kept>,
    pub(crate) problems: Vec<Problem>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    pub(crate) member: Option<String>,
    pub(crate) place: RecordPlace,
    pub(crate) kind: DocumentKind,
    pub(crate) raw: Vec<u8>,
    pub(crate) whole: String,
    pub(crate) texts: Vec<Text>,
    pub(crate) facts: Facts,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) locator: Locator,
}

impl Read {
    /// Texts with their pointers, in order.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        self.records
            .iter()
            .flat_map(|r| &r.texts)
            .map(|t| (t.pointer(), t.words.as_str()))
            .collect()
    }

    pub(crate) fn wholes(&self) -> Vec<&str> {
        self.records.iter().map(|r| r.whole.as_str()).collect()
    }

    /// The gravest problem.
    pub(crate) fn worst(&self) -> Option<Severity> {
        self.problems.iter().map(|problem| problem.severity).max()
    }

    /// Whether something was lost.
    pub(crate) fn lost(&self) -> bool {
        self.worst() >= Some(Severity::Unit)
    }

    pub(crate) fn codes(&self) -> Vec<&'static str> {
        self.problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect()
    }
}

impl Text {
    pub(crate) fn pointer(&self) -> &str {
        match &self.locator.place {
            Place::Json { pointer, .. } => pointer,
            _ => "",
        }
    }
}

struct Keep<'r> {
    read: &'r mut Read,
    member: Option<String>,
}

impl Sink for Keep<'_> {
    fn record(&mut self, record: &dyn Record) {
        let text = |passage: stripout_model::Passage<'_>| Text {
            words: passage.text.into_owned(),
            name: passage.name.into_owned(),
            role: passage.role,
            locator: Locator {
                member: self.member.clone(),
                ..passage.locator
            },
        };
        let texts = record.passages().into_iter().map(text).collect();
        self.read.records.push(Kept {
            member: self.member.clone(),
            place: record.place(),
            kind: record.kind(),
            raw: record.raw().to_vec(),
            whole: record.whole().into_owned(),
            texts,
            facts: record.facts(),
        });
    }

    fn problem(&mut self, problem: Problem) {
        self.read.problems.push(problem);
    }
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Read {
    read_with(name, &mut Cursor::new(bytes), &Options::default())
}

pub(crate) fn read_with(
    name: &str,
    bytes: &mut (dyn stripout_read::ReadSeek + Send),
    options: &Options,
) -> Read {
    let mut found = Read::default();
    parts(Source { name, bytes }, options, &mut |part: Result<
        Part<'_>,
        Problem,
    >| {
        match part {
            Err(problem) => found.problems.push(problem),
            Ok(mut part) => {
                found.parts.push((part.member.clone(), part.format));
                let parser = part.blocks.parser();
                while let Some(block) = part.blocks.next() {
                    parser.parse(
                        &block,
                        &mut Keep {
                            read: &mut found,
                            member: part.member.clone(),
                        },
                    );
                }
                found.problems.append(&mut part.blocks.problems());
                found.problems.append(&mut parser.finish());
            }
        }
        ControlFlow::Continue(())
    });
    found
}

/// Every passage is found again, verbatim, at its locator.
pub(crate) fn assert_rereads(name: &str, bytes: &[u8], read: &Read) {
    let texts: Vec<&Text> = read.records.iter().flat_map(|record| &record.texts).collect();
    let locators: Vec<&Locator> = texts.iter().map(|text| &text.locator).collect();
    let again = reread_all(
        Source {
            name,
            bytes: &mut Cursor::new(bytes),
        },
        &Options::default(),
        &locators,
    );
    assert_eq!(again.len(), texts.len());
    for (text, again) in texts.iter().zip(again) {
        assert_eq!(
            again.as_deref(),
            Ok(text.words.as_str()),
            "{name}: {}",
            text.locator
        );
    }
}

/// A folder of the shared corpora, when it is there.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = root.join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("shared corpora not found: {}", path.display());
    None
}

/// Name and bytes of every file of a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths
        .iter()
        .map(|path| (name(path), std::fs::read(path).unwrap()))
        .collect()
}
