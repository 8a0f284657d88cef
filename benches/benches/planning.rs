//! Planning: access scores of many areas and services, the question about gaps
//! and a scenario at the size of a borough, and the choice of sites.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot set up has nothing to say"
)]

use std::hint::black_box;
use std::sync::Arc;

use causeway_benches::{
    DEMO_AREAS, DEMO_OFFERS, DEMO_PARTNERSHIPS, DEMO_SERVICES, SEED, directory, places, snapshot,
};
use causeway_engine::geography::Coordinates;
use causeway_engine::planning::accessibility::{Decay, Method, access};
use causeway_engine::planning::sites::Covering;
use causeway_engine::planning::{
    Opening, PlanningSettings, ScenarioRequest, SitesRequest, gaps, needs, scenario, sites_for,
    straight_lines,
};
use criterion::{Criterion, criterion_group, criterion_main};

/// From points to scores: who is within reach, then the enhanced floating catchment.
fn catchments(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("e2sfca from points to scores");
    group.sample_size(10);
    let decay = Decay::slow();
    for (name, areas, services) in [
        ("5,000 areas x 5,000 services", 5_000, 5_000),
        ("33,755 areas x 1,000,000 services", 33_755, 1_000_000),
    ] {
        let place = places(areas, services, SEED);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let pairs = straight_lines(&place.areas, &place.services, decay.reach());
                access(
                    Method::Enhanced,
                    &decay,
                    &pairs,
                    black_box(&place.people),
                    &place.places,
                )
            });
        });
    }
    group.finish();
}

/// The demonstration: 186 areas, 444 services.
fn borough(criterion: &mut Criterion) {
    let files = [
        ("services.json", DEMO_SERVICES),
        ("partnerships.csv", DEMO_PARTNERSHIPS),
        ("offers.csv", DEMO_OFFERS),
        ("areas.csv", DEMO_AREAS),
    ];
    let snapshot = snapshot(&Arc::new(directory(&files).unwrap())).unwrap();
    let settings = PlanningSettings::default();
    let asked = settings.request(&snapshot, Some("food bank")).unwrap();
    let any = settings.request(&snapshot, None).unwrap();
    let what_if = ScenarioRequest {
        gaps: asked.clone(),
        open: vec![Opening {
            name: None,
            organization: None,
            point: Coordinates::of(Some(51.4482), Some(-0.2391)).unwrap(),
            places: None,
        }],
        ..ScenarioRequest::default()
    };
    let next = SitesRequest {
        gaps: asked.clone(),
        count: 3,
        ..SitesRequest::default()
    };
    let mut group = criterion.benchmark_group("a borough of 186 areas");
    group.sample_size(20);
    group.bench_function("gaps", |bencher| {
        bencher.iter(|| gaps(&snapshot, &asked).unwrap());
    });
    group.bench_function("which needs have the largest gaps", |bencher| {
        bencher.iter(|| needs(&snapshot, &settings, &any).unwrap());
    });
    group.bench_function("scenario", |bencher| {
        bencher.iter(|| scenario(&snapshot, &what_if).unwrap());
    });
    group.bench_function("three sites", |bencher| {
        bencher.iter(|| sites_for(&snapshot, &next).unwrap());
    });
    group.finish();
}

/// 20 sites among 2,000 candidates for 5,000 areas.
fn sites(criterion: &mut Criterion) {
    let place = places(5_000, 2_000, SEED);
    let decay = Decay::slow();
    let within = straight_lines(&place.areas, &place.services, decay.reach());
    let problem = Covering {
        demand: place.people.clone(),
        already: vec![0.0; place.areas.len()],
        candidates: within
            .by_service()
            .into_iter()
            .map(|row| {
                let near = row.into_iter();
                near.map(|(area, minutes)| (area, decay.weight(minutes)))
                    .collect()
            })
            .collect(),
    };

    let mut group = criterion.benchmark_group("20 sites");
    group.sample_size(20);
    group.bench_function("2,000 candidates x 5,000 areas", |bencher| {
        bencher.iter(|| problem.choose(black_box(20), &[]));
    });
    group.finish();
}

criterion_group!(benches, catchments, borough, sites);
criterion_main!(benches);
