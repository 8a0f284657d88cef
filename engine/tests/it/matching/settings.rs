//! What an operator sets is heeded.

use super::*;

fn asked(services: &[Given], settings: &MatchingSettings, request: &MatchRequest) -> MatchAnswer {
    find(&snapshot(directory(services)), settings, request).expect("an answer")
}

fn value(answer: &MatchAnswer, feature: Feature) -> f64 {
    let reasons = &answer.matches[0].reasons;
    let of = |reason: &&causeway_engine::scoring::Reason| reason.feature == feature.name();
    reasons.iter().find(of).expect("the feature applies").value
}

#[test]
fn a_silent_record_is_worth_what_is_set() {
    let services = [Given {
        at: None,
        ..food_bank()
    }];
    let request = MatchRequest {
        cost: Some(CostCeiling::Free),
        ..near(need("no food in the house"), TOOTING.0, TOOTING.1)
    };
    let mut settings = MatchingSettings::default();
    settings.values.distance.unknown = 0.11;
    settings.values.cost.unknown = 0.22;
    settings.values.capacity.unknown = 0.33;
    settings.values.freshness.unknown = 0.44;
    let answer = asked(&services, &settings, &request);
    for (feature, expected) in [
        (Feature::Distance, 0.11),
        (Feature::Cost, 0.22),
        (Feature::Capacity, 0.33),
        (Feature::Freshness, 0.44),
    ] {
        let found = value(&answer, feature);
        assert!((found - expected).abs() < 1e-12, "{feature:?} {found}");
    }
}

#[test]
fn a_page_holds_so_many_of_one_organization_among_the_first_as_is_set() {
    let of_one = |name| Given {
        name,
        organization: 7,
        ..food_bank()
    };
    // Somewhat farther, so that the score alone puts it last.
    let another = Given {
        at: Some((51.45, -0.1695)),
        ..food_bank()
    };
    let services = [
        of_one("Food bank on Mondays"),
        of_one("Emergency food parcels"),
        another,
    ];
    let request = near(need("no food in the house"), TOOTING.0, TOOTING.1);
    let mut settings = MatchingSettings::default();
    assert_eq!(
        found(&asked(&services, &settings, &request)).last(),
        Some(&3)
    );
    settings.page.of_one = 1;
    assert_eq!(found(&asked(&services, &settings, &request))[1], 3);
}

#[test]
fn reach_is_loosened_as_far_as_is_set() {
    // Seven kilometres from where the person is.
    let services = [Given {
        at: Some(CROYDON),
        ..food_bank()
    }];
    let request = MatchRequest {
        within_km: Some(3.0),
        ..near(need("no food in the house"), TOOTING.0, TOOTING.1)
    };
    let mut settings = MatchingSettings::default();
    assert!(asked(&services, &settings, &request).matches.is_empty());
    settings.farther = [2.0, 3.0];
    let answer = asked(&services, &settings, &request);
    assert_eq!(found(&answer), [1]);
    assert_eq!(answer.relaxed[0].to, "9 km");
}

#[test]
fn copies_fold_from_the_likeness_that_is_set() {
    let named = |name| Given {
        name,
        organization: 7,
        ..food_bank()
    };
    let services = [named("Tooting food bank"), named("Tooting food banks")];
    let request = need("no food in the house");
    let mut settings = MatchingSettings::default();
    assert_eq!(found(&asked(&services, &settings, &request)).len(), 1);
    settings.page.same_name = 1.0;
    assert_eq!(found(&asked(&services, &settings, &request)).len(), 2);
}
