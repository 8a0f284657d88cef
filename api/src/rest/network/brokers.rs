//! `GET /v1/network/brokers`: who lies between others.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, brokers};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::problem::ProblemDocument;
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{BrokerList, Paged};

/// Those through whom most others reach each other, with what they would leave behind.
#[utoipa::path(
    get,
    path = "/v1/network/brokers",
    tag = "network",
    params(
        ("limit" = Option<u32>, Query, description = "How many, 1 to 1,000; 50 unless given."),
        ("offset" = Option<u32>, Query, description = "How many to leave out first."),
    ),
    responses(
        (status = 200, description = "Those through whom most others reach each other, with what they would leave behind.", body = BrokerList),
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
pub fn answer(
    snapshot: &Snapshot,
    measures: &Measures,
    page: Page,
    place: Place<'_>,
) -> BrokerList {
    let found = brokers(snapshot, measures, page.offset, page.limit);
    BrokerList {
        brokers: found.brokers.into_iter().map(Into::into).collect(),
        method: found.method.name(),
        error_bound: found.error_bound,
        page: Paged::of(page, place, found.total, snapshot.version),
    }
}
