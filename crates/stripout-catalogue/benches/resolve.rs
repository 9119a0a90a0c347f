//! Names resolved a second on one core: `cargo bench -p stripout-catalogue --bench resolve`.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use stripout_catalogue::Bodies;

/// Written out, short, inverted, misspelt, in brackets, and nobody's, as they come in spend files.
const NAMES: &str = include_str!("../../../fixtures/bodies/names.csv");

fn resolve(criterion: &mut Criterion) {
    let bodies = Bodies::embedded().expect("the tables can be read");
    let names: Vec<String> = csv::Reader::from_reader(NAMES.as_bytes())
        .records()
        .map(|row| {
            row.expect("the table can be read")
                .get(0)
                .unwrap_or_default()
                .to_owned()
        })
        .collect();
    let mut group = criterion.benchmark_group("bodies");
    group.throughput(Throughput::Elements(names.len() as u64));
    group.measurement_time(Duration::from_secs(5));
    group.bench_function("resolve", |bencher| {
        bencher.iter(|| {
            for name in &names {
                black_box(bodies.resolve(black_box(name), None));
            }
        });
    });
    group.finish();
    criterion.bench_function("bodies/load", |bencher| {
        bencher.iter(|| black_box(Bodies::embedded().is_ok()));
    });
}

criterion_group!(benches, resolve);
criterion_main!(benches);
