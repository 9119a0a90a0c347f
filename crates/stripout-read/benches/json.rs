//! Cutting and full extraction of OCDS, on one core, and unpacking against the bare decompressors.
//!
//! The corpus is made at run time: releases of the shared corpora, or of our fixtures when those are absent, repeated
//! to 200 MB with another ocid each time.

#![allow(clippy::panic, clippy::print_stderr, reason = "a bench speaks to its user")]

use std::hint::black_box;
use std::io::{self, Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use stripout_model::{Problem, Record};
use stripout_read::{Options, Part, Sink, Source, parts};

const SIZE: usize = 200_000_000;

fn releases() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("STRIPOUT_SHARED").map_or_else(|| root.join("../../../shared"), Into::into);
    let mut folders = vec![
        shared.join("data/procurement/ocds"),
        root.join("../../fixtures/formats/ocds"),
    ];
    folders.retain(|folder| folder.is_dir());
    let folder = folders.first().expect("fixtures are there");
    let mut lines = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "jsonl") {
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            lines.extend(text.lines().map(str::to_owned));
        }
    }
    lines.sort();
    eprintln!("{} releases of {}", lines.len(), folder.display());
    lines
}

/// `SIZE` bytes of releases with `between` them.
fn corpus(releases: &[String], open: &str, between: &str, close: &str) -> Vec<u8> {
    let mut out = open.to_owned();
    for (i, release) in releases.iter().cycle().enumerate() {
        if out.len() >= SIZE {
            break;
        }
        if i > 0 {
            out.push_str(between);
        }
        out.push_str(&release.replacen("\"ocid\":\"ocds-", &format!("\"ocid\":\"ocds-{i:x}"), 1));
    }
    out.push_str(close);
    out.into_bytes()
}

#[derive(Default)]
struct Count {
    records: usize,
    contracts: usize,
    passages: usize,
    facts: bool,
    texts: bool,
}

impl Sink for Count {
    fn record(&mut self, record: &dyn Record) {
        self.records += 1;
        if self.facts {
            self.contracts += black_box(record.facts()).contracts.len();
        }
        if self.texts {
            self.passages += black_box(record.passages()).len();
        }
    }

    fn problem(&mut self, problem: Problem) {
        panic!("{problem:?}");
    }
}

/// Cuts all of it; parses when there is a sink.
fn run(bytes: &[u8], mut sink: Option<&mut Count>) -> usize {
    let mut blocks = 0;
    let options = Options::default();
    parts(
        Source {
            name: "bench",
            bytes: &mut Cursor::new(bytes),
        },
        &options,
        &mut |part: Result<Part<'_>, Problem>| {
            let mut part = part.expect("a part");
            let parser = part.blocks.parser();
            while let Some(block) = part.blocks.next() {
                blocks += 1;
                match &mut sink {
                    Some(sink) => parser.parse(&block, *sink),
                    None => drop(black_box(block)),
                }
            }
            assert!(part.blocks.problems().is_empty());
            ControlFlow::Continue(())
        },
    );
    blocks
}

/// CPU time of this thread, so that neighbours on a busy machine count less; the wall clock where there is none.
fn cpu_time(start: Instant) -> Duration {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let spent = spent.split(' ').next().and_then(|nanos| nanos.parse().ok());
    spent.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Measures by CPU time what runs on this thread alone.
fn alone(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, mut work: impl FnMut()) {
    let start = Instant::now();
    group.bench_function(name, |b| {
        b.iter_custom(|times| {
            let before = cpu_time(start);
            (0..times).for_each(|_| work());
            cpu_time(start).saturating_sub(before)
        });
    });
}

fn group<'c>(criterion: &'c mut Criterion, name: &str, bytes: usize) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(4));
    group.throughput(Throughput::Bytes(bytes as u64));
    group
}

fn ocds(criterion: &mut Criterion) {
    let releases = releases();
    let lines = corpus(&releases, "", "\n", "\n");
    let package = corpus(
        &releases,
        "{\"uri\":\"https://example.org/\",\"releases\":[",
        ",",
        "]}",
    );
    for (name, bytes) in [("lines", &lines), ("package", &package)] {
        let mut group = group(criterion, name, bytes.len());
        alone(&mut group, "cut", || {
            run(bytes, None);
        });
        alone(&mut group, "cut+parse", || {
            run(bytes, Some(&mut Count::default()));
        });
        alone(&mut group, "cut+parse+facts", || {
            run(
                bytes,
                Some(&mut Count {
                    facts: true,
                    ..Count::default()
                }),
            );
        });
        if name == "lines" {
            alone(&mut group, "cut+parse+facts+passages", || {
                run(
                    bytes,
                    Some(&mut Count {
                        facts: true,
                        texts: true,
                        ..Count::default()
                    }),
                );
            });
            alone(&mut group, "serde_json, grammar only", || {
                for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
                    serde_json::from_slice::<serde::de::IgnoredAny>(line).expect("JSON");
                }
            });
            alone(&mut group, "memchr newlines", || {
                black_box(memchr::memchr_iter(b'\n', bytes).count());
            });
        }
        group.finish();
    }
    // The same with other letters in each copy, or the window of zstd would find every release again.
    let mut lines = lines;
    let mut shift = 0;
    for byte in &mut lines {
        match *byte {
            b'\n' => shift = (shift + 1) % 26,
            b'a'..=b'z' => *byte = b'a' + (*byte - b'a' + shift) % 26,
            _ => {}
        }
    }
    let lines = String::from_utf8_lossy(&lines).replace('\\', "/").into_bytes();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&lines).expect("memory");
    let gzip = gzip.finish().expect("memory");
    let zst = zstd::encode_all(lines.as_slice(), 3).expect("memory");
    let mut group = group(criterion, "unpack", lines.len());
    group.bench_function("gz bare", |b| {
        b.iter(|| {
            io::copy(
                &mut flate2::read::MultiGzDecoder::new(gzip.as_slice()),
                &mut io::sink(),
            )
            .expect("gzip")
        });
    });
    group.bench_function("gz cut", |b| b.iter(|| run(&gzip, None)));
    group.bench_function("zst bare", |b| {
        b.iter(|| {
            let mut decoder = zstd::Decoder::new(zst.as_slice()).expect("zstd");
            let mut buffer = vec![0; 1 << 20];
            while decoder.read(&mut buffer).expect("zstd") > 0 {}
        });
    });
    group.bench_function("zst cut", |b| b.iter(|| run(&zst, None)));
    group.finish();
}

criterion_group!(benches, ocds);
criterion_main!(benches);
