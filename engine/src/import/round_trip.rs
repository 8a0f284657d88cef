//! Export then import gives the same records, of what leaves as tables.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use jiff::civil::{Date, Time, Weekday};
use proptest::option::of;
use proptest::prelude::*;
use uuid::Uuid;

use super::read_bytes;
use crate::export::export;
use crate::model::{
    AccessFeature, Area, AreaKind, Boundary, Deprivation, DeprivationDomain, Direction, Directory,
    Entry, Offer, OrganizationId, Partnership, PartnershipKind, Population, PostcodeDistrict,
    PostcodePoint, Provenance, Record, ResourceKind,
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
    let sent: BTreeMap<_, _> = records.into_iter().map(|record| (record.id(), record)).collect();
    assert_eq!(back, sent);
}

fn id() -> impl Strategy<Value = Uuid> {
    (1_u128..).prop_map(Uuid::from_u128)
}

fn words() -> impl Strategy<Value = String> {
    "[a-zé£\",;]([a-zé£\",;\n ]{0,8}[a-zé£\",;])?"
}

fn date() -> impl Strategy<Value = Date> {
    (0_i16..60, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Date::constant(2000 + year, month, day))
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
        (of(any::<bool>()), span(), of(0.0..=1.0), of(words()), of(words())),
    )
        .prop_filter("not with itself", |((_, from, to, _), _)| from != to)
        .prop_map(|((id, from, to, kind), (directed, (since, until), strength, source, note))| {
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
        })
}

fn offer() -> impl Strategy<Value = Record> {
    let kind = proptest::sample::select(ResourceKind::ALL.to_vec());
    let days = proptest::sample::subsequence(Weekday::Monday.cycle_forward().take(7).collect::<Vec<_>>(), 0..=7);
    let access = proptest::sample::subsequence(AccessFeature::ALL.to_vec(), 0..4);
    let time = || of((0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0)));
    (
        (id(), id(), any::<bool>(), kind, words(), of(words()), of(id())),
        (of((-90.0..=90.0, -180.0..=180.0)), of(0.0..1e6), days, time(), time(), span()),
        (access, of(words()), of(0.0..1e4), of(words())),
    )
        .prop_map(|(what, place, terms)| {
            let (id, organization_id, asks, kind, title, description, location_id) = what;
            let (point, capacity, days, from_time, to_time, (valid_from, valid_to)) = place;
            let (access, access_note, cost, cost_note) = terms;
            Offer {
                id: id.into(),
                organization_id: organization_id.into(),
                direction: if asks { Direction::Ask } else { Direction::Offer },
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
        young.into_iter().chain(old.map(|residents| (65, None, residents))).collect()
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
    let deprivation = (of(words()), 1_u32..40_000, domain("crime"), domain("income")).prop_map(
        |(index, rank, crime, income)| Deprivation {
            index,
            score: None,
            rank: Some(rank),
            decile: Some(9),
            domains: crime.into_iter().chain(income).collect(),
        },
    );
    let outline = (-1.0..1.0).prop_map(|west| {
        let ring = [[west, 51.0], [0.5, 51.0], [0.5, 52.0], [west, 51.0]];
        Boundary(vec![vec![ring.to_vec()]])
    });
    (
        (id(), words(), words(), kind, of((words(), words()))),
        (of((49.0..60.0, -8.0..2.0)), of(0.0..1e6), bands, of(deprivation), of(outline)),
    )
        .prop_map(|((id, code, name, kind, parent), (point, total, bands, deprivation, boundary))| {
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
        })
}

fn district() -> impl Strategy<Value = Record> {
    let point = (49.0..61.0, -8.5..2.0, any::<bool>());
    let points = proptest::collection::btree_map("[0-9][A-Z][A-Z]", point, 1..6);
    (id(), "[A-Z][A-Z][0-9]{1,2}|[A-Z][0-9]|[A-Z][0-9][A-Z]|[A-Z]{2}[0-9][A-Z]", points).prop_map(
        |(id, outward, points)| {
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
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn partnerships_offers_areas_and_postcodes_come_back_as_they_left(
        records in proptest::collection::vec(prop_oneof![partnership(), offer(), area(), district()], 1..12)
    ) {
        check(records);
    }
}
