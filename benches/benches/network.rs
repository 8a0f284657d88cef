//! How long the measures of the partner graph take, and what a match waits for.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
#![expect(clippy::print_stderr, reason = "what is left out is said")]

use std::path::Path;

use causeway_benches::SEED;
use causeway_benches::network::{ORGANIZATIONS, TIES, graph, read, ties};
use causeway_engine::network::{betweenness, closeness, cohesion, communities, holes, pagerank};
use causeway_engine::snapshot::PartnerGraph;
use criterion::{Criterion, criterion_group, criterion_main};

/// A co-authorship network of 5,242 nodes (Leskovec, Kleinberg & Faloutsos 2007).
const REAL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../shared/data/network/ca-GrQc.txt.gz"
);

fn network(criterion: &mut Criterion) {
    let real = Path::new(REAL);
    if real.exists() {
        measure(criterion, "ca-GrQc", &graph(&read(real).unwrap()));
    } else {
        eprintln!("skipped: {REAL} is not there");
    }
    let large = graph(&ties(ORGANIZATIONS, TIES, SEED));
    measure(criterion, "333,000 organizations", &large);
}

fn measure(criterion: &mut Criterion, name: &str, graph: &PartnerGraph) {
    let structure = graph.structure();
    let mut group = criterion.benchmark_group(format!("network/{name}"));
    group.sample_size(10);
    group.bench_function("summary", |bencher| {
        bencher.iter(|| {
            (
                cohesion::components(structure),
                cohesion::cores(structure),
                holes::holes(structure),
            )
        });
    });
    group.bench_function("bridges", |bencher| {
        bencher.iter(|| cohesion::cuts(structure));
    });
    group.bench_function("communities, one run", |bencher| {
        bencher.iter(|| communities::communities(structure, 1, SEED));
    });
    let inflow = pagerank::Inflow::of(graph.flow());
    group.bench_function("personalised PageRank", |bencher| {
        bencher.iter(|| pagerank::personalised(&inflow, &[0], pagerank::DAMPING));
    });
    let nodes = structure.node_count() as u32;
    let mut from = 0;
    group.bench_function("neighbourhood of one", |bencher| {
        bencher.iter(|| {
            from = (from + 7_919) % nodes;
            closeness(graph, from)
        });
    });
    group.bench_function("sampled betweenness", |bencher| {
        bencher.iter(|| {
            betweenness::sampled(structure, betweenness::ERROR, betweenness::FAILURE, SEED)
        });
    });
    group.finish();
}

criterion_group!(benches, network);
criterion_main!(benches);
