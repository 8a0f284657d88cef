//! In which order a page shows what was found.

use super::*;

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

/// Near-equals take turns: what one page showed first, the next snapshot shows second,
/// and one that does clearly better stays in front.
#[test]
fn a_service_that_was_shown_less_than_its_equal_comes_first_next_time() {
    use causeway_engine::matching::find_and_count;
    use causeway_engine::snapshot::{ExposureMemory, Ledger};
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
            exposure: Arc::new(ledger.on(
                "2026-11-24".parse().expect("a date"),
                &ExposureMemory::default(),
            )),
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
