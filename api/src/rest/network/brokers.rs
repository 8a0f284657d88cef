//! `GET /v1/network/brokers`: who lies between others.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, brokers};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{BrokerList, Paged};

/// Those through whom most others reach each other, with what they would leave behind.
#[utoipa::path(
    get,
    path = "/v1/network/brokers",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Those through whom most others reach each other, with what they would leave behind.", body = BrokerList),
        Held,
        Refused,
        Measuring,
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
