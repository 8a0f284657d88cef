//! `GET /v1/organizations/{id}`: one organization with its services and partnerships.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::model::{Organization, OrganizationId, Service};
use causeway_engine::snapshot::Snapshot;

use super::wire::{Identifier, OrganizationAnswer};
use super::{Rest, describe};
use crate::http::caching::Validators;
use crate::http::described::{Held, NoOrganization};
use crate::http::{Fields, Problem};

/// One organization with its services and its partnerships.
#[utoipa::path(
    get,
    path = "/v1/organizations/{id}",
    tag = "directory",
    params(("id" = Uuid, Path, description = "Id of the organization.")),
    responses(
        (status = 200, description = "The organization.", body = OrganizationAnswer),
        NoOrganization,
        Held,
    )
)]
pub async fn show(
    rest: web::Data<Rest>,
    request: HttpRequest,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    Fields::of_query(request.query_string())?.finish()?;
    let snapshot = rest.engine.snapshot();
    let record = id
        .parse::<OrganizationId>()
        .ok()
        .and_then(|id| snapshot.directory.organizations.find(id))
        .ok_or_else(|| Problem::no_such("organization", &id))?;
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    Ok(validators.reply(&described(&snapshot, record)))
}

fn described(snapshot: &Snapshot, record: &Organization) -> OrganizationAnswer {
    let mut services: Vec<&Service> = snapshot
        .directory
        .services
        .iter()
        .filter(|service| service.organization_id == Some(record.id))
        .collect();
    services.sort_by_cached_key(|service| (service.name.to_lowercase(), service.id));
    OrganizationAnswer {
        id: record.id.0,
        name: record.name.clone(),
        alternate_name: record.alternate_name.clone(),
        description: record.description.clone(),
        email: record.email.clone(),
        website: record.website.clone(),
        legal_status: record.legal_status.clone(),
        year_incorporated: record.year_incorporated,
        parent: record
            .parent_organization_id
            .and_then(|id| describe::organization(snapshot, id)),
        identifiers: record
            .identifiers
            .iter()
            .map(|number| Identifier {
                scheme: number.scheme.clone(),
                kind: number.kind.clone(),
                identifier: number.identifier.clone(),
            })
            .collect(),
        contacts: record.contacts.iter().map(describe::contact).collect(),
        phones: record.phones.iter().map(describe::phone).collect(),
        services: services
            .into_iter()
            .map(|service| {
                let place = snapshot
                    .facts
                    .number(service.id)
                    .and_then(|number| snapshot.facts.places_of(number).first())
                    .and_then(|place| place.location);
                describe::summary(snapshot, service, place, None)
            })
            .collect(),
        partnerships: describe::partnerships(snapshot, record.id),
        snapshot: snapshot.version,
    }
}
