//! Export then import gives the same records.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use proptest::option::of;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{Reading, read_bytes, read_path, reconcile};
use crate::export::export;
use crate::model::{
    AccessFeature, Area, AreaKind, Boundary, Deprivation, DeprivationDomain, Direction, Directory,
    Entry, Kind, Offer, OrganizationId, Partnership, PartnershipKind, Population, PostcodeDistrict,
    PostcodePoint, Provenance, Record, RecordKey, ResourceKind,
};

/// The records that come back, with references set as reconciling would set ids.
fn through_files(records: &[Record]) -> BTreeMap<Uuid, Record> {
    let mut directory = Directory::default();
    for record in records {
        directory.put(Entry {
            record: record.clone(),
            provenance: Provenance::default(),
        });
    }
    let mut drafts = Vec::new();
    for file in export(&directory) {
        let file = file.unwrap();
        let reading = read_bytes(file.name, &file.bytes, None, "another source").unwrap();
        assert_eq!(reading.rejections, []);
        assert_eq!(reading.warnings, []);
        drafts.extend(reading.drafts);
    }
    super::combine::combined(drafts)
        .into_iter()
        .map(|mut draft| {
            for reference in &draft.references {
                let id = OrganizationId(reference.text.parse().unwrap());
                match (&mut draft.record, reference.field) {
                    (Record::Partnership(partnership), "from") => partnership.from = id,
                    (Record::Partnership(partnership), _) => partnership.to = id,
                    (Record::Offer(offer), _) => offer.organization_id = id,
                    _ => {}
                }
            }
            (draft.record.id(), draft.record)
        })
        .collect()
}

fn check(records: Vec<Record>) {
    let back = through_files(&records);
    let sent: BTreeMap<_, _> = records
        .into_iter()
        .map(|record| (record.id(), record))
        .collect();
    assert_eq!(back, sent);
}

/// A new directory out of a reading.
fn directory_of(reading: Reading, source: &str) -> Directory {
    let mut directory = Directory::default();
    let (changes, report) = reconcile(&directory, reading, source, Timestamp::UNIX_EPOCH);
    assert_eq!(report.rejected, []);
    for set in changes {
        directory.apply(set);
    }
    directory
}

fn records(directory: &Directory) -> Vec<Record> {
    directory.entries().map(|entry| entry.record).collect()
}

/// Writes a directory out, reads the folder under another name and compares.
fn check_folder(directory: &Directory) {
    let folder = tempfile::tempdir().unwrap();
    for file in export(directory) {
        let file = file.unwrap();
        std::fs::write(folder.path().join(file.name), file.bytes).unwrap();
    }
    let reading = read_path(folder.path(), None, "another source").unwrap();
    let back = directory_of(reading, "another source");
    for (sent, back) in records(directory).iter().zip(&records(&back)) {
        assert_eq!(sent, back);
    }
    assert_eq!(directory.len(), back.len());
}

