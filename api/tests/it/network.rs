//! A small invented network, and a server over it.

use std::sync::Arc;

use actix_web::body::MessageBody;
use actix_web::http::{StatusCode, header};
use actix_web::test::{self, TestRequest};
use causeway_api::server::{Shared, application};
use causeway_engine::engine::{Engine, EngineSettings};
use causeway_engine::model::{
    AccessFeature, Accessibility, Address, Area, AreaId, AreaKind, Change, ChangeSet, CostOption,
    Deprivation, Direction, Entry, Frequency, Language, Location, LocationId, Offer, OfferId,
    Organization, OrganizationId, Partnership, PartnershipId, PartnershipKind, Phone, Population,
    Provenance, Record, ResourceKind, Schedule, Service, ServiceArea, ServiceAtLocation,
    ServiceAtLocationId, ServiceId,
};
use causeway_engine::store::{Access, StoreUrl, open};
use jiff::civil::{Weekday, date, time};
use serde_json::Value;
use uuid::Uuid;

pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Where the confidential location is; none of it may be met anywhere.
pub(crate) const SECRET: [&str; 5] = [
    "Hidden Lane",
    "SW18 4ZZ",
    "51.45671",
    "0.19283",
    "Rowan House",
];

#[expect(clippy::unnecessary_wraps, reason = "records hold optional texts")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn organization(number: u128, name: &str) -> Record {
    Organization {
        id: OrganizationId(id(number)),
        name: name.to_owned(),
        description: text("An invented group."),
        ..Organization::default()
    }
    .into()
}

fn service(number: u128, owner: u128, name: &str, description: &str) -> Service {
    Service {
        id: ServiceId(id(number)),
        organization_id: Some(OrganizationId(id(owner))),
        name: name.to_owned(),
        description: text(description),
        assured_date: Some(date(2026, 10, 1)),
        ..Service::default()
    }
}

fn offer(number: u128, owner: u128, direction: Direction, title: &str) -> Offer {
    Offer {
        id: OfferId(id(number)),
        organization_id: OrganizationId(id(owner)),
        direction,
        kind: ResourceKind::Space,
        title: title.to_owned(),
        ..Offer::default()
    }
}

fn at(number: u128, service: u128, location: u128) -> Record {
    ServiceAtLocation {
        id: ServiceAtLocationId(id(number)),
        service_id: ServiceId(id(service)),
        location_id: LocationId(id(location)),
        ..ServiceAtLocation::default()
    }
    .into()
}

fn area(number: u128, code: &str, latitude: f64, longitude: f64) -> Record {
    Area {
        id: AreaId(id(number)),
        code: code.to_owned(),
        name: format!("Invented {number}A"),
        kind: AreaKind::Lsoa21,
        latitude: Some(latitude),
        longitude: Some(longitude),
        population: Population {
            total: Some(6_000.0),
            bands: vec![(0, Some(15), 1_000.0), (16, None, 5_000.0)],
        },
        deprivation: Some(Deprivation {
            rank: Some(number as u32 * 100),
            decile: Some(2),
            ..Deprivation::default()
        }),
        ..Area::default()
    }
    .into()
}

