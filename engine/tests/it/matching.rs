//! Matching through its public interface, on small invented directories.

use std::sync::Arc;

use causeway_engine::matching::{
    CostCeiling, Feature, MatchAnswer, MatchRequest, MatchingSettings, Place, Urgency, find,
};
use causeway_engine::model::{
    AccessFeature, Accessibility, CostOption, Directory, Entry, Gender, Language, Location,
    LocationId, Organization, Partnership, PartnershipKind, Provenance, Record, Service,
    ServiceAtLocation, ServiceStatus,
};
use causeway_engine::snapshot::{Builder, Snapshot};
use geo::{Distance, Haversine, Point};
use proptest::prelude::*;
use uuid::Uuid;

/// A service as a test says it; everything else is unknown.
#[derive(Debug, Clone, Default)]
struct Given {
    name: &'static str,
    description: &'static str,
    at: Option<(f64, f64)>,
    ages: (Option<f64>, Option<f64>),
    access: Option<&'static str>,
    price: Option<f64>,
    language: Option<&'static str>,
    status: ServiceStatus,
    confidential: bool,
    organization: u128,
}

fn put(directory: &mut Directory, record: impl Into<Record>) {
    let provenance = Provenance::default();
    directory.put(Entry {
        record: record.into(),
        provenance,
    });
}

/// Services numbered from 1 in the order given.
fn directory(services: &[Given]) -> Directory {
    let mut directory = Directory::default();
    for (number, given) in services.iter().enumerate() {
        let number = number as u128 + 1;
        let organization = Uuid::from_u128(if given.organization == 0 {
            1_000 + number
        } else {
            given.organization
        });
        put(
            &mut directory,
            Organization {
                id: organization.into(),
                name: format!("Group {organization}"),
                ..Default::default()
            },
        );
        let cost_options = given
            .price
            .map(|amount| CostOption {
                amount: Some(amount),
                ..Default::default()
            })
            .into_iter()
            .collect();
        let languages = given
            .language
            .map(|name| Language {
                name: Some(name.to_owned()),
                ..Default::default()
            })
            .into_iter()
            .collect();
        put(
            &mut directory,
            Service {
                id: Uuid::from_u128(number).into(),
                organization_id: Some(organization.into()),
                name: given.name.to_owned(),
                description: Some(given.description.to_owned()),
                minimum_age: given.ages.0,
                maximum_age: given.ages.1,
                status: given.status,
                cost_options,
                languages,
                ..Default::default()
            },
        );
        let Some((latitude, longitude)) = given.at else {
            continue;
        };
        let location: LocationId = Uuid::from_u128(2_000 + number).into();
        let accessibility = given
            .access
            .map(|words| Accessibility {
                description: Some(words.to_owned()),
                ..Default::default()
            })
            .into_iter()
            .collect();
        put(
            &mut directory,
            Location {
                id: location,
                latitude: Some(latitude),
                longitude: Some(longitude),
                confidential: given.confidential,
                accessibility,
                ..Default::default()
            },
        );
        put(
            &mut directory,
            ServiceAtLocation {
                id: Uuid::from_u128(3_000 + number).into(),
                service_id: Uuid::from_u128(number).into(),
                location_id: location,
                ..Default::default()
            },
        );
    }
    directory
}

fn snapshot(directory: Directory) -> Snapshot {
    Builder::default()
        .build(
            Arc::new(directory),
            1,
            "2026-11-24T09:00:00Z".parse().expect("a timestamp"),
        )
        .expect("a snapshot of a small directory")
}

fn answer(services: &[Given], request: &MatchRequest) -> MatchAnswer {
    find(
        &snapshot(directory(services)),
        &MatchingSettings::default(),
        request,
    )
    .expect("an answer")
}

/// The numbers of the services found, in order.
fn found(answer: &MatchAnswer) -> Vec<u128> {
    answer
        .matches
        .iter()
        .map(|found| found.service.0.as_u128())
        .collect()
}

fn need(words: &str) -> MatchRequest {
    MatchRequest {
        need: Some(words.to_owned()),
        ..Default::default()
    }
}

fn near(request: MatchRequest, latitude: f64, longitude: f64) -> MatchRequest {
    let place = Place {
        point: Point::new(longitude, latitude),
        label: "here".to_owned(),
        radius_km: 0.0,
    };
    MatchRequest {
        place: Some(place),
        ..request
    }
}

const TOOTING: (f64, f64) = (51.4274, -0.1695);
const CROYDON: (f64, f64) = (51.3727, -0.1099);

