//! What an answer finds and tells.

use super::*;

#[test]
fn a_lay_need_finds_the_service_that_shares_no_word_with_it() {
    let services = [
        Given {
            name: "Choir",
            description: "Singing for pleasure.",
            ..Given::default()
        },
        Given {
            name: "The Larder",
            description: "Three day food parcel for households in crisis.",
            ..Given::default()
        },
    ];
    let answer = answer(&services, &need("cupboards are bare"));
    assert_eq!(found(&answer).first(), Some(&2));
    assert!(
        answer.understood.needs[0].concepts[0]
            .words
            .contains("cupboards")
    );
}

#[test]
fn a_confidential_place_tells_no_distance() {
    let services = [Given {
        name: "Refuge",
        description: "A safe house for women leaving domestic abuse.",
        at: Some(TOOTING),
        confidential: true,
        ..Given::default()
    }];
    let answer = answer(
        &services,
        &near(need("domestic abuse refuge"), TOOTING.0, TOOTING.1),
    );
    let refuge = &answer.matches[0];
    assert_eq!((refuge.distance_m, refuge.minutes), (None, None));
    let distance = refuge
        .reasons
        .iter()
        .find(|reason| reason.feature == "distance")
        .expect("it applies");
    assert!((distance.value - 0.5).abs() < 1e-12);
    assert!(!distance.sentence.contains("km"));
}

#[test]
fn danger_brings_advice_and_puts_help_at_once_first() {
    let services = [
        Given {
            name: "Coffee morning",
            description: "Company and a chat for anyone who feels suicidal thoughts of boredom.",
            at: Some(TOOTING),
            ..Given::default()
        },
        Given {
            name: "Night line",
            description: "Mental health crisis support by telephone, 24 hours a day.",
            ..Given::default()
        },
    ];
    let answer = answer(
        &services,
        &near(need("he wants to kill himself"), TOOTING.0, TOOTING.1),
    );
    assert!(answer.understood.danger.is_some());
    assert_eq!(answer.understood.criteria.urgency, Urgency::Crisis);
    assert!(
        answer
            .advice
            .iter()
            .any(|advice| advice.phone == Some("999"))
    );
    assert_eq!(found(&answer).first(), Some(&2));
}

#[test]
fn what_is_refused_is_not_offered() {
    let services = [
        Given {
            name: "Talking therapy",
            description: "Counselling by trained therapists.",
            ..Given::default()
        },
        Given {
            name: "Coffee morning",
            description: "A cuppa and a chat every week.",
            ..Given::default()
        },
    ];
    let answer = answer(&services, &need("lonely, doesn't want counselling"));
    assert_eq!(found(&answer), [2]);
}

#[test]
fn a_field_beats_prose_and_what_is_ignored_does_not_count() {
    let services = [food_bank()];
    let prose = answer(&services, &need("82 yo lady, no food"));
    assert_eq!(prose.understood.criteria.age, Some((82.0, 82.0)));
    let field = answer(
        &services,
        &MatchRequest {
            age: Some(40.0),
            ..need("82 yo lady, no food")
        },
    );
    assert_eq!(field.understood.criteria.age, Some((40.0, 40.0)));
    let ignore = vec!["age:82".to_owned()];
    let ignored = answer(
        &services,
        &MatchRequest {
            ignore,
            ..need("82 yo lady, no food")
        },
    );
    assert_eq!(ignored.understood.criteria.age, None);
}

#[test]
fn the_route_leads_through_partners() {
    let mut directory = directory(&[Given {
        organization: 11,
        ..food_bank()
    }]);
    for id in [12_u128, 13] {
        put(
            &mut directory,
            Organization {
                id: Uuid::from_u128(id).into(),
                name: format!("Org {id}"),
                ..Default::default()
            },
        );
    }
    for (number, from, to) in [(1_u128, 13_u128, 12_u128), (2, 12, 11)] {
        put(
            &mut directory,
            Partnership {
                id: Uuid::from_u128(500 + number).into(),
                from: Uuid::from_u128(from).into(),
                to: Uuid::from_u128(to).into(),
                kind: PartnershipKind::RefersTo,
                strength: Some(0.5),
                ..Default::default()
            },
        );
    }
    let request = MatchRequest {
        from: Some(Uuid::from_u128(13).into()),
        ..need("food bank")
    };
    let answer =
        find(&snapshot(directory), &MatchingSettings::default(), &request).expect("an answer");
    let route = answer.matches[0]
        .route
        .as_ref()
        .expect("a route of two hops");
    assert_eq!(route.len(), 2);
    assert!(route[0].evidence.contains("Org 13 refers people to Org 12"));
}
