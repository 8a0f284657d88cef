//! Facts as a snapshot holds them, from records to columns.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use crate::model::{
    AccessFeature, Accessibility, Answer, Attribute, Directory, Entry, Location, LocationKind,
    Provenance, Record, Referral, ReferralStatus, Service, ServiceArea, ServiceAtLocation,
    TaxonomyTerm,
};
use crate::snapshot::{Builder, Facts, Snapshot};

fn snapshot(records: Vec<Record>) -> Snapshot {
    let mut directory = Directory::default();
    for record in records {
        directory.put(Entry {
            record,
            provenance: Provenance::default(),
        });
    }
    let builder = Builder::default();
    let at: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    builder.build(Arc::new(directory), 1, at).unwrap()
}

fn service(number: u128, description: &str) -> Service {
    Service {
        id: Uuid::from_u128(number).into(),
        description: Some(description.to_owned()),
        ..Service::default()
    }
}

fn at_place(description: &str, location: Location) -> Facts {
    let location = Location {
        id: Uuid::from_u128(2).into(),
        ..location
    };
    let at = ServiceAtLocation {
        id: Uuid::from_u128(3).into(),
        service_id: Uuid::from_u128(1).into(),
        location_id: location.id,
        ..ServiceAtLocation::default()
    };
    let records = vec![service(1, description).into(), location.into(), at.into()];
    Arc::unwrap_or_clone(snapshot(records).facts)
}

fn listed(entries: &[&str]) -> Location {
    let accessibility = entries
        .iter()
        .map(|entry| Accessibility {
            description: Some((*entry).to_owned()),
            ..Accessibility::default()
        })
        .collect();
    Location {
        accessibility,
        ..Location::default()
    }
}

fn check(description: &str, entries: &[&str], expected: &[(AccessFeature, Answer)]) {
    let facts = at_place(description, listed(entries));
    for (feature, answer) in expected {
        let found = facts.places[0].access(*feature);
        assert_eq!(found, *answer, "{description} {entries:?} {feature:?}");
    }
}

#[test]
fn access_is_read_from_sentences() {
    use AccessFeature::{
        AccessibleToilet, Bsl, DementiaFriendly, GuideDog, HearingLoop, LargePrint, Lift, Parking,
        QuietSpace, StepFree, Wheelchair,
    };
    use Answer::{No, Unknown, Yes};
    for (sentence, expected) in [
        (
            "Step-free access.",
            vec![(StepFree, Yes), (Wheelchair, Unknown)],
        ),
        (
            "No step-free access",
            vec![(StepFree, No), (Wheelchair, No)],
        ),
        (
            "There are steps and no lift",
            vec![(StepFree, No), (Lift, No), (Wheelchair, No)],
        ),
        (
            "Flat access and accessible loo",
            vec![(StepFree, Yes), (AccessibleToilet, Yes)],
        ),
        (
            "Two steps at entrance",
            vec![(StepFree, No), (Wheelchair, No)],
        ),
        (
            "Two steps at entrance, ramp on request",
            vec![(StepFree, Yes)],
        ),
        ("Lift to all floors", vec![(Lift, Yes)]),
        (
            "Wheelchair accessible",
            vec![(Wheelchair, Yes), (StepFree, Yes)],
        ),
        ("Not wheelchair accessible", vec![(Wheelchair, No)]),
        (
            "The venue is not wheelchair accessible",
            vec![(Wheelchair, No)],
        ),
        (
            "Upstairs with no lift",
            vec![(StepFree, No), (Wheelchair, No), (Lift, No)],
        ),
        (
            "Disabled toilet, hearing loop",
            vec![(AccessibleToilet, Yes), (HearingLoop, Yes)],
        ),
        ("No hearing loop", vec![(HearingLoop, No)]),
        ("BSL interpreter on request", vec![(Bsl, Yes)]),
        ("Signer on request", vec![(Bsl, Yes)]),
        ("BSL classes for beginners", vec![(Bsl, Unknown)]),
        ("Relaxed sessions and a quiet room", vec![(QuietSpace, Yes)]),
        ("Blue badge parking", vec![(Parking, Yes)]),
        ("Help with parking fines", vec![(Parking, Unknown)]),
        ("Leaflets in large print", vec![(LargePrint, Yes)]),
        ("Dementia friendly", vec![(DementiaFriendly, Yes)]),
        ("Assistance dogs welcome", vec![(GuideDog, Yes)]),
        ("A twelve step programme", vec![(StepFree, Unknown)]),
        ("First steps into work", vec![(StepFree, Unknown)]),
        ("A wheelchair basketball team", vec![(Wheelchair, Unknown)]),
        (
            "Help for disabled people to fit ramps at home",
            vec![(StepFree, Unknown)],
        ),
        ("We can give you a lift to church", vec![(Lift, Unknown)]),
    ] {
        check(sentence, &[], &expected);
        check("", &[sentence], &expected);
    }
}