#[test]
fn a_service_with_everything_comes_back_as_it_left() {
    let id = |n: u32| format!("00000000-0000-4000-8000-{n:012}");
    let phone = |n| {
        json!({"id": id(n), "number": "020 7946 0100", "extension": 12, "type": "voice", "description": "Desk",
            "languages": [{"id": id(n + 1), "name": "Bengali", "code": "bn", "note": "mornings"}]})
    };
    let contact = |n| json!({"id": id(n), "title": "Manager", "email": "office@example.org", "phones": [phone(n + 1)]});
    let attribute = |n| {
        json!({"id": id(n), "link_type": "eligibility", "taxonomy_term": {"id": id(7), "code": "C1", "name": "Food",
            "description": "Meals", "parent_id": id(8), "term_uri": "https://example.org/food", "language": "en",
            "taxonomy": "Needs", "taxonomy_detail": {"id": id(9), "name": "Needs", "description": "All needs", "version": "2"}}})
    };
    let schedule = |n| {
        json!({"id": id(n), "freq": "WEEKLY", "interval": 2, "byday": "MO,WE", "opens_at": "09:30", "closes_at": "17:00",
            "dtstart": "2026-01-05", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "notes": "not in August"})
    };
    let organization = json!({
        "id": id(2), "name": "Hall Trust", "description": "A hall", "website": "https://example.org/hall",
        "legal_status": "charity", "year_incorporated": 1987,
        "organization_identifiers": [{"id": id(41), "identifier_scheme": "GB-CHC", "identifier_type": "Charity number", "identifier": "1234567"}],
        "programs": [{"id": id(3), "name": "Elders", "description": "For elders"}],
        "funding": [{"id": id(42), "source": "Lottery"}], "contacts": [contact(50)], "phones": [phone(60)],
        "attributes": [{"id": id(43), "label": "size", "value": "small"}],
    });
    let location = json!({
        "id": id(5), "location_type": "physical", "name": "The Hall", "latitude": 51.455_812_3, "longitude": -0.192_94,
        "addresses": [{"id": id(122), "address_1": "1 Hall Road", "city": "London", "postal_code": "SW17 0QT",
            "country": "GB", "address_type": "physical"}],
        "accessibility": [{"id": id(123), "description": "Hearing loop", "details": "Large room"}],
        "languages": [{"id": id(124), "name": "Urdu"}], "schedules": [schedule(125)], "phones": [phone(130)],
        "attributes": [attribute(126)],
    });
    let link = json!({
        "id": id(4), "description": "Upstairs", "schedules": [schedule(99)], "contacts": [contact(100)],
        "phones": [phone(110)], "service_areas": [{"id": id(120), "name": "Tooting"}], "attributes": [attribute(121)],
        "location": location,
    });
    let service = json!([{
        "id": id(1), "name": "Lunch club", "status": "temporarily closed", "alert": "Closed for works",
        "description": "Hot lunch", "url": "https://example.org/lunch", "email": "lunch@example.org",
        "assured_date": "2026-01-02", "last_modified": "2026-01-03T04:05:06Z", "minimum_age": 55, "maximum_age": 99.5,
        "program_id": id(3), "eligibility_description": "Over 55", "wait_time": "none", "fees_description": "£3",
        "additional_urls": [{"id": id(40), "label": "Menu", "url": "https://example.org/menu"}],
        "organization": organization,
        "phones": [phone(70)], "contacts": [contact(80)], "schedules": [schedule(90)], "attributes": [attribute(91)],
        "service_areas": [{"id": id(92), "name": "Wandsworth"}], "languages": [{"id": id(93), "name": "Polish"}],
        "funding": [{"id": id(94), "source": "Council"}],
        "cost_options": [{"id": id(95), "amount": 3.5, "currency": "GBP", "amount_description": "a meal"}],
        "required_documents": [{"id": id(96), "document": "Bus pass"}],
        "capacities": [{"id": id(97), "available": 4, "maximum": 30, "updated": "2026-02-03T04:05:06Z",
            "unit": {"id": id(98), "name": "places a week"}}],
        "service_at_locations": [link],
    }]);
    let reading = read_bytes(
        "services.json",
        service.to_string().as_bytes(),
        None,
        "test",
    )
    .unwrap();
    assert_eq!(reading.rejections, []);
    let directory = directory_of(reading, "test");
    assert!(directory.len() >= 6);
    check_folder(&directory);
}

#[test]
fn the_demonstration_network_comes_back_as_it_left() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/demo");
    let Ok(reading) = read_path(std::path::Path::new(folder), None, "demo") else {
        eprintln!("skipped: data/demo not there");
        return;
    };
    let mut directory = directory_of(reading, "demo");
    // Where a confidential place is does not leave, by intent.
    let closed: Vec<_> = directory
        .locations
        .iter()
        .filter(|location| location.confidential)
        .map(|location| location.id.0)
        .collect();
    for id in closed {
        directory.remove(RecordKey {
            kind: Kind::Location,
            id,
        });
    }
    let links: Vec<_> = directory
        .services_at_locations
        .iter()
        .filter(|link| directory.locations.find(link.location_id).is_none())
        .map(|link| link.id.0)
        .collect();
    for id in links {
        directory.remove(RecordKey {
            kind: Kind::ServiceAtLocation,
            id,
        });
    }
    check_folder(&directory);
}

fn id() -> impl Strategy<Value = Uuid> {
    (1_u128..).prop_map(Uuid::from_u128)
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé£\",;]([a-zé£\",;\n ]{0,8}[a-zé£\",;])?"
}

fn date() -> impl Strategy<Value = Date> {
    (0_i16..60, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::constant(2000 + year, month, day))
}

/// A first and a last day in that order.
fn span() -> impl Strategy<Value = (Option<Date>, Option<Date>)> {
    (of(date()), of(date())).prop_map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
        either => either,
    })
}

fn partnership() -> impl Strategy<Value = Record> {
    let kind = proptest::sample::select(PartnershipKind::ALL.to_vec());
    (
        (id(), id(), id(), kind),
        (
            of(any::<bool>()),
            span(),
            of(0.0..=1.0),
            of(words()),
            of(words()),
        ),
    )
        .prop_filter("not with itself", |((_, from, to, _), _)| from != to)
        .prop_map(
            |((id, from, to, kind), (directed, (since, until), strength, source, note))| {
                Partnership {
                    id: id.into(),
                    from: from.into(),
                    to: to.into(),
                    kind,
                    directed,
                    since,
                    until,
                    strength,
                    source,
                    note,
                }
                .into()
            },
        )
}

