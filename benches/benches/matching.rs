//! How long a referrer waits for ranked matches, and how much of it is understanding.
//!
//! Beside the medians of criterion it prints what the slowest in a hundred waits:
//! understanding should stay under 1 ms and a match on the demonstration under 3 ms.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::time::{Duration, Instant};

use causeway_benches::{directories, snapshot};
use causeway_engine::geography::Coordinates;
use causeway_engine::matching::understand::understand;
use causeway_engine::matching::{MatchRequest, MatchingSettings, Place, find};
use criterion::{Criterion, criterion_group, criterion_main};

/// Short and plain, long with every requirement in prose, and beside any word list.
const NEEDS: [(&str, &str); 3] = [
    ("short", "no food in the house"),
    (
        "long",
        "my mum is 82, in a wheelchair, speaks Polish, very lonely since dad died, free on tuesdays, can't pay",
    ),
    ("odd words", "somewhere to mend a bicycle with others"),
];

fn matching(criterion: &mut Criterion) {
    let settings = MatchingSettings::default();
    for (name, directory) in directories().unwrap() {
        let snapshot = snapshot(&directory).unwrap();
        let mut group = criterion.benchmark_group(format!("match/{name}"));
        group.sample_size(20);
        for (which, need) in NEEDS {
            let request = request(need);
            group.bench_function(which, |bencher| {
                bencher.iter(|| find(&snapshot, &settings, &request).unwrap());
            });
            group.bench_function(format!("{which}, understood"), |bencher| {
                bencher.iter(|| understand(&snapshot, &settings.need, &request).unwrap());
            });
        }
        group.finish();
        slowest(&format!("match/{name}"), |request| {
            find(&snapshot, &settings, request).unwrap();
        });
        slowest(&format!("match/{name}, understood"), |request| {
            understand(&snapshot, &settings.need, request).unwrap();
        });
    }
}

fn request(need: &str) -> MatchRequest {
    MatchRequest {
        need: Some(need.to_owned()),
        place: Some(Place {
            point: Coordinates::new(51.457, -0.19).unwrap().into(),
            label: "Wandsworth".to_owned(),
            radius_km: 0.0,
        }),
        ..MatchRequest::default()
    }
}

/// Needs as people write them, of the relevance set over the demonstration network.
const VIGNETTES: &str = include_str!("../../data/relevance/vignettes.jsonl");
/// How often each is asked.
const TIMES: usize = 20;

/// Prints the median and the 99th percentile over all vignettes.
#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn slowest(name: &str, ask: impl Fn(&MatchRequest)) {
    let requests: Vec<MatchRequest> = VIGNETTES
        .lines()
        .map(|line| {
            let vignette: serde_json::Value = serde_json::from_str(line).unwrap();
            request(vignette["text"].as_str().unwrap())
        })
        .collect();
    for request in &requests {
        ask(request);
    }
    let mut took: Vec<Duration> = Vec::new();
    for _ in 0..TIMES {
        for request in &requests {
            let start = Instant::now();
            ask(request);
            took.push(start.elapsed());
        }
    }
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!(
        "{name:<40} median {:.3} ms, 99th percentile {:.3} ms, {} needs",
        at(0.5),
        at(0.99),
        requests.len()
    );
}

criterion_group!(benches, matching);
criterion_main!(benches);