#[test]
fn a_place_beats_the_service_and_contradiction_is_unknown() {
    use AccessFeature::{Parking, StepFree, Wheelchair};
    use Answer::{No, Unknown, Yes};
    check(
        "Wheelchair accessible.",
        &["No step-free access"],
        &[(StepFree, No), (Wheelchair, No)],
    );
    check(
        "No step-free access.",
        &["Step-free access"],
        &[(StepFree, Yes)],
    );
    check(
        "",
        &["Hall is step-free", "No step-free access"],
        &[(StepFree, Unknown)],
    );
    check(
        "",
        &["wheelchair", "disabled parking"],
        &[(Wheelchair, Yes), (Parking, Yes)],
    );
}

#[test]
fn a_virtual_place_is_remote() {
    let place = Location {
        kind: LocationKind::Virtual,
        ..Location::default()
    };
    assert_eq!(at_place("A choir.", place).services[0].remote, Answer::Yes);
    assert_eq!(
        at_place("A choir.", Location::default()).services[0].remote,
        Answer::Unknown
    );
}

#[test]
fn a_named_borough_that_is_served_is_a_limit_and_a_neighbourhood_is_not() {
    for (names, expected) in [
        (vec!["London Borough of Wandsworth"], vec!["wandsworth"]),
        (vec!["Wandsworth", "Merton"], vec!["merton", "wandsworth"]),
        (vec!["Tooting"], vec![]),
        (vec!["Wandsworth", "South West London"], vec![]),
        (vec!["England"], vec![]),
        (vec![], vec![]),
    ] {
        let service_areas = names
            .iter()
            .map(|name| ServiceArea {
                name: Some((*name).to_owned()),
                ..ServiceArea::default()
            })
            .collect();
        let record = Service {
            service_areas,
            ..service(1, "")
        };
        let snapshot = snapshot(vec![record.into()]);
        assert_eq!(
            snapshot.facts.services[0].audience.residents_of, expected,
            "{names:?}"
        );
    }
}

#[test]
fn referrals_are_counted_by_what_became_of_them() {
    let referral = |number: u128, status| -> Record {
        Referral {
            id: Uuid::from_u128(number).into(),
            service_id: Uuid::from_u128(1).into(),
            status,
            ..Referral::default()
        }
        .into()
    };
    let snapshot = snapshot(vec![
        service(1, "").into(),
        referral(10, ReferralStatus::Sent),
        referral(11, ReferralStatus::Declined),
        referral(12, ReferralStatus::Completed),
        referral(13, ReferralStatus::NotCompleted),
    ]);
    let outcomes = snapshot.facts.services[0].outcomes;
    assert_eq!((outcomes.accepted, outcomes.decided), (2, 3));
}

#[test]
fn services_are_found_by_concept_and_by_wider_term() {
    let term = |number: u128, parent: Option<u128>| TaxonomyTerm {
        id: Uuid::from_u128(number).into(),
        name: format!("Term {number}"),
        parent_id: parent.map(|parent| Uuid::from_u128(parent).into()),
        ..TaxonomyTerm::default()
    };
    let carrying = |number: u128, terms: &[u128]| {
        let attributes = terms
            .iter()
            .map(|term| Attribute {
                taxonomy_term_id: Some(Uuid::from_u128(*term).into()),
                ..Attribute::default()
            })
            .collect();
        Service {
            attributes,
            ..service(number, "A food bank.")
        }
    };
    let snapshot = snapshot(vec![
        term(20, Some(22)).into(),
        term(21, Some(20)).into(),
        // A circle does not hang.
        term(22, Some(21)).into(),
        carrying(1, &[21]).into(),
        carrying(2, &[20, 21]).into(),
        service(3, "A choir").into(),
    ]);
    let facts = &snapshot.facts;
    assert_eq!(facts.with_term(Uuid::from_u128(20).into()), [0, 1]);
    assert_eq!(facts.with_term(Uuid::from_u128(99).into()), [] as [u32; 0]);
    let food = snapshot.lexicon.find("food-bank").unwrap();
    let numbers: Vec<u32> = facts
        .with_concept(food)
        .iter()
        .map(|(number, _)| *number)
        .collect();
    assert_eq!(numbers, [0, 1]);
}

#[test]
fn only_exclusive_words_keep_others_out() {
    use crate::model::Gender::{Female, Male};
    use crate::snapshot::OnlyFor;
    for (eligibility, description, gender, groups) in [
        ("Women only", "", Some(Female), vec![]),
        ("", "A safe space for women.", Some(Female), vec![]),
        ("", "A club for women and men.", None, vec![]),
        (
            "",
            "We run yoga. We also have a group for women.",
            None,
            vec![],
        ),
        (
            "",
            "Role models for girls. Mentors for young people.",
            None,
            vec![],
        ),
        ("", "Role models for girls.", Some(Female), vec![]),
        ("Men aged 18 and over", "", Some(Male), vec![]),
        ("", "Support for mums and babies", None, vec![]),
        (
            "For refugees and asylum seekers",
            "",
            None,
            vec![OnlyFor::Refugees],
        ),
        ("", "Classes for everyone, including refugees", None, vec![]),
        ("", "We support refugees and carers", None, vec![]),
        (
            "",
            "Open to veterans and their families",
            None,
            vec![OnlyFor::Veterans],
        ),
        ("LGBTQ+ only", "", None, vec![OnlyFor::Lgbt]),
        ("Members only", "", None, vec![OnlyFor::Members]),
        ("People with dementia and their carers", "", None, vec![]),
        ("Unpaid carers", "", None, vec![OnlyFor::Carers]),
    ] {
        let record = Service {
            eligibility_description: Some(eligibility.to_owned()),
            ..service(1, description)
        };
        let audience = snapshot(vec![record.into()]).facts.services[0]
            .audience
            .clone();
        assert_eq!(audience.gender, gender, "{eligibility} / {description}");
        assert_eq!(audience.only_for, groups, "{eligibility} / {description}");
    }
}

