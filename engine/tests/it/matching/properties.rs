//! What holds for any directory and any request.

use super::*;

/// What a strategy may say of a service.
fn given() -> impl Strategy<Value = Given> {
    let words = prop::sample::select(vec![
        ("Food bank", "Emergency food parcels."),
        ("Debt advice", "Help with bailiffs and arrears."),
        ("Coffee morning", "A cuppa and a chat."),
        ("Choir", "Singing together."),
        ("Carers' hour", "Support for unpaid carers, free."),
    ]);
    let place = prop::option::of((51.38..51.50_f64, -0.25..-0.05_f64));
    let access = prop::option::of(prop::sample::select(vec![
        "Step-free access",
        "No step-free access",
        "Hearing loop",
    ]));
    let ages = (
        prop::option::of(0.0..70.0_f64),
        prop::option::of(70.0..100.0_f64),
    );
    let price = prop::option::of(0.0..20.0_f64);
    let language = prop::option::of(prop::sample::select(vec!["Polish", "Urdu", "English"]));
    (words, place, access, ages, price, language, any::<bool>()).prop_map(
        |((name, description), at, access, ages, price, language, open)| Given {
            name,
            description,
            at,
            access,
            ages: (ages.0.map(f64::floor), ages.1.map(f64::floor)),
            price,
            language,
            status: if open {
                ServiceStatus::Active
            } else {
                ServiceStatus::Inactive
            },
            ..Given::default()
        },
    )
}

fn asked() -> impl Strategy<Value = MatchRequest> {
    let words = prop::sample::select(vec![
        "no food in the house",
        "letters from bailiffs",
        "lonely and wants company",
    ]);
    let age = prop::option::of(0.0..100.0_f64);
    (words, age, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(words, age, step_free, polish, placed)| {
            let request = MatchRequest {
                age: age.map(f64::floor),
                access: if step_free {
                    vec![AccessFeature::StepFree]
                } else {
                    Vec::new()
                },
                languages: if polish {
                    vec!["Polish".to_owned()]
                } else {
                    Vec::new()
                },
                limit: 100,
                ..need(words)
            };
            if placed {
                near(request, TOOTING.0, TOOTING.1)
            } else {
                request
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_score_is_the_sum_of_value_times_weight(
        services in prop::collection::vec(given(), 1..12),
        request in asked(),
    ) {
        for found in answer(&services, &request).matches {
            let sum: f64 = found.reasons.iter().map(|reason| reason.value * reason.weight).sum();
            let weights: f64 = found.reasons.iter().map(|reason| reason.weight).sum();
            prop_assert!((found.score - sum).abs() < 1e-9);
            prop_assert!((weights - 1.0).abs() < 1e-9);
            for reason in &found.reasons {
                prop_assert!((0.0..=1.0).contains(&reason.value));
                prop_assert!(!reason.sentence.is_empty());
            }
        }
    }

    #[test]
    fn the_gates_let_in_what_plain_predicates_let_in(
        services in prop::collection::vec(given(), 1..12),
        request in asked(),
    ) {
        let answer = answer(&services, &request);
        let shown: Vec<u128> = answer
            .matches
            .iter()
            .flat_map(|found| [found.service].into_iter().chain(found.copies.iter().copied()))
            .map(|service| service.0.as_u128())
            .collect();
        for (number, given) in services.iter().enumerate() {
            let fits_age = request.age.is_none_or(|age| {
                given.ages.0.is_none_or(|least| age >= least) && given.ages.1.is_none_or(|most| age < most + 1.0)
            });
            let barred = !request.access.is_empty()
                && given.at.is_some()
                && given.access == Some("No step-free access");
            let allowed = given.status == ServiceStatus::Active && fits_age && !barred;
            if shown.contains(&(number as u128 + 1)) {
                prop_assert!(allowed, "{given:?} was shown");
            }
        }
    }

    #[test]
    fn the_rank_does_not_depend_on_the_order_records_come_in(
        services in prop::collection::vec(given(), 1..12),
        request in asked(),
    ) {
        let forwards = directory(&services);
        let mut backwards = Directory::default();
        let entries: Vec<_> = forwards.entries().collect();
        for entry in entries.into_iter().rev() {
            backwards.put(entry);
        }
        let settings = MatchingSettings::default();
        let one = find(&snapshot(forwards), &settings, &request).expect("an answer");
        let other = find(&snapshot(backwards), &settings, &request).expect("an answer");
        prop_assert_eq!(one.matches, other.matches);
    }

    #[test]
    fn two_of_one_name_fold_where_they_stand_within_150_metres_and_nowhere_else(
        latitude in 50.0..60.0_f64,
        longitude in -6.0..1.8_f64,
        north in -300.0..300.0_f64,
        east in -300.0..300.0_f64,
    ) {
        let degree_m = 111_195.0;
        let here = (latitude, longitude);
        let there = (
            latitude + north / degree_m,
            longitude + east / (degree_m * latitude.to_radians().cos()),
        );
        let point = |(latitude, longitude)| Point::new(longitude, latitude);
        let apart = Haversine.distance(point(here), point(there));
        prop_assume!((apart - 150.0).abs() > 1.0);
        let at = |at| Given { at: Some(at), ..food_bank() };
        let answer = answer(&[at(here), at(there)], &need("no food in the house"));
        prop_assert_eq!(answer.matches.len() == 1, apart < 150.0, "{} m apart", apart);
    }
}
