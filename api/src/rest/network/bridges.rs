//! `GET /v1/network/bridges`: pairs on whose working together others depend.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, bridges};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{BridgeList, Paged};

/// Pairs whose working together is the only link between two parts, with the smaller part.
#[utoipa::path(
    get,
    path = "/v1/network/bridges",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Pairs whose working together is the only link between two parts, with the smaller part.", body = BridgeList),
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
) -> BridgeList {
    let (found, total) = bridges(snapshot, measures, page.offset, page.limit);
    BridgeList {
        bridges: found.into_iter().map(Into::into).collect(),
        page: Paged::of(page, place, total, snapshot.version),
    }
}
