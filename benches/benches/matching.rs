//! How long a referrer waits for ranked matches.

#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use causeway_benches::{directories, snapshot};
use causeway_engine::geography::Coordinates;
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
            let request = MatchRequest {
                need: Some(need.to_owned()),
                place: Some(Place {
                    point: Coordinates::new(51.457, -0.19).unwrap().into(),
                    label: "Wandsworth".to_owned(),
                    radius_km: 0.0,
                }),
                ..MatchRequest::default()
            };
            group.bench_function(which, |bencher| {
                bencher.iter(|| find(&snapshot, &settings, &request).unwrap());
            });
        }
        group.finish();
    }
}

criterion_group!(benches, matching);
criterion_main!(benches);
