//! Reads files into contracts and payments, on one thread, and prints how many there were: `facts FILE...`.
//!
//! `{"hits": 83000, "contracts": 99000, "payments": 0}`, where hits are records. What `bench/` measures as extraction alone: every release
//! into buyer, suppliers, values, dates, documents and identifiers, with nothing looked for in it and nothing stored.

use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;

use serde_json::json;
use stripout_model::{Problem, Record};
use stripout_read::{Options, Sink, Source, parts};

#[derive(Default)]
struct Count {
    records: usize,
    contracts: usize,
    payments: usize,
    problems: usize,
}

impl Sink for Count {
    fn record(&mut self, record: &dyn Record) {
        let facts = record.facts();
        self.records += 1;
        self.contracts += facts.contracts.len();
        self.payments += usize::from(facts.payment.is_some());
    }

    fn problem(&mut self, _: Problem) {
        self.problems += 1;
    }
}

fn main() -> io::Result<()> {
    let mut count = Count::default();
    for path in std::env::args().skip(1) {
        let mut file = File::open(&path)?;
        let source = Source {
            name: &path,
            bytes: &mut file,
        };
        parts(source, &Options::default(), &mut |part| {
            match part {
                Ok(mut part) => {
                    let parser = part.blocks.parser();
                    while let Some(block) = part.blocks.next() {
                        parser.parse(&block, &mut count);
                    }
                }
                Err(problem) => count.problem(problem),
            }
            ControlFlow::Continue(())
        });
    }
    let Count {
        records,
        contracts,
        payments,
        problems,
    } = count;
    let line = json!({"hits": records, "contracts": contracts, "payments": payments, "problems": problems});
    writeln!(io::stdout().lock(), "{line}")
}
