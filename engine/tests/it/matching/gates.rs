//! What keeps a service out, and what is loosened.

use super::*;

#[test]
fn a_known_no_excludes_and_an_unknown_stays_and_is_flagged() {
    let services = [
        Given {
            access: Some("No step-free access"),
            ..food_bank()
        },
        food_bank(),
        Given {
            name: "Food bank at St Osyth",
            access: Some("Step-free access"),
            organization: 7,
            ..food_bank()
        },
    ];
    let request = MatchRequest {
        access: vec![AccessFeature::StepFree],
        ..need("food bank")
    };
    let answer = answer(&services, &request);
    let mut numbers = found(&answer);
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3]);
    let of = |number: u128| {
        answer
            .matches
            .iter()
            .find(|m| m.service.0.as_u128() == number)
            .expect("it is found")
    };
    assert!(
        of(2)
            .cautions
            .iter()
            .any(|caution| caution.kind == "access")
    );
    assert!(
        !of(3)
            .cautions
            .iter()
            .any(|caution| caution.kind == "access")
    );
    let strict = MatchRequest {
        include_unknown: false,
        ..request
    };
    assert_eq!(
        found(
            &find(
                &snapshot(directory(&services)),
                &MatchingSettings::default(),
                &strict
            )
            .expect("an answer")
        ),
        [3]
    );
}

#[test]
fn age_gender_and_status_are_hard() {
    let services = [
        Given {
            ages: (Some(60.0), None),
            ..food_bank()
        },
        Given {
            name: "Food bank for women",
            description: "Emergency food parcels. Women only.",
            at: Some(TOOTING),
            ..Given::default()
        },
        Given {
            status: ServiceStatus::TemporarilyClosed,
            name: "Food bank two",
            ..food_bank()
        },
        Given {
            name: "Food bank four",
            ..food_bank()
        },
    ];
    let request = MatchRequest {
        age: Some(30.0),
        gender: Some(Gender::Male),
        ..need("food bank")
    };
    assert_eq!(found(&answer(&services, &request)), [4]);
}

#[test]
fn cost_and_language_are_graded_unless_they_must_be_met() {
    let services = [
        Given {
            price: Some(20.0),
            ..food_bank()
        },
        Given {
            price: Some(0.0),
            name: "Another food bank",
            at: Some(CROYDON),
            ..food_bank()
        },
    ];
    let request = MatchRequest {
        cost: Some(CostCeiling::Free),
        ..need("food bank")
    };
    assert_eq!(answer(&services, &request).total, 2);
    let must = MatchRequest {
        must: vec![Feature::Cost],
        ..request
    };
    let answer = answer(&services, &must);
    // Too few fit, so the dear one stays, after the other and saying why.
    assert_eq!(found(&answer), [2, 1]);
    assert_eq!(
        answer
            .relaxed
            .iter()
            .map(|r| r.requirement)
            .collect::<Vec<_>>(),
        ["cost"]
    );
    assert_eq!(answer.matches[1].relaxed, ["cost"]);
    assert!(answer.matches[0].relaxed.is_empty());
}

#[test]
fn reach_is_loosened_in_steps_and_said() {
    let services = [
        food_bank(),
        Given {
            name: "Far food bank",
            at: Some(CROYDON),
            ..food_bank()
        },
    ];
    let km = Haversine.distance(
        Point::new(TOOTING.1, TOOTING.0),
        Point::new(CROYDON.1, CROYDON.0),
    ) / 1_000.0;
    let request = MatchRequest {
        within_km: Some(km / 1.2),
        ..near(need("food bank"), TOOTING.0, TOOTING.1)
    };
    let answer = answer(&services, &request);
    assert_eq!(found(&answer), [1, 2]);
    assert_eq!(answer.relaxed.len(), 1);
    assert_eq!(answer.relaxed[0].requirement, "within_km");
}

#[test]
fn the_ages_of_help_for_parents_are_their_childs_where_a_child_is_spoken_of() {
    let bank = Given {
        name: "Baby bank",
        description: "Nappies, cots and baby clothes.",
        ages: (None, Some(5.0)),
        ..Given::default()
    };
    let of_22 = |words| MatchRequest {
        age: Some(22.0),
        ..need(words)
    };
    let services = [bank];
    assert_eq!(
        found(&answer(&services, &of_22("nappies and a cot for the baby"))),
        [1]
    );
    assert!(found(&answer(&services, &of_22("clothes for an interview"))).is_empty());
}
