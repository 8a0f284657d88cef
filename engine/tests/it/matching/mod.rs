//! Matching through its public interface, on small invented directories.

mod answers;
mod gates;
mod pages;
mod properties;
mod settings;
mod traces;

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