/// A service with a taxonomy term of that name.
fn tagged(name: &str, description: &str) -> Vec<Record> {
    let term = TaxonomyTerm {
        id: Uuid::from_u128(20).into(),
        name: name.to_owned(),
        ..TaxonomyTerm::default()
    };
    let attribute = Attribute {
        taxonomy_term_id: Some(term.id),
        ..Attribute::default()
    };
    let service = Service {
        attributes: vec![attribute],
        ..service(1, description)
    };
    vec![term.into(), service.into()]
}

#[test]
fn a_term_for_a_womens_group_is_for_women_and_words_alone_are_not_sure_enough() {
    let described = "Company, tea and a chance to talk things over.";
    let gender = |records| snapshot(records).facts.services[0].audience.gender.clone();
    let lexicon = crate::text::lexicon::Lexicon::bundled();
    let womens = &lexicon.concept(lexicon.find("lone-women").unwrap()).name;
    assert_eq!(
        gender(tagged(womens, described)),
        Some(crate::model::Gender::Female)
    );
    assert_eq!(gender(vec![service(1, described).into()]), None);
}

#[test]
fn a_term_that_the_records_own_words_contradict_counts_less() {
    let surely = |name, description| {
        let snapshot = snapshot(tagged(name, description));
        let concept = snapshot.lexicon.named(name)[0];
        let of = &snapshot.facts.services[0].concepts;
        of.iter()
            .find(|told| told.concept == concept)
            .unwrap()
            .confidence
    };
    let plain = surely("Food bank", "Emergency food parcels for three days.");
    let silent = surely("Food bank", "Ring us.");
    let contradicted = surely("Food bank", "A choir. We sing together, no auditions.");
    assert!(
        plain >= silent && silent > contradicted,
        "{plain} {silent} {contradicted}"
    );
}

#[test]
fn a_neighbourhood_is_a_condition_and_keeps_nobody_out() {
    for (words, residents, conditions) in [
        ("Wandsworth residents only", vec!["wandsworth"], vec![]),
        ("SW17 and SW18 only", vec!["sw17", "sw18"], vec![]),
        ("You must live in Tooting", vec![], vec!["lives in tooting"]),
        (
            "Residents of Wandsworth and Surrey",
            vec![],
            vec!["lives in surrey or wandsworth"],
        ),
    ] {
        let eligibility_description = Some(words.to_owned());
        let record = Service {
            eligibility_description,
            ..service(1, "")
        };
        let audience = snapshot(vec![record.into()]).facts.services[0]
            .audience
            .clone();
        assert_eq!(audience.residents_of, residents, "{words}");
        assert_eq!(audience.conditions, conditions, "{words}");
    }
}

#[test]
fn conditions_are_told_in_words() {
    let record = Service {
        eligibility_description: Some(
            "You must be on a low income. You must be registered with a GP. Bring proof of address."
                .to_owned(),
        ),
        ..service(1, "")
    };
    let audience = snapshot(vec![record.into()]).facts.services[0]
        .audience
        .clone();
    assert_eq!(
        audience.conditions,
        ["low income", "papers to show", "registered with a gp"]
    );
}

#[test]
fn residents_are_judged_by_what_is_known_of_them() {
    let audience = |names: &[&str]| crate::snapshot::Audience {
        residents_of: names.iter().map(|name| (*name).to_owned()).collect(),
        ..crate::snapshot::Audience::default()
    };
    let boroughs = audience(&["merton", "wandsworth"]);
    assert_eq!(
        boroughs.takes_residents(Some("wandsworth"), None),
        Answer::Yes
    );
    assert_eq!(
        boroughs.takes_residents(Some("lambeth"), Some("sw2")),
        Answer::No
    );
    assert_eq!(boroughs.takes_residents(None, Some("sw2")), Answer::Unknown);
    let district = audience(&["sw17"]);
    assert_eq!(
        district.takes_residents(Some("wandsworth"), None),
        Answer::Unknown
    );
    assert_eq!(
        district.takes_residents(Some("wandsworth"), Some("sw17")),
        Answer::Yes
    );
    assert_eq!(
        district.takes_residents(Some("wandsworth"), Some("sw18")),
        Answer::No
    );
}
