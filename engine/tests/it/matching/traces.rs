//! Where a service was lost, and what a stage is worth.

use super::*;

#[test]
fn a_trace_tells_where_a_service_was_lost() {
    use causeway_engine::matching::{Stage, trace};
    let services = [
        food_bank(),
        Given {
            name: "Food bank for the over 60s",
            ages: (Some(60.0), None),
            organization: 7,
            ..food_bank()
        },
        Given {
            name: "Choir",
            description: "Singing for pleasure.",
            ..Given::default()
        },
        Given {
            name: "Food bank in Croydon",
            at: Some(CROYDON),
            organization: 8,
            ..food_bank()
        },
        Given {
            name: "Quintain",
            ..Given::default()
        },
    ];
    let request = MatchRequest {
        age: Some(30.0),
        ..near(need("no food in the house"), TOOTING.0, TOOTING.1)
    };
    let ids: Vec<_> = (1..=5)
        .map(|number| Uuid::from_u128(number).into())
        .collect();
    let settings = MatchingSettings::default();
    let traces = trace(
        &snapshot(directory(&services)),
        &settings,
        &request,
        &ids,
        1,
    )
    .expect("an answer");
    assert!(matches!(traces[0].stage, Stage::Shown { rank: 1, .. }));
    let Stage::Gated(doubts) = &traces[1].stage else {
        panic!("{:?}", traces[1]);
    };
    assert_eq!(doubts[0].requirement, "age");
    assert!(doubts[0].is_on_record());
    assert_eq!(traces[2].stage, Stage::NotUnderstood);
    assert_eq!(traces[4].stage, Stage::NotTagged);
    let Stage::RankedLow { rank, costs, .. } = &traces[3].stage else {
        panic!("{:?}", traces[3]);
    };
    assert_eq!((*rank, costs[0].0), (Some(2), "distance"));
}

#[test]
fn stages_that_are_left_out_let_in_what_they_keep_out() {
    use causeway_engine::matching::{Stages, rank};
    let services = [
        food_bank(),
        Given {
            name: "Food bank for the over 60s",
            ages: (Some(60.0), None),
            organization: 7,
            ..food_bank()
        },
    ];
    let request = MatchRequest {
        age: Some(30.0),
        ..need("no food in the house")
    };
    let snapshot = snapshot(directory(&services));
    let settings = MatchingSettings::default();
    let count = |stages| {
        rank(&snapshot, &settings, &request, stages)
            .expect("an answer")
            .len()
    };
    let all = Stages::default();
    assert_eq!(count(all), 1);
    assert_eq!(
        count(Stages {
            gates: false,
            ..all
        }),
        2
    );
}