fn offer() -> impl Strategy<Value = Record> {
    let kind = proptest::sample::select(ResourceKind::ALL.to_vec());
    let days = proptest::sample::subsequence(
        Weekday::Monday.cycle_forward().take(7).collect::<Vec<_>>(),
        0..=7,
    );
    let access = proptest::sample::subsequence(AccessFeature::ALL.to_vec(), 0..4);
    let time =
        || of((0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0)));
    (
        (
            id(),
            id(),
            any::<bool>(),
            kind,
            words(),
            of(words()),
            of(id()),
        ),
        (
            of((-90.0..=90.0, -180.0..=180.0)),
            of(0.0..1e6),
            days,
            time(),
            time(),
            span(),
        ),
        (access, of(words()), of(0.0..1e4), of(words())),
    )
        .prop_map(|(what, place, terms)| {
            let (id, organization_id, asks, kind, title, description, location_id) = what;
            let (point, capacity, days, from_time, to_time, (valid_from, valid_to)) = place;
            let (access, access_note, cost, cost_note) = terms;
            Offer {
                id: id.into(),
                organization_id: organization_id.into(),
                direction: if asks {
                    Direction::Ask
                } else {
                    Direction::Offer
                },
                kind,
                title,
                description,
                location_id: location_id.map(Into::into),
                postcode: None,
                latitude: point.map(|point| point.0),
                longitude: point.map(|point| point.1),
                capacity,
                days,
                from_time,
                to_time,
                access,
                access_note,
                cost,
                cost_note,
                valid_from,
                valid_to,
            }
            .into()
        })
}

fn area() -> impl Strategy<Value = Record> {
    let kind = proptest::sample::select(AreaKind::ALL.to_vec());
    let bands = (of(0.0..1e5), of(0.0..1e5)).prop_map(|(young, old)| {
        let young = young.map(|residents| (0, Some(15), residents));
        young
            .into_iter()
            .chain(old.map(|residents| (65, None, residents)))
            .collect()
    });
    let domain = |name: &'static str| {
        of((of(-9.0..99.0), 1_u32..40_000)).prop_map(move |domain| {
            domain.map(|(score, rank)| DeprivationDomain {
                name: name.to_owned(),
                score,
                rank: Some(rank),
                decile: Some(3),
            })
        })
    };
    let deprivation = (
        of(words()),
        1_u32..40_000,
        domain("crime"),
        domain("income"),
    )
        .prop_map(|(index, rank, crime, income)| Deprivation {
            index,
            score: None,
            rank: Some(rank),
            decile: Some(9),
            domains: crime.into_iter().chain(income).collect(),
        });
    let outline = (-1.0..1.0).prop_map(|west| {
        let ring = [[west, 51.0], [0.5, 51.0], [0.5, 52.0], [west, 51.0]];
        Boundary(vec![vec![ring.to_vec()]])
    });
    (
        (id(), words(), words(), kind, of((words(), words()))),
        (
            of((49.0..60.0, -8.0..2.0)),
            of(0.0..1e6),
            bands,
            of(deprivation),
            of(outline),
        ),
    )
        .prop_map(
            |((id, code, name, kind, parent), (point, total, bands, deprivation, boundary))| {
                Area {
                    id: id.into(),
                    code,
                    name,
                    kind,
                    parent: parent.clone().map(|parent| parent.0),
                    parent_name: parent.map(|parent| parent.1),
                    latitude: point.map(|point| point.0),
                    longitude: point.map(|point| point.1),
                    boundary,
                    population: Population { total, bands },
                    deprivation,
                }
                .into()
            },
        )
}

fn district() -> impl Strategy<Value = Record> {
    let point = (49.0..61.0, -8.5..2.0, any::<bool>());
    let points = proptest::collection::btree_map("[0-9][A-Z][A-Z]", point, 1..6);
    (
        id(),
        "[A-Z][A-Z][0-9]{1,2}|[A-Z][0-9]|[A-Z][0-9][A-Z]|[A-Z]{2}[0-9][A-Z]",
        points,
    )
        .prop_map(|(id, outward, points)| {
            let point = |(inward, (latitude, longitude, terminated)): (String, _)| PostcodePoint {
                inward: inward.as_bytes().try_into().unwrap(),
                latitude,
                longitude,
                terminated,
            };
            PostcodeDistrict {
                id: id.into(),
                outward,
                points: points.into_iter().map(point).collect(),
            }
            .into()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn partnerships_offers_areas_and_postcodes_come_back_as_they_left(
        given in proptest::collection::vec(prop_oneof![partnership(), offer(), area(), district()], 1..12)
    ) {
        check(given);
    }
}
