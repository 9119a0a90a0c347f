//! Bytes through a reader, and what must hold of whatever comes out.

use std::io::Cursor;
use std::ops::ControlFlow;

use stripout_model::{Locator, Problem, Record};
use stripout_read::{Ocr, Options, Part, Sink, Source, parts, reread_all};

/// Passages of one input that are read again; each costs a walk through the file.
const REREAD: usize = 64;

pub(crate) fn read(name: &str, bytes: &[u8]) {
    let options = Options {
        pdf_reader: std::env::current_exe().ok(),
        ocr: Ocr::Never,
        ..Options::default()
    };
    let mut held = Held::default();
    let mut stream = Cursor::new(bytes);
    let source = Source {
        name,
        bytes: &mut stream,
    };
    parts(source, &options, &mut |part: Result<Part<'_>, Problem>| {
        match part {
            Err(problem) => said(&problem),
            Ok(mut part) => {
                held.member.clone_from(&part.member);
                let parser = part.blocks.parser();
                while let Some(block) = part.blocks.next() {
                    parser.parse(&block, &mut held);
                }
                part.blocks.problems().iter().for_each(said);
                parser.finish().iter().for_each(said);
            }
        }
        ControlFlow::Continue(())
    });
    let locators: Vec<&Locator> = held.texts.iter().map(|(locator, _)| locator).collect();
    let mut stream = Cursor::new(bytes);
    let again = reread_all(
        Source {
            name,
            bytes: &mut stream,
        },
        &options,
        &locators,
    );
    assert_eq!(again.len(), held.texts.len(), "one answer for each place");
    for (got, (locator, text)) in again.iter().zip(&held.texts) {
        assert_eq!(got.as_ref(), Ok(text), "read again at {locator}");
    }
}

#[derive(Default)]
struct Held {
    member: Option<String>,
    texts: Vec<(Locator, String)>,
}

impl Sink for Held {
    fn record(&mut self, record: &dyn Record) {
        let _ = (record.place(), record.kind(), record.shape(), record.facts());
        // Numbers beyond what fits are written as they stand: they are JSON all the same.
        let whole = record.whole();
        if let Err(error) = serde_json::from_str::<&serde_json::value::RawValue>(&whole) {
            panic!("the record is no JSON: {error}: {whole}");
        }
        for passage in record.passages() {
            if self.texts.len() == REREAD {
                break;
            }
            let locator = Locator {
                member: self.member.clone(),
                ..passage.locator
            };
            self.texts.push((locator, passage.text.into_owned()));
        }
    }

    fn problem(&mut self, problem: Problem) {
        said(&problem);
    }
}

/// A problem says what and what next.
fn said(problem: &Problem) {
    assert!(!problem.what.is_empty() && !problem.hint.is_empty(), "{problem:?}");
}
