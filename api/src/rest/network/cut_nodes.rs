//! `GET /v1/network/cut-nodes`: without whom others lose their only link.

use actix_web::{HttpRequest, HttpResponse, web};
use causeway_engine::network::{Measures, cut_nodes};
use causeway_engine::snapshot::Snapshot;

use super::{Place, page};
use crate::http::described::{Held, Measuring, PageQuery, Refused};
use crate::http::{Page, Problem};
use crate::rest::Rest;
use crate::rest::wire::{CutNodeList, Paged};

/// Organizations without which others lose their only link to the rest, with whom and what that cuts off.
#[utoipa::path(
    get,
    path = "/v1/network/cut-nodes",
    tag = "network",
    params(
        PageQuery,
    ),
    responses(
        (status = 200, description = "Organizations without which others lose their only link to the rest, with whom and what that cuts off.", body = CutNodeList),
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
) -> CutNodeList {
    let (found, total) = cut_nodes(snapshot, measures, page.offset, page.limit);
    CutNodeList {
        cut_nodes: found.into_iter().map(Into::into).collect(),
        page: Paged::of(page, place, total, snapshot.version),
    }
}
