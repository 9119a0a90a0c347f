//! Pages a second on one core, beside `pdftotext -layout` over the same bytes where that is installed.
//!
//! Over the PDFs of the shared corpora where they are, else over the own fixtures. Pages count as elements.

use std::hint::black_box;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stripout_pdf::{Line, read};

fn corpus() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared =
        std::env::var_os("STRIPOUT_SHARED").map_or_else(|| root.join("../../../shared"), PathBuf::from);
    let nhs = shared.join("data/procurement/nhs");
    let own = root.join("../../fixtures/formats/pdf");
    let mut folders = vec![if nhs.is_dir() { nhs } else { own }];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "pdf") {
                let name = path.file_name().unwrap_or_default().display().to_string();
                files.push((name, std::fs::read(&path).expect("a readable file")));
            }
        }
    }
    files.sort();
    files
}

/// Pages, and bytes of their text.
fn ours(bytes: &[u8]) -> (u64, usize) {
    let (mut pages, mut text) = (0, 0);
    let flow = read(bytes.to_vec(), 1, &mut |line| {
        if let Line::Page(page) = line {
            pages += 1;
            text += page.text.len();
        }
        ControlFlow::Continue(())
    });
    assert!(flow.is_continue());
    (pages, text)
}

fn pdftotext(bytes: &[u8]) -> Option<usize> {
    let mut child = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    std::thread::scope(|scope| {
        scope.spawn(move || input.write_all(bytes));
        child.wait_with_output().ok().map(|output| output.stdout.len())
    })
}

fn pages(criterion: &mut Criterion) {
    let corpus = corpus();
    let total: u64 = corpus.iter().map(|(_, bytes)| ours(bytes).0).sum();
    let mut group = criterion.benchmark_group("pdf");
    group.throughput(Throughput::Elements(total)).sample_size(20);
    group.bench_function("stripout-pdf", |bench| {
        bench.iter(|| {
            corpus
                .iter()
                .map(|(_, bytes)| ours(black_box(bytes)).1)
                .sum::<usize>()
        });
    });
    if pdftotext(b"").is_some() {
        group.bench_function("pdftotext -layout", |bench| {
            bench.iter(|| {
                corpus
                    .iter()
                    .filter_map(|(_, bytes)| pdftotext(black_box(bytes)))
                    .sum::<usize>()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, pages);
criterion_main!(benches);
