//! `POST /v1/scenarios`: what changes if services open, close, move or change.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::model::{LocationId, OrganizationId, ServiceId};
use causeway_engine::planning::{
    Changed, Moving, Opening, PlanningSettings, ScenarioRequest, scenario,
};
use causeway_engine::snapshot::Snapshot;

use super::refused;
use super::request::{demand, read as read_gaps, times};
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem, body, caching};
use crate::rest::match_request::{access, check_languages, place};
use crate::rest::wire::{ScenarioAsked, ScenarioGiven};
use crate::rest::{Rest, aside};

/// What changes for each area, who gains and who loses, and how fair it is
/// before and after. Nothing is saved; empty lists change nothing.
#[utoipa::path(
    post,
    path = "/v1/scenarios",
    tag = "planning",
    request_body(content = ScenarioAsked, example = json!({
        "need": "food bank",
        "open": [{"name": "A food bank in Roehampton", "postcode": "SW15 4LD"}]
    })),
    responses(
        (status = 200, description = "Every area before and after.", body = ScenarioGiven),
        (status = 400, description = "A field is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn post(
    rest: web::Data<Rest>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let fields = body::json(&request, payload).await?;
    let answer = aside(move || {
        let snapshot = rest.engine.snapshot();
        let (asked, title) = read(fields, &snapshot, &rest.engine.settings().planning)?;
        let found = scenario(&snapshot, &asked).map_err(|error| refused(&error, false))?;
        Ok(ScenarioGiven::of(found, title))
    })
    .await?;
    Ok(caching::private(&answer))
}

/// Reads a scenario, and the name it was given.
pub fn read(
    mut fields: Fields,
    snapshot: &Snapshot,
    settings: &PlanningSettings,
) -> Result<(ScenarioRequest, Option<String>), Problem> {
    let title = fields.text("title");
    let mut gaps = read_gaps(&mut fields, snapshot, settings);
    gaps.demand = demand(&mut fields).or(gaps.demand);
    let request = ScenarioRequest {
        gaps,
        open: open(&mut fields, snapshot),
        close: close(&mut fields, snapshot),
        moves: moves(&mut fields, snapshot),
        change: change(&mut fields, snapshot),
    };
    fields.finish()?;
    Ok((request, title))
}

fn open(fields: &mut Fields, snapshot: &Snapshot) -> Vec<Opening> {
    let mut read = Vec::new();
    for mut item in fields.objects("open") {
        let name = item.text("name");
        let organization = organization(&mut item, "organization", snapshot);
        let places = capacity(&mut item);
        let found = place(&mut item, snapshot);
        if found.is_none() && nowhere(&item) {
            item.unusable(
                "postcode",
                "is missing; a service that opens needs a place: postcode, or latitude and longitude",
            );
        }
        if let Some(found) = found {
            read.push(Opening {
                name,
                organization,
                point: found.point,
                places,
            });
        }
        fields.take_in(item);
    }
    read
}

/// Whether no place was given at all, well or badly.
fn nowhere(item: &Fields) -> bool {
    ["postcode", "latitude", "longitude"]
        .iter()
        .all(|name| item.is_without(name))
}

/// `capacity`: people a week, 0 or more.
fn capacity(item: &mut Fields) -> Option<f64> {
    item.number_within("capacity", 0.0, 1e6)
}

/// Ids of services, and of organizations for all of theirs.
fn close(fields: &mut Fields, snapshot: &Snapshot) -> Vec<ServiceId> {
    let mut closing: BTreeSet<ServiceId> = BTreeSet::new();
    for text in fields.texts("close") {
        let service = known_service(snapshot, &text);
        let organization = text
            .parse::<OrganizationId>()
            .ok()
            .filter(|id| snapshot.directory.organizations.find(*id).is_some());
        if let Some(service) = service {
            closing.insert(service);
        } else if let Some(id) = organization {
            let services = snapshot.directory.services.iter();
            closing.extend(
                services
                    .filter(|service| service.organization_id == Some(id))
                    .map(|service| service.id),
            );
        } else {
            fields.unusable("close", no_service(&text));
        }
    }
    closing.into_iter().collect()
}

fn moves(fields: &mut Fields, snapshot: &Snapshot) -> Vec<Moving> {
    let mut read = Vec::new();
    for mut item in fields.objects("move") {
        let service = service(&mut item, snapshot);
        let from = item.text("from");
        let location: Option<LocationId> = from.as_deref().and_then(|text| text.parse().ok());
        if from.is_some() && location.is_none() {
            item.unusable("from", "is not the id of a location, a UUID");
        }
        let found = place(&mut item, snapshot);
        if found.is_none() && nowhere(&item) {
            item.unusable(
                "postcode",
                "is missing; say where to: postcode, or latitude and longitude",
            );
        }
        if let (Some(service), Some(found)) = (service, found) {
            read.push(Moving {
                service,
                from: location,
                to: found.point,
            });
        }
        fields.take_in(item);
    }
    read
}

fn change(fields: &mut Fields, snapshot: &Snapshot) -> BTreeMap<ServiceId, Changed> {
    let mut read = BTreeMap::new();
    for mut item in fields.objects("change") {
        let service = service(&mut item, snapshot);
        let languages = item.words("languages");
        check_languages(&mut item, snapshot, "languages", &languages);
        let changed = Changed {
            places: capacity(&mut item),
            times: times(&mut item),
            languages,
            access: access(&mut item),
        };
        if let Some(service) = service
            && read.insert(service, changed).is_some()
        {
            item.unusable(
                "service",
                "stands in the list twice; put its changes together",
            );
        }
        fields.take_in(item);
    }
    read
}

/// `service`, which must be one of the directory.
fn service(item: &mut Fields, snapshot: &Snapshot) -> Option<ServiceId> {
    let Some(text) = item.text("service") else {
        if item.is_without("service") {
            item.unusable("service", "is missing; give the id of a service");
        }
        return None;
    };
    let found = known_service(snapshot, &text);
    if found.is_none() {
        item.unusable("service", no_service(&text));
    }
    found
}

fn known_service(snapshot: &Snapshot, text: &str) -> Option<ServiceId> {
    let id = text.trim().parse().ok()?;
    snapshot.facts.number(id).map(|_| id)
}

fn no_service(text: &str) -> String {
    format!("there is no service '{text}'; take its id from a match or the directory")
}

/// An optional id of an organization of the directory.
pub(super) fn organization(
    fields: &mut Fields,
    name: &'static str,
    snapshot: &Snapshot,
) -> Option<OrganizationId> {
    let text = fields.text(name)?;
    let found = text
        .parse::<OrganizationId>()
        .ok()
        .filter(|id| snapshot.graph.node(*id).is_some());
    if found.is_none() {
        fields.unusable(
            name,
            format!("there is no organization '{text}'; give the id of one in this directory"),
        );
    }
    found
}
