//! Reads bytes through the public interface, as `ingest` does.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;

use stripout_model::{DocumentKind, Facts, Locator, Problem, Record, RecordPlace, Role};
use stripout_read::{Options, Part, Sink, Source, parts};

pub(crate) struct Reading {
    pub(crate) format: &'static str,
    pub(crate) kind: Option<DocumentKind>,
    pub(crate) records: Vec<Row>,
    pub(crate) problems: Vec<Problem>,
}

pub(crate) struct Row {
    pub(crate) place: RecordPlace,
    pub(crate) kind: DocumentKind,
    pub(crate) passages: Vec<Text>,
    pub(crate) facts: Facts,
    pub(crate) whole: String,
}

pub(crate) struct Text {
    #[allow(clippy::struct_field_names, reason = "the word of the interface")]
    pub(crate) text: String,
    pub(crate) role: Role,
    pub(crate) name: String,
    pub(crate) locator: Locator,
}

struct Collect<'a>(&'a mut Reading);

impl Sink for Collect<'_> {
    fn record(&mut self, record: &dyn Record) {
        let passages = record.passages().into_iter().map(|p| Text {
            text: p.text.into_owned(),
            role: p.role,
            name: p.name.into_owned(),
            locator: p.locator,
        });
        self.0.records.push(Row {
            place: record.place(),
            kind: record.kind(),
            passages: passages.collect(),
            facts: record.facts(),
            whole: record.whole().into_owned(),
        });
    }

    fn problem(&mut self, problem: Problem) {
        self.0.problems.push(problem);
    }
}

/// All parts of a source as one reading.
pub(crate) fn read(name: &str, bytes: &[u8], options: &Options) -> Reading {
    let mut reading = Reading {
        format: "",
        kind: None,
        records: Vec::new(),
        problems: Vec::new(),
    };
    let mut stream = Cursor::new(bytes);
    let mut each = |part: Result<Part<'_>, Problem>| {
        match part {
            Ok(mut part) => {
                reading.format = part.format;
                reading.kind = Some(part.kind);
                let parser = part.blocks.parser();
                while let Some(block) = part.blocks.next() {
                    parser.parse(&block, &mut Collect(&mut reading));
                }
                reading.problems.extend(part.blocks.problems());
                reading.problems.extend(parser.finish());
            }
            Err(problem) => reading.problems.push(problem),
        }
        ControlFlow::Continue(())
    };
    parts(
        Source {
            name,
            bytes: &mut stream,
        },
        options,
        &mut each,
    );
    reading
}

/// Rows and problems only, for large inputs.
pub(crate) fn count(name: &str, bytes: &[u8], options: &Options) -> (usize, usize) {
    struct Count(usize, usize);
    impl Sink for Count {
        fn record(&mut self, _: &dyn Record) {
            self.0 += 1;
        }
        fn problem(&mut self, _: Problem) {
            self.1 += 1;
        }
    }
    let mut counted = Count(0, 0);
    let mut each = |part: Result<Part<'_>, Problem>| {
        let Ok(mut part) = part else {
            counted.1 += 1;
            return ControlFlow::Continue(());
        };
        let parser = part.blocks.parser();
        while let Some(block) = part.blocks.next() {
            parser.parse(&block, &mut counted);
        }
        counted.1 += part.blocks.problems().len() + parser.finish().len();
        ControlFlow::Continue(())
    };
    parts(
        Source {
            name,
            bytes: &mut Cursor::new(bytes),
        },
        options,
        &mut each,
    );
    (counted.0, counted.1)
}

/// The shared corpora, where this machine has them.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("STRIPOUT_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let folder = root.join(path);
    if folder.exists() {
        return Some(folder);
    }
    eprintln!("shared corpora not found: {}", folder.display());
    None
}

pub(crate) fn fixtures(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/formats")
        .join(path)
}

/// Every file below a folder, in order.
pub(crate) fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
