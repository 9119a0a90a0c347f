//! Prints every passage of every record as one JSON object a line: `passages FILE...`.
//!
//! `{"member": "b.csv", "record": 3, "name": "Supplier", "text": "..."}`; what could not be read is a line with `problem`.
//! `tools/compare/` holds it against other programs.

use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;

use serde_json::json;
use stripout_model::{Problem, Record};
use stripout_read::{Options, Part, Sink, Source, parts};

fn main() -> io::Result<()> {
    let mut out = Out {
        to: io::BufWriter::new(io::stdout().lock()),
        member: None,
        result: Ok(()),
    };
    for path in std::env::args().skip(1) {
        let mut file = File::open(&path)?;
        let source = Source {
            name: &path,
            bytes: &mut file,
        };
        parts(source, &Options::default(), &mut |part| {
            match part {
                Ok(part) => out.part(part),
                Err(problem) => out.problem(problem),
            }
            if out.result.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
    }
    out.result?;
    out.to.flush()
}

struct Out<W: Write> {
    to: W,
    member: Option<String>,
    result: io::Result<()>,
}

impl<W: Write> Out<W> {
    fn part(&mut self, mut part: Part<'_>) {
        self.member = part.member.take();
        let parser = part.blocks.parser();
        while let Some(block) = part.blocks.next() {
            parser.parse(&block, self);
        }
        for problem in part.blocks.problems().into_iter().chain(parser.finish()) {
            self.problem(problem);
        }
    }

    fn line(&mut self, value: &serde_json::Value) {
        if self.result.is_ok() {
            self.result = writeln!(self.to, "{value}");
        }
    }
}

impl<W: Write> Sink for Out<W> {
    fn record(&mut self, record: &dyn Record) {
        let number = record.place().number;
        for passage in record.passages() {
            let line =
                json!({"member": self.member, "record": number, "name": passage.name, "text": passage.text});
            self.line(&line);
        }
    }

    fn problem(&mut self, problem: Problem) {
        let line = json!({"member": self.member, "problem": problem.code.to_string(), "what": problem.what});
        self.line(&line);
    }
}
