//! How long an import keeps a person waiting: reading, then reconciling, into an
//! empty directory and again into the same.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use causeway_benches::{DEMO_SERVICES, MANY, SEED, SOURCE, directory, now, services_json};
use causeway_engine::import::{read_bytes, reconcile};
use causeway_engine::model::Directory;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn import(criterion: &mut Criterion) {
    let many = services_json(MANY, SEED);
    for (name, bytes, services) in [
        ("demo", DEMO_SERVICES, 444),
        ("10,000 services", many.as_slice(), MANY as u64),
    ] {
        let mut group = criterion.benchmark_group(format!("import/{name}"));
        group
            .sample_size(10)
            .throughput(Throughput::Elements(services));
        let read = || read_bytes("services.json", bytes, None, SOURCE).unwrap();
        group.bench_function("read", |bencher| bencher.iter(read));
        let empty = Directory::default();
        group.bench_function("read and reconcile, all new", |bencher| {
            bencher.iter(|| reconcile(&empty, read(), SOURCE, now()));
        });
        let known = directory(&[("services.json", bytes)]).unwrap();
        group.bench_function("read and reconcile, all unchanged", |bencher| {
            bencher.iter(|| reconcile(&known, read(), SOURCE, now()));
        });
        group.finish();
    }
}

criterion_group!(benches, import);
criterion_main!(benches);
