//! Spend files to payments, beside the plain way: the csv crate and an automaton over every field.
//!
//! Over the shared corpora where they are, else over rows of the own fixtures.

use std::hint::black_box;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stripout_model::{Problem, Record};
use stripout_read::{Options, Part, Sink, Source, parts};

/// Spend files, as bytes.
fn corpus() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("STRIPOUT_SHARED").map_or_else(|| root.join("../../../shared"), PathBuf::from);
    let mut files = Vec::new();
    let mut folders = vec![
        shared.join("data/procurement/spend"),
        shared.join("data/procurement/nhs"),
    ];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "csv") {
                files.push(std::fs::read(&path).expect("a readable file"));
            }
        }
    }
    if files.is_empty() {
        let fixture = root.join("../../fixtures/formats/csv/month-first.csv");
        let text = std::fs::read_to_string(fixture).expect("the fixture");
        let (header, rows) = text.split_once('\n').expect("a header");
        files.push(format!("{header}\n{}", rows.repeat(40_000)).into_bytes());
    }
    files
}

/// Three hundred made-up names of the length of real ones.
fn names() -> Vec<String> {
    let parts = [
        "hix", "dal", "uni", "zor", "vek", "tam", "qil", "sor", "pex", "lun",
    ];
    let name = |i: usize| format!("{}{}{}", parts[i % 10], parts[i / 10 % 10], parts[i / 100 % 10]);
    (0..300).map(name).collect()
}

#[derive(Default)]
struct Sum {
    pence: i64,
    rows: u64,
    hits: u64,
    sieve: Option<AhoCorasick>,
}

impl Sink for Sum {
    fn record(&mut self, record: &dyn Record) {
        self.rows += 1;
        if let Some(sieve) = &self.sieve {
            self.hits += u64::from(sieve.is_match(record.raw()));
        }
        if let Some(amount) = black_box(record.facts()).payment.and_then(|p| p.amount) {
            self.pence += amount.minor_units;
        }
    }

    fn problem(&mut self, problem: Problem) {
        black_box(problem);
    }
}

fn ours(files: &[Vec<u8>], sum: &mut Sum) {
    for file in files {
        let mut each = |part: Result<Part<'_>, Problem>| {
            let mut part = part.expect("a table");
            let parser = part.blocks.parser();
            while let Some(block) = part.blocks.next() {
                parser.parse(&block, sum);
            }
            ControlFlow::Continue(())
        };
        parts(
            Source {
                name: "x.csv",
                bytes: &mut Cursor::new(file.as_slice()),
            },
            &Options::default(),
            &mut each,
        );
    }
}

fn plain(files: &[Vec<u8>], names: Option<&AhoCorasick>) -> (u64, u64) {
    let (mut rows, mut hits) = (0, 0);
    let mut record = csv::ByteRecord::new();
    for file in files {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(file.as_slice());
        while reader
            .read_byte_record(&mut record)
            .expect("memory does not fail")
        {
            rows += 1;
            if let Some(names) = names {
                hits += record.iter().filter(|field| names.is_match(field)).count() as u64;
            }
        }
    }
    (rows, hits)
}

fn bench(criterion: &mut Criterion) {
    let files = corpus();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let automaton = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostFirst)
        .build(names())
        .expect("few names");
    // As the identifier does it: few, rare, case-sensitive pieces first.
    let pieces = [
        "Hix", "HIX", "hix", "zorv", "ZORV", "Zorv", "qils", "QILS", "Qils", "pexl",
    ];
    let sieve = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .build(pieces)
        .expect("few pieces");
    let mut group = criterion.benchmark_group("csv");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("cut, parse and facts of every row", |b| {
        b.iter(|| ours(&files, &mut Sum::default()));
    });
    group.bench_function("the same with a sieve over every row", |b| {
        b.iter(|| {
            let mut sum = Sum {
                sieve: Some(sieve.clone()),
                ..Sum::default()
            };
            ours(&files, &mut sum);
        });
    });
    group.bench_function("rival: csv crate", |b| b.iter(|| plain(&files, None)));
    group.bench_function("rival: csv crate and 300 names over every field", |b| {
        b.iter(|| plain(&files, Some(&automaton)));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