#[expect(
    clippy::too_many_lines,
    reason = "one list of records reads best whole"
)]
fn records() -> Vec<Record> {
    let food = Service {
        phones: vec![Phone {
            number: "020 7946 0001".to_owned(),
            ..Phone::default()
        }],
        schedules: vec![Schedule {
            freq: Some(Frequency::Weekly),
            byday: text("MO,WE"),
            opens_at: Some(time(10, 0, 0, 0)),
            closes_at: Some(time(12, 0, 0, 0)),
            ..Schedule::default()
        }],
        cost_options: vec![CostOption {
            amount: Some(0.0),
            ..CostOption::default()
        }],
        languages: vec![Language {
            code: text("ur"),
            name: text("Urdu"),
            ..Language::default()
        }],
        application_process: text("Come along, no appointment."),
        ..service(
            20,
            1,
            "Food bank",
            "Emergency food parcels for anyone who has run out of food.",
        )
    };
    let refuge = Service {
        service_areas: vec![ServiceArea {
            name: text("Wandsworth"),
            ..ServiceArea::default()
        }],
        ..service(
            22,
            3,
            "Women's refuge",
            "A refuge for women who flee domestic abuse.",
        )
    };
    vec![
        organization(1, "St Invented's Church"),
        organization(2, "Tooting Invented Advice"),
        organization(3, "Safe Invented Homes"),
        food.into(),
        service(
            21,
            2,
            "Debt and rent advice",
            "Advice on debt, rent arrears and eviction.",
        )
        .into(),
        refuge.into(),
        Location {
            id: LocationId(id(30)),
            name: text("Church hall"),
            latitude: Some(51.4435),
            longitude: Some(-0.1525),
            addresses: vec![Address {
                address_1: text("1 Invented Road"),
                city: text("London"),
                postal_code: text("SW12 9QX"),
                ..Address::default()
            }],
            accessibility: vec![Accessibility {
                description: text("Step-free access"),
                ..Accessibility::default()
            }],
            ..Location::default()
        }
        .into(),
        Location {
            id: LocationId(id(31)),
            name: text("Advice room"),
            latitude: Some(51.4275),
            longitude: Some(-0.1680),
            ..Location::default()
        }
        .into(),
        Location {
            id: LocationId(id(32)),
            name: text("Rowan House"),
            description: text("Behind Hidden Lane"),
            transportation: text("Bus to Hidden Lane"),
            confidential: true,
            latitude: Some(51.456_71),
            longitude: Some(-0.192_83),
            addresses: vec![Address {
                address_1: text("7 Hidden Lane"),
                postal_code: text("SW18 4ZZ"),
                ..Address::default()
            }],
            ..Location::default()
        }
        .into(),
        area(60, "E01900001", 51.4430, -0.1530),
        area(61, "E01900002", 51.4560, -0.1910),
        at(40, 20, 30),
        at(41, 21, 31),
        at(42, 22, 32),
        Partnership {
            id: PartnershipId(id(50)),
            from: OrganizationId(id(1)),
            to: OrganizationId(id(2)),
            kind: PartnershipKind::RefersTo,
            since: Some(date(2021, 1, 1)),
            ..Partnership::default()
        }
        .into(),
        Offer {
            location_id: Some(LocationId(id(30))),
            latitude: Some(51.4435),
            longitude: Some(-0.1525),
            postcode: text("SW12 9QX"),
            days: vec![Weekday::Saturday],
            access: vec![AccessFeature::StepFree],
            ..offer(60, 1, Direction::Offer, "Church hall for meetings")
        }
        .into(),
        Offer {
            latitude: Some(51.4275),
            longitude: Some(-0.1680),
            ..offer(61, 2, Direction::Ask, "A hall for meetings")
        }
        .into(),
        // What its owner says of it is where the refuge is.
        Offer {
            postcode: text("SW18 4ZZ"),
            latitude: Some(51.456_71),
            longitude: Some(-0.192_83),
            ..offer(62, 3, Direction::Offer, "A quiet meeting room")
        }
        .into(),
        Partnership {
            id: PartnershipId(id(51)),
            from: OrganizationId(id(2)),
            to: OrganizationId(id(3)),
            kind: PartnershipKind::MemberOf,
            until: Some(date(2020, 1, 1)),
            ..Partnership::default()
        }
        .into(),
    ]
}

/// An engine over the invented network.
pub(crate) fn engine() -> Arc<Engine> {
    let at = "2026-11-24T09:30:00Z".parse().unwrap();
    let store = open(&StoreUrl::Memory, Access::Write).unwrap();
    let engine = Engine::open(store, EngineSettings::default(), at).unwrap();
    let changes = records()
        .into_iter()
        .map(|record| {
            Change::Put(Box::new(Entry {
                record,
                provenance: Provenance {
                    source: "invented".to_owned(),
                    ..Provenance::default()
                },
            }))
        })
        .collect();
    engine.apply(ChangeSet { at, changes }).unwrap();
    Arc::new(engine)
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

/// Asks a fresh server over the invented network.
pub(crate) async fn ask(request: TestRequest) -> Answer {
    ask_of(engine(), request).await
}

/// Asks a fresh server over an engine.
pub(crate) async fn ask_of(engine: Arc<Engine>, request: TestRequest) -> Answer {
    let server = test::init_service(application(&Shared::new(engine, true))).await;
    let response = test::call_service(&server, request.to_request()).await;
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.into_body().try_into_bytes();
    let text = match bytes {
        Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        Err(body) => {
            let bytes = actix_web::body::to_bytes(body).await;
            String::from_utf8(
                bytes
                    .map_err(|_body_broke_off| "the body broke off")
                    .unwrap()
                    .to_vec(),
            )
            .unwrap()
        }
    };
    Answer {
        status,
        headers,
        text,
    }
}

pub(crate) async fn get(uri: &str) -> Answer {
    ask(TestRequest::get().uri(uri)).await
}

pub(crate) async fn post(uri: &str, body: &Value) -> Answer {
    ask(TestRequest::post().uri(uri).set_json(body)).await
}

/// The inputs that a problem names.
pub(crate) fn named(problem: &Value) -> Vec<String> {
    problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| {
            let name = error.get("pointer").or_else(|| error.get("parameter"));
            name.unwrap().as_str().unwrap().to_owned()
        })
        .collect()
}
