//! How long a change takes to be seen: the whole snapshot of a directory.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use causeway_benches::{directories, snapshot};
use criterion::{Criterion, criterion_group, criterion_main};

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("snapshot");
    group.sample_size(10);
    for (name, directory) in directories().unwrap() {
        group.bench_function(name, |bencher| {
            bencher.iter(|| snapshot(&directory).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, build);
criterion_main!(benches);
