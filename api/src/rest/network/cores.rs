//! `GET /v1/network/cores`: core and periphery.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, cores};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::problem::ProblemDocument;
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CoreList, CoreSize, InCoreGiven, Paged};

/// Organizations from the core of the network to its periphery, by core number.
#[utoipa::path(
    get,
    path = "/v1/network/cores",
    tag = "network",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 1 to 1,000; 50 unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Organizations from the core of the network to its periphery, by core number.", body = CoreList),
        (status = 304, description = "The client holds this answer."),
        (status = 400, description = "A parameter is unknown or of the wrong type.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "A value cannot be used.", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "The measures of the graph are still being worked out.", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub async fn list(rest: web::Data<Rest>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    page(rest, request, answer).await
}

/// A page of them.
#[must_use]
pub fn answer(snapshot: &Snapshot, measures: &Measures, page: Page, place: Place<'_>) -> CoreList {
    let found = cores(snapshot, measures, page.offset, page.limit);
    let total = found.sizes.iter().map(|(_, count)| count).sum();
    CoreList {
        organizations: found
            .organizations
            .into_iter()
            .map(|one| InCoreGiven {
                organization: one.organization.into(),
                core: one.core,
                partners: one.partners,
            })
            .collect(),
        cores: found
            .sizes
            .into_iter()
            .map(|(core, organizations)| CoreSize {
                core,
                organizations,
            })
            .collect(),
        page: Paged::of(page, place, total, snapshot.version),
    }
}
