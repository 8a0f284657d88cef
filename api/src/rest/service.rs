//! `GET /v1/services/{id}`: one service with its organization and places.

use actix_web::{HttpRequest, HttpResponse, web};

use causeway_engine::model::ServiceId;

use super::wire::ServiceAnswer;
use super::{Rest, describe};
use crate::http::caching::Validators;
use crate::http::described::Held;
use crate::http::problem::ProblemDocument;
use crate::http::{Fields, Problem};

/// One service with its organization, its places and its organization's partnerships.
#[utoipa::path(
    get,
    path = "/v1/services/{id}",
    tag = "directory",
    params(("id" = Uuid, Path, description = "Id of the service.")),
    responses(
        (status = 200, description = "The service.", body = ServiceAnswer),
        (status = 404, description = "There is no such service.", body = ProblemDocument, content_type = "application/problem+json"),
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
        .parse::<ServiceId>()
        .ok()
        .and_then(|id| snapshot.directory.services.find(id))
        .ok_or_else(|| Problem::no_such("service", &id))?;
    let validators = Validators::of(&request, snapshot.version, snapshot.built_at);
    if validators.is_held(&request) {
        return Ok(validators.not_modified());
    }
    let first = snapshot
        .facts
        .number(record.id)
        .and_then(|number| snapshot.facts.places_of(number).first());
    Ok(validators.reply(&ServiceAnswer {
        service: describe::service(
            &snapshot,
            record,
            first.and_then(|place| place.service_at_location),
            first.and_then(|place| place.location),
        ),
        organization: record
            .organization_id
            .and_then(|id| describe::organization(&snapshot, id)),
        partnerships: record
            .organization_id
            .map(|id| describe::partnerships(&snapshot, id))
            .unwrap_or_default(),
        locations: describe::places(&snapshot, record),
        service_areas: describe::service_areas(&snapshot, record),
        snapshot: snapshot.version,
    }))
}