fn food_bank() -> Given {
    Given {
        name: "Food bank",
        description: "Emergency food parcels.",
        at: Some(TOOTING),
        ..Given::default()
    }
}

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
fn a_copy_folds_into_the_better_record() {
    let services = [
        food_bank(),
        Given {
            name: "The Food Bank",
            ..food_bank()
        },
    ];
    let answer = answer(&services, &need("food bank"));
    assert_eq!(answer.total, 1);
    assert_eq!(answer.matches[0].copies.len(), 1);
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
}

/// Completeness earns nothing by itself: what a record tells beyond what was asked
/// moves no score. Two things always count, since they say whether help can be had
/// now and not how much was filled in: room, and how lately the record was checked.
#[test]
fn a_fuller_record_does_not_stand_above_an_equal_one() {
    let bare = Given {
        name: "Hazel food bank",
        description: "Emergency food parcels.",
        at: Some(TOOTING),
        ..Given::default()
    };
    let other = Given {
        name: "Maple food bank",
        ..bare.clone()
    };
    let told = Given {
        access: Some("Step-free access, hearing loop, accessible toilet"),
        price: Some(0.0),
        language: Some("Polish"),
        ..other.clone()
    };
    let fuller = [
        Given {
            access: told.access,
            ..other.clone()
        },
        Given {
            price: told.price,
            ..other.clone()
        },
        Given {
            language: told.language,
            ..other.clone()
        },
        told.clone(),
    ];
    let scores = |fuller: &Given| {
        let services = [bare.clone(), fuller.clone()];
        let request = near(need("no food in the house"), TOOTING.0, TOOTING.1);
        let answer = answer(&services, &request);
        assert_eq!(found(&answer), [1, 2], "{fuller:?}");
        (answer.matches[0].score, answer.matches[1].score)
    };
    for fuller in &fuller {
        let (bare, fuller_score) = scores(fuller);
        assert!((bare - fuller_score).abs() < 1e-12, "{fuller:?}");
    }
    // A limit is no mere fullness: one that cannot be checked costs, and lifts nobody.
    let (bare, limited) = scores(&Given {
        ages: (Some(0.0), Some(120.0)),
        ..told
    });
    assert!(limited < bare);
}

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

/// Near-equals take turns: what one page showed first, the next snapshot shows second,
/// and one that does clearly better stays in front.
#[test]
fn a_service_that_was_shown_less_than_its_equal_comes_first_next_time() {
    use causeway_engine::matching::find_and_count;
    use causeway_engine::snapshot::{Ledger, Memory};
    let at = |name, at| Given {
        name,
        at: Some(at),
        ..food_bank()
    };
    let directory = Arc::new(directory(&[
        at("Hazel food bank", TOOTING),
        at("Maple food bank", TOOTING),
        at("Food bank far off", CROYDON),
    ]));
    let request = near(need("no food in the house"), 51.43, -0.17);
    let settings = MatchingSettings::default();
    let now = "2026-11-24T09:00:00Z".parse().expect("a timestamp");
    let mut ledger = Ledger::default();
    let mut orders = Vec::new();
    for version in 1..=3 {
        let builder = Builder {
            exposure: Arc::new(
                ledger.on("2026-11-24".parse().expect("a date"), &Memory::default()),
            ),
            ..Builder::default()
        };
        let snapshot = builder
            .build(Arc::clone(&directory), version, now)
            .expect("a snapshot of a small directory");
        let (answer, sightings) =
            find_and_count(&snapshot, &settings, &request).expect("an answer");
        ledger.add(snapshot.today, sightings);
        orders.push(found(&answer));
    }
    assert_eq!(orders, [[1, 2, 3], [2, 1, 3], [1, 2, 3]]);
}

#[test]
fn a_group_for_one_community_comes_after_one_for_all_unless_it_is_spoken_of() {
    let lunch = |name, description| Given {
        name,
        description,
        at: Some(TOOTING),
        ..Given::default()
    };
    let services = [
        lunch(
            "Lunch club of the Somali community association",
            "Lunch club with a hot meal and company. Run by the Somali community for the Somali community.",
        ),
        lunch("Lunch club", "Lunch club with a hot meal and company."),
    ];
    let unsaid = answer(&services, &need("lunch club and company"));
    assert_eq!(found(&unsaid), [2, 1]);
    let kinds = |answer: &MatchAnswer, at: usize| -> Vec<&str> {
        let cautions = &answer.matches[at].cautions;
        cautions.iter().map(|caution| caution.kind).collect()
    };
    assert!(kinds(&unsaid, 1).contains(&"community"), "{unsaid:?}");
    let said = answer(&services, &need("lunch club and company, she is Somali"));
    let first = said.matches.first().expect("a match");
    assert!(
        !first
            .cautions
            .iter()
            .any(|caution| caution.kind == "community")
    );
    assert_eq!(first.service.0.as_u128(), 1);
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
