//! How fast situations are judged.

#[path = "../tests/support/mod.rs"]
mod support;

use criterion::{Criterion, criterion_group, criterion_main};
use stripout_catalogue::Catalogue;
use stripout_judge::{Judge, changes};
use support::{findings, holdings, query};

fn judging(criterion: &mut Criterion) {
    let catalogue = Catalogue::embedded().expect("the embedded catalogue");
    let judge = Judge::new(&catalogue).expect("instruments");
    let what_if = Judge::what_if(&catalogue, "uk-alton-amendment").expect("instruments");
    let findings = findings(5_000);
    let holdings = holdings(&findings);
    let query = query("keep");
    criterion.bench_function("5,000 findings by every instrument", |bench| {
        bench.iter(|| {
            let coded = holdings.iter().map(|it| judge.code(&it.situation(&query)));
            let judged = coded.flatten().map(|coded| {
                let policies = 0..judge.policies().len();
                policies
                    .filter(|policy| judge.outcome(*policy, &coded).binds())
                    .count()
            });
            judged.sum::<usize>()
        });
    });
    criterion.bench_function("a what-if over 5,000 findings", |bench| {
        bench.iter(|| changes(&judge, &what_if, "uk-alton-amendment", &holdings, &query));
    });
}

criterion_group!(benches, judging);
criterion_main!(benches);
